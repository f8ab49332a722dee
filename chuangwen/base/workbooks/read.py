"""Reading a workbook somebody made: the header row is found by its words, every cell becomes tidy text.

The file is examined before it is opened: kind, size, what it unpacks to, and how far its cells reach (a single cell in
the last corner would make a reader fill the whole sheet).
"""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import IO, Any

from python_calamine import CalamineError, CalamineWorkbook

from chuangwen.base.errors import Refused
from chuangwen.base.workbooks.columns import Column, header_keys, plain, tidy, without_bracket

MAX_BYTES = 20 * 2**20
MAX_UNPACKED = 400 * 2**20
MAX_ROWS = 120_000
MAX_COLUMNS = 256
MAX_CELLS = 12_000_000
HEADER_WITHIN = 10
SHEETS_TRIED = 8
HOW_TO_SAVE = "请在 Excel 或 WPS 里打开，另存为“Excel 工作簿（.xlsx）”再传。"
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]{1,3})(\d{1,7})"(?:[^>]*[^/>])?>')


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


def read(data: bytes, columns: Sequence[Column]) -> Sheet:
    """The first sheet whose head matches `columns`; refused with a clear word when there is none or the file is bad."""
    _examine(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = book.sheet_names[:SHEETS_TRIED]
        for position, name in enumerate(names, 1):
            table = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if found := _header(table, columns):
                return _sheet(name, position, table, found, columns)
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        raise Refused(f"这个文件打不开，可能损坏了。{HOW_TO_SAVE}") from error
    heads = "、".join(column.header for column in columns)
    raise Refused(f"前 {HEADER_WITHIN} 行里没有找到表头。表头应有这些列：{heads}。可先下载模板对照。")


def _examine(data: bytes) -> None:
    if not data:
        raise Refused("这个文件是空的。请重选文件。")
    if len(data) > MAX_BYTES:
        raise Refused(f"文件有 {len(data) // 2**20} MB，最多 {MAX_BYTES // 2**20} MB。请分成几个文件。")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(f"这是旧格式（.xls）或加了密码的文件，读不了。{HOW_TO_SAVE}有密码的先去掉密码。")
    if not data.startswith(b"PK"):
        raise Refused(f"这不是 Excel 工作簿（.xlsx）；CSV、网页、文本也读不了。{HOW_TO_SAVE}")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _examine_parts(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Refused(f"这个文件打不开，可能没有传完或损坏了。{HOW_TO_SAVE}") from error


def _examine_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename.lower() for part in parts}
    if "xl/workbook.xml" not in names:
        raise Refused(f"这不是 Excel 工作簿（.xlsx）。{HOW_TO_SAVE}")
    if sum(part.file_size for part in parts) > MAX_UNPACKED or len(parts) > 5000:
        raise Refused("文件解开后太大。请只留要导入的那张表，另存后再传。")
    for part in parts:  # reading to the end also proves the sizes stated, on which the limit rests
        is_sheet = part.filename.lower().startswith("xl/worksheets/")
        with archive.open(part) as stream:
            _examine_sheet(stream) if is_sheet else _drain(stream)


def _drain(stream: IO[bytes]) -> None:
    while stream.read(2**20):
        pass


def _examine_sheet(stream: IO[bytes]) -> None:
    """Refuse a sheet whose filled cells reach too far: they are found in its text, before a reader lays out a grid."""
    rest, last_row, last_column = b"", 0, 0
    while block := stream.read(2**20):
        text = rest + block
        for match in _CELL.finditer(text):
            last_row = max(last_row, int(match[2]))
            last_column = max(last_column, _column_number(match[1]))
        rest = text[text.rfind(b"<") :]
    if last_row > MAX_ROWS + HEADER_WITHIN or last_row * last_column > MAX_CELLS:
        raise Refused(f"表里第 {last_row} 行还有内容，超出一次最多的 {MAX_ROWS} 行。请删掉表外的内容，或分成几个文件。")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


Head = tuple[int, dict[int, str], list[str]]


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
        cells = {key: _text(row[at]) if at < len(row) else "" for at, key in found.items()}
        if any(cells.values()):
            rows.append((number, cells))
    if not rows:
        raise Refused(f"“{name}”里只有表头，没有一行内容。填好后再传。")
    if len(rows) > MAX_ROWS:
        raise Refused(f"“{name}”有 {len(rows)} 行，一次最多 {MAX_ROWS} 行。请分成几个文件。")
    missing = tuple(column.header for column in columns if column.key not in found.values())
    keys = tuple(column.key for column in columns if column.key in found.values())
    return Sheet(name, position, index + 1, rows, keys, tuple(unknown), missing)


def _no_header_twice(found: dict[int, str], columns: Sequence[Column]) -> None:
    for column in columns:
        at = [position + 1 for position, key in found.items() if key == column.key]
        if len(at) > 1:
            raise Refused(f"表头里“{column.header}”出现了 {len(at)} 次（第 {at[0]} 列和第 {at[1]} 列）。请只留一列。")


def _text(value: Any) -> str:
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
