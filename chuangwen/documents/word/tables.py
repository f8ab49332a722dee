"""Tables 表格: thin borders, repeated header row, rows never split, numbers at the right."""

from itertools import pairwise

from .layout import text_width, twips
from .ooxml import paragraph, run
from .paper import Align, Column, Table, Text
from .sheet import Sheet

BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
MARGINS = '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'
JUSTIFY = {align: f'<w:jc w:val="{align}"/>' for align in Align}


def table_xml(sheet: Sheet, table: Table, *, keep_last: bool = False) -> str:
    """A table of the whole text width, with its caption above; keep_last holds its last row with what follows."""
    widths = column_widths(table.columns, text_width(landscape=sheet.landscape))
    suffix = "Small" if table.small else ""
    caption = paragraph("GwCaption", run(table.caption)) if table.caption else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = row_xml(header_cells(table.columns, widths, f"GwTableHead{suffix}"), header=True)
    cells = [(f"<w:tc><w:tcPr>{cell_width(w)}", c.align) for c, w in zip(table.columns, widths, strict=True)]
    style, kept = f"GwTable{suffix}", len(table.rows) if keep_last else 0
    body = "".join(
        row_xml(body_cells(sheet, row, cells, style, keep=number == kept), least=table.row_mm)
        for number, row in enumerate(table.rows, start=1)
    )
    properties = (
        f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>{MARGINS}</w:tblPr>'
    )
    return f"{caption}<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>"


def column_widths(columns: tuple[Column, ...], total: int) -> list[int]:
    """Shares of the width as twips that add up to the total."""
    shares = sum(column.width for column in columns)
    edges, reached = [0], 0.0
    for column in columns:
        reached += column.width
        edges.append(round(total * reached / shares))
    return [right - left for left, right in pairwise(edges)]


def cell_width(width: int) -> str:
    """Width and vertical centring of a cell."""
    return f'<w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'


def row_xml(cells: str, *, header: bool = False, least: float = 0.0) -> str:
    """A row that is never split over two pages."""
    height = f'<w:trHeight w:val="{twips(least)}" w:hRule="atLeast"/>' if least else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{'<w:tblHeader/>' * header}</w:trPr>{cells}</w:tr>"


def header_cells(columns: tuple[Column, ...], widths: list[int], style: str) -> str:
    """The header row's cells."""
    return "".join(
        f"<w:tc><w:tcPr>{cell_width(width)}{paragraph(style, run(column.title))}</w:tc>"
        for column, width in zip(columns, widths, strict=True)
    )


def body_cells(sheet: Sheet, row: tuple[Text, ...], cells: list[tuple[str, Align]], style: str, *, keep: bool) -> str:
    """The cells of one row, aligned by their columns; keep holds the row with what follows."""
    return "".join(
        f"{start}{paragraph(style, sheet.text(text), JUSTIFY[align], keep=keep)}</w:tc>"
        for text, (start, align) in zip(row, cells, strict=True)
    )
