"""Rights on units, regions, people, accounts, areas, signing in (docs/decisions/0003-rights.md)."""

from chuangwen.organisations.models import Area, AreaPart, Membership, Organisation, Person, Region, Role
from tests.factories.organisations import LONG_AGO, World, make_person, make_region
from tests.rights.rules import Rule, at


def unit_itself(world: World, unit: Organisation) -> Organisation:
    return unit


def region(world: World, unit: Organisation) -> Region:
    return make_region(world.tenant, "社区", world.region)


def contact(world: World, unit: Organisation) -> Person:
    return make_person(unit, Role.CONTACT)


def membership(world: World, unit: Organisation) -> Membership:
    return contact(world, unit).memberships.get()


def area(world: World, unit: Organisation) -> Area:
    made = Area.objects.create(
        tenant=world.tenant, jurisdiction=world.jurisdiction, name=f"片{unit.pk}", valid_from=LONG_AGO
    )
    AreaPart.objects.create(area=made, organisation=unit)
    return made


UNIT, REGION, PERSON = at(unit_itself, "pk"), at(region, "pk"), at(contact, "pk")
MANAGERS = ("office", "system")
NOT_FOUND = (404,)
RULES = {
    "organisations:login": Rule("*"),
    "organisations:logout": Rule("*", method="POST"),
    "organisations:activate": Rule("*"),
    "organisations:first-run": Rule("*", answers=NOT_FOUND),  # an installation that has a tenant has no such page
    "organisations:own-password": Rule("+"),
    "organisations:jurisdiction": Rule("office"),
    "organisations:units": Rule("office", "contact", "leader"),
    "organisations:unit-new": Rule("office"),
    "organisations:unit": Rule("office", "contact", "leader", make=UNIT),
    "organisations:unit-edit": Rule("office", make=UNIT),
    "organisations:unit-rename": Rule("office", make=UNIT),
    "organisations:unit-move": Rule("office", make=UNIT),
    "organisations:unit-archive": Rule("office", make=UNIT, method="POST"),
    "organisations:unit-restore": Rule("office", make=UNIT, method="POST"),
    "organisations:regions": Rule("office"),
    "organisations:region-new": Rule("office"),
    "organisations:region": Rule("office", make=REGION),
    "organisations:region-archive": Rule("office", make=REGION, method="POST"),
    "organisations:region-restore": Rule("office", make=REGION, method="POST"),
    "organisations:people": Rule(*MANAGERS),
    "organisations:person-new": Rule(*MANAGERS),
    "organisations:slips": Rule(*MANAGERS, method="POST"),
    "organisations:person": Rule(*MANAGERS, make=PERSON, outside={"system"}),
    "organisations:person-edit": Rule(*MANAGERS, make=PERSON, outside={"system"}),
    "organisations:membership-new": Rule(*MANAGERS, make=PERSON, outside={"system"}),
    "organisations:membership-end": Rule(*MANAGERS, make=at(membership, "pk"), outside={"system"}),
    "organisations:person-reset": Rule(*MANAGERS, make=PERSON, method="POST", outside={"system"}),
    "organisations:person-deactivate": Rule(*MANAGERS, make=PERSON, method="POST", outside={"system"}),
    "organisations:person-reactivate": Rule(*MANAGERS, make=PERSON, method="POST", outside={"system"}),
    "organisations:areas": Rule("office"),
    "organisations:area-new": Rule("office"),
    "organisations:area": Rule("office", make=at(area, "pk")),
}
