"""Figures in a Word file: bookmarks named fig_<name>_<n> around the printed number.

A dot in a registered name is written as two underscores, because Word allows no dots in bookmarks.
"""

import io
import re
import zipfile
from typing import NamedTuple

from lxml import etree

from .errors import FigureMismatch, WordError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BOOKMARK = re.compile(r"fig_(.+)_(\d+)")


class FigurePlace(NamedTuple):
    """One place where a figure stands: its bookmark, its registered name, the text read there."""

    bookmark: str
    name: str
    text: str


def bookmark_name(name: str, count: int) -> str:
    """The bookmark of the count-th place of a figure."""
    return f"fig_{name.replace('.', '__')}_{count}"


def figure_places(docx_bytes: bytes) -> list[FigurePlace]:
    """Every place of every figure, in reading order."""
    open_marks: dict[str, tuple[str, list[str]]] = {}
    places: list[FigurePlace] = []
    for element in document_root(docx_bytes).iter(f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}t"):
        if element.tag == f"{W}t":
            for _mark, texts in open_marks.values():
                texts.append(element.text or "")
        elif element.tag == f"{W}bookmarkStart":
            open_marks[element.get(f"{W}id")] = (element.get(f"{W}name", ""), [])
        else:
            mark, texts = open_marks.pop(element.get(f"{W}id"), ("", []))
            if found := BOOKMARK.fullmatch(mark):
                places.append(FigurePlace(mark, found[1].replace("__", "."), "".join(texts)))
    return places


def figures_in(docx_bytes: bytes) -> dict[str, str]:
    """Registered name → text as the file shows it; refuses a file that shows one figure in two ways."""
    found: dict[str, str] = {}
    for place in figure_places(docx_bytes):
        known = found.setdefault(place.name, place.text)
        if known != place.text:
            raise FigureMismatch(f"文件里数字“{place.name}”有两种写法：“{known}”和“{place.text}”。请对照台账改成一个。")
    return found


def document_root(docx_bytes: bytes) -> etree._Element:
    """The parsed main part of a Word file."""
    try:
        with zipfile.ZipFile(io.BytesIO(docx_bytes)) as archive:
            part = archive.read("word/document.xml")
        return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise WordError("这不是 Word 文件（.docx），或文件已损坏。请重新导出后再试。") from error
