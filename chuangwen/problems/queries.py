"""Reading problems: who sees which, the ledger, one problem with its steps."""

from django.db.models import Q, QuerySet

from chuangwen.organisations.models import Person, Role
from chuangwen.organisations.queries import scope_of
from chuangwen.problems.models import Problem

SEES_ITS_OWN = frozenset({Role.CONTACT, Role.LEADER})


def visible_to(person: Person) -> QuerySet[Problem]:
    """The problems a person may see: the office all of its jurisdiction; units and leaders what was handed out to them."""
    scope = scope_of(person)
    condition = Q(jurisdiction_id__in=scope.jurisdiction_ids)
    if scope.roles & SEES_ITS_OWN:
        condition |= scope.covers(unit="unit__path", region="place__region__path") & Q(handed_out_at__isnull=False)
    return Problem.objects.filter(condition, tenant_id=scope.tenant_id)
