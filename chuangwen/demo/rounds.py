"""One round of the demo from its plan to its end: the draw, the teams, the visits, the hand-out."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from chuangwen.demo import field, rectifying
from chuangwen.demo.stage import clock, person
from chuangwen.inspections import actions
from chuangwen.inspections.models import Round, Visit
from chuangwen.organisations.models import Membership
from chuangwen.organisations.queries import own_jurisdiction
from chuangwen.problems.models import Problem
from chuangwen.standards.models import StandardVersion


@dataclass(frozen=True)
class Plan:
    """office: account of who runs it. teams: name → accounts of its members. chance: how much is found wanting."""

    office: str
    name: str
    kind: str
    starts: date
    ends: date
    drawn: int
    seed: str
    teams: dict[str, tuple[str, ...]]
    chance: float
    left: int = 0  # places nobody has got to


def prepare(plan: Plan, version: StandardVersion, *, on: date) -> Round:
    """Made, drawn, given to teams and started the day before it begins."""
    with clock(on, 10):
        office = person(plan.office)
        round = actions.create_round(
            actor=office,
            client_id=uuid.uuid4(),
            jurisdiction=own_jurisdiction(office),
            version=version,
            name=plan.name,
            kind=plan.kind,
            starts_on=plan.starts,
            ends_on=plan.ends,
        )
        for name, accounts in plan.teams.items():
            members = Membership.objects.filter(person__username__in=accounts)
            actions.add_team(actor=office, client_id=uuid.uuid4(), round=round, name=name, members=members)
        round = actions.draw(actor=office, round=round, quota=plan.drawn, seed=plan.seed)
        actions.assign(actor=office, round=round)
        return actions.open_round(actor=office, round=round)


def examine(plan: Plan, round: Round) -> int:
    """The places visited day by day over the period, but for the last `left`; returns how many."""
    last = min(plan.ends, timezone.localdate() - timedelta(1))  # nothing is submitted tomorrow
    days = [plan.starts + timedelta(n) for n in range((last - plan.starts).days + 1)]
    visits = list(Visit.objects.filter(round=round).order_by("id").select_related("round", "place", "team"))
    going = visits[: len(visits) - plan.left]
    for number, visit in enumerate(going):
        with clock(days[number * len(days) // len(going)], 9 + number % 8, number * 7 % 60):
            field.go(visit, chance=plan.chance)
    return len(going)


def finish(plan: Plan, round: Round, *, on: date, days: int) -> list[Problem]:
    """Ended, everything found handed out with so many working days, released."""
    with clock(on, 9):
        office = person(plan.office)
        round = actions.close_round(actor=office, round=round)
        problems = list(Problem.objects.filter(batch_uuid=round.uuid).order_by("id"))
        rectifying.hand_out(office, problems, days=days)
    with clock(on, 17):
        actions.release_round(actor=person(plan.office), round=round)
    return list(Problem.objects.filter(batch_uuid=round.uuid).select_related("unit").order_by("id"))
