"""Reading a workbook somebody made: the header row is found by its words, every cell becomes tidy text."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from chuangwen.base.errors import Refused
from chuangwen.base.workbooks.columns import SAMPLES, Column, header_keys, plain, tidy, without_bracket
from chuangwen.base.workbooks.examining import EXCEL, HEADER_WITHIN, MAX_ROWS, examine

MAX_COLUMNS = 256
SHEETS_TRIED = 8


@dataclass(frozen=True)
class Sheet:
    """What was read. rows: (row number in the sheet, column key → text); only columns found are keys, blank is ''."""

    name: str
    position: int  # 1 = the first sheet
    header_row: int
    rows: list[tuple[int, dict[str, str]]]
    keys: tuple[str, ...] = ()
    unknown_headers: tuple[str, ...] = ()
    missing_headers: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Found:
    """A sheet whose head matches the columns asked for; `heads` are the words of that row."""

    name: str
    position: int
    table: list[list[Any]]
    head: "Head"
    names: list[str]

    @property
    def heads(self) -> list[str]:
        return _words(self.table[self.head[0]])


class NoHead(Refused):
    """No row of the file is a head of the columns asked for; `rows` are those that were looked at: (sheet, words)."""

    def __init__(self, message: str, rows: list[tuple[str, list[str]]]) -> None:
        super().__init__(message)
        self.rows = rows


def read(data: bytes, columns: Sequence[Column]) -> Sheet:
    """The first sheet whose head matches `columns`, never samples; refused when there is none or the file is bad."""
    return rows_of(find(data, columns), columns)


def rows_of(found: Found, columns: Sequence[Column]) -> Sheet:
    """What stands under the head of a sheet."""
    return _filled(_sheet(found.name, found.position, found.table, found.head, columns), found.names)


def find(data: bytes, columns: Sequence[Column]) -> Found:
    """The first sheet whose head matches `columns`, never samples; NoHead when there is none."""
    examine(data, EXCEL)
    looked_at: list[tuple[str, list[str]]] = []
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = book.sheet_names
        for position, name in enumerate(names[:SHEETS_TRIED], 1):
            table = book.get_sheet_by_name(name).to_python(skip_empty_area=False) if name != SAMPLES else []
            if head := _header(table, columns):
                return Found(name, position, table, head, names)
            looked_at += [(name, _words(row)) for row in table[:HEADER_WITHIN]]
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        raise Refused(f"这个文件打不开，可能损坏了。{EXCEL.how_to_save}") from error
    heads = "、".join(column.header for column in columns)
    said = f"前 {HEADER_WITHIN} 行里没有找到表头。表头应有这些列：{heads}。可先下载模板对照。"
    raise NoHead(said, looked_at)


def _filled(sheet: Sheet, names: list[str]) -> Sheet:
    if not sheet.rows:
        passed_over = f"“{SAMPLES}”里的行不导入，要填在“{sheet.name}”里。" if SAMPLES in names else ""
        raise Refused(f"“{sheet.name}”里只有表头，没有一行内容。{passed_over}填好后再传。")
    if len(sheet.rows) > MAX_ROWS:
        raise Refused(f"“{sheet.name}”有 {len(sheet.rows)} 行，一次最多 {MAX_ROWS} 行。请分成几个文件。")
    return sheet


Head = tuple[int, dict[int, str], list[str]]


def _words(row: list[Any]) -> list[str]:
    return [text for cell in row[:MAX_COLUMNS] if (text := tidy(str(cell)))]


def keys_in(heads: Sequence[str], columns: Sequence[Column]) -> set[str]:
    """Keys of the columns that a row of words names."""
    keys = header_keys(columns)
    return {key for text in heads if (key := keys.get(plain(text)) or keys.get(without_bracket(text)))}


def _header(table: list[list[Any]], columns: Sequence[Column]) -> Head | None:
    """(index, cell index → key, unknown headers) of the row that matches most columns, among the first ten."""
    keys = header_keys(columns)
    best: Head | None = None
    for index, row in enumerate(table[:HEADER_WITHIN]):
        found: dict[int, str] = {}
        unknown: list[str] = []
        for position, cell in enumerate(row[:MAX_COLUMNS]):
            text = tidy(str(cell))
            key = keys.get(plain(text)) or keys.get(without_bracket(text))
            if key:
                found[position] = key
            elif text:
                unknown.append(text)
        if found and (best is None or len(found) > len(best[1])):
            best = (index, found, unknown)
    enough = min(2, len(columns))
    return best if best and len(set(best[1].values())) >= enough else None


def _sheet(name: str, position: int, table: list[list[Any]], head: Head, columns: Sequence[Column]) -> Sheet:
    index, found, unknown = head
    _no_header_twice(found, columns)
    rows = []
    for number, row in enumerate(table[index + 1 :], index + 2):
        cells = {key: text_of(row[at]) if at < len(row) else "" for at, key in found.items()}
        if any(cells.values()):
            rows.append((number, cells))
    missing = tuple(column.header for column in columns if column.key not in found.values())
    keys = tuple(column.key for column in columns if column.key in found.values())
    return Sheet(name, position, index + 1, rows, keys, tuple(unknown), missing)


def _no_header_twice(found: dict[int, str], columns: Sequence[Column]) -> None:
    for column in columns:
        at = [position + 1 for position, key in found.items() if key == column.key]
        if len(at) > 1:
            raise Refused(f"表头里“{column.header}”出现了 {len(at)} 次（第 {at[0]} 列和第 {at[1]} 列）。请只留一列。")


def text_of(value: Any) -> str:
    """A cell as tidy text: whole numbers without decimals, dates as 2026-04-09."""
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d") if value.time() == time() else value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return tidy(str(value))
