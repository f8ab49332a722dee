"""Search finds units, places, problems and people by name, code or number, and only what the person may see."""

import pytest
from django.test import Client
from django.urls import reverse

from chuangwen.dashboards.search import MOST, search
from tests.factories.organisations import county
from tests.factories.places import make_place, make_type

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def world(db):
    world = county()
    kind = make_type(world.tenant, "主次干道")
    world.road = make_place(world.bureau, kind, "人民路")
    world.other_road = make_place(world.other_bureau, kind, "人民广场")
    return world


def titles(person, text: str) -> dict[str, list[str]]:
    return {group.title: [hit.title for hit in group.hits] for group in search(person, text)}


def test_the_office_finds_all_of_its_ground(world) -> None:
    assert titles(world.office, "人民") == {"点位": ["人民路", "人民广场"]}
    assert titles(world.office, "城管") == {"单位": ["示例县城管局"]}


def test_a_unit_finds_only_its_own(world) -> None:
    assert titles(world.contact, "人民") == {"点位": ["人民路"]}
    assert titles(world.contact, "住建") == {}


def test_another_tenant_finds_nothing(world) -> None:
    assert titles(county("邻县").office, "人民") == {}


def test_every_word_must_be_found_and_a_code_counts(world) -> None:
    assert titles(world.office, "人民 城管") == {}
    assert titles(world.office, f"人民 {world.road.code}") == {"点位": ["人民路"]}
    assert titles(world.office, world.road.code) == {"点位": ["人民路"]}


def test_who_keeps_accounts_finds_the_people_of_the_own_ground(world) -> None:
    name, account = world.contact.name, world.contact.username
    assert titles(world.office, name) == {"人员": [name]}
    assert titles(world.system, account) == {"人员": [name]}
    assert [titles(person, name) for person in (world.contact, world.leader, world.audit)] == [{}, {}, {}]
    assert titles(county("邻县").office, account) == {}
    (group,) = search(world.office, name)
    assert group.hits[0].sub == f"{account} · 示例县城管局 联络员"


def test_no_words_find_nothing(world) -> None:
    assert search(world.office, "  ") == []


def test_more_than_a_page_of_hits_leads_to_the_list(world) -> None:
    for number in range(MOST):
        make_place(world.bureau, world.road.type, f"人民路{number}段")
    (group,) = search(world.office, "人民路")
    assert (len(group.hits), group.more, group.url) == (
        MOST,
        True,
        f"{reverse('places:places')}?q=%E4%BA%BA%E6%B0%91%E8%B7%AF",
    )


def test_the_page_asks_the_same_queries_for_one_hit_and_three(world, same_queries) -> None:
    client = Client()
    client.force_login(world.office, backend=BACKEND)
    same_queries(lambda: make_place(world.bureau, world.road.type, "和平路"), "/search/?q=和平", client)
