"""Who sees which rounds and visits."""

from django.db.models import Q, QuerySet

from chuangwen.inspections.models import Answer, Round, Visit
from chuangwen.organisations.models import Person, Role
from chuangwen.organisations.queries import Scope, scope_of

SEES_RELEASED = frozenset({Role.CONTACT, Role.LEADER, Role.OFFICE})
IN_THE_FIELD = (Round.State.OPEN, Round.State.CLOSED, Round.State.RELEASED)


def visible_rounds(person: Person) -> QuerySet[Round]:
    """The office: its jurisdictions'; inspectors: their teams'; units and leaders: released ones with their places."""
    scope = scope_of(person)
    condition = Q(jurisdiction_id__in=scope.jurisdiction_ids)
    if Role.INSPECTOR in scope.roles:
        condition |= Q(pk__in=of_teams(scope).values("round"))
    if scope.roles & SEES_RELEASED:
        condition |= Q(pk__in=_released(scope).values("round"))
    return Round.objects.filter(condition, tenant_id=scope.tenant_id)


def visible_visits(person: Person) -> QuerySet[Visit]:
    """The same for visits; an inspector sees the visits of the own teams only."""
    scope = scope_of(person)
    condition = Q(round__jurisdiction_id__in=scope.jurisdiction_ids)
    if Role.INSPECTOR in scope.roles:
        condition |= Q(pk__in=of_teams(scope).values("pk"))
    if scope.roles & SEES_RELEASED:
        condition |= Q(pk__in=_released(scope).values("pk"))
    return Visit.objects.filter(condition, tenant_id=scope.tenant_id)


def visible_answers(person: Person) -> QuerySet[Answer]:
    """Answers of the visits the person sees."""
    return Answer.objects.filter(visit__in=visible_visits(person).values("pk"), tenant_id=person.tenant_id)


def may_read_answer(person: Person, answer_id: int) -> bool:
    """The photos of an answer are read by whoever sees its visit."""
    return visible_answers(person).filter(pk=answer_id).exists()


def governed_rounds(person: Person) -> QuerySet[Round]:
    """Rounds the person may change: those of the jurisdictions governed as office."""
    scope = scope_of(person)
    return Round.objects.filter(jurisdiction_id__in=scope.jurisdiction_ids, tenant_id=scope.tenant_id)


def governed_visits(person: Person) -> QuerySet[Visit]:
    """Visits the person may change as office."""
    scope = scope_of(person)
    return Visit.objects.filter(round__jurisdiction_id__in=scope.jurisdiction_ids, tenant_id=scope.tenant_id)


def governed_answers(person: Person) -> QuerySet[Answer]:
    """Answers the person may correct and decide on as office."""
    return Answer.objects.filter(round__in=governed_rounds(person).values("pk"), tenant_id=person.tenant_id)


def governs(person: Person, round: Round) -> bool:
    """Does the person answer for the round as office?"""
    return round.tenant_id == person.tenant_id and round.jurisdiction_id in scope_of(person).jurisdiction_ids


def of_teams(scope: Scope) -> QuerySet[Visit]:
    """Visits of the person's own teams, once the round is open."""
    return Visit.objects.filter(
        team__members__membership_id__in=scope.membership_ids, round__state__in=IN_THE_FIELD
    ).exclude(state=Visit.State.REPLACED)


def _released(scope: Scope) -> QuerySet[Visit]:
    ground = scope.covers(unit="unit__path", region="place__region__path")
    return Visit.objects.filter(ground, round__state=Round.State.RELEASED).exclude(state=Visit.State.REPLACED)
