"""The checklist 考察操作表 of a type of place: what is asked there, section by section, on the phone and on paper."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet

from chuangwen.places.models import PlaceType
from chuangwen.standards.models import Criterion, StandardVersion
from rulebook import scoring

ON_SITE = "实地考察"
MARK, OCCURRENCES, NUMBER, MEASURE, PAIR = "mark", "occurrences", "number", "measure", "pair"
NO_DEFAULT = frozenset({NUMBER, MEASURE, PAIR})
PHOTO_WORDS, NO_PHOTO_WORDS = ("拍照", "照片"), ("不用", "不需", "不必", "无需", "不拍")


@dataclass(frozen=True)
class Item:
    """One line of the checklist: a criterion, or one standard or class of severity of it (`ordinal`).

    ask: mark (✓ ✕), occurrences (✕ and how many), number, measure (× 1000 when stored), pair (so many of so many).
    """

    criterion: Criterion
    ordinal: int
    ask: str
    text: str
    head: str = ""
    rule: str = ""
    measure: str = ""
    number: int = 0  # runs through the whole checklist

    @property
    def name(self) -> str:
        """How form fields of this item are called."""
        return f"{self.criterion.pk}-{self.ordinal}"

    @property
    def key(self) -> tuple[str, int]:
        return self.criterion.key, self.ordinal

    def written(self, count: int, base: int) -> str:
        """A count, a measured value or a pair as people write it: 3 处, 61.5 dB, 8 ÷ 10."""
        if self.ask == PAIR:
            return f"{count} ÷ {base}"
        number = f"{count / 1000:g}" if self.ask == MEASURE else str(count)
        return f"{number}\u00a0{self.measure}".rstrip()

    @property
    def has_default(self) -> bool:
        """May it be confirmed with 其余合格?"""
        return self.ask not in NO_DEFAULT

    @property
    def wants_photo(self) -> bool:
        """Does the evidence the standard asks for 佐证要求 speak of photos?"""
        words = self.criterion.evidence
        return any(word in words for word in PHOTO_WORDS) and not any(word in words for word in NO_PHOTO_WORDS)


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
    concerned = Q(place_types=place_type) | Q(place_types__isnull=True, method=ON_SITE)
    rows = Criterion.objects.filter(concerned, version_id=version.pk)
    return rows.select_related("indicator").order_by("position", "id")


def types_of(version: StandardVersion) -> QuerySet[PlaceType]:
    """Types that the version has criteria for; all of the tenant's when an on-site criterion names none."""
    types = PlaceType.objects.filter(tenant_id=version.tenant_id).order_by("code")
    if Criterion.objects.filter(version=version, place_types__isnull=True, method=ON_SITE).exists():
        return types
    return types.filter(pk__in=version.criteria.filter(place_types__isnull=False).values("place_types"))


def sections(rows: Iterable[tuple[Criterion, scoring.Criterion | None]]) -> list[Section]:
    """Criteria with what they compile to (None: their rule is not written yet) as numbered sections of items."""
    found: dict[str, list[Item]] = {}
    for criterion, known in rows:
        found.setdefault(criterion.section or criterion.indicator.name, []).extend(_items(criterion, known))
    made, last = [], 0
    for number, (title, items) in enumerate(found.items(), start=1):
        numbered = tuple(replace(item, number=last + at) for at, item in enumerate(items, start=1))
        made.append(Section(number, title, numbered))
        last += len(items)
    return made


def _items(criterion: Criterion, known: scoring.Criterion | None) -> list[Item]:
    if known is None:
        return [Item(criterion, 0, MARK, criterion.text)]
    ordinals = known.ordinals
    return [_item(criterion, ordinal, known.rule_of(ordinal), alone=len(ordinals) == 1) for ordinal in ordinals]


def _item(criterion: Criterion, ordinal: int, rule: Any, *, alone: bool) -> Item:
    label = _label(rule, ordinal)
    return Item(
        criterion=criterion,
        ordinal=ordinal,
        ask=_ask(rule),
        text=criterion.text if alone or not label else label,
        head="" if alone or not label else criterion.text,
        rule=rule.describe(),
        measure=_measure(rule),
    )


def _label(rule: Any, ordinal: int) -> str:
    """The words of a checklist standard or of a class of severity."""
    if rule.name == "checklist":
        return str(rule.items[ordinal - 1])
    classes = getattr(rule, "severities", ())
    return next((severity.label for severity in classes if severity.ordinal == ordinal and len(classes) > 1), "")


def _ask(rule: Any) -> str:
    value = getattr(rule, "value", None)
    if value is not None:
        return {"measure": MEASURE, "ratio": PAIR}.get(value.source, MARK)
    if rule.at_least_one:
        return OCCURRENCES
    if rule.name == "capped_ratio":
        return PAIR if rule.required is None else (MEASURE if rule.step == 1000 else NUMBER)
    return PAIR if rule.reads else MARK


def _measure(rule: Any) -> str:
    value = getattr(rule, "value", None)
    return str(value.suffix if value is not None else getattr(rule, "measure", ""))
