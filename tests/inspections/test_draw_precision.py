"""Issue 3, 9: how many places for a wanted precision, and so many of each type at least, offered where one draws."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chuangwen.inspections import actions
from tests.factories.inspections import round_of
from tests.factories.organisations import client_of, county

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return county()


@pytest.fixture
def round(world):
    """Streets, 200 of them, and halls, four."""
    return round_of(world, {"主次干道": [world.station] * 200, "礼堂": [world.station] * 4})


@pytest.fixture
def office(world) -> Client:
    return client_of(world.office)


def draw_page(round, query: str = "") -> str:
    return f"{reverse('inspections:round-draw', args=[round.uuid])}?{query}"


def by_name(form) -> dict[str, int | None]:
    return {kind.name: field.value() for kind, _, field in form.rows}


def test_the_page_says_how_many_places_a_precision_takes(round, office) -> None:
    form = office.get(draw_page(round)).context["form"]
    assert form.in_all == [(10, 67), (7, 101), (5, 134), (3, 172)]
    assert [each for each, _ in form.of_each] == [20, 15, 10]


def test_a_precision_is_taken_over_into_the_numbers(round, office) -> None:
    form = office.get(draw_page(round, "quota=67")).context["form"]
    assert (form["quota"].value(), set(by_name(form).values())) == (67, {None})
    form = office.get(draw_page(round, "each=20")).context["form"]
    assert (form["quota"].value(), by_name(form)) == (None, {"主次干道": 22, "礼堂": 4})


def test_the_draw_says_how_far_off_it_may_be(world, round, office) -> None:
    actions.draw(actor=world.office, round=round, quota=66)
    page = office.get(reverse("inspections:round-drawn", args=[round.uuid]))
    assert page.context["error"] == "10.1"
    actions.draw(actor=world.office, round=round, quota=67)
    page = office.get(reverse("inspections:round-drawn", args=[round.uuid]))
    assert page.context["error"] == "9.9"
    assert "全部点位的合格率，二十次有十九次误差不超过 9.9 个百分点" in page.content.decode()


def test_two_of_each_type_at_least_are_drawn_and_asked_for_again(world, round, office) -> None:
    office.post(draw_page(round), {"quota": "10", "every": "2"})
    assert round.visits.filter(place_type__name="礼堂").count() == 2
    assert round.visits.count() == 10
    assert office.get(draw_page(round)).context["form"]["every"].value() == 2


def test_fewer_than_two_of_each_are_refused_with_the_number(round, office) -> None:
    said = office.post(draw_page(round), {"quota": "3", "every": "2"}).content.decode()
    assert "每类至少 2 处、必到的算在内，要抽 4 处，多于填写的 3 处。" in said
    assert '<button class="btn" name="quota" value="4">每类至少 2 处，抽 4\u00a0处</button>' in said


def test_the_places_are_read_once_for_everything_the_page_works_out(round, office) -> None:
    with CaptureQueriesContext(connection) as asked:
        office.post(draw_page(round), {"quota": "3", "every": "2"})
    read = [query["sql"] for query in asked if query["sql"].startswith('SELECT "places_place"."code"')]
    assert len(read) == 1
