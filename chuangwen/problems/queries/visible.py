"""Who sees which problems, and as what a person may act on one."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from chuangwen.organisations.models import Membership, Organisation, Person, Role
from chuangwen.organisations.queries import NOTHING, Range, memberships_on, range_of, scope_of
from chuangwen.problems.models import Problem, ProblemStep

SEES_ITS_OWN = frozenset({Role.CONTACT, Role.LEADER})
REPORTS = ("report", "fix_on_spot")  # steps that say it has been put right
HANDED_OUT = Q(handed_out_at__isnull=False) & ~Q(state=Problem.State.PENDING)


def visible_to(person: Person) -> QuerySet[Problem]:
    """The problems a person may see: the office its jurisdiction's; units and leaders what was handed out to them."""
    scope = scope_of(person)
    condition = Q(jurisdiction_id__in=scope.jurisdiction_ids)
    if scope.roles & SEES_ITS_OWN:
        condition |= scope.covers(unit="unit__path", region="place__region__path") & HANDED_OUT
    return Problem.objects.filter(condition, tenant_id=scope.tenant_id)


def open_at(unit: Organisation, person: Person | None) -> QuerySet[Problem]:
    """Problems not ended of a unit and of those below it that the person may see; all of them for nobody."""
    rows = visible_to(person) if person else Problem.objects.filter(tenant_id=unit.tenant_id)
    ended = (Problem.State.CLOSED, Problem.State.WITHDRAWN)
    return rows.filter(unit__path__gte=unit.path, unit__path__lt=unit.path_end).exclude(state__in=ended)


def reported_by(person: Person) -> QuerySet[Problem]:
    """What waits to be verified and was reported by the person, as contact or for a unit: another one verifies it."""
    reports = ProblemStep.objects.filter(verb__in=REPORTS)
    last = reports.filter(problem=OuterRef("pk")).order_by("-id")
    own = reports.filter(actor_id=person.pk).values("problem_id")  # few, where the office's ledger is long
    rows = Problem.objects.filter(tenant_id=person.tenant_id, state=Problem.State.REVIEW, pk__in=own)
    return rows.alias(reporter=Subquery(last.values("actor_id")[:1])).filter(reporter=person.pk)


def may_read_step(person: Person, step_id: int) -> bool:
    """Photos of a step are read by whoever sees its problem."""
    return visible_to(person).filter(pk__in=ProblemStep.objects.filter(pk=step_id).values("problem_id")).exists()


@dataclass(frozen=True)
class Acting:
    """What a person is today: offices by the jurisdictions they govern, contact of which units, inspector."""

    person: Person
    memberships: tuple[Membership, ...]
    jurisdiction_ids: frozenset[int]
    contact_ranges: tuple[Range, ...]

    @property
    def own(self) -> Q:
        """The problems of the units whose contact the person is, as a condition."""
        found = NOTHING
        for start, end in self.contact_ranges:
            found |= Q(unit__path__gte=start, unit__path__lt=end)
        return found

    def is_office_of(self, problem: Problem) -> bool:
        return problem.jurisdiction_id in self.jurisdiction_ids

    def is_contact_of(self, problem: Problem) -> bool:
        path = problem.unit.path if problem.unit else ""
        return _within(path, self.contact_ranges) and problem.tenant_id == self.person.tenant_id

    def roles_at(self, problem: Problem) -> frozenset[str]:
        """The roles in which the person may do steps of this problem."""
        office = {str(Role.OFFICE)} if self.is_office_of(problem) else set()
        contact = {str(Role.CONTACT)} if self.is_contact_of(problem) else set()
        return frozenset(office | contact)

    def label_at(self, problem: Problem) -> str:
        """Unit and name as they are today; kept with the step for ever."""
        found = next((m for m in self.memberships if self._stands_for(m, problem)), None)
        found = found or next(iter(self.memberships), None)
        return f"{found.organisation} {self.person.name}"[:100] if found else self.person.name

    def _stands_for(self, membership: Membership, problem: Problem) -> bool:
        if self.is_contact_of(problem):
            return membership.role == Role.CONTACT and _within(problem.unit.path, [range_of(membership.organisation)])
        return self.is_office_of(problem) and membership.role == Role.OFFICE


def _within(path: str, ranges: Iterable[Range]) -> bool:
    return bool(path) and any(start <= path < end for start, end in ranges)


def acting_as(person: Person) -> Acting:
    """One query beyond the scope."""
    held = tuple(memberships_on(person, timezone.localdate()))
    return Acting(
        person=person,
        memberships=held,
        jurisdiction_ids=frozenset(scope_of(person).jurisdiction_ids),
        contact_ranges=tuple(range_of(m.organisation) for m in held if m.role == Role.CONTACT),
    )


def house_of(person: Person) -> str:
    """Whose paper it is that this person prints: the office or unit they belong to."""
    found = memberships_on(person, timezone.localdate()).first()
    return str(found.organisation) if found else person.tenant.name
