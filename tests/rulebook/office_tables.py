"""Tables as offices make them, from one picture of rows: a grid, a sheet of a real .xlsx, a table of a real .docx.

In a picture UP goes on from the cell above, LEFT from the cell to the left; '' is blank.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from types import EllipsisType
from typing import Any

import openpyxl
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from rulebook.tables import Cell, Grid

UP, LEFT = None, ...
Picture = Sequence[Sequence[str | int | float | EllipsisType | None]]


def cells(picture: Picture) -> list[Cell]:
    """The cells with their spans."""
    found = []
    for row, texts in enumerate(picture):
        for column, text in enumerate(texts):
            if text is not UP and text is not LEFT:
                across = 1
                while column + across < len(texts) and texts[column + across] is LEFT:
                    across += 1
                down = 1
                while row + down < len(picture) and picture[row + down][column] is UP:
                    down += 1
                found.append(Cell(row, column, str(text), down, across))
    return found


def grid(picture: Picture, name: str = "表1", title: Iterable[str] = ()) -> Grid:
    return Grid(name, tuple(cells(picture)), tuple(title))


def tables_xlsx(sheets: Mapping[str, Picture] | Picture, *, hidden: Iterable[str] = ()) -> bytes:
    """A workbook with merged cells; numbers of the picture are numbers in the sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    named = sheets if isinstance(sheets, Mapping) else {"表1": sheets}
    for name, picture in named.items():
        page = book.create_sheet(name)
        for cell in cells(picture):
            value: Any = picture[cell.row][cell.column]
            if value != "":
                page.cell(cell.row + 1, cell.column + 1, value)
            if cell.rows > 1 or cell.columns > 1:
                page.merge_cells(
                    start_row=cell.row + 1, start_column=cell.column + 1, end_row=cell.bottom, end_column=cell.right
                )
        page.sheet_state = "hidden" if name in hidden else "visible"
    return _saved(book)


def tables_docx(*parts: str | Picture) -> bytes:
    """A Word file: texts are paragraphs, pictures tables with merged cells."""
    document = Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
        else:
            _add_table(document, part)
    return _saved(document)


def _add_table(document: Any, picture: Picture) -> None:
    table = document.add_table(rows=len(picture), cols=max(map(len, picture)))
    grid = [row.cells for row in table.rows]  # once: table.cell() walks the whole table each time
    for cell in cells(picture):
        corner = grid[cell.row][cell.column]
        if cell.rows > 1 or cell.columns > 1:
            corner = corner.merge(grid[cell.bottom - 1][cell.right - 1])
        corner.text = cell.text


def numbered(paragraph: Any, list_id: int, level: int = 0) -> None:
    """Give a paragraph of a Word file an automatic number of a list."""
    settings = paragraph._p.get_or_add_pPr()
    numbers = OxmlElement("w:numPr")
    for name, value in (("w:ilvl", level), ("w:numId", list_id)):
        one = OxmlElement(name)
        one.set(qn("w:val"), str(value))
        numbers.append(one)
    settings.append(numbers)


def _saved(made: Any) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
