"""Issue 2, 10: the draw and all that was found stay hidden from the units until the office releases them."""

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from chuangwen.base.files import attachments_of
from chuangwen.inspections import actions, queries, workbooks
from chuangwen.inspections.actions import Marked, Photo
from chuangwen.problems.queries import visible_to as visible_problems
from tests.factories.inspections import Field, answer_of, field, make_round, make_team, open_round, submit
from tests.factories.organisations import county
from tests.factories.problems import photo

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
READERS = ("contact", "station_contact", "leader")


@pytest.fixture
def made() -> Field:
    return field()


@pytest.fixture
def visit(made):
    """A closed round with one finding and its photo at the station; nothing released yet."""
    round = open_round(made.world, made.version, made.places)
    visit = round.visits.get(place=made.places[0])
    submit(visit, [Marked("litter", photos=(Photo(photo()),))])
    actions.close_round(actor=made.world.office, round=round)
    return visit


def doors(visit) -> dict[str, str]:
    [attachment] = attachments_of([answer_of(visit, "litter")])[answer_of(visit, "litter").pk]
    pages = {name: reverse(f"inspections:{name}", args=[visit.round.uuid]) for name in ("round", "visits", "answers")}
    return {
        **pages,
        "visit": reverse("inspections:visit", args=[visit.uuid]),
        "file": reverse("base:file", args=[attachment.uuid]),
        "thumbnail": reverse("base:thumbnail", args=[attachment.uuid]),
    }


def statuses(person, visit) -> set[int]:
    client = Client()
    client.force_login(person, backend=BACKEND)
    found = set()
    for url in doors(visit).values():
        answer = client.get(url)
        found.add(answer.status_code)
        if answer.streaming:
            answer.getvalue()
    return found


@pytest.mark.parametrize("who", READERS)
def test_every_door_is_shut_before_and_open_after(made, visit, who) -> None:
    person = getattr(made.world, who)
    assert statuses(person, visit) == {404}
    actions.release_round(actor=made.world.office, round=visit.round)
    assert statuses(type(person).objects.get(pk=person.pk), visit) == {200}


def test_a_sibling_unit_sees_its_own_place_after_and_not_the_others(made, visit) -> None:
    actions.release_round(actor=made.world.office, round=visit.round)
    seen = queries.visible_visits(made.world.other_contact)
    assert list(seen.values_list("place", flat=True)) == [made.places[2].pk]
    assert statuses(made.world.other_contact, visit) == {200, 404}


@pytest.mark.parametrize("who", [*READERS, "other_contact"])
def test_lists_counts_and_exports_are_empty_before(made, visit, who) -> None:
    person, query = getattr(made.world, who), QueryDict(f"round={visit.round.uuid}")
    assert queries.listed_rounds(person, query).count() == 0
    assert workbooks.visits(person, query).count() == 0
    assert workbooks.answers(person, query).count() == 0
    assert visible_problems(person).count() == 0


def test_a_place_replaced_is_never_shown_to_its_unit(made) -> None:
    round = make_round(made.world, made.version)
    actions.draw(actor=made.world.office, round=round, quota=1, seed="x")
    visit = round.visits.get()
    actions.replace_place(actor=made.world.office, visit=visit, reason="拆迁")
    type(round).objects.filter(pk=round.pk).update(state="released")
    assert queries.visible_visits(made.world.office).count() == 2
    assert queries.visible_visits(made.world.contact).filter(pk=visit.pk).count() == 0


def test_an_inspector_sees_own_visits_from_the_opening_on(made) -> None:
    round = make_round(made.world, made.version)
    team = make_team(made.world, round)
    for place in made.places:
        actions.add_places(actor=made.world.office, round=round, places=[place], reason="重点", team=team)
    fresh = type(made.world.inspector).objects.get(pk=made.world.inspector.pk)
    assert queries.visible_visits(fresh).count() == 0
    actions.open_round(actor=made.world.office, round=round)
    assert queries.visible_visits(fresh).count() == 3
    assert queries.visible_visits(made.world.second_inspector).count() == 0


def test_neighbours_and_other_installations_see_nothing(made, visit) -> None:
    actions.release_round(actor=made.world.office, round=visit.round)
    for world in (county("邻县", tenant=made.world.tenant), county("别县")):
        for person in world.people.values():
            assert queries.visible_rounds(person).count() == 0
        assert statuses(world.office, visit) == {404}


def test_a_unit_reads_when_and_by_which_team_but_not_who_came(made, visit) -> None:
    actions.release_round(actor=made.world.office, round=visit.round)
    page = reverse("inspections:visit", args=[visit.uuid])
    told = {}
    for who in ("station_contact", "office"):
        client = Client()
        client.force_login(getattr(made.world, who), backend=BACKEND)
        told[who] = "交的人" in client.get(page).content.decode()
    assert told == {"station_contact": False, "office": True}
