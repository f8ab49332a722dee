"""The register of places and one place: who sees what, who changes what."""

from uuid import uuid4

import pytest
from django.urls import reverse

from chuangwen.base.models import Event
from chuangwen.places.models import Place
from tests.factories.organisations import World, client_of, county, make_region
from tests.factories.places import make_place, make_type


@pytest.fixture
def world(db: None) -> World:
    return county()


def names(person, query: str = "") -> list[str]:
    response = client_of(person).get(reverse("places:places") + query)
    return [place.name for place in response.context["slice"].rows]


def test_each_sees_the_places_of_their_ground(world):
    kind = make_type(world.tenant)
    for unit, name in ((world.bureau, "甲"), (world.station, "乙"), (world.other_station, "丙")):
        make_place(unit, kind, name)
    stranger = county("邻县").office
    people = [world.office, world.contact, world.station_contact, world.other_contact, world.leader, stranger]
    seen = [["甲", "乙", "丙"], ["甲", "乙"], ["乙"], ["丙"], ["甲", "乙"], []]
    assert [names(person) for person in people] == seen


def test_the_list_is_searched_and_filtered(world):
    road, market = make_type(world.tenant, "道路"), make_type(world.tenant, "市场")
    street = make_region(world.tenant, "城东街道", world.region)
    make_place(world.bureau, road, "人民路", street)
    make_place(world.station, market, "东市场", make_region(world.tenant, "东社区", street))
    make_place(world.other_bureau, market, "西市场")
    code = Place.objects.get(name="西市场").code
    assert names(world.office, "?q=市场") == ["东市场", "西市场"]
    assert names(world.office, f"?q={code}") == ["西市场"]
    assert names(world.office, f"?type={road.pk}") == ["人民路"]
    assert names(world.office, f"?region={street.pk}") == ["人民路", "东市场"]
    assert names(world.office, f"?owner={world.bureau.pk}") == ["人民路", "东市场"]
    assert names(world.office, "?archived=1") == []


def test_filtering_by_a_unit_one_does_not_see_is_not_there(world):
    url = reverse("places:places") + f"?owner={world.other_bureau.pk}"
    assert client_of(world.contact).get(url).status_code == 404


def test_the_list_asks_the_same_queries_for_one_and_three_rows(world, same_queries):
    kind = make_type(world.tenant)
    same_queries(
        lambda: make_place(world.bureau, kind, region=world.region), reverse("places:places"), client_of(world.office)
    )


def test_a_place_of_somebody_else_is_not_there(world):
    place = make_place(world.station, make_type(world.tenant))
    url = reverse("places:place", args=[place.pk])
    people = [world.office, world.contact, world.leader, world.other_contact, county("邻县").office]
    assert [client_of(person).get(url).status_code for person in people] == [200, 200, 200, 404, 404]
    assert client_of(world.system).get(url).status_code == 403


def form(world: World, **changes: object) -> dict[str, object]:
    kind = make_type(world.tenant)
    return {"code": "D1", "name": "人民路", "type": kind.pk, "owner": world.bureau.pk, "client_id": uuid4(), **changes}


def test_the_office_adds_a_place_and_the_form_sent_twice_adds_one(world):
    client, data = client_of(world.office), form(world, longitude="114.123456", latitude="30.5")
    first, second = (client.post(reverse("places:place-new"), data) for _ in range(2))
    place = Place.objects.get()
    assert (place.longitude_e6, place.latitude_e6) == (114_123_456, 30_500_000)
    assert first.url == reverse("places:place", args=[place.pk])
    assert second.status_code in (200, 302)
    assert Event.objects.filter(name="places.place_added").count() == 1


def test_a_code_in_use_is_said_at_the_form(world):
    client = client_of(world.office)
    code = make_place(world.bureau, make_type(world.tenant)).code
    response = client.post(reverse("places:place-new"), form(world, code=code))
    assert response.context["form"].errors == {"code": [f"编码 {code} 已有别的点位在用。请换一个。"]}


def test_half_a_point_is_said_at_the_field(world):
    response = client_of(world.office).post(reverse("places:place-new"), form(world, longitude="114"))
    assert response.context["form"].errors == {"latitude": ["经度和纬度要么都填，要么都空着。"]}


def test_changing_a_place_is_one_event_with_the_fields_changed(world):
    place = make_place(world.bureau, make_type(world.tenant))
    client = client_of(world.office)
    data = {"code": place.code, "name": "新名", "type": place.type_id, "owner": world.station.pk, "address": ""}
    client.post(reverse("places:place-edit", args=[place.pk]), data)
    client.post(reverse("places:place-edit", args=[place.pk]), data)
    place.refresh_from_db()
    assert (place.name, place.owner) == ("新名", world.station)
    assert [event.data for event in Event.objects.filter(name="places.place_changed")] == [
        {"fields": ["name", "owner"]}
    ]


def test_an_archived_place_leaves_the_list_and_can_come_back(world):
    place = make_place(world.bureau, make_type(world.tenant), "甲")
    client = client_of(world.office)
    for _ in range(2):
        client.post(reverse("places:place-archive", args=[place.pk]))
    assert (names(world.office), names(world.office, "?archived=1")) == ([], ["甲"])
    client.post(reverse("places:place-reopen", args=[place.pk]))
    assert names(world.office) == ["甲"]
    assert list(Event.objects.order_by("id").values_list("name", flat=True)) == [
        "places.place_archived",
        "places.place_reopened",
    ]


@pytest.mark.parametrize("name", ["place-edit", "place-archive", "place-reopen"])
def test_only_the_office_of_the_ground_changes_a_place(world, name):
    url = reverse(f"places:{name}", args=[make_place(world.bureau, make_type(world.tenant)).pk])
    assert [client_of(person).post(url).status_code for person in (world.contact, world.leader)] == [403, 403]
    assert client_of(county("邻县").office).post(url).status_code == 404
