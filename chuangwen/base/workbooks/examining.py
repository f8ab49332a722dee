"""An Office file examined before anything opens it: kind, size, what it unpacks to, how far its cells reach.

A single cell in the last corner would make a reader fill the whole sheet.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO

from chuangwen.base.errors import Refused

MAX_BYTES = 20 * 2**20
MAX_UNPACKED = 400 * 2**20
MAX_ROWS = 120_000
MAX_CELLS = 12_000_000
HEADER_WITHIN = 10
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]{1,3})(\d{1,7})"(?:[^>]*[^/>])?>')


@dataclass(frozen=True)
class Expected:
    """What a page asks for. parts: the part that tells a kind → the kind; the words say what else will not do."""

    parts: Mapping[str, str]
    name: str
    old: str
    others: str
    how_to_save: str


EXCEL = Expected(
    parts={"xl/workbook.xml": "xlsx"},
    name="Excel 工作簿（.xlsx）",
    old=".xls",
    others="CSV、网页、文本",
    how_to_save="请在 Excel 或 WPS 里打开，另存为“Excel 工作簿（.xlsx）”再传。",
)
TABLES = Expected(
    parts={"xl/workbook.xml": "xlsx", "word/document.xml": "docx"},
    name="Excel 工作簿（.xlsx）或 Word 文档（.docx）",
    old=".xls、.doc",
    others="PDF、网页、文本、图片",
    how_to_save="请在 Office 或 WPS 里打开，另存为 .xlsx 或 .docx 再传。",
)


def examine(data: bytes, expected: Expected) -> str:
    """The kind of a file that may be opened; refused with what is wrong and how to mend it."""
    if not data:
        raise Refused("这个文件是空的。请重选文件。")
    if len(data) > MAX_BYTES:
        raise Refused(f"文件有 {len(data) // 2**20} MB，最多 {MAX_BYTES // 2**20} MB。请分成几个文件。")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(
            f"这是旧格式（{expected.old}）或加了密码的文件，读不了。{expected.how_to_save}有密码的先去掉密码。"
        )
    if not data.startswith(b"PK"):
        raise Refused(f"这不是 {expected.name}；{expected.others}也读不了。{expected.how_to_save}")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _examine_parts(archive, expected)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Refused(f"这个文件打不开，可能没有传完或损坏了。{expected.how_to_save}") from error


def _examine_parts(archive: zipfile.ZipFile, expected: Expected) -> str:
    parts = archive.infolist()
    names = {part.filename.lower() for part in parts}
    kind = next((kind for part, kind in expected.parts.items() if part in names), None)
    if kind is None:
        raise Refused(f"这不是 {expected.name}。{expected.how_to_save}")
    if sum(part.file_size for part in parts) > MAX_UNPACKED or len(parts) > 5000:
        raise Refused("文件解开后太大。请只留要导入的那张表，另存后再传。")
    for part in parts:  # reading to the end also proves the sizes stated, on which the limit rests
        is_sheet = part.filename.lower().startswith("xl/worksheets/")
        with archive.open(part) as stream:
            _examine_sheet(stream) if is_sheet else _drain(stream)
    return kind


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
