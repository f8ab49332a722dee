"""The checklist as a form: what was sent read into marks, and shown again with what is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from chuangwen.base.errors import Refused
from chuangwen.inspections import queries
from chuangwen.inspections.actions import Marked, Photo
from chuangwen.inspections.models import Answer, Visit
from chuangwen.standards.checklists import Wrong
from rulebook.scoring.kinds.base import OCCURRENCES

Mark = Answer.Mark
REST = {"ok": "其余合格", "none": "未查"}


@dataclass(frozen=True)
class Field:
    """One number of an item, as the form shows it; whole: it has no decimals."""

    name: str
    words: str
    value: str
    whole: bool


@dataclass
class Row:
    """One item with what was entered for it."""

    item: queries.Item
    data: QueryDict
    errors: list[str]
    shots: int = 0  # photos sent with it
    asked: str = ""  # what is asked about it once before it is handed in

    def _value(self, field: str) -> str:
        return self.data.get(f"{field}-{self.item.name}", "").strip()

    @property
    def name(self) -> str:
        return self.item.name

    @property
    def is_bad(self) -> bool:
        return self._value("bad") == "1"

    @property
    def other(self) -> str:
        """`absent` 缺项, `none` 未查, or empty."""
        return self._value("other")

    @property
    def number(self) -> str:
        """A count begins at one where something is wrong; emptied it is empty."""
        name = f"number-{self.item.name}"
        return self._value("number") if name in self.data or self.item.ask != OCCURRENCES else "1"

    @property
    def base(self) -> str:
        return self._value("base")

    @property
    def note(self) -> str:
        return self._value("note")

    @property
    def reason(self) -> str:
        return self._value("reason")

    @property
    def is_fixed(self) -> bool:
        return self._value("fixed") == "1"

    @property
    def fields(self) -> list[Field]:
        """The one or two numbers of a count, a measured value or a pair."""
        asked, given = self.item.asked, (("number", self.number), ("base", self.base))
        sizes = (asked.size, asked.base_size)
        return [
            Field(f"{name}-{self.name}", words, value, size == 1)
            for (name, value), words, size in zip(given, asked.called, sizes, strict=False)
        ]

    @property
    def is_marked(self) -> bool:
        return bool(self.is_bad or self.other or (not self.item.has_default and self.says_something))

    @property
    def says_something(self) -> bool:
        """Is anything entered where a number is asked for, the number itself or what was seen?"""
        return bool(self.number or self.base or self.note or self.is_fixed or self.shots)


@dataclass
class Part:
    """A section with its rows; `rest` says what becomes of the unmarked ones, `empty` of those without their number."""

    section: queries.Section
    rows: list[Row]
    rest: str
    empty: str
    error: str = ""
    empty_error: str = ""

    @property
    def unmarked(self) -> list[Row]:
        return [row for row in self.rows if row.item.has_default and not row.is_marked]

    @property
    def numbers(self) -> list[Row]:
        """Rows of counts and measured values that say nothing: filled in, or not examined by one's own word."""
        return [row for row in self.rows if not row.item.has_default and not row.is_marked]

    @property
    def is_open(self) -> bool:
        return bool(self.error or self.empty_error)


class Sheet:
    """The checklist of a visit, unbound (data None) or with what was sent."""

    def __init__(self, visit: Visit, data: QueryDict | None, files: MultiValueDict[str, UploadedFile]) -> None:
        self.bound, self.files = data is not None, files
        data = data if data is not None else QueryDict()
        self.error = ""
        self.asked = set(data.get("asked", "").split())
        self.parts = [self._part(section, data) for section in queries.sheet_of(visit)]

    def _part(self, section: queries.Section, data: QueryDict) -> Part:
        rows = [Row(item, data, [], len(self.files.getlist(f"photo-{item.name}"))) for item in section.items]
        return Part(section, rows, *(data.get(f"{name}-{section.number}", "") for name in ("rest", "empty")))

    @property
    def rows(self) -> Iterator[Row]:
        return (row for part in self.parts for row in part.rows)

    @property
    def item_count(self) -> int:
        return sum(len(part.rows) for part in self.parts)

    @property
    def asked_names(self) -> str:
        """The items asked about so far, as the form carries them."""
        return " ".join(sorted(self.asked))

    @property
    def photos_lost(self) -> int:
        """Photos a browser does not send again by itself."""
        return sum(len(self.files.getlist(name)) for name in self.files)

    def is_valid(self) -> bool:
        """Every section with unmarked items or empty numbers says what becomes of them; every number is one."""
        for part in self.parts:
            if part.unmarked and part.rest not in REST:
                part.error = f"还有 {len(part.unmarked)} 项没有标。选其余合格，或未查。"
            if part.numbers and "none" not in (part.rest, part.empty):
                part.empty_error = f"还有 {len(part.numbers)} 项没有填数。填上，或勾按未查。"
        for row in self.rows:
            if error := number_error(row):
                row.errors.append(error)
        left, wrong = sum(part.is_open for part in self.parts), sum(bool(row.errors) for row in self.rows)
        said = [f"还有 {left}\u00a0段没有确认"] * bool(left) + [f"有 {wrong}\u00a0项要改"] * bool(wrong)
        self.error = f"{'，'.join(said)}，都标出来了。补好再交。" if said else ""
        return not said

    def refuse(self, refused: Refused) -> None:
        """Put what the action refused at its item, or at the head of the page."""
        row = next((row for row in self.rows if row.name == refused.field), None)
        if row is None:
            self.error = refused.message
        else:
            row.errors.append(refused.message)
            self.error = "有一项要改，标出来了。改好再交。"

    def confirmed(self) -> list[int]:
        return [part.section.number for part in self.parts if part.rest == "ok"]

    def marks(self) -> list[Marked]:
        """What was marked, in the form the action takes."""
        return [self._marked(row) for row in self.rows if row.is_marked]

    def _marked(self, row: Row) -> Marked:
        key = {"criterion": row.item.criterion.key, "ordinal": row.item.ordinal}
        if row.other == "absent":
            return Marked(**key, mark=Mark.NOT_APPLICABLE, reason=row.reason)
        if row.other == "none":
            return Marked(**key, mark=Mark.NOT_EXAMINED)
        bad = row.is_bad or not row.item.has_default
        (count, base), photos = _numbers(row), tuple(self._photos(row))
        mark = Mark.NOT_QUALIFIED if bad else Mark.QUALIFIED
        given = {"note": row.note, "fixed_on_spot": row.is_fixed, "photos": photos}
        return Marked(**key, mark=mark, count=count, base=base, **given)

    def _photos(self, row: Row) -> Iterator[Photo]:
        times = row.data.getlist(f"taken-{row.name}")
        for number, file in enumerate(self.files.getlist(f"photo-{row.name}")):
            taken = _moment(times[number]) if number < len(times) else None
            yield Photo(file.read(), file.name or "", taken)


def number_error(row: Row) -> str:
    """What is wrong with what an item says, in words; empty where nothing is."""
    if row.other:
        return "" if row.other != "absent" or row.reason else "标了缺项，写一下为什么没有这一项。"
    if not row.number and row.is_marked and row.item.asked.called:
        return f"{row.item.asked.called[0]}没有填。填上，或标“未查”。"
    try:
        _numbers(row)
    except Wrong as wrong:
        return str(wrong)
    return ""


def _numbers(row: Row) -> tuple[int, int]:
    """The numbers of a row as kept; nothing typed is nothing where it was not said to be wrong."""
    said = row.is_bad if row.item.has_default else row.says_something
    return row.item.numbers(row.number, row.base) if said else (0, 0)


def _moment(text: str) -> datetime | None:
    """Milliseconds since 1970 by the phone's clock."""
    try:
        return datetime.fromtimestamp(int(text) / 1000, tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None
