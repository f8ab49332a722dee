"""Issue 2, 7 and 11: today's places of one's own teams, found by name or by the code at the place."""

import pytest
from django.test import Client
from django.urls import reverse

from chuangwen.inspections import actions
from tests.factories.inspections import Field, field, open_round, submit
from tests.factories.places import make_place

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
TODAY = reverse("mobile:today")


@pytest.fixture
def made() -> Field:
    return field()


@pytest.fixture
def phone(made) -> Client:
    client = Client()
    client.force_login(made.world.inspector, backend=BACKEND)
    return client


def listed(answer) -> list[str]:
    return [visit.place.name for group in answer.context["groups"] for visit in group]


def test_nothing_given_out_says_how_it_gets_here(phone) -> None:
    assert "创建办把点位派给本组、开始一轮以后，这里会列出来。" in phone.get(TODAY).content.decode()


def test_open_places_in_order_and_how_many_are_left(made, phone) -> None:
    round = open_round(made.world, made.version, made.places)
    submit(round.visits.get(place=made.places[1]))
    answer = phone.get(TODAY)
    assert listed(answer) == [made.places[0].name, made.places[2].name]
    assert [answer.context[name] for name in ("total", "done", "left")] == [3, 1, 2]


def test_found_by_part_of_the_name_or_code(made, phone) -> None:
    open_round(made.world, made.version, made.places)
    assert listed(phone.get(TODAY, {"q": made.places[2].name})) == [made.places[2].name]
    assert listed(phone.get(TODAY, {"q": made.places[0].code.lower()})) == [made.places[0].name]
    assert listed(phone.get(TODAY, {"q": "没有这一处"})) == []


def test_the_code_at_a_place_opens_its_checklist(made, phone) -> None:
    visit = open_round(made.world, made.version, made.places).visits.get(place=made.places[0])
    answer = phone.get(reverse("mobile:place", args=[made.places[0].code]))
    assert answer.headers["Location"] == reverse("mobile:visit", args=[visit.uuid])


def test_a_code_that_is_not_todays_says_so(made, phone) -> None:
    answer = phone.get(reverse("mobile:place", args=["X9"]))
    assert answer.status_code == 404
    assert "编码“X9”不在今天的名单里。" in answer.content.decode()


def test_an_office_person_in_a_team_sees_its_places_too(made) -> None:
    round = open_round(made.world, made.version, made.places)
    post = made.world.office.memberships.get()
    actions.edit_team(actor=made.world.office, team=round.teams.get(), name="一组", members=[post])
    desk = Client()
    desk.force_login(made.world.office, backend=BACKEND)
    assert len(listed(desk.get(TODAY))) == 3


def test_handed_in_places_are_listed_with_their_findings(made, phone) -> None:
    round = open_round(made.world, made.version, made.places)
    submit(round.visits.get(place=made.places[0]), [actions.Marked("litter")])
    [visit] = phone.get(reverse("mobile:done")).context["visits"]
    assert (visit.place, visit.bad_count) == (made.places[0], 1)


def test_one_and_three_places_ask_the_same_number_of_queries(made, phone, same_queries) -> None:
    round = open_round(made.world, made.version, made.places[:1])

    def one_more() -> None:
        place = make_place(made.world.station, made.type)
        team = round.teams.get()
        actions.add_places(actor=made.world.office, round=round, places=[place], reason="加一处", team=team)

    assert same_queries(one_more, TODAY, phone) <= 8
