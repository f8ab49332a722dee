"""A column of a sheet, and how text of a cell or header is tidied."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

SAMPLES = "填写示例"  # the sheet of a template that is copied from and never read
SPACES = " \t\r\n\u00a0\u3000\ufeff\u200b"
# Full-width digits and letters are typing accidents in codes and numbers; full-width punctuation belongs to names.
_HALF: dict[int, int | None] = {
    code: code - 0xFEE0
    for start, end in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
    for code in range(start, end + 1)
}
# _x0000_ in a cell is a NUL, which no database text and no Word file holds; nor are its neighbours anybody's text.
_HALF |= dict.fromkeys(code for code in range(32) if chr(code) not in "\t\n\r")
_MARKS = re.compile(r"[\s\u00a0\u3000*＊:：]")
_BRACKET = re.compile(r"[（(][^（()）]*[)）]$")


@dataclass(frozen=True)
class Column:
    """One column: its key in the program, its header in the sheet, how a row gives its cell, how it is explained.

    required: a new row must have it. unique: no two rows of a file may have the same (blank ones aside).
    """

    key: str
    header: str
    get: Callable[[Any], Any] | None = None
    help: str = ""
    required: bool = False
    unique: bool = False
    width: int = 0
    aliases: tuple[str, ...] = ()

    def cell(self, row: Any) -> Any:
        return self.get(row) if self.get else getattr(row, self.key)

    @property
    def shown_width(self) -> int:
        return self.width or max(10, 2 * len(self.header) + 4)


def tidy(text: str) -> str:
    """Text of a cell without spaces around it and control signs, full-width digits and letters made plain."""
    return text.replace("\r\n", "\n").translate(_HALF).strip(SPACES)


def header_keys(columns: Sequence[Column]) -> dict[str, str]:
    """Plain form of each header and alias → column key."""
    return {plain(name): column.key for column in columns for name in (column.header, *column.aliases)}


def plain(header: str) -> str:
    """A header without spaces, stars and colons: how headers are compared."""
    return _MARKS.sub("", tidy(header))


def without_bracket(header: str) -> str:
    """电话（选填） → 电话."""
    return _BRACKET.sub("", plain(header))
