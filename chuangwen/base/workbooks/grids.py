"""Tables as they stand in a file somebody made, merged cells and all: sheets of a workbook, tables of a Word file."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from chuangwen.base.errors import Refused
from chuangwen.base.workbooks import word
from chuangwen.base.workbooks.columns import tidy
from chuangwen.base.workbooks.examining import TABLES, examine
from chuangwen.base.workbooks.read import text_of
from rulebook.tables import Cell, Grid

MAX_TABLES = 200
MAX_HEIGHT, MAX_WIDTH, MAX_PLACES = 5_000, 100, 200_000


@dataclass(frozen=True)
class Opened:
    """The tables of a file (xlsx or docx) in their order, and what of it was not opened (a hidden sheet)."""

    kind: str
    grids: list[Grid]
    notes: list[str]


def open_tables(data: bytes) -> Opened:
    """Every table of an .xlsx or .docx; refused with a clear word when the file is bad, too big or holds none."""
    kind = examine(data, TABLES)
    try:
        found = _workbook(data) if kind == "xlsx" else Opened(kind, list(_document(data)), [])
    except (CalamineError, zipfile.BadZipFile, word.Unreadable, KeyError, OSError, ValueError) as error:
        raise Refused(f"这个文件打不开，可能损坏了。{TABLES.how_to_save}") from error
    if not found.grids:
        raise Refused("文件里没有表。体系写在段落里的，先在 Word 里改成表，或逐条添加。")
    if len(found.grids) > MAX_TABLES:
        raise Refused(f"文件里有 {len(found.grids)} 张表，一次最多 {MAX_TABLES} 张。请分成几个文件。")
    return found


def _workbook(data: bytes) -> Opened:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    grids, notes = [], []
    for sheet in book.sheets_metadata:
        if sheet.typ != SheetTypeEnum.WorkSheet:
            continue
        if sheet.visible != SheetVisibleEnum.Visible:
            notes.append(f"隐藏的工作表“{sheet.name}”没有读")
            continue
        grid = Grid(sheet.name, tuple(_cells(book.get_sheet_by_name(sheet.name))))
        grids += [grid] if grid.cells else []
    return Opened("xlsx", grids, notes)


def _cells(sheet: CalamineSheet) -> Iterator[Cell]:
    """The cells of a sheet, merged ones once, within what is filled in."""
    _fits(sheet.name, sheet.total_height + 1, sheet.total_width + 1)
    rows = sheet.to_python(skip_empty_area=False)
    height, width = len(rows), max(map(len, rows), default=0)
    spans, covered = _spans(sheet, height, width)
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if (row, column) in spans:
                down, across = spans[row, column]
                yield Cell(row, column, _text(value), down, across)
            elif (row, column) not in covered and (text := _text(value)):
                yield Cell(row, column, text)


def _spans(
    sheet: CalamineSheet, height: int, width: int
) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """(upper left place → rows and columns of a merged cell, places covered by one); overlapping ones are skipped."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        down, across = min(bottom + 1, height) - top, min(right + 1, width) - left
        places = {(row, column) for row in range(top, top + down) for column in range(left, left + across)}
        if down > 0 and across > 0 and not places & covered:
            spans[top, left] = (down, across)
            covered |= places
    return spans, covered


def _text(value: Any) -> str:
    """A cell as tidy text; a number as people see it, without what binary fractions leave behind."""
    if isinstance(value, float) and not value.is_integer():
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return text_of(value)


def _document(data: bytes) -> Iterator[Grid]:
    for number, table in enumerate(word.tables(data), 1):
        _fits(f"第 {number} 张表", table.height, table.width)
        cells = (Cell(cell.row, cell.column, tidy(cell.text), cell.rows, cell.columns) for cell in table.cells)
        yield Grid(f"第 {number} 张表", tuple(cells), tuple(map(tidy, table.title)))


def _fits(name: str, height: int, width: int) -> None:
    if height > MAX_HEIGHT or width > MAX_WIDTH or height * width > MAX_PLACES:
        raise Refused(
            f"“{name}”有 {height} 行 {width} 列，一张表最多 {MAX_HEIGHT} 行 {MAX_WIDTH} 列。"
            "请删掉表外的内容，或分成几张表。"
        )
