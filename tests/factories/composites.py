"""Composites made by the actions the pages use."""

from datetime import date
from typing import Any
from uuid import uuid4

from chuangwen.organisations.models import Organisation
from chuangwen.scores.composites import actions
from chuangwen.scores.composites.actions import Entered
from chuangwen.scores.composites.shaping import Shape
from chuangwen.scores.models import Composite
from tests.factories.organisations import World

GIVEN_ON = date(2026, 1, 20)
SHAPE = ("key", "label", "parent_key", "weight", "points", "gate")


def shaped_like(spec: dict[str, Any], parent: str = "") -> list[Shape]:
    """The parts of a composite in plain data (docs/formats/composite.md) as they would be typed."""
    found = []
    for row in spec["parts"]:
        own = {name: str(row[name]) for name in SHAPE if row.get(name) is not None}
        own |= {"label": str(row.get("label", row["key"])), "parent_key": parent}
        found += [Shape(**own), *(shaped_like(row, row["key"]) if row.get("parts") else [])]
    return found


def make_composite(world: World, title: str = "2024—2026 年综合考评", **given: Any) -> Composite:
    """A draft of the county's office with the parts of a pattern."""
    fields = {"first_year": 2024, "last_year": 2026, "kind": Composite.Kind.UNIT, "shaped": "cycle", **given}
    return actions.make_composite(
        actor=world.office, client_id=uuid4(), jurisdiction=world.jurisdiction, title=title, **fields
    )


def shape(world: World, composite: Composite, shapes: list[Shape], **settings: Any) -> Composite:
    now = Composite.objects.get(pk=composite.pk)
    fields = {name: getattr(now, name) for name in actions.SETTINGS} | settings
    return actions.shape_composite(
        actor=world.office, composite=now, revision=now.revision, settings=fields, shapes=shapes
    )


def enter(world: World, composite: Composite, unit: Organisation | int, **scores: str) -> None:
    """Scores of one subject, by column."""
    pk = unit if isinstance(unit, int) else unit.pk
    rows = [Entered(column, pk, got) for column, got in scores.items()]
    actions.enter_scores(actor=world.office, composite=composite, scores=rows, source="省测评通报", given_on=GIVEN_ON)


def publish(world: World, composite: Composite) -> Composite:
    return actions.publish_composite(actor=world.office, composite=composite)
