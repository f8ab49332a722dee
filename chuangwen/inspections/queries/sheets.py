"""The checklist 考察操作表 of one visit: what is asked at this type of place, section by section."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet

from chuangwen.inspections.models import Answer, Visit
from chuangwen.inspections.queries.frames import ON_SITE
from chuangwen.inspections.queries.rounds import governs
from chuangwen.organisations.models import Person
from chuangwen.organisations.queries import scope_of
from chuangwen.standards.models import Criterion, StandardVersion
from rulebook.scoring import Standard, compile_standard

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


def sheet_of(visit: Visit) -> list[Section]:
    """The sections of a visit's checklist in the standard's order: one query (the compiled standard is kept)."""
    standard = compiled(visit.round.version)
    found: dict[str, list[Item]] = {}
    for criterion in _criteria(visit):
        found.setdefault(criterion.section or criterion.indicator.name, []).extend(_items(criterion, standard))
    return [Section(number, title, tuple(items)) for number, (title, items) in enumerate(found.items(), start=1)]


def item_of(answer: Answer) -> Item:
    """The checklist item an answer belongs to."""
    items = (item for section in sheet_of(answer.visit) for item in section.items)
    return next(item for item in items if item.criterion.pk == answer.criterion_id and item.ordinal == answer.ordinal)


def _criteria(visit: Visit) -> QuerySet[Criterion]:
    concerned = Q(place_types=visit.place_type_id) | Q(place_types__isnull=True, method=ON_SITE)
    rows = Criterion.objects.filter(concerned, version_id=visit.round.version_id)
    return rows.select_related("indicator").order_by("position", "id")


def _items(criterion: Criterion, standard: Standard) -> list[Item]:
    known = standard.criteria[standard.number[criterion.key]]
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


def compiled(version: StandardVersion) -> Standard:
    """The version's rules, compiled once per process: a published version never changes."""
    return _compiled(version.pk, version.spec_hash)


@lru_cache(maxsize=16)
def _compiled(version_id: int, spec_hash: str) -> Standard:
    return compile_standard(StandardVersion.objects.values_list("spec", flat=True).get(pk=version_id))


def may_answer(person: Person, visit: Visit) -> bool:
    """The members of the visit's team; and the office, which may enter for them 代录."""
    if governs(person, visit.round):
        return True
    members = visit.team.members if visit.team else None
    return bool(members and members.filter(membership_id__in=scope_of(person).membership_ids).exists())
