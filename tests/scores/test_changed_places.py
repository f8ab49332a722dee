"""Places drawn, added, replaced or handed in: kept totals are forgotten at once and kept anew by the job (jobs.py)."""

import pytest

from chuangwen.base import events
from chuangwen.inspections import actions
from chuangwen.inspections.actions import Marked
from chuangwen.inspections.models import Round
from chuangwen.scores.models import CriterionTotal, SubjectTotal
from tests.factories.inspections import make_team, round_of, submit
from tests.factories.organisations import World, county

CRITERIA = 6


@pytest.fixture
def world(db: None) -> World:
    return county()


@pytest.fixture
def round(world) -> Round:
    """Two places drawn of six of one unit and one type, the totals kept."""
    round = actions.draw(actor=world.office, round=round_of(world, {"公园": [world.station] * 6}), quota=2)
    events.run_due()
    return round


def drawn_again(world: World, round: Round) -> None:
    actions.draw(actor=world.office, round=round, quota=3)


def added(world: World, round: Round) -> None:
    place = round.frame.filter(drawn=False).first().place
    actions.add_places(actor=world.office, round=round, places=[place], reason="群众反映多")


def replaced(world: World, round: Round) -> None:
    started(world, round)
    actions.replace_place(actor=world.office, visit=round.visits.first(), reason="正在拆迁")


def handed_in(world: World, round: Round) -> None:
    started(world, round)
    submit(round.visits.first(), [Marked("litter", count=1, note="有烟头")])


def started(world: World, round: Round) -> None:
    make_team(world, round)
    actions.assign(actor=world.office, round=round)
    actions.open_round(actor=world.office, round=round)


def stale() -> set[bool]:
    """Are kept totals out of date, of units, of types, of criteria?"""
    return {
        stale for model in (SubjectTotal, CriterionTotal) for stale in model.objects.values_list("stale", flat=True)
    }


@pytest.mark.parametrize(("step", "places"), [(drawn_again, 3), (added, 3), (replaced, 2), (handed_in, 2)])
def test_totals_are_forgotten_at_once_and_kept_anew_by_the_job(world, round, step, places: int) -> None:
    assert stale() == {False}
    step(world, round)
    assert stale() == {True}
    events.run_due()
    assert stale() == {False}
    kept = set(SubjectTotal.objects.values_list("kind", "expected"))
    assert kept == {("unit", CRITERIA * places), ("type", CRITERIA * places)}
