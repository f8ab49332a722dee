"""The ledger's filter 筛选: read from the address, so that it can be sent to a colleague."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, QueryDict

from chuangwen.base.ids import key_of, uuid_of
from chuangwen.organisations.models import Organisation, Person, Region
from chuangwen.organisations.queries import visible_regions, visible_units
from chuangwen.places.models import Place, PlaceType
from chuangwen.places.queries import visible_to as visible_places
from chuangwen.places.queries import visible_types
from chuangwen.problems.models import Problem
from chuangwen.problems.queries.clock import is_late
from chuangwen.problems.queries.visible import visible_to

State = Problem.State
ENDED = (State.CLOSED, State.WITHDRAWN)
OPEN = tuple(state for state in State if state not in ENDED)
NAMES = ("tab", "q", "unit", "region", "type", "place", "batch", "criterion", "only", "sort")
VALID = ~Q(state=State.WITHDRAWN)
HANDED_OUT = Q(handed_out_at__isnull=False) & ~Q(state__in=(State.PENDING, State.WITHDRAWN))
ONLY: dict[str, tuple[str, Q]] = {  # withdrawn ones are in none of them
    "valid": ("没有撤销", VALID),
    "handed_out": ("已交办", HANDED_OUT),
    "on_time": ("按期报送", VALID & Q(on_time=True)),
    "reported_late": ("超期报送", VALID & Q(on_time=False)),
    "first_pass": ("一次销号", Q(state=State.CLOSED, returns=0)),
    "spot": ("记了当场已整改", VALID & Q(fixed_on_spot=True)),
    "returned": ("退回过", VALID & Q(returns__gt=0)),
    "extension": ("申请延期", Q(extension_asked_to__isnull=False)),
    "typed": ("新建的", Q(batch_uuid__isnull=True)),
    "no_unit": ("没有责任单位", Q(unit__isnull=True)),
}
ORDERS = {
    "deadline": ("按期限先后", ("due_order", "id")),
    "-deadline": ("按期限，晚的在前", ("-due_order", "-id")),
    "number": ("按编号", ("number", "id")),
    "-number": ("按编号，新的在前", ("-number", "-id")),
}


@dataclass(frozen=True)
class Filter:
    """What the address asks for; a unit or region that is not the person's to see is not there (404)."""

    person: Person
    tab: str = "open"
    text: str = ""
    unit: Organisation | None = None
    region: Region | None = None
    type: PlaceType | None = None
    place: Place | None = None
    batch: UUID | None = None
    criterion: str = ""
    only: str = ""
    sort: str = "deadline"
    query: str = ""  # the filter as a query string
    asked: dict[str, str] = field(default_factory=dict)

    @property
    def order(self) -> tuple[str, ...]:
        return ORDERS[self.sort][1]

    @property
    def only_choices(self) -> list[tuple[str, str]]:
        return [(key, label) for key, (label, _) in ONLY.items()]

    @property
    def narrowed(self) -> bool:
        """Is anything chosen besides the tab and the order?"""
        return bool(set(self.asked) - {"tab", "sort"})

    @property
    def narrowed_by(self) -> int:
        """How many conditions are chosen besides tab, order and words."""
        return len(set(self.asked) - {"tab", "sort", "q"})

    def rows(self) -> QuerySet[Problem]:
        """Visible problems under everything but the tab."""
        return visible_to(self.person).filter(self._condition())

    def in_tab(self) -> QuerySet[Problem]:
        return self.rows().filter(tab_condition(self.person, self.tab))

    def _condition(self) -> Q:
        condition = ONLY[self.only][1] if self.only else Q()
        for word in self.text.split():
            condition &= Q(title__icontains=word) | Q(number__icontains=word) | Q(place_text__icontains=word)
        if self.unit:
            condition &= Q(unit__path__gte=self.unit.path, unit__path__lt=self.unit.path_end)
        if self.region:
            ends = {"place__region__path__gte": self.region.path, "place__region__path__lt": self.region.path_end}
            condition &= Q(**ends)
        if self.type:
            condition &= Q(place__type=self.type)
        if self.place:
            condition &= Q(place=self.place)
        if self.batch:
            condition &= Q(batch_uuid=self.batch)
        return condition & Q(criterion_key=self.criterion) if self.criterion else condition

    def words(self, *, batch_label: str = "") -> str:
        """The filter as it is printed above a list."""
        tab = tab_label(self.tab)
        chosen = [batch_label, self.unit, self.region, self.type, self.place, self.only and ONLY[self.only][0], tab]
        quoted = [f"“{self.text}”"] if self.text else []
        return " · ".join([*(str(item) for item in chosen if item), *quoted])


def tab_label(tab: str) -> str:
    return {"open": "未销号", "all": "全部", "late": "逾期"}.get(tab) or str(State(tab).label)


def words_of(query: QueryDict) -> str:
    """The filter in words as far as the address itself says it."""
    tab, only, text = query.get("tab", ""), query.get("only", ""), query.get("q", "").strip()
    known = tab_label(tab) if tab in ("all", "late", *State) else tab_label("open")
    return " · ".join(filter(None, [known, ONLY[only][0] if only in ONLY else "", f"“{text}”" if text else ""]))


def tab_condition(person: Person, tab: str) -> Q:
    if tab == "late":
        return is_late(person.tenant_id)
    if tab == "all":
        return Q()
    return Q(state__in=OPEN) if tab == "open" else Q(state=tab)


def filter_of(person: Person, query: QueryDict) -> Filter:
    """Read the address; values nobody could have chosen on the page are left out."""
    asked = {name: query.get(name, "").strip()[:100] for name in NAMES if query.get(name, "").strip()}
    tab = asked.get("tab", "")
    sort = asked.get("sort", "")
    kept = QueryDict(mutable=True)
    kept.update(asked)
    return Filter(
        person=person,
        tab=tab if tab in ("open", "all", "late", *State) else "open",
        text=asked.get("q", ""),
        unit=_chosen(lambda: visible_units(person), asked.get("unit")),
        region=_chosen(lambda: visible_regions(person), asked.get("region")),
        type=_chosen(lambda: visible_types(person), asked.get("type")),
        place=_chosen(lambda: visible_places(person), asked.get("place")),
        batch=uuid_of(asked.get("batch")),
        criterion=asked.get("criterion", "")[:40],
        only=asked["only"] if asked.get("only") in ONLY else "",
        sort=sort if sort in ORDERS else "deadline",
        query=kept.urlencode(),
        asked=asked,
    )


def _chosen(rows: Callable[[], QuerySet], text: str | None) -> Any:
    key = key_of(text)
    if key is None:
        return None
    found = rows().filter(pk=key).first()
    if found is None:
        raise Http404
    return found
