"""Tables out of a Word file (.docx), read from its parts: spans, paragraphs and tables inside cells, automatic numbers.

Deleted text of tracked changes is no text; inserted text is. Names of tags are compared without their namespace, since
Office and WPS write two.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from chuangwen.base.errors import Refused
from chuangwen.base.workbooks.numbering import Numbering
from rulebook.tables import Cell

GONE = {"del", "moveFrom", "Fallback", "delText", "instrText", "fldData"}
WRAPPERS = {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body", "AlternateContent", "Choice"}
SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
TITLE_LINES = 4
MAX_SPAN = 200
MAX_TEXT = 64 * 2**20
Element = etree._Element


class Unreadable(Exception):
    """The parts of the file are no document."""


@dataclass
class WordTable:
    """Cells of one table, and the paragraphs that stand between it and the table before."""

    title: list[str]
    cells: list[Cell] = field(default_factory=list)
    height: int = 0

    @property
    def width(self) -> int:
        return max((cell.right for cell in self.cells), default=0)


def tables(data: bytes) -> list[WordTable]:
    """Every table of the body, in order; tables inside cells are text of their cell."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if (size := archive.getinfo("word/document.xml").file_size) > MAX_TEXT:
            raise Refused(f"这份文档的文字部分有 {size // 2**20} MB，太大。请只留体系表，另存后再传。")
        names = set(archive.namelist())
        root = _parsed(archive.read("word/document.xml"))
        others = [
            _parsed(archive.read(name)) if name in names else None for name in ("word/numbering.xml", "word/styles.xml")
        ]
    numbering = Numbering.of(*others)
    found: list[WordTable] = []
    lines: list[str] = []
    body = next((child for child in root if local(child) == "body"), None)
    if body is None:
        raise Unreadable("no body")
    for block in _blocks(body):
        if local(block) == "p":
            lines += [text] if (text := _paragraph(block, numbering).strip()) else []
        else:
            table = _table(block, numbering, lines[-TITLE_LINES:])
            found += [table] if table.cells else []
            lines = []
    return found


def _parsed(part: bytes) -> Element:
    """The part as a tree; entities are never resolved."""
    try:
        return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError as error:
        raise Unreadable(str(error)) from error


def local(element: Element) -> str:
    """The name of a tag without its namespace; comments have none."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _blocks(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables, also inside content controls."""
    for child in parent:
        if local(child) in ("p", "tbl"):
            yield child
        elif local(child) in WRAPPERS:
            yield from _blocks(child)


def _within(parent: Element, name: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, also inside content controls."""
    for child in parent:
        if local(child) == name:
            yield child
        elif local(child) in WRAPPERS:
            yield from _within(child, name)


def setting(element: Element, *path: str) -> str | None:
    """The value of a setting such as tcPr/gridSpan; '' when it stands without a value, None when it does not stand."""
    found: Element | None = element
    for name in path:
        found = next((child for child in found if local(child) == name), None) if found is not None else None
    if found is None:
        return None
    return next((str(value) for key, value in found.attrib.items() if key.rpartition("}")[2] == "val"), "")


def _table(element: Element, numbering: Numbering, title: list[str]) -> WordTable:
    table = WordTable(title)
    open_cells: dict[int, int] = {}  # grid column → place in table.cells of the cell that may go on below
    for row in _within(element, "tr"):
        if setting(row, "trPr", "del") is not None:
            continue
        column, kept = _number(setting(row, "trPr", "gridBefore"), 0), dict[int, int]()
        for cell in _within(row, "tc"):
            across = max(1, min(_number(setting(cell, "tcPr", "gridSpan"), 1), MAX_SPAN))
            merge, text = setting(cell, "tcPr", "vMerge"), _text(cell, numbering)
            above = open_cells.get(column)
            if merge in ("", "continue") and above is not None:
                grown = table.cells[above]
                joined = f"{grown.text}\n{text}".strip("\n")
                table.cells[above] = Cell(grown.row, grown.column, joined, table.height - grown.row + 1, grown.columns)
                kept[column], across = above, grown.columns
            else:
                table.cells.append(Cell(table.height, column, text, 1, across))
                if merge is not None:
                    kept[column] = len(table.cells) - 1
            column += across
        open_cells, table.height = kept, table.height + 1
    return table


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 5 else otherwise


def _text(cell: Element, numbering: Numbering) -> str:
    """The paragraphs of a cell, those of tables inside it too, one a line."""
    found = [_paragraph(one, numbering) for one in cell.iter() if local(one) == "p" and not _is_gone(one, cell)]
    return "\n".join(text for text in found if text.strip())


def _is_gone(element: Element, top: Element) -> bool:
    above = element.getparent()
    while above is not None and above is not top:
        if local(above) in GONE:
            return True
        above = above.getparent()
    return False


def _paragraph(element: Element, numbering: Numbering) -> str:
    """The text of a paragraph with its automatic number."""
    text = "".join(_pieces(element))
    return numbering.mark(element) + text if text.strip() else ""


def _pieces(element: Element) -> Iterator[str]:
    for child in element:
        name = local(child)
        if name == "t":
            yield child.text or ""
        elif name in SIGNS:
            yield SIGNS[name]
        elif name not in GONE and name not in ("p", "tbl", "pPr", "rPr"):
            yield from _pieces(child)
