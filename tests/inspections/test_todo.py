"""Issue 2, 7: what waits for the office and for an inspector in their rounds."""

from datetime import date

import pytest
from django.utils import timezone

from chuangwen.inspections import actions, queries
from chuangwen.inspections.actions import Marked
from tests.factories.inspections import Field, field, make_round, make_team, open_round, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Field:
    return field()


def verbs(made: Field) -> list[str]:
    return [todo.verb for todo in queries.todo_for_office(made.world.office)]


def test_the_office_is_led_from_the_draw_to_the_release(made) -> None:
    office = made.world.office
    round = make_round(made.world, made.version, starts_on=timezone.localdate(), ends_on=date(2099, 1, 1))
    seen = [verbs(made)]
    actions.draw(actor=office, round=round, quota=1)
    seen.append(verbs(made))
    make_team(made.world, round)
    actions.assign(actor=office, round=round)
    seen.append(verbs(made))
    actions.open_round(actor=office, round=round)
    seen.append(verbs(made))
    submit(round.visits.get(), [Marked("signs", mark=3, reason="没有")])
    seen.append(verbs(made))
    actions.close_round(actor=office, round=round)
    seen.append(verbs(made))
    actions.decide_absent(actor=office, answer=round.answers.get(mark=4), grant=True)
    actions.release_round(actor=office, round=round)
    seen.append(verbs(made))
    assert seen == [["抽样"], ["分组"], ["开始"], [], ["裁定", "结束"], ["裁定", "公开"], []]


def test_a_round_past_its_end_is_late(made) -> None:
    open_round(made.world, made.version, made.places, starts_on=date(2020, 1, 1), ends_on=date(2020, 1, 10))
    [todo] = queries.todo_for_office(made.world.office)
    assert (todo.verb, todo.group, todo.sub) == ("结束", "late", "还有 3\u00a0处没有交")
    assert todo.days_left < 0


def test_an_inspector_sees_how_many_places_are_left(made) -> None:
    round = open_round(made.world, made.version, made.places, name="第2轮暗访")
    submit(round.visits.get(place=made.places[0]))
    [todo] = queries.todo_for_inspector(made.world.inspector)
    assert (todo.title, todo.count, todo.due) == ("第2轮暗访：还有 2\u00a0处没有测", 2, round.ends_on)
    assert queries.todo_for_inspector(made.world.second_inspector) == []


def test_the_neighbour_office_has_nothing_to_do(made) -> None:
    make_round(made.world, made.version)
    other = field()
    assert queries.todo_for_office(other.world.office) == []


def test_the_number_of_queries_does_not_grow_with_the_rounds(made, django_assert_num_queries) -> None:
    for expected in (1, 3):
        while made.version.rounds.count() < expected:
            open_round(made.world, made.version, made.places)
        office = type(made.world.office).objects.get(pk=made.world.office.pk)
        assert "office" in office.roles  # the scope, worked out once per request
        with django_assert_num_queries(4):
            queries.todo_for_office(office)
