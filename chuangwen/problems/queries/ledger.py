"""The ledger 问题台账: one page of rows, the counts of every state, what can be chosen; always as many queries."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from chuangwen.base.ids import uuid_of
from chuangwen.base.lists import SIZE, Slice, keyset
from chuangwen.organisations.models import Organisation, Person, Region, Role
from chuangwen.organisations.queries import scope_of, visible_regions, visible_units
from chuangwen.places.models import PlaceType
from chuangwen.places.queries import open_types
from chuangwen.problems.models import Problem, ProblemBatch, SavedView
from chuangwen.problems.queries.clock import Due, clock_for, is_late
from chuangwen.problems.queries.filters import OPEN, ORDERS, Filter, filter_of, tab_label
from chuangwen.problems.queries.visible import acting_as, visible_to
from rulebook.workflows import OPEN_STATES, PROBLEM, allowed

State = Problem.State
ON_SPOT = Q(state=State.PENDING, fixed_on_spot=True)
PRINTED = 2000  # more rows than anybody prints
SHAPES = {state.key: state.css for state in PROBLEM.states}


@dataclass(frozen=True)
class Row:
    """A problem as a list shows it."""

    problem: Problem
    due: Due | None
    shape: str

    @property
    def where(self) -> str:
        return self.problem.title.partition("：")[0] if "：" in self.problem.title else ""

    @property
    def what(self) -> str:
        return self.problem.title.partition("：")[2] or self.problem.title


@dataclass(frozen=True)
class Tab:
    key: str
    label: str
    count: int


@dataclass(frozen=True)
class Ledger:
    filter: Filter
    slice: Slice
    rows: list[Row]
    tabs: list[Tab]
    late: int
    count: int

    @property
    def said(self) -> str:
        return f"本页 {len(self.rows)}\u00a0件，共 {self.count}\u00a0件"

    @property
    def cut(self) -> str:
        """What the head of the print says when even that does not hold them all."""
        shown = len(self.rows)
        return f"第 1–{shown}\u00a0件，共 {self.count}\u00a0件" if shown < self.count else f"{shown}\u00a0件"


BULK = ("hand_out", "urge", "reassign", "redate")


def bulk_verbs(tab: str) -> list[tuple[str, str]]:
    """Verb and label of what some problem in this tab of the ledger can take: nobody is urged who has nothing yet."""
    states = {"open": OPEN, "all": tuple(State), "late": OPEN_STATES}.get(tab, (tab,))
    possible = {verb for state in states for verb in allowed(PROBLEM, str(state), [Role.OFFICE])}
    return [(verb, PROBLEM.verb(verb).label) for verb in BULK if verb in possible]


def rows_of(tenant_id: int, problems: list[Problem]) -> list[Row]:
    """With deadlines as of now: one query for all."""
    clock = clock_for(tenant_id, problems)
    return [Row(problem, clock.due(problem), SHAPES[problem.state]) for problem in problems]


def listed(person: Person, query: QueryDict) -> QuerySet[Problem]:
    """The ledger's problems for a query string, in order: what the page shows, the export holds, a bulk act takes."""
    chosen = filter_of(person, query)
    return with_names(chosen.in_tab()).order_by(*chosen.order)


def with_names(problems: QuerySet[Problem]) -> QuerySet[Problem]:
    return problems.select_related("unit", "jurisdiction", "place__type", "place__region")


def ledger(person: Person, query: QueryDict, *, to_print: bool = False) -> Ledger:
    """One page of it; to print, all of it up to PRINTED."""
    cursor, size = ("", PRINTED) if to_print else (query.get("cursor", ""), SIZE)
    chosen = filter_of(person, query)
    counts = dict(chosen.rows().order_by().values_list("state").annotate(n=Count("*")))
    late = chosen.rows().filter(is_late(person.tenant_id)).count()
    page = keyset(chosen.in_tab(), order=chosen.order, cursor=cursor, size=size)  # no joins: an index is the order
    tabs = _tabs(counts, sees_pending=Role.OFFICE in scope_of(person).roles)
    total = late if chosen.tab == "late" else next((tab.count for tab in tabs if tab.key == chosen.tab), 0)
    return Ledger(chosen, page, rows_of(person.tenant_id, _named(page.rows)), tabs, late, total)


def _named(problems: list[Problem]) -> list[Problem]:
    """The rows of one page again, with what they refer to."""
    found = with_names(Problem.objects.filter(pk__in=[problem.pk for problem in problems])).in_bulk()
    return [found[problem.pk] for problem in problems]


def _tabs(counts: dict[str, int], *, sees_pending: bool) -> list[Tab]:
    shown = [state for state in State if state != State.PENDING or sees_pending]
    states = [Tab(str(state), str(state.label), counts.get(state, 0)) for state in shown]
    opened = sum(counts.get(state, 0) for state in OPEN)
    every = [Tab("open", tab_label("open"), opened), *states, Tab("all", tab_label("all"), sum(counts.values()))]
    return [tab for tab in every if tab.count or tab.key not in (State.WITHDRAWN, State.RETURNED, State.APPEAL)]


@dataclass(frozen=True)
class Choices:
    """What the filter bar offers this person."""

    units: list[Organisation]
    regions: list[Region]
    types: list[PlaceType]
    batches: list[tuple[str, str]]
    criteria: list[tuple[str, str]]
    views: list[SavedView]
    orders: dict[str, str]

    def batch_label(self, chosen: Filter) -> str:
        return dict(self.batches).get(str(chosen.batch), "")


def choices(person: Person, chosen: Filter) -> Choices:
    return Choices(
        units=list(visible_units(person).filter(archived_at__isnull=True).order_by("path")[:500]),
        regions=list(visible_regions(person).filter(archived_at__isnull=True).order_by("path")[:300]),
        types=list(open_types(person)),
        batches=batches_for(person),
        criteria=_criteria(chosen),
        views=list(views_of(person).order_by("name")),
        orders={key: label for key, (label, _) in ORDERS.items()},
    )


def views_of(person: Person) -> QuerySet[SavedView]:
    """The views a person keeps; nobody else sees them."""
    return SavedView.objects.filter(tenant_id=person.tenant_id, person=person)


def batches_for(person: Person) -> list[tuple[str, str]]:
    """Rounds and imports whose problems are still there; units learn only of those something was handed out to them
    from."""
    scope = scope_of(person)
    if scope.jurisdiction_ids:
        condition = Q(jurisdiction_id__in=scope.jurisdiction_ids)
    else:
        condition = Q(uuid__in=visible_to(person).values("batch_uuid"))
    left = Problem.objects.filter(jurisdiction=OuterRef("jurisdiction"), batch_uuid=OuterRef("uuid"))
    rows = ProblemBatch.objects.filter(condition, Exists(left), tenant_id=scope.tenant_id).order_by("-id")
    return [(str(uuid), label) for uuid, label in rows.values_list("uuid", "label")[:200]]


def _criteria(chosen: Filter) -> list[tuple[str, str]]:
    """Criteria are offered once a batch is chosen: within one the list is short."""
    if chosen.batch is None:
        return []
    rows = visible_to(chosen.person).filter(batch_uuid=chosen.batch).exclude(criterion_key="")
    return list(rows.order_by("criterion_key").values_list("criterion_key", "criterion_text").distinct()[:300])


def picked(person: Person, query: QueryDict) -> QuerySet[Problem]:
    """The problems of a bulk act: those ticked, or with all=1 the whole filter; to be signed for, the own units'.

    To be handed out, those not recorded as put right on the spot, unless spot=1 wants them too.
    """
    found, verb = _chosen(person, query), query.get("verb")
    if verb == "sign":
        return found.filter(acting_as(person).own)
    return found.exclude(ON_SPOT) if verb == "hand_out" and query.get("spot") != "1" else found


def on_spot(person: Person, query: QueryDict) -> QuerySet[Problem]:
    """Of those chosen to be handed out: what waits to be verified instead, put right before anybody was told of it."""
    return _chosen(person, query).filter(ON_SPOT) if query.get("verb") == "hand_out" else Problem.objects.none()


def _chosen(person: Person, query: QueryDict) -> QuerySet[Problem]:
    if query.get("all") == "1":
        return listed(person, query)
    uuids = [uuid for uuid in map(uuid_of, query.getlist("pick")[:500]) if uuid]
    return with_names(visible_to(person).filter(uuid__in=uuids)).order_by("due_order", "id")


def after(person: Person, verb: str, query: QueryDict) -> str:
    """The filter one goes on with after a step for many: what was signed for is looked up where it now stands."""
    kept = QueryDict(filter_of(person, query).query, mutable=True)
    if verb == "sign":
        kept["tab"] = State.FIXING
    return kept.urlencode()


def to_sign(person: Person, shown: Ledger) -> int:
    """How many of the filter's problems a contact may sign for at once."""
    if Role.CONTACT not in person.roles:
        return 0
    return shown.filter.rows().filter(acting_as(person).own, state=State.HANDED_OUT).count()


def to_send(person: Person, query: QueryDict) -> QuerySet[Problem]:
    """Of the picked ones those a unit has to work on; what is not handed out never leaves the office."""
    return picked(person, query).filter(state__in=OPEN_STATES)
