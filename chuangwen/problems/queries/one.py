"""One problem: its steps with photos, what this person can do with it, its neighbours in the ledger's filter."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict

from chuangwen.base.files import attachments_of
from chuangwen.base.models import Attachment
from chuangwen.organisations.models import Person
from chuangwen.organisations.queries import members_of_office
from chuangwen.problems.models import Problem, ProblemStep
from chuangwen.problems.queries.clock import Clock, Due, clock_for
from chuangwen.problems.queries.filters import ONLY, Filter, filter_of, tab_label
from chuangwen.problems.queries.ledger import SHAPES, with_names
from chuangwen.problems.queries.visible import REPORTS, Acting, acting_as, reported_by, visible_to
from rulebook.workflows import CONTACT, PROBLEM, allowed

LABELS = {transition.verb: transition.label for transition in PROBLEM.transitions} | {"found": "发现", "import": "录入"}
DATE_WORDS = {"ask_extension": "申请延至", "found": "", "import": "期限", "confirm_spot": ""}
OWN = ("urge", "hand_out", "reassign", "redate", "reword")
EXTENDS = ("grant_extension", "refuse_extension")
LONG = 240  # characters of a step's words
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Line:
    """One step as the timeline 经过 shows it."""

    step: ProblemStep
    label: str
    photos: list[Attachment]

    @property
    def is_long(self) -> bool:
        """Shown by its beginning, the rest unfolds."""
        return len(self.step.words) > LONG

    @property
    def state_words(self) -> str:
        """What the ledger elsewhere said when the problem was taken over from it."""
        return f"录入时{PROBLEM.state(self.step.to_state).label}" if self.step.verb == "import" else ""

    @property
    def date_words(self) -> str:
        return DATE_WORDS.get(self.step.verb, "期限")


@dataclass(frozen=True)
class Neighbours:
    """Where the problem stands in the filter it was opened from."""

    words: str
    query: str
    position: int  # 0: it has left the filter
    count: int
    previous: Problem | None
    next: Problem | None


@dataclass(frozen=True)
class Case:
    problem: Problem
    due: Due | None
    shape: str
    lines: list[Line]
    verbs: tuple[str, ...]
    is_office: bool
    is_contact: bool
    times: int  # on how many occasions within twelve months at this place by this criterion, this one included
    granted: str = ""  # the deadline of work given back or out now, in words
    longer: int = 0  # working days the extension asked for puts the deadline off
    colleagues: tuple[Person, ...] | None = (
        None  # who else verifies what the person reported; None where that is not so
    )
    ran_out: bool = False  # the deadline has passed, whoever has the work
    before: list[tuple[Line, Attachment]] = field(default_factory=list)
    after: list[tuple[Line, Attachment]] = field(default_factory=list)

    @property
    def more_photos(self) -> list[tuple[Line, Attachment]]:
        """All but the pair shown large."""
        large = {photo.pk for _, photo in (*self.before[:1], *self.after[:1])}
        return [(line, photo) for line in self.lines for photo in line.photos if photo.pk not in large]

    @property
    def for_unit(self) -> tuple[str, ...]:
        """Verbs the office would do for the unit 代签、代录."""
        if self.is_contact or not self.is_office:
            return ()
        return tuple(verb for verb in self.verbs if CONTACT in PROBLEM.verb(verb, self.problem.state).roles)

    def can(self, verb: str) -> bool:
        return verb in self.verbs


def find(person: Person) -> QuerySet[Problem]:
    return with_names(visible_to(person)).select_related(
        "unit", "jurisdiction__office", "place__type", "place__region", "place__owner"
    )


def case(person: Person, problem: Problem) -> Case:
    """Everything the problem's page shows: seven queries."""
    acting = acting_as(person)
    clock = clock_for(problem.tenant_id, [problem])
    lines = _lines(problem)
    return Case(
        problem=problem,
        due=clock.due(problem),
        shape=SHAPES[problem.state],
        lines=lines,
        verbs=_verbs(problem, acting, clock, lines),
        is_office=acting.is_office_of(problem),
        is_contact=acting.is_contact_of(problem),
        times=_times(problem, person),
        granted=clock.said(problem.jurisdiction),
        longer=clock.longer(problem.extension_asked_to, problem.deadline) if problem.extension_asked_to else 0,
        ran_out=clock.has_passed(problem.deadline, problem.jurisdiction.cutoff_hour),
        colleagues=_colleagues(problem, acting, lines),
        before=_photos(lines, "before"),
        after=_photos(lines, "after"),
    )


def _lines(problem: Problem) -> list[Line]:
    steps = list(problem.steps.select_related("on_behalf_of").order_by("-at", "-id"))
    photos = attachments_of(steps)
    return [Line(step, LABELS.get(step.verb, step.verb), photos[step.pk]) for step in steps]


def _photos(lines: list[Line], role: str) -> list[tuple[Line, Attachment]]:
    """Photos of one role, those of the latest step first."""
    return [(line, photo) for line in lines for photo in line.photos if photo.role == role]


def _reported_by(person: Person, lines: list[Line]) -> bool:
    last = next((line.step for line in lines if line.step.verb in REPORTS), None)
    return last is not None and last.actor_id == person.pk


def _verbs(problem: Problem, acting: Acting, clock: Clock, lines: list[Line]) -> tuple[str, ...]:
    """What the person can do now; what the rule refuses anyway is not offered."""
    own_report = _reported_by(acting.person, lines)
    own_record = any(line.step.verb == "found" and line.step.actor_id == acting.person.pk for line in lines)
    on_record = problem.fixed_on_spot and problem.unit_id is not None and not own_record
    passed = clock.has_passed(problem.deadline, problem.jurisdiction.cutoff_hour)
    asked = problem.extension_asked_to is not None
    hidden = {
        "close": own_report,
        "send_back": own_report,
        "ask_extension": passed or asked,
        **dict.fromkeys(EXTENDS, not asked),
        "fix_on_spot": problem.state in ("fixing", "returned"),  # reporting says the same
        "confirm_spot": not on_record,
    }
    verbs = allowed(PROBLEM, problem.state, acting.roles_at(problem))
    hidden["fix_on_spot"] |= "confirm_spot" in verbs and on_record  # the same in one step
    return tuple(sorted((verb for verb in verbs if not hidden.get(verb)), key=_place_on_page))


def _place_on_page(verb: str) -> int:
    """The office's own verbs before those it does for a unit; withdrawing last."""
    return OWN.index(verb) if verb in OWN else len(OWN) + (verb == "withdraw")


def _colleagues(problem: Problem, acting: Acting, lines: list[Line]) -> tuple[Person, ...] | None:
    waits = problem.state == Problem.State.REVIEW and acting.is_office_of(problem)
    if not waits or not _reported_by(acting.person, lines):
        return None
    people = {post.person.pk: post.person for post in members_of_office(problem.jurisdiction)}
    return tuple(person for key, person in people.items() if key != acting.person.pk)


def _times(problem: Problem, person: Person) -> int:
    """Of those the person may see: what is hidden is not given away by a count. A round, or a day, is one occasion."""
    if problem.place_id is None or not problem.criterion_key:
        return 1
    same = visible_to(person).filter(
        place_id=problem.place_id,
        criterion_key=problem.criterion_key,
        found_on__gt=problem.found_on - YEAR,
    )
    earlier = same.filter(found_on__lt=problem.found_on).exclude(state=Problem.State.WITHDRAWN)
    seen = Q(source_kind="answer")
    if problem.source_kind == "answer":
        earlier = earlier.exclude(seen, batch_uuid=problem.batch_uuid)
    rounds, days = Count("batch_uuid", distinct=True, filter=seen), Count("found_on", distinct=True, filter=~seen)
    return sum(earlier.order_by().aggregate(rounds=rounds, days=days).values()) + 1


def neighbours(person: Person, problem: Problem, query: QueryDict) -> Neighbours | None:
    """The problems before and after it in the filter; None when the page was opened without one."""
    chosen = filter_of(person, query)
    if not chosen.asked:
        return None
    rows = chosen.in_tab()
    before, after = _sides(chosen, problem)
    first, second = chosen.order
    back = [name[1:] if name.startswith("-") else f"-{name}" for name in (first, second)]
    return Neighbours(
        words=ONLY[chosen.only][0] if chosen.only else tab_label(chosen.tab),
        query=chosen.query,
        position=rows.filter(before).count() + 1 if rows.filter(pk=problem.pk).exists() else 0,
        count=rows.count(),
        previous=rows.filter(before).order_by(*back).first(),
        next=rows.filter(after).order_by(first, second).first(),
    )


def _sides(chosen: Filter, problem: Problem) -> tuple[Q, Q]:
    name = chosen.order[0].lstrip("-")
    value = getattr(problem, name)
    less = Q(**{f"{name}__lt": value}) | Q(**{name: value, "pk__lt": problem.pk})
    more = Q(**{f"{name}__gt": value}) | Q(**{name: value, "pk__gt": problem.pk})
    return (more, less) if chosen.order[0].startswith("-") else (less, more)


def next_case(person: Person, problem: Problem, query: QueryDict, verb: str) -> tuple[Problem | None, str]:
    """The next one waiting for the same decision, in the filter the page was opened from: (problem, query string)."""
    asked = query.copy()
    waits = {"tab": "open", "only": "extension"} if verb in EXTENDS else {"tab": problem.state}
    if verb == "confirm_spot":
        waits["only"] = "spot"
    for name, value in waits.items():
        asked[name] = value
    chosen = filter_of(person, asked)
    rows = chosen.in_tab().exclude(pk=problem.pk)
    if problem.state == Problem.State.REVIEW:
        rows = rows.exclude(pk__in=reported_by(person).values("pk"))
    _, after = _sides(chosen, problem)
    found = rows.filter(after).order_by(*chosen.order).first() or rows.order_by(*chosen.order).first()
    return found, chosen.query
