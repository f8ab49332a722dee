"""What is not entered yet is told before a round is ended, frozen, released; a round of entered results alone."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from chuangwen.inspections import actions, queries, questions
from chuangwen.inspections.models import Round
from chuangwen.scores.questions import freezing
from tests.factories.inspections import make_round
from tests.factories.organisations import county
from tests.factories.published import publish_spec
from tests.factories.results import MATERIAL, Methods, criterion, good, methods

pytestmark = pytest.mark.django_db


def only_entered() -> tuple:
    """A round in preparation of a standard nobody goes to see a place for."""
    world = county()
    rows = [criterion("plan", MATERIAL, {"kind": "pass_rate"})]
    spec = {"key": "papers", "title": "材料", "nodes": [{"key": "all", "name": "全部", "criteria": rows}]}
    return world, make_round(world, publish_spec(world.jurisdiction, spec), ends_on=date(2099, 1, 1))


def page(made: Methods) -> str:
    client = Client()
    client.force_login(made.world.office, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse("inspections:round", args=[made.round.uuid])).content.decode()


def test_what_is_missing_is_counted_from_the_units_listed() -> None:
    made = methods()
    assert queries.still_missing(made.round) == "其他方法的结果还没有列入单位，都是未测，不计 0 分。"
    (station,) = made.listed(made.world.station)
    made.enter(good(station, "plan"))
    assert queries.still_missing(made.round) == "其他方法的结果还有 2\u00a0格没有录，是未测，不计 0 分。"
    assert "其他方法的结果还有 2\u00a0格没有录" in page(made)
    made.enter(good(station, "records", 3), good(station, "satisfied", 90_000))
    assert queries.still_missing(made.round) == ""


def test_the_steps_that_cannot_be_taken_back_tell_what_is_missing() -> None:
    made = methods()
    made.listed(made.world.station)
    missing = "其他方法的结果还有 3\u00a0格没有录，是未测，不计 0 分。"
    assert questions.closing(made.round).facts[1] == f"{missing}结束以后、公开以前还可以录。"
    made.round = actions.close_round(actor=made.world.office, round=made.round)
    assert questions.releasing(made.round).facts[0] == f"{missing}公开以后不再录新的，只能更正。"
    assert freezing(made.round).facts[0] == missing


def test_a_round_of_entered_results_alone_is_opened_without_places() -> None:
    world, round = only_entered()
    assert [todo.verb for todo in queries.todo_for_office(world.office)] == ["开始"]
    assert questions.opening(round).facts[0] == "这套体系没有到现场看的标准；从现在起可以录入结果。"
    assert "没有到现场看的标准" in page(Methods(world, round, []))
    round = actions.open_round(actor=world.office, round=round)
    assert round.state == Round.State.OPEN
    assert len(actions.list_units(actor=world.office, round=round, units=[world.station])) == 1
    assert questions.closing(round).facts[0] == "本轮没有到现场看的点位。"
