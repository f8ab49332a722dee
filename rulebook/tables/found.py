"""What reading a table gives: lines (criteria) with their path, and everything that became none, with the reason."""

from dataclasses import dataclass, field

from rulebook.tables.codes import read_code
from rulebook.tables.plaintext import one_line
from rulebook.tables.points import said, without

Name = tuple[str, str]  # label and name of an indicator
Path = tuple[Name, ...]
DEEPEST = 4


@dataclass(frozen=True)
class Where:
    """Rows of a table, counted from 1 as its reader counts them."""

    table: str
    first: int
    last: int

    def __str__(self) -> str:
        rows = f"{self.first}" if self.first == self.last else f"{self.first}–{self.last}"
        return f"{self.table} 第 {rows} 行"


@dataclass(frozen=True)
class Level:
    """An indicator above a line, with the points or weight the table gives it."""

    label: str
    name: str
    points: str = ""
    weight: str = ""


@dataclass
class Line:
    """A criterion. rule: the words that say how it is scored; items: its numbered parts when it is one of several.

    notes: what a reader should look at. source: the cells it was read from.
    """

    path: tuple[Level, ...]
    text: str
    where: Where
    source: str
    label: str = ""
    method: str = ""
    places: str = ""
    points: str = ""
    weight: str = ""
    rule: str = ""
    items: tuple[str, ...] = ()
    evidence: str = ""
    lead: tuple[str, ...] = ()
    assist: tuple[str, ...] = ()
    remarks: str = ""
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class LeftOut:
    """Rows that became no line. minor: nobody expects one (a total, a note, a head again)."""

    where: Where
    text: str
    why: str
    minor: bool = False


@dataclass(frozen=True)
class Options:
    """How to read. split: auto, each (every numbered standard is a line), one (a cell is a line).

    share: points of a cell or level that covers several lines are shared out evenly when the text does not say how.
    top: '' or where the first level stands: sheet (the table's name), title (the line above it).
    """

    split: str = "auto"
    share: bool = False
    top: str = ""


@dataclass
class Reading:
    """Lines in the order of the file; what was left out; sums that do not agree."""

    lines: list[Line] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    checks: list[str] = field(default_factory=list)


def level_of(text: str, code: str = "") -> Level:
    """The text of a cell of a level: its code, its name without the points, and these."""
    words = one_line(text)
    known = read_code(words)
    label, name = (known.text, known.rest) if known else ("", words)
    statements = said(name)
    plain = without(name, statements).removesuffix("（续）").removesuffix("(续)").strip(" ：:、") or name
    points = next((one.number for one in reversed(statements) if not one.is_weight), "")
    weight = next((one.number for one in reversed(statements) if one.is_weight), "")
    return Level(code or label, plain or label or code, points, weight)
