"""The checklist 考察操作表 of a type of place: what is asked there, section by section, on the phone and on paper."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from django.db.models import Q, QuerySet

from chuangwen.places.models import PlaceType
from chuangwen.standards.models import Criterion, StandardVersion
from rulebook import scoring
from rulebook.scoring.exact import NBSP, plain
from rulebook.scoring.kinds.base import MARK, MEASURE, NUMBER, OCCURRENCES, PAIR, Ask

ON_SITE = "实地考察"
SPOT = "fixed_on_spot"
LARGEST = 1_000_000
NO_DEFAULT = frozenset({NUMBER, MEASURE, PAIR})
MINUS = {ord(sign): "-" for sign in "−－"}  # as the keyboards of a phone write it
PHOTO_WORDS, NO_PHOTO_WORDS = ("拍照", "照片"), ("不用", "不需", "不必", "无需", "不拍")


class Wrong(ValueError):
    """A number that cannot be taken as typed."""


@dataclass(frozen=True)
class Item:
    """One line of the checklist: a criterion, or one of several answers its rules ask for (`asked`).

    spot: the ordinal its answer has instead when what was found was put right on the spot; None: the same.
    """

    criterion: Criterion
    asked: Ask
    text: str
    head: str = ""
    rule: str = ""
    spot: int | None = None
    number: int = 0  # runs through the whole checklist
    is_voice: bool = False  # its words name an assessor, not what is asked

    @property
    def ordinal(self) -> int:
        return self.asked.ordinal

    @property
    def ask(self) -> str:
        """`mark` (✓ ✕), `occurrences` (✕ and how many), `number`, `measure`, `pair` (so many of so many)."""
        return self.asked.form

    @property
    def measure(self) -> str:
        return self.asked.measure

    @property
    def code(self) -> str:
        """The standard's own number of the criterion, and which line of it; where it has none, the running one."""
        which = f"（{self.ordinal}）" if self.head and self.ordinal else ""
        return f"{self.criterion.label}{which}" if self.criterion.label else str(self.number)

    @property
    def ordinals(self) -> tuple[int, ...]:
        """Where its answer may stand."""
        return (self.ordinal,) if self.spot is None else (self.ordinal, self.spot)

    @property
    def full(self) -> str:
        """Its words where it stands alone: 市场管理：摊位整齐."""
        return f"{self.head}：{self.text}" if self.head else self.text

    @property
    def name(self) -> str:
        """How form fields of this item are called."""
        return f"{self.criterion.pk}-{self.ordinal}"

    @property
    def key(self) -> tuple[str, int]:
        return self.criterion.key, self.ordinal

    def written(self, count: int, base: int) -> str:
        """A count, a measured value or a pair as people write it: 3 处, 61.5 dB, 8 合格，共查 10; nothing of a mark."""
        if self.ask == MARK or (self.ask == OCCURRENCES and not count):
            return ""
        return self.asked.written(count, base)

    def named(self, count: int, base: int) -> str:
        """The same by what the numbers are called: 实测值 61.5 dB, 合格数 8，共查数 10; occurrences as written."""
        if self.ask in (MARK, OCCURRENCES):
            return self.written(count, base)
        unit = f"{NBSP}{self.measure}" if self.measure else ""
        numbers = zip(self.asked.called, self.typed(count, base), strict=False)
        return "，".join(f"{name}{NBSP}{number}{unit}" for name, number in numbers)

    def typed(self, count: int, base: int) -> tuple[str, str]:
        """Kept numbers as they would be typed in again."""
        asked = self.asked
        return plain(Fraction(count, asked.size), 0), plain(Fraction(base, asked.base_size), 0)

    def numbers(self, count: str, base: str) -> tuple[int, int]:
        """What was typed, in the units kept; Wrong says what is wrong with it, by the name of the number."""
        asked = self.asked
        first = kept(count, asked.size, asked.called[0]) if self.ask != MARK else 0
        if self.ask != PAIR:
            return first, 0
        second = kept(base, asked.base_size, asked.called[1])
        if second == 0:
            raise Wrong(f"{asked.called[1]}要大于 0。没有可查的，标“缺项”或“未查”。")
        if asked.within and first > second:
            raise Wrong(f"{asked.called[0]} {count} 比{asked.called[1]} {base} 还多。核对这两个数。")
        return first, second

    @property
    def has_default(self) -> bool:
        """May it be confirmed with 其余合格?"""
        return self.ask not in NO_DEFAULT

    @property
    def wants_photo(self) -> bool:
        """Does the evidence the standard asks for 佐证要求 speak of photos?"""
        words = self.criterion.evidence
        return any(word in words for word in PHOTO_WORDS) and not any(word in words for word in NO_PHOTO_WORDS)


def kept(text: str, size: int, name: str) -> int:
    """A typed number in the units kept, `size` of them to one."""
    if not text:
        raise Wrong(f"{name}没有填。")
    try:
        value = Decimal(text.translate(MINUS))
    except InvalidOperation:
        raise Wrong(f"{name}填的“{text}”不是数字。改成数字。") from None
    if value.is_finite() and value < 0:
        raise Wrong(f"{name}填的“{text}”小于 0。填 0 或以上的数。")
    if not value.is_finite() or not 0 <= value <= LARGEST:
        raise Wrong(f"{name}填的“{text}”不在 0 到 {LARGEST} 之间。核对一下。")
    if value * size != int(value * size):
        raise Wrong(f"{name}填的“{text}”{'小数太长，最多三位' if size > 1 else '要是整数'}。")
    return int(value * size)


@dataclass(frozen=True)
class Section:
    """A heading of the checklist with its items."""

    number: int
    title: str
    items: tuple[Item, ...]

    @property
    def defaults(self) -> int:
        return sum(item.has_default for item in self.items)


def concerning(version: StandardVersion, place_type: int) -> QuerySet[Criterion]:
    """The criteria looked at where places are of this type, in the standard's order."""
    concerned = Q(place_types=place_type) | Q(place_types__isnull=True, role="", method__contains=ON_SITE)
    rows = Criterion.objects.filter(concerned, version_id=version.pk)
    return rows.select_related("indicator").order_by("position", "id")


def types_of(version: StandardVersion) -> QuerySet[PlaceType]:
    """Types that the version has criteria for; all of the tenant's when an on-site criterion names none."""
    types = PlaceType.objects.filter(tenant_id=version.tenant_id).order_by("code")
    if Criterion.objects.filter(version=version, place_types__isnull=True, role="", method__contains=ON_SITE).exists():
        return types
    return types.filter(pk__in=version.criteria.filter(place_types__isnull=False).values("place_types"))


def sections(rows: Iterable[tuple[Criterion, scoring.Criterion | None]]) -> list[Section]:
    """Criteria with what they compile to (None: their rule is not written yet) as numbered sections of items."""
    return in_sections((criterion, items_of(criterion, known)) for criterion, known in rows)


def in_sections(rows: Iterable[tuple[Criterion, Iterable[Item]]]) -> list[Section]:
    """Criteria with their items as numbered sections."""
    found: dict[str, list[Item]] = {}
    for criterion, items in rows:
        found.setdefault(criterion.section or criterion.indicator.name, []).extend(items)
    made, last = [], 0
    for number, (title, items) in enumerate(found.items(), start=1):
        numbered = tuple(replace(item, number=last + at) for at, item in enumerate(items, start=1))
        made.append(Section(number, title, numbered))
        last += len(items)
    return made


def items_of(criterion: Criterion, known: scoring.Criterion | None) -> list[Item]:
    """The lines of one criterion, in the order of their ordinals; not yet numbered."""
    if known is None:
        return [Item(criterion, Ask(0), criterion.text)]
    asks = known.asks()
    spots = {ask.ordinal % 100: ask.ordinal for ask in asks if ask.tick == SPOT}
    asked = [ask for ask in asks if not ask.tick]
    return [_item(criterion, ask, known.rule_of(ask.ordinal), spots.get(ask.ordinal)) for ask in asked]


def _item(criterion: Criterion, ask: Ask, rule: Any, spot: int | None) -> Item:
    """A label says which of several it is: it stands as the line, below the criterion's words."""
    head = criterion.text if ask.label else ""
    return Item(criterion, ask, ask.label or criterion.text, head, rule.describe(), spot)
