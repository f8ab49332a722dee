"""Rights on scores: the office of the round sees the whole; units and leaders their own part once it is released."""

import uuid
from datetime import date

from django.utils import timezone

from chuangwen.inspections.models import Answer, Round
from chuangwen.organisations.models import Organisation
from chuangwen.organisations.queries import jurisdiction_of, members_of_office
from chuangwen.scores.actions import ask_forecast, freeze_run
from chuangwen.scores.composites.actions import publish_composite
from chuangwen.scores.models import Composite, CompositePart, CompositeScore, Forecast, Run
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


def draft(world: World, unit: Organisation) -> Composite:
    """A composite of the unit's own office, with a score of the unit."""
    made = Composite.objects.create(
        uuid=uuid.uuid4(), tenant=unit.tenant, jurisdiction=jurisdiction_of(unit), title=f"{unit.name}考评",
        first_year=2026, last_year=2026, made_by=world.office,
    )  # fmt: skip
    CompositePart.objects.create(composite=made, key="p1", position=0, label="2026 年")
    CompositeScore.objects.create(
        composite=made, column="p1", subject_id=unit.pk, got="90", source="省测评通报", given_on=date(2026, 1, 20),
        entered_by=world.office, entered_at=timezone.now(),
    )  # fmt: skip
    return made


def published(world: World, unit: Organisation) -> Composite:
    made, office = draft(world, unit), members_of_office(jurisdiction_of(unit))[0].person
    return publish_composite(actor=office, composite=made)


DRAFT = at(draft, "uuid", "uuid")
ROUND = at(scored_round, "uuid", "uuid")
RULES = {
    "scores:scores": Rule("office", "contact", "leader"),
    "scores:round": Rule("office", "contact", "leader", make=ROUND),
    "scores:first": Rule("office", "contact", "leader", make=ROUND),
    "scores:forecast-new": Rule("office", make=ROUND),
    "scores:forecast": Rule("office", make=at(forecast, "uuid", "uuid")),
    "scores:freeze": Rule("office", make=ROUND, method="POST"),
    "scores:composites": Rule("office", "contact", "leader"),
    "scores:composite-new": Rule("office"),
    "scores:composite": Rule("office", "contact", "leader", make=at(published, "uuid", "uuid")),
    "scores:composite-parts": Rule("office", make=DRAFT),
    "scores:composite-entered": Rule("office", make=DRAFT),
    "scores:composite-sheet": Rule("office", make=DRAFT),
    "scores:composite-publish": Rule("office", make=DRAFT, method="POST"),
    "scores:composite-discard": Rule("office", make=DRAFT, method="POST"),
    "scores:run": Rule("office", make=at(frozen, "uuid", "uuid")),
}
