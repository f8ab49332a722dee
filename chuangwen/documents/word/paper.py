"""A paper 公文 as plain data: head, title, blocks, annexes, signature, imprint.

Texts are str, FigureRun or a tuple of both. Heading and annex numbers are never typed, they are counted on drawing.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from .errors import PaperRefused

FIGURE_NAME = re.compile(r"[a-z0-9]+(?:[._][a-z0-9]+)*")
LONGEST_NAME = 30


@dataclass(frozen=True, slots=True)
class FigureRun:
    """A registered figure inside a text: its name in the figures registry and the text printed."""

    name: str
    text: str

    def __post_init__(self) -> None:
        if not FIGURE_NAME.fullmatch(self.name) or len(self.name.replace(".", "__")) > LONGEST_NAME:
            raise PaperRefused(
                f"数字名“{self.name}”不能用：只用小写字母、数字、点和下划线，不超过 {LONGEST_NAME} 个字符（点算两个）。"
            )
        if not self.text:
            raise PaperRefused(f"数字“{self.name}”没有值，请先取数再成文。")


Text: TypeAlias = str | FigureRun | tuple[str | FigureRun, ...]


def pieces(text: Text) -> tuple[str | FigureRun, ...]:
    """The text as a tuple of plain strings and figures."""
    return text if isinstance(text, tuple) else (text,)


def plain(text: Text) -> str:
    """The text as it will be read."""
    return "".join(piece if isinstance(piece, str) else piece.text for piece in pieces(text))


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading or item: level 1 一、 level 2 （一） level 3 1. level 4 （1）."""

    level: int
    text: Text

    def __post_init__(self) -> None:
        if self.level not in (1, 2, 3, 4):
            raise PaperRefused(f"标题层次只有 1 至 4 级，没有第 {self.level} 级。")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A body paragraph, two characters indented."""

    text: Text


class Align(StrEnum):
    """Where the cells of a column stand."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: header, share of the width, alignment (numbers: RIGHT)."""

    title: str
    width: float
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table as wide as the text block; the header row repeats, rows are never split.

    small: 五号 instead of 小四. row_mm: least row height, for lines filled in by hand.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Text, ...], ...]
    caption: str = ""
    small: bool = False
    row_mm: float = 0.0

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise PaperRefused(f"表格第 {number} 行有 {len(row)} 格，表头有 {len(self.columns)} 格，请补齐。")


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoPair:
    """Photos before and after rectification 整改前后; bytes of an image file, None where there is none yet."""

    caption: str
    before: bytes | None
    after: bytes | None


@dataclass(frozen=True, slots=True)
class Photos:
    """Before/after pairs, side by side; found_only: only those before, two problems to a row."""

    pairs: tuple[PhotoPair, ...]
    found_only: bool = False


Block: TypeAlias = Heading | Paragraph | Table | Photos


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """An annex 附件 on its own page; landscape for wide tables."""

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


class Form(StrEnum):
    """The page form: 文件 with red head, or 信函 for letters such as a press letter 督办函."""

    DOCUMENT = "document"
    LETTER = "letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Issuing mark 发文机关标志, number 发文字号, signer 签发人 (papers to the level above only)."""

    mark: str
    number: str = ""
    signer: str = ""
    form: Form = Form.DOCUMENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """版记: copies 抄送, printing office 印发机关 and date 印发日期."""

    copies: str = ""
    printer: str = ""
    printed_on: date | None = None


NO_IMPRINT = Imprint()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A whole paper. sealed: a seal 印章 will cover signature and date."""

    head: Head
    title: str
    blocks: tuple[Block, ...]
    addressee: str = ""
    attachments: tuple[Attachment, ...] = ()
    signature: str = ""
    dated: date | None = None
    sealed: bool = True
    imprint: Imprint = NO_IMPRINT


def chinese_date(day: date) -> str:
    """2026年3月25日: Arabic digits, no leading zero."""
    return f"{day.year}年{day.month}月{day.day}日"
