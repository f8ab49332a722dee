"""A step of a round that cannot be taken back is asked once more, with its numbers (issue 2: 10)."""

import pytest
from django.test import Client
from django.urls import reverse

from chuangwen.base.models import Event
from chuangwen.inspections import actions
from chuangwen.inspections.models import Round
from tests.factories.asking import surely
from tests.factories.inspections import Field, field, make_round, open_round, submit
from tests.factories.organisations import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Field:
    return field()


@pytest.fixture
def office(made) -> Client:
    return client_of(made.world.office)


def url(name: str, round: Round) -> str:
    return reverse(f"inspections:{name}", args=[round.uuid])


def state_of(round: Round) -> str:
    return Round.objects.get(pk=round.pk).state


def facts_of(answer) -> tuple[str, ...]:
    return answer.context["question"].facts


def told(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_the_first_press_writes_nothing_and_names_step_object_and_numbers(made, office) -> None:
    round = open_round(made.world, made.version, made.places)
    submit(round.visits.get(place=made.places[0]))
    page = office.post(url("round-close", round))
    names = f"{made.places[1].name}、{made.places[2].name}"
    first = f"3\u00a0处点位中 1\u00a0处已交，2\u00a0处未交，记为未测，不计 0 分：{names}。"
    assert (facts_of(page)[0], state_of(round)) == (first, Round.State.OPEN)
    said = page.content.decode()
    assert said.count(f"<h1>结束“{round.name}”？</h1>") == 1
    assert said.count(">确认结束</button>") == said.count(f'href="{url("round", round)}">不结束，返回</a>') == 1


def test_confirmed_it_is_done_and_the_page_shows_the_new_state(made, office) -> None:
    round = open_round(made.world, made.version, made.places)
    answer = surely(office, url("round-close", round))
    assert (answer.headers["Location"], state_of(round)) == (url("round", round), Round.State.CLOSED)


def test_what_changed_between_reading_and_confirming_is_asked_again(made, office) -> None:
    round = open_round(made.world, made.version, made.places)
    read = office.post(url("round-close", round)).context["question"].mark
    submit(round.visits.get(place=made.places[0]))
    page = office.post(url("round-close", round), {"sure": read})
    assert (page.content.decode().count("情况刚才有变动，还没有结束。"), state_of(round)) == (1, Round.State.OPEN)
    assert office.post(url("round-close", round), {"sure": page.context["question"].mark}).status_code == 302
    assert state_of(round) == Round.State.CLOSED


def test_confirmed_twice_it_is_done_once_and_the_second_is_told(made, office) -> None:
    round = open_round(made.world, made.version, made.places)
    read = office.post(url("round-close", round)).context["question"].mark
    for _ in range(2):
        answer = office.post(url("round-close", round), {"sure": read}, follow=True)
    assert told(answer) == [f"“{round.name}”已经结束，没有再结束一次。"]
    assert Event.objects.filter(name="inspections.round_closed").count() == 1


def test_opening_and_releasing_are_asked_too(made, office) -> None:
    round = open_round(made.world, made.version, made.places)
    Round.objects.filter(pk=round.pk).update(state=Round.State.DRAFT)
    asked = facts_of(office.post(url("round-open", round)))
    assert asked[0] == "3\u00a0处点位分给 1\u00a0个组，测评员从现在起在手机上看到自己组的。"
    actions.close_round(actor=made.world.office, round=actions.open_round(actor=made.world.office, round=round))
    asked = facts_of(office.post(url("round-release", round)))
    assert asked[0] == "2\u00a0个责任单位的联络员和包片领导看得到自己点位的记录和得分。"
    assert state_of(round) == Round.State.CLOSED


def test_what_would_be_refused_anyway_is_not_asked(made, office) -> None:
    round = make_round(made.world, made.version)
    for name, why in (
        ("round-open", "还没有点位。先抽样，或指定点位，再开始。"),
        ("round-close", f"“{round.name}”还在筹备，不能再做这一步。刷新页面看现在的情况。"),
    ):
        assert told(office.post(url(name, round), follow=True)) == [why]
