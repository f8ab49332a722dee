"""What one has handed in stays listed, whatever becomes of the round or the team."""

import pytest
from django.test import Client
from django.urls import reverse

from chuangwen.inspections import actions
from chuangwen.inspections.actions import Marked
from tests.factories.inspections import field, make_round, make_team, open_round, submit
from tests.factories.organisations import client_of, county

pytestmark = pytest.mark.django_db
DONE = reverse("mobile:done")


@pytest.fixture
def made():
    return field()


@pytest.fixture
def phone(made) -> Client:
    client = Client()
    client.force_login(made.world.inspector, backend="django.contrib.auth.backends.ModelBackend")
    return client


def listed(phone: Client) -> list[str]:
    return [visit.place.name for visit in phone.get(DONE).context["visits"]]


def test_places_handed_in_stay_listed_after_the_round_ended_and_was_released(made, phone) -> None:
    round = open_round(made.world, made.version, made.places[:2])
    submit(round.visits.get(place=made.places[0]))
    for step in (actions.close_round, actions.release_round):
        step(actor=made.world.office, round=round)
        round.refresh_from_db()
        assert listed(phone) == [made.places[0].name]
        [visit] = phone.get(DONE).context["visits"]
        assert phone.get(reverse("mobile:receipt", args=[visit.uuid])).status_code == 200


def test_places_a_round_ended_without_are_named_and_lead_to_what_was_typed(made, phone) -> None:
    round = open_round(made.world, made.version, made.places[:2])
    submit(round.visits.get(place=made.places[0]))
    assert list(phone.get(DONE).context["left"]) == []
    actions.close_round(actor=made.world.office, round=round)
    shown = phone.get(DONE)
    [left] = shown.context["left"]
    assert left.place == made.places[1]
    assert f'href="{reverse("mobile:visit", args=[left.uuid])}"' in shown.content.decode()
    round.refresh_from_db()
    actions.release_round(actor=made.world.office, round=round)
    assert [visit.pk for visit in phone.get(DONE).context["left"]] == [left.pk]


def test_how_many_were_not_qualified_stands_beside_each(made, phone) -> None:
    submit(open_round(made.world, made.version, made.places[:1]).visits.get(), [Marked("litter", count=2)])
    submit(open_round(made.world, made.version, made.places[:1]).visits.get())
    assert sorted(visit.bad_count for visit in phone.get(DONE).context["visits"]) == [0, 1]


def test_what_the_office_handed_in_for_a_team_is_listed_with_both(made, phone) -> None:
    round = open_round(made.world, made.version, made.places[:1])
    submit(round.visits.get(), actor=made.world.office)
    assert listed(phone) == [made.places[0].name]
    desk = Client()
    desk.force_login(made.world.office, backend="django.contrib.auth.backends.ModelBackend")
    assert listed(desk) == [made.places[0].name]


def test_three_are_listed_with_as_many_queries_as_one(made, phone, same_queries) -> None:
    submit(open_round(made.world, made.version, made.places[:1]).visits.get())

    def more() -> None:
        submit(open_round(made.world, made.version, made.places[:1]).visits.get())

    same_queries(more, DONE, phone)


def test_a_member_from_a_neighbour_is_told_to_ask_the_office_of_the_round(made) -> None:
    world, beside = made.world, county("邻县", tenant=made.world.tenant)
    round = make_round(world, made.version)
    team = make_team(world, round, beside.inspector)
    actions.add_places(actor=world.office, round=round, places=made.places[:1], reason="测试指定", team=team)
    actions.open_round(actor=world.office, round=round)
    round.refresh_from_db()
    actions.close_round(actor=world.office, round=round)
    page = client_of(beside.inspector).get(reverse("mobile:visit", args=[round.visits.get().uuid]))
    assert [post.person for post in page.context["office"]] == [world.office]
