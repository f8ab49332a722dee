"""Tenants, units, regions, people. `county()` is the small world most tests start from."""

from dataclasses import dataclass
from datetime import date
from itertools import count

from django.test import Client

from chuangwen.base.models import Tenant
from chuangwen.organisations.models import (
    Area,
    AreaPart,
    Jurisdiction,
    Membership,
    Organisation,
    OrganisationState,
    Person,
    Region,
    Role,
)
from chuangwen.organisations.trees import place_in_tree

_numbers = count(1)
LONG_AGO = date(2020, 1, 1)


def make_region(tenant: Tenant, name: str = "示例区域", parent: Region | None = None, **fields: object) -> Region:
    region = Region.objects.create(
        tenant=tenant, parent=parent, name=name, **{"code": f"R{next(_numbers):04d}", **fields}
    )
    place_in_tree(region)
    return region


def make_unit(
    tenant: Tenant, name: str = "示例单位", parent: Organisation | None = None, **fields: object
) -> Organisation:
    unit = Organisation.objects.create(
        tenant=tenant, parent=parent, name=name, **{"code": f"U{next(_numbers):04d}", **fields}
    )
    place_in_tree(unit)
    OrganisationState.objects.create(
        organisation=unit, valid_from=LONG_AGO, name=unit.name, parent=parent, path=unit.path
    )
    return unit


def make_person(unit: Organisation, role: Role | str, name: str = "", *, region: Region | None = None) -> Person:
    number = next(_numbers)
    person = Person(tenant=unit.tenant, username=f"p{number}", name=name or f"张{number}")
    person.set_unusable_password()
    person.save()
    Membership.objects.create(
        tenant=unit.tenant, person=person, organisation=unit, role=role, region=region, valid_from=LONG_AGO
    )
    return person


@dataclass
class World:
    """A county: its office, two bureaus with a station each, and one person in each role."""

    tenant: Tenant
    region: Region
    root: Organisation
    office_unit: Organisation
    bureau: Organisation
    station: Organisation
    other_bureau: Organisation
    other_station: Organisation
    jurisdiction: Jurisdiction
    office: Person
    contact: Person  # of the bureau: sees the bureau and its station
    station_contact: Person
    other_contact: Person
    leader: Person  # answers for the bureau
    inspector: Person
    second_inspector: Person
    supervisor: Person
    system: Person
    security: Person
    audit: Person

    @property
    def people(self) -> dict[str, Person]:
        names = ("office", "contact", "leader", "inspector", "supervisor", "system", "security", "audit")
        return {name: getattr(self, name) for name in names}


def county(name: str = "示例县", *, above: World | None = None, tenant: Tenant | None = None) -> World:
    """A county in an installation of its own; in a given one (a neighbour); or below another world (its office too)."""
    tenant = above.tenant if above else tenant or Tenant.objects.create(name=f"{name}文明创建")
    region = make_region(tenant, name, above.region if above else None)
    root = make_unit(tenant, name, above.root if above else None, region=region)
    office_unit = make_unit(tenant, f"{name}创建办", root)
    bureau = make_unit(tenant, f"{name}城管局", root)
    other_bureau = make_unit(tenant, f"{name}住建局", root)
    supervision = make_unit(tenant, f"{name}督查室", root)
    jurisdiction = Jurisdiction.objects.create(
        tenant=tenant,
        name=name,
        office=office_unit,
        root=root,
        region=region,
        document_word="示文明办",
        issuer=f"{name}创建办",
    )
    station = make_unit(tenant, "环卫所", bureau)
    leader = make_person(root, Role.LEADER)
    area = Area.objects.create(
        tenant=tenant, jurisdiction=jurisdiction, name="一片", leader=leader.memberships.get(), valid_from=LONG_AGO
    )
    AreaPart.objects.create(area=area, organisation=bureau)
    return World(
        tenant=tenant,
        region=region,
        root=root,
        office_unit=office_unit,
        bureau=bureau,
        station=station,
        other_bureau=other_bureau,
        other_station=make_unit(tenant, "物业所", other_bureau),
        jurisdiction=jurisdiction,
        office=make_person(office_unit, Role.OFFICE),
        contact=make_person(bureau, Role.CONTACT),
        station_contact=make_person(station, Role.CONTACT),
        other_contact=make_person(other_bureau, Role.CONTACT),
        leader=leader,
        inspector=make_person(supervision, Role.INSPECTOR),
        second_inspector=make_person(supervision, Role.INSPECTOR),
        supervisor=make_person(supervision, Role.SUPERVISOR),
        system=make_person(office_unit, Role.SYSTEM),
        security=make_person(office_unit, Role.SECURITY),
        audit=make_person(office_unit, Role.AUDIT),
    )


def client_of(person: Person) -> Client:
    """A browser this person is signed in with."""
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def hold(person: Person, unit: Organisation, role: Role | str, **fields: object) -> Membership:
    """One more membership of a person."""
    return Membership.objects.create(
        tenant=unit.tenant, person=person, organisation=unit, role=role, **{"valid_from": LONG_AGO, **fields}
    )
