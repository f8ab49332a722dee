"""Rights on scores: the office of the round sees the whole; units and leaders their own part once it is released."""

import uuid

from chuangwen.inspections.models import Answer, Round
from chuangwen.organisations.models import Organisation
from chuangwen.organisations.queries import jurisdiction_of
from chuangwen.scores.actions import ask_forecast, freeze_run
from chuangwen.scores.models import Forecast, Run
from tests.factories.organisations import World
from tests.factories.places import make_place, make_type
from tests.factories.published import make_round, publish_spec, small_spec
from tests.factories.scoring import answer, make_visit, tell
from tests.rights.rules import Rule, at


def scored_round(world: World, unit: Organisation) -> Round:
    """A released round with one examined place of the unit."""
    kind = make_type(unit.tenant)
    round = make_round(publish_spec(jurisdiction_of(unit), small_spec(kind.code)), state=Round.State.RELEASED)
    visit = make_visit(round, make_place(unit, kind))
    answer(visit, "signs", Answer.Mark.QUALIFIED)
    tell(visit)
    return round


def frozen(world: World, unit: Organisation) -> Run:
    return freeze_run(actor=world.office, round=scored_round(world, unit), client_id=uuid.uuid4())


def forecast(world: World, unit: Organisation) -> Forecast:
    round = scored_round(world, unit)
    plan = {visit.place_type.code: (1, 1) for visit in round.visits.all()}
    return ask_forecast(actor=world.office, round=round, plan=plan, line=None, client_id=uuid.uuid4())


ROUND = at(scored_round, "uuid", "uuid")
RULES = {
    "scores:scores": Rule("office", "contact", "leader"),
    "scores:round": Rule("office", "contact", "leader", make=ROUND),
    "scores:first": Rule("office", "contact", "leader", make=ROUND),
    "scores:forecast-new": Rule("office", make=ROUND),
    "scores:forecast": Rule("office", make=at(forecast, "uuid", "uuid")),
    "scores:freeze": Rule("office", make=ROUND, method="POST"),
    "scores:run": Rule("office", make=at(frozen, "uuid", "uuid")),
}
