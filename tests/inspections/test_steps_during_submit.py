"""Issue 2, 15: a round closed, a place replaced while a visit is on its way in: one after the other, never across."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial

import pytest
from django.db import connection, transaction
from django.utils import timezone

from chuangwen.base.errors import Refused
from chuangwen.base.models import Event
from chuangwen.inspections import actions
from chuangwen.inspections.actions import Marked
from chuangwen.inspections.models import Answer, Round, Visit
from chuangwen.organisations.models import Person
from chuangwen.problems.numbers import lock_counter
from tests.factories.inspections import field, make_round, make_team, open_round

pytestmark = pytest.mark.django_db(transaction=True)
MOMENT = 0.5  # seconds: long enough for a step to be done, were it not waiting for another


def apart(call: Callable[[], object]) -> Callable[[], object]:
    """The call with a connection of its own; a refusal is its answer."""

    def run() -> object:
        try:
            return call()
        except Refused as refused:
            return refused.message
        finally:
            connection.close()

    return run


def sending(visit: Visit, person: Person) -> Callable[[], object]:
    actor = Person.objects.get(pk=person.pk)
    marks = [Marked("litter", count=2)]
    return apart(lambda: actions.submit_visit(actor=actor, visit=visit, marks=marks, confirmed=[1, 2]).state)


def during(visit: Visit, person: Person, step: Callable[[], object]) -> list[object]:
    """The answers of a submit and of a step taken while the submit waits, half written, for the numbers of problems."""
    root = visit.round.jurisdiction
    counter = (root.tenant_id, root.pk, timezone.localdate().year)
    lock_counter(*counter)
    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():
            lock_counter(*counter)
            jobs = [pool.submit(sending(visit, person))]
            wait(jobs, timeout=MOMENT)
            jobs.append(pool.submit(apart(step)))
            wait(jobs, timeout=MOMENT)
        return [job.result(timeout=20) for job in jobs]


def test_a_close_waits_for_a_visit_on_its_way_in() -> None:
    made = field()
    visit = open_round(made.world, made.version, made.places[:1]).visits.get()
    step = partial(actions.close_round, actor=made.world.office, round=visit.round)
    sent, round = during(visit, made.world.inspector, step)
    seen = ("inspections.visit_submitted", "inspections.round_closed")
    names = list(Event.objects.filter(name__in=seen).order_by("pk").values_list("name", flat=True))
    assert round.state == Round.State.CLOSED
    if sent == Visit.State.SUBMITTED:
        assert (names, Answer.objects.count()) == ([*seen], 7)
    else:  # where one writes at a time, the close may come first
        assert (names, Answer.objects.count()) == ([seen[1]], 0)


def test_a_visit_sent_while_the_round_is_being_closed_is_refused_with_words() -> None:
    made = field()
    visit = open_round(made.world, made.version, made.places[:1], name="第1轮暗访").visits.get()
    send = sending(visit, made.world.inspector)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            actions.close_round(actor=made.world.office, round=visit.round)
            job = pool.submit(send)
            wait([job], timeout=MOMENT)
        assert job.result(timeout=20) == "“第1轮暗访”已结束，现在不收记录。请问创建办。"
    visit.refresh_from_db()
    assert (visit.state, Answer.objects.count()) == (Visit.State.ASSIGNED, 0)


def test_a_place_is_not_replaced_under_a_visit_on_its_way_in() -> None:
    made = field()
    round = make_round(made.world, made.version)
    team = make_team(made.world, round)
    actions.draw(actor=made.world.office, round=round, quota=1)
    round.visits.update(team=team)
    visit = actions.open_round(actor=made.world.office, round=round).visits.get()
    step = partial(actions.replace_place, actor=made.world.office, visit=visit, reason="在修路")
    sent, replaced = during(visit, made.world.inspector, step)
    if sent == Visit.State.SUBMITTED:
        assert replaced == f"{visit.place.name}已经交了，不能再替换。"
    else:  # where one writes at a time, the replacement may come first
        assert (sent, replaced.replaces) == (
            f"{visit.place.name}已经换成别的点位，不用测了。请看“今日点位”里的新点位。",
            visit,
        )
