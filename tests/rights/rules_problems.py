"""Rights on problems."""

from chuangwen.organisations.models import Organisation
from chuangwen.problems.models import Problem, SavedView
from tests.factories.organisations import World
from tests.factories.problems import finding, handed_out
from tests.rights.rules import Rule, at

READERS = ("office", "contact", "leader")


def problem(world: World, unit: Organisation) -> Problem:
    return handed_out(world, unit)


def view(world: World, unit: Organisation) -> SavedView:
    """A view the office of that world keeps."""
    return SavedView.objects.create(
        tenant=world.tenant, person=world.office, name=finding(world).title, query="tab=all"
    )


PROBLEM = at(problem, "uuid", "uuid")
OWN = {"inside": {"office"}, "sibling": {"office"}}
RULES = {
    "problems:ledger": Rule(*READERS),
    "problems:problem-new": Rule("office"),
    "problems:bulk": Rule("office", "contact", answers=(404,)),  # without a verb there is nothing to be done
    "problems:text": Rule(*READERS),
    "problems:problem": Rule(*READERS, make=PROBLEM),
    "problems:step": Rule(
        *READERS, make=lambda world, unit: {**PROBLEM(world, unit), "verb": "sign"}, method="POST", data={"words": ""}
    ),
    "problems:view-keep": Rule(*READERS, method="POST"),
    "problems:view-drop": Rule(*READERS, make=at(view, "pk"), method="POST", **OWN),
}
