"""The screen look of a paper: the same blocks as the Word file, figures as links to their rows in the list beside."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from chuangwen.documents.word import Align, FigureRun, Form, Heading, Paper, Paragraph, Table, Text, plain
from chuangwen.documents.word.numbering import Numbering
from chuangwen.documents.word.paper import Block, chinese_date, pieces
from chuangwen.documents.word.parts import mark_halves

ROWS_SHOWN = 30
PEN = "\u3000" * 4
MOST_BESIDE = 5  # columns that stand beside each other on a phone; the rows of a wider table become paragraphs
ALIGNED = {Align.LEFT: "", Align.CENTER: "mid", Align.RIGHT: "num"}


@dataclass(frozen=True)
class Piece:
    """A run of text; a figure has its name, and is stale when the data says otherwise now."""

    text: str
    figure: str = ""
    stale: bool = False


@dataclass(frozen=True)
class Line:
    """A paragraph or heading with its counted label; css fill: blanks that only a pen fills."""

    css: str
    label: str
    pieces: list[Piece]
    is_table: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell with the title of its column."""

    title: str
    css: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Grid:
    """A table; more: rows left for the Word file."""

    caption: str
    columns: list[str]
    rows: list[list[Cell]]
    more: int
    is_table: bool = True

    @property
    def is_wide(self) -> bool:
        return len(self.columns) > MOST_BESIDE


@dataclass(frozen=True)
class Annex:
    mark: str
    title: str
    blocks: list[Line | Grid]


@dataclass(frozen=True)
class Screen:
    mark: tuple[str, ...]  # its words in one or two parts
    number: str
    title: str
    addressee: str
    blocks: list[Line | Grid]
    signature: tuple[str, ...]
    dated: str
    copies: str
    annexes: list[Annex] = field(default_factory=list)
    is_letter: bool = False


def screen_of(paper: Paper, stale: Iterable[str] = ()) -> Screen:
    """What the page shows; photos stay in the Word file."""
    marked = frozenset(stale)
    alone = len(paper.attachments) == 1
    return Screen(
        mark=mark_halves(paper.head.mark),
        number=paper.head.number,
        title=paper.title,
        addressee=f"{paper.addressee}：" if paper.addressee else "",
        blocks=_blocks(paper.blocks, marked),
        signature=mark_halves(paper.signature),
        dated=chinese_date(paper.dated) if paper.dated else "",
        copies=paper.imprint.copies,
        annexes=[
            Annex("附件" if alone else f"附件{number}", annex.title, _blocks(annex.blocks, marked))
            for number, annex in enumerate(paper.attachments, start=1)
        ],
        is_letter=paper.head.form is Form.LETTER,
    )


def _blocks(blocks: Iterable[Block], stale: frozenset[str]) -> list[Line | Grid]:
    numbering = Numbering()
    drawn = (_block(block, numbering, stale) for block in blocks)
    return [block for block in drawn if block]


def _block(block: Block, numbering: Numbering, stale: frozenset[str]) -> Line | Grid | None:
    match block:
        case Heading(level, text):
            return Line(f"lv{level}", numbering.next(level), _pieces(text, stale))
        case Paragraph(text):
            return Line("fill" if PEN in plain(text) else "", "", _pieces(text, stale))
        case Table():
            shown = [_cells(block, row, stale) for row in block.rows[:ROWS_SHOWN]]
            columns = [column.title for column in block.columns]
            return Grid(block.caption, columns, shown, len(block.rows) - len(shown))
    return None


def _cells(table: Table, row: Iterable[Text], stale: frozenset[str]) -> list[Cell]:
    columns = zip(table.columns, row, strict=True)
    return [Cell(column.title, ALIGNED[column.align], _pieces(text, stale)) for column, text in columns]


def _pieces(text: Text, stale: frozenset[str]) -> list[Piece]:
    return [
        Piece(piece.text, piece.name, piece.name in stale) if isinstance(piece, FigureRun) else Piece(piece)
        for piece in pieces(text)
        if piece
    ]
