"""Rights on rounds, visits, answers and the phone. Objects: a visit with one finding, and its round."""

from chuangwen.inspections.models import Answer, Round, Visit
from chuangwen.organisations.models import Organisation
from tests.factories.inspections import visit_of
from tests.factories.organisations import World
from tests.factories.results import methods
from tests.rights.rules import Rule

READERS = ("office", "contact", "leader", "inspector")
FIELD = ("inspector", "office")


def visit(world: World, unit: Organisation) -> Visit:
    """Submitted in a round that was released."""
    return visit_of(unit, world, state=Round.State.RELEASED)


def finding(world: World, unit: Organisation) -> Answer:
    return visit(world, unit).answers.get(criterion__key="litter")


def of_round(world: World, unit: Organisation) -> dict:
    return {"uuid": visit(world, unit).round.uuid}


def of_visit(world: World, unit: Organisation) -> dict:
    return {"uuid": visit(world, unit).uuid}


def of_answer(world: World, unit: Organisation) -> dict:
    return {"uuid": finding(world, unit).uuid}


def of_team(world: World, unit: Organisation) -> dict:
    round = visit(world, unit).round
    return {"uuid": round.uuid, "pk": round.teams.get().pk}


def of_results(world: World, unit: Organisation) -> dict:
    return {"uuid": results(world, unit).round.uuid}


def of_listed(world: World, unit: Organisation) -> dict:
    return {"uuid": results(world, unit).uuid}


def results(world: World, unit: Organisation) -> Visit:
    """The unit on the list results are entered for, in a round of its own."""
    made = methods(world=world)
    return made.listed(unit)[0]


def code(world: World, unit: Organisation) -> dict:
    return {"code": visit_of(unit, world).place.code}


# The inspector was in the team, so sees the visit wherever it was; 422 is the form with what is missing.
READ = {"sibling": {"office", "inspector"}}
OFFICE = {"answers": (200, 302, 422)}
ROUND, VISIT, ANSWER, TEAM = of_round, of_visit, of_answer, of_team
RULES = {
    "inspections:rounds": Rule(*READERS),
    "inspections:round-new": Rule("office"),
    "inspections:round": Rule(*READERS, make=ROUND, **READ),
    "inspections:round-edit": Rule("office", make=ROUND),
    "inspections:round-open": Rule("office", make=ROUND, method="POST"),
    "inspections:round-end": Rule("office", make=ROUND),
    "inspections:round-close": Rule("office", make=ROUND, method="POST"),
    "inspections:round-release": Rule("office", make=ROUND, method="POST"),
    "inspections:round-draw": Rule("office", make=ROUND),
    "inspections:round-drawn": Rule("office", make=ROUND),
    "inspections:round-frame": Rule("office", make=ROUND),
    "inspections:place-add": Rule("office", make=ROUND),
    "inspections:teams": Rule("office", make=ROUND),
    "inspections:team": Rule("office", make=TEAM),
    "inspections:team-remove": Rule("office", make=TEAM, method="POST"),
    "inspections:assign": Rule("office", make=ROUND, method="POST"),
    "inspections:results": Rule("office", make=of_results),
    "inspections:results-sheet": Rule("office", make=of_results),
    "inspections:results-enter": Rule("office", make=of_results, data={"criterion": "plan"}),
    "inspections:results-units": Rule("office", make=of_results),
    "inspections:results-units-looked-at": Rule("office", make=of_results, method="POST"),
    "inspections:visit-unlist": Rule("office", make=of_listed, method="POST"),
    "inspections:visits": Rule(*READERS, make=ROUND, **READ),
    "inspections:answers": Rule(*READERS, make=ROUND, **READ),
    "inspections:visit": Rule(*READERS, make=VISIT, **READ),
    "inspections:visit-reassign": Rule("office", make=VISIT),
    "inspections:visit-replace": Rule("office", make=VISIT),
    "inspections:answer-correct": Rule("office", make=ANSWER),
    "inspections:na-grant": Rule("office", make=ANSWER, method="POST"),
    "inspections:na-refuse": Rule("office", make=ANSWER, method="POST", **OFFICE),
    "mobile:today": Rule(*FIELD),
    "mobile:done": Rule(*FIELD),
    "mobile:me": Rule(*FIELD),
    "mobile:visit": Rule(*FIELD, make=VISIT, **READ),
    "mobile:meaning": Rule(*FIELD, make=VISIT, **READ),
    "mobile:receipt": Rule(*FIELD, make=VISIT, **READ),
    # the code at a place opens today's checklist for its team only
    "mobile:place": Rule(*FIELD, make=code, inside={"inspector"}, sibling={"inspector"}),
}
