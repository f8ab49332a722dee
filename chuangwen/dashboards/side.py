"""Beside the office's to-do list: how far the open rounds are, and where this year's problems stand."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from chuangwen.inspections.models import Round, Visit
from chuangwen.inspections.queries import visible_rounds
from chuangwen.organisations.models import Person, Role
from chuangwen.problems.queries import visible_to as visible_problems
from rulebook.workflows import PROBLEM

SHOWN = ("pending", "handed_out", "fixing", "review", "returned", "appeal", "closed")


@dataclass(frozen=True)
class Standing:
    """One state of the workflow with the number of this year's problems in it."""

    key: str
    label: str
    shape: str
    count: int


@dataclass(frozen=True)
class Side:
    rounds: list[Round]  # open ones, with `submitted` and `all_visits`
    states: list[Standing]
    year: int
    total: int  # of the states shown: what was withdrawn was no problem


def side_for(person: Person) -> Side | None:
    """None for everybody but the office: their page is their list. Two queries."""
    if Role.OFFICE not in person.roles:
        return None
    counted = Q(visits__state__in=Visit.IN_THE_FIELD)
    rounds = (
        visible_rounds(person)
        .filter(state=Round.State.OPEN)
        .annotate(
            all_visits=Count("visits", filter=counted),
            submitted=Count("visits", filter=Q(visits__state=Visit.State.SUBMITTED)),
        )
        .order_by("ends_on", "id")
    )
    year = timezone.localdate().year
    rows = visible_problems(person).filter(found_on__year=year).order_by().values_list("state").annotate(n=Count("pk"))
    counts = dict(rows)
    states = [PROBLEM.state(key) for key in SHOWN]
    standings = [Standing(state.key, state.label, state.css, counts.get(state.key, 0)) for state in states]
    return Side(list(rounds[:3]), standings, year, sum(standing.count for standing in standings))
