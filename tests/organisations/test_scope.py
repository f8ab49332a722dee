"""Issue 2, 6: who sees what. Line prefix ∪ region prefix ∪ assignments, evaluated today."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from chuangwen.organisations.models import Area, AreaPart, Jurisdiction, Membership, Organisation, Person, Role
from chuangwen.organisations.queries import (
    contacts_of,
    jurisdiction_of,
    own_jurisdiction,
    scope_of,
    visible_jurisdictions,
    visible_regions,
    visible_units,
)
from tests.factories.organisations import LONG_AGO, World, county, hold, make_person, make_region, make_unit


@pytest.fixture
def world(db: None) -> World:
    return county()


def again(person: Person) -> Person:
    """The person as the next request loads them."""
    return Person.objects.get(pk=person.pk)


def units(person: Person) -> set[str]:
    return {unit.name for unit in visible_units(again(person))}


def yesterday() -> date:
    return timezone.localdate() - timedelta(1)


def tomorrow() -> date:
    return timezone.localdate() + timedelta(1)


def test_an_office_sees_its_jurisdiction_and_nothing_of_a_neighbour(world: World) -> None:
    county("邻县", tenant=world.tenant)
    assert units(world.office) == {
        "示例县", "示例县创建办", "示例县城管局", "示例县住建局", "示例县督查室", "环卫所", "物业所",
    }  # fmt: skip


def test_a_contact_sees_the_own_unit_and_below(world: World) -> None:
    assert units(world.contact) == {"示例县城管局", "环卫所"}
    assert units(world.station_contact) == {"环卫所"}
    assert units(world.other_contact) == {"示例县住建局", "物业所"}


def test_a_leader_sees_the_area_and_not_the_own_unit(world: World) -> None:
    assert units(world.leader) == {"示例县城管局", "环卫所"}


@pytest.mark.parametrize("name", ["inspector", "system", "security", "audit"])
def test_those_without_ground_see_no_unit(world: World, name: str) -> None:
    assert units(getattr(world, name)) == set()


def test_an_expired_membership_gives_nothing(world: World) -> None:
    world.contact.memberships.update(valid_to=yesterday())
    assert units(world.contact) == set()
    assert scope_of(again(world.contact)).roles == frozenset()


def test_the_last_day_of_a_membership_still_counts(world: World) -> None:
    world.contact.memberships.update(valid_to=timezone.localdate())
    assert units(world.contact) == {"示例县城管局", "环卫所"}


def test_a_membership_that_begins_tomorrow_gives_nothing_today(world: World) -> None:
    hold(world.contact, world.other_bureau, Role.CONTACT, valid_from=tomorrow())
    assert units(world.contact) == {"示例县城管局", "环卫所"}


def test_several_memberships_add_up(world: World) -> None:
    hold(world.contact, world.other_station, Role.CONTACT)
    assert units(world.contact) == {"示例县城管局", "环卫所", "物业所"}


def test_a_stopped_person_sees_nothing_at_once(world: World) -> None:
    Person.objects.filter(pk=world.office.pk).update(is_active=False)
    scope = scope_of(again(world.office))
    assert (scope.roles, scope.units, scope.jurisdiction_ids) == (frozenset(), (), ())


def test_an_office_sees_an_office_below_and_its_own_jurisdiction_comes_first(world: World) -> None:
    below = county("下级县", above=world)
    Jurisdiction.objects.filter(pk=below.jurisdiction.pk).update(name="先建的")
    assert scope_of(world.office).jurisdiction_ids == (world.jurisdiction.pk, below.jurisdiction.pk)
    assert own_jurisdiction(world.office) == world.jurisdiction
    assert units(world.office) > units(below.office)
    assert list(visible_jurisdictions(below.office)) == [below.jurisdiction]
    assert jurisdiction_of(below.station) == below.jurisdiction


def test_the_own_jurisdiction_is_first_even_when_the_one_below_is_older(db: None) -> None:
    older = county("先建县")
    top = make_unit(older.tenant, "示例市")
    office_unit = make_unit(older.tenant, "示例市创建办", top)
    Organisation.objects.filter(pk=older.root.pk).update(parent=top)
    for unit in Organisation.objects.filter(path__startswith=older.root.path):
        Organisation.objects.filter(pk=unit.pk).update(path=top.path + unit.path)
    city = Jurisdiction.objects.create(tenant=older.tenant, name="示例市", office=office_unit, root=top)
    person = make_person(office_unit, Role.OFFICE)
    assert own_jurisdiction(person) == city
    assert scope_of(person).jurisdiction_ids == (city.pk, older.jurisdiction.pk)


@pytest.mark.parametrize(
    ("dates", "seen"),
    [
        ({"valid_to": "yesterday"}, set()),
        ({"valid_from": "tomorrow"}, set()),
        ({"valid_to": "tomorrow"}, {"示例县城管局", "环卫所"}),
    ],
)
def test_an_area_counts_only_within_its_dates(world: World, dates: dict[str, str], seen: set[str]) -> None:
    days = {"yesterday": yesterday(), "tomorrow": tomorrow()}
    Area.objects.update(**{name: days[word] for name, word in dates.items()})
    assert units(world.leader) == seen


def test_a_leader_whose_term_ended_loses_the_area(world: World) -> None:
    world.leader.memberships.update(valid_to=yesterday())
    assert units(world.leader) == set()


def test_a_region_in_an_area_shows_what_stands_in_it(world: World) -> None:
    street = make_region(world.tenant, "城关街道", world.region)
    make_unit(world.tenant, "街道办", world.root, region=street)
    AreaPart.objects.create(area=Area.objects.get(), region=street)
    assert units(world.leader) == {"示例县城管局", "环卫所", "街道办"}


def test_a_contact_with_a_region_sees_what_lies_in_it_and_below(world: World) -> None:
    street = make_region(world.tenant, "城关街道", world.region)
    community = make_region(world.tenant, "东门社区", street)
    make_unit(world.tenant, "东门居委会", world.root, region=community)
    world.contact.memberships.update(region=street)
    assert units(world.contact) == {"示例县城管局", "环卫所", "东门居委会"}
    assert {region.name for region in visible_regions(again(world.contact))} == {"城关街道", "东门社区"}
    assert {region.name for region in visible_regions(world.other_contact)} == set()


def test_an_inspector_with_a_region_sees_nothing_by_it(world: World) -> None:
    world.inspector.memberships.update(region=world.region)
    assert units(world.inspector) == set()


def test_an_office_without_a_region_sees_all_regions_of_the_installation(world: World) -> None:
    make_region(world.tenant, "别处")
    assert visible_regions(world.office).count() == 1
    Jurisdiction.objects.update(region=None)
    assert visible_regions(again(world.office)).count() == 2


def test_a_membership_in_another_installation_gives_nothing(world: World) -> None:
    elsewhere = county("别县")
    Membership.objects.create(
        tenant=elsewhere.tenant,
        person=world.contact,
        organisation=elsewhere.bureau,
        role="contact",
        valid_from=LONG_AGO,
    )
    assert units(world.contact) == {"示例县城管局", "环卫所"}


def test_a_scope_asks_at_most_three_queries_whatever_is_held(world: World, django_assert_max_num_queries) -> None:
    for unit in (world.bureau, world.other_bureau, world.station):
        hold(world.office, unit, Role.CONTACT)
    row = hold(world.office, world.root, Role.LEADER)
    Area.objects.update(leader=row)
    county("下级县", above=world)
    with django_assert_max_num_queries(3):
        scope_of(again_cached(world.office))


def again_cached(person: Person) -> Person:
    person.__dict__.pop("_scope", None)
    return person


def test_rights_change_with_the_next_request(world: World, client) -> None:
    client.force_login(world.contact, backend="django.contrib.auth.backends.ModelBackend")
    address = f"/units/{world.station.pk}/"
    assert client.get(address).status_code == 200
    world.contact.memberships.update(valid_to=yesterday())
    assert client.get(address).status_code == 403


def test_contacts_are_those_in_term_with_a_live_account_in_one_query(world: World, django_assert_num_queries) -> None:
    stopped = make_person(world.bureau, Role.CONTACT)
    Person.objects.filter(pk=stopped.pk).update(is_active=False)
    gone = make_person(world.bureau, Role.CONTACT)
    gone.memberships.update(valid_to=yesterday())
    with django_assert_num_queries(1):
        found = contacts_of([world.bureau.pk, world.station.pk])
    assert {unit: [row.person for row in rows] for unit, rows in found.items()} == {
        world.bureau.pk: [world.contact],
        world.station.pk: [world.station_contact],
    }


def test_a_page_asks_for_the_scope_of_its_reader_once(world: World, client) -> None:
    client.force_login(world.contact, backend="django.contrib.auth.backends.ModelBackend")
    with CaptureQueriesContext(connection) as captured:
        client.get("/places/")
    asked = [query["sql"] for query in captured if 'FROM "organisations_membership"' in query["sql"]]
    assert sum("valid_from" in sql.partition("WHERE")[2] and '"person_id" =' in sql for sql in asked) == 1
