"""What a step for many problems would do, said before it is done."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from chuangwen.organisations.models import Organisation, Person
from chuangwen.problems.actions import Order, Outcome
from chuangwen.problems.models import Problem
from chuangwen.problems.planning import Plan, Unfit, plan
from chuangwen.problems.queries import acting_as, clock_for

EXAMPLES = 5


class Share(NamedTuple):
    """Problems of one unit that get the same deadline: none where the step sets none.

    days: its working days; why: they are not counted from today.
    """

    unit: Organisation | None
    until: date | None
    days: int
    provisional: bool
    why: str


@dataclass
class Preview(Outcome):
    """shares: how many of each; examples: the first few of those left, by reason."""

    shares: dict[Share, int] = field(default_factory=dict)
    examples: dict[str, list[Problem]] = field(default_factory=dict)

    @property
    def rows(self) -> list[tuple[Share, int]]:
        """By unit, the most first."""
        return sorted(self.shares.items(), key=lambda row: (-row[1], row[0].unit.path if row[0].unit else ""))

    @property
    def reasons(self) -> list[tuple[str, int, list[Problem]]]:
        return [(why, number, self.examples[why]) for why, number in self.left.items()]

    @property
    def sets_deadlines(self) -> bool:
        return any(share.until for share in self.shares)

    @property
    def whys(self) -> list[str]:
        return sorted({share.why for share in self.shares if share.until and share.why})

    def take(self, problem: Problem, planned: Plan, why: str) -> None:
        self.done += 1
        provisional = bool(planned.changes.get("deadline_provisional"))
        share = Share(problem.unit, planned.date, problem.jurisdiction.deadline_days, provisional, why)
        self.shares[share] = self.shares.get(share, 0) + 1

    def leave_out(self, problem: Problem, why: str) -> None:
        self.leave(why)
        if len(shown := self.examples.setdefault(why, [])) < EXAMPLES:
            shown.append(problem)


def preview_steps(*, actor: Person, problems: QuerySet[Problem], order: Order) -> Preview:
    """How many could take the step, of which units and until when, and why the others could not. Writes nothing."""
    found, acting = Preview(), acting_as(actor)
    rows = problems.select_related("unit", "jurisdiction").order_by("id")
    clock = clock_for(actor.tenant_id)
    for problem in rows.iterator(chunk_size=2000):
        try:
            planned = plan(problem, order, acting, clock, roles=acting.roles_at(problem))
            found.take(problem, planned, clock.counted_from(problem.jurisdiction.cutoff_hour))
        except Unfit as unfit:
            found.leave_out(problem, unfit.message)
    return found
