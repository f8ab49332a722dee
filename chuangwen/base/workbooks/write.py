"""Writing workbooks row by row in constant memory.

Text that begins like a formula is written as text with Excel's quote prefix: shown literally, also after somebody edits
the cell, and read back unchanged.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.utils import timezone
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from chuangwen.base.workbooks.columns import SAMPLES, Column

FORMULA_STARTS = tuple("=+-@\t\r")
SHEET_ROWS = 1_000_000  # below Excel's 1,048,576
NAME_LENGTH = 31
CELL_LENGTH = 32_767


class _Book:
    """A workbook with our formats; the head row is bold and frozen on every sheet of rows."""

    def __init__(self, out: Any) -> None:
        self.book = xlsxwriter.Workbook(
            out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        self.head = self.book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.must = self.book.add_format({"bold": True, "bottom": 1, "font_color": "#B5121B", "valign": "top"})
        self.literal = self.book.add_format({"quote_prefix": True})
        self.text = self.book.add_format({"num_format": "@"})
        self.day = self.book.add_format({"num_format": "yyyy-mm-dd"})
        self.moment = self.book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self.wrapped = self.book.add_format({"text_wrap": True, "valign": "top"})

    def sheet(
        self, name: str, columns: Sequence[Column], *, mark: bool = False, typed: bool = False, above: str = ""
    ) -> Worksheet:
        """A sheet with its head row, below one line of explanation if `above` says something."""
        sheet = self.book.add_worksheet(sheet_name(name))
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.shown_width, self.text if typed else None)
        head = 1 if above else 0
        sheet.freeze_panes(head + 1, 0)
        if above:
            sheet.write_string(0, 0, above, self.must)
        for index, column in enumerate(columns):
            sheet.write_string(head, index, column.header, self.must if mark and column.required else self.head)
        return sheet

    def put(self, sheet: Worksheet, row: int, index: int, value: Any, layout: Format | None = None) -> None:
        """Write one value by its type; None is left blank."""
        if value is None or value == "":
            return
        if isinstance(value, bool):
            sheet.write_string(row, index, "是" if value else "否")
        elif isinstance(value, int | float):
            sheet.write_number(row, index, value)
        elif isinstance(value, datetime):
            local = timezone.localtime(value) if timezone.is_aware(value) else value
            sheet.write_datetime(row, index, local.replace(tzinfo=None), self.moment)
        elif isinstance(value, date):
            sheet.write_datetime(row, index, datetime(value.year, value.month, value.day), self.day)  # noqa: DTZ001
        else:
            text = str(value)[:CELL_LENGTH]
            sheet.write_string(row, index, text, self.literal if text.startswith(FORMULA_STARTS) else layout)

    def lines(self, name: str, lines: Iterable[Sequence[Any]], widths: Sequence[int]) -> None:
        """A sheet of explanations."""
        sheet = self.book.add_worksheet(sheet_name(name))
        for index, width in enumerate(widths):
            sheet.set_column(index, index, width)
        for number, line in enumerate(lines):
            for index, value in enumerate(line):
                self.put(sheet, number, index, value, self.wrapped)


def sheet_name(title: str) -> str:
    """A title as Excel allows it for a sheet."""
    return "".join("·" if sign in "[]:*?/\\'" else sign for sign in title)[:NAME_LENGTH].strip() or "表"


def write(
    columns: Sequence[Column],
    rows: Iterable[Any],
    *,
    title: str,
    out: Any,
    notes: Sequence[str] = (),
    sheet_rows: int = SHEET_ROWS,
) -> int:
    """Write `rows` to `out` (path or binary file) and return how many; the last sheet 说明 states the number too.

    rows may be a queryset's iterator: one row is held at a time. notes: further lines of the last sheet.
    More than `sheet_rows` rows go on further sheets: none is left out.
    """
    work = _Book(out)
    sheet, line, count, part = work.sheet(title, columns), 0, 0, 1
    for row in rows:
        if line == sheet_rows:
            sheet.autofilter(0, 0, line, len(columns) - 1)
            part, line = part + 1, 0
            sheet = work.sheet(f"{title[: NAME_LENGTH - 4]}（{part}）", columns)
        line, count = line + 1, count + 1
        for index, column in enumerate(columns):
            work.put(sheet, line, index, column.cell(row))
    sheet.autofilter(0, 0, line, len(columns) - 1)
    work.lines("说明", [("表", title), ("行数", count), *(("", note) for note in notes)], (10, 80))
    work.book.close()
    return count


def template(
    columns: Sequence[Column],
    title: str,
    examples: Sequence[dict[str, Any]] = (),
    lists: dict[str, Sequence[str]] | None = None,
    *,
    out: Any,
    notes: Sequence[str] = (),
    rows: Iterable[dict[str, Any]] = (),
    offers: Callable[[dict[str, Any]], dict[str, Sequence[str]]] = lambda row: {},
) -> None:
    """A sheet with its headers (required ones red), one of sample rows to copy from, one that explains.

    lists: header → allowed values, offered by Excel as a choice (kept on a sheet of their own, whatever their length).
    rows: what stands in it already, by column; offers(row): column → the few words offered in that row.
    """
    work = _Book(out)
    sheet = work.sheet(title, columns, mark=True, typed=True)
    allowed = {header: list(values) for header, values in (lists or {}).items() if values}
    for index, column in enumerate(columns):
        if column.header in allowed:
            _offer(sheet, index, list(allowed).index(column.header), len(allowed[column.header]))
    _fill(work, sheet, columns, rows, offers)
    if examples:
        _samples(work, columns, title, examples)
    about = [(column.header, "新增时必填" if column.required else "", column.help) for column in columns]
    lines = [("列", "必填", "怎么填"), *about, *(("", "", note) for note in notes)]
    work.lines("填写说明", lines, (14, 12, 60))
    if allowed:
        _choices(work, allowed)
    work.book.close()


def _fill(work: _Book, sheet: Worksheet, columns: Sequence[Column], rows: Iterable[dict], offers: Callable) -> None:
    for line, row in enumerate(rows, 1):
        for index, column in enumerate(columns):
            work.put(sheet, line, index, row.get(column.key), work.text)
            if words := offers(row).get(column.key):
                sheet.data_validation(line, index, line, index, {"validate": "list", "source": list(words)})


def _samples(work: _Book, columns: Sequence[Column], title: str, examples: Sequence[dict[str, Any]]) -> None:
    """The same columns as the sheet to be filled, so that a whole row can be copied over; `read` passes it over."""
    above = f"这张表是示例，不导入。照着填到“{sheet_name(title)}”那张表里，也可以整行复制过去再改。"
    sheet = work.sheet(SAMPLES, columns, mark=True, typed=True, above=above)
    for line, example in enumerate(examples, 2):
        for index, column in enumerate(columns):
            work.put(sheet, line, index, example.get(column.key), work.wrapped)


def _offer(sheet: Worksheet, index: int, choice: int, length: int) -> None:
    letter = xlsxwriter.utility.xl_col_to_name(choice)
    sheet.data_validation(
        1,
        index,
        SHEET_ROWS,
        index,
        {"validate": "list", "source": f"=可选值!${letter}$2:${letter}${length + 1}", "error_type": "warning"},
    )


def _choices(work: _Book, allowed: dict[str, list[str]]) -> None:
    sheet = work.sheet("可选值", [Column(header, header, width=24) for header in allowed])
    for line in range(max(map(len, allowed.values()))):
        for index, values in enumerate(allowed.values()):
            work.put(sheet, line + 1, index, values[line] if line < len(values) else None)
