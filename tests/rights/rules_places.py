"""Rights on places and place types."""

from chuangwen.organisations.models import Organisation
from chuangwen.places.models import Place, PlaceType
from tests.factories.organisations import World
from tests.factories.places import make_place, make_type
from tests.rights.rules import Rule, at


def place(world: World, unit: Organisation) -> Place:
    return make_place(unit, make_type(world.tenant))


def type_(world: World, unit: Organisation) -> PlaceType:
    return make_type(world.tenant)


READERS = ("office", "contact", "leader")
PLACE, TYPE = at(place, "pk"), at(type_, "pk")
SHARED = {"outside": {"office"}}  # types belong to the installation
RULES = {
    "places:places": Rule(*READERS),
    "places:place": Rule(*READERS, make=PLACE),
    "places:place-new": Rule("office"),
    "places:place-edit": Rule("office", make=PLACE),
    "places:place-archive": Rule("office", make=PLACE, method="POST"),
    "places:place-reopen": Rule("office", make=PLACE, method="POST"),
    "places:types": Rule("office"),
    "places:type": Rule("office", make=TYPE, **SHARED),
    "places:type-archive": Rule("office", make=TYPE, method="POST", **SHARED),
}
