"""Place types: added, renamed, taken out of use."""

from uuid import uuid4

import pytest
from django.urls import reverse

from chuangwen.base.models import Event
from chuangwen.places.models import PlaceType
from tests.factories.organisations import World, client_of, county
from tests.factories.places import make_place, make_type


@pytest.fixture
def world(db: None) -> World:
    return county()


def test_a_type_is_added_once_by_a_form_sent_twice(world):
    client, data = client_of(world.office), {"code": "road", "name": "道路", "client_id": uuid4()}
    for _ in range(2):
        client.post(reverse("places:types"), data)
    assert list(PlaceType.objects.values_list("code", "name")) == [("road", "道路")]
    assert Event.objects.filter(name="places.type_added").count() == 1


def test_a_type_in_use_stays_and_says_why(world):
    kind = make_type(world.tenant, "道路")
    make_place(world.bureau, kind)
    response = client_of(world.office).post(reverse("places:type-archive", args=[kind.pk]), follow=True)
    words = "还有 1 处点位是“道路”，不能停用。请先给它们换类型，或先停用它们。"
    assert [str(message) for message in response.context["messages"]] == [words]
    kind.refresh_from_db()
    assert kind.archived_at is None


def test_an_unused_type_is_taken_out_of_use(world):
    kind = make_type(world.tenant, "道路")
    client_of(world.office).post(reverse("places:type-archive", args=[kind.pk]))
    kind.refresh_from_db()
    assert kind.archived_at is not None


def test_a_type_is_renamed(world):
    kind = make_type(world.tenant, "道路")
    url = reverse("places:type", args=[kind.pk])
    client_of(world.office).post(url, {"code": kind.code, "name": "主次干道"})
    assert PlaceType.objects.get().name == "主次干道"


def test_the_list_counts_standing_places_in_the_same_queries(world, same_queries):
    kind = make_type(world.tenant, "道路")
    make_place(world.bureau, kind)
    client = client_of(world.office)
    same_queries(lambda: make_type(world.tenant), reverse("places:types"), client)
    rows = client.get(reverse("places:types")).context["slice"].rows
    assert [row.in_use for row in rows] == [1, 0, 0, 0]


def test_only_the_office_of_the_tenant(world):
    kind = make_type(world.tenant)
    url = reverse("places:type", args=[kind.pk])
    people = [world.office, world.contact, county("邻县").office]
    assert [client_of(person).get(url).status_code for person in people] == [200, 403, 404]
