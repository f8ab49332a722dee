"""Rights on assessment systems: the office keeps its own; others read what was published for their ground."""

from chuangwen.organisations.models import Organisation
from chuangwen.organisations.queries import jurisdiction_of
from chuangwen.standards.models import StandardVersion
from tests.factories.organisations import World
from tests.factories.places import make_type
from tests.factories.published import publish_spec, small_spec
from tests.rights.rules import Rule, at

READERS = ("office", "contact", "leader")


def published(world: World, unit: Organisation) -> StandardVersion:
    return publish_spec(jurisdiction_of(unit), small_spec(make_type(unit.tenant).code))


VERSION = at(published, "uuid", "uuid")
SHARED = {"sibling": set(READERS)}  # one assessment system for the whole ground
RULES = {
    "standards:standards": Rule(*READERS),
    "standards:version": Rule(*READERS, make=VERSION, **SHARED),
}
