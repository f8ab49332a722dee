"""What a step for many problems would do, said before it is done."""

from django.db.models import QuerySet

from chuangwen.organisations.models import Person
from chuangwen.problems.actions import Order, Outcome
from chuangwen.problems.models import Problem
from chuangwen.problems.planning import Unfit, plan
from chuangwen.problems.queries import acting_as, clock_for


def preview_steps(*, actor: Person, problems: QuerySet[Problem], order: Order) -> Outcome:
    """How many could take the step, and why the others could not. Writes nothing."""
    outcome, acting = Outcome(), acting_as(actor)
    rows = problems.select_related("unit", "jurisdiction").order_by("id")
    clock = clock_for(actor.tenant_id)
    for problem in rows.iterator(chunk_size=2000):
        try:
            plan(problem, order, acting, clock, roles=acting.roles_at(problem))
            outcome.done += 1
        except Unfit as unfit:
            outcome.leave(unfit.message)
    return outcome
