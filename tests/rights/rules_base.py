"""Rights on imports, exports, files, follow-ups: everybody their own; the permission of the kind decides who begins."""

import io
from typing import Any
from uuid import uuid4

from django.utils import timezone
from PIL import Image

from chuangwen.base import files
from chuangwen.base.imports import actions
from chuangwen.base.models import Attachment, Event, ExportJob, FollowUp
from chuangwen.organisations.models import Organisation
from tests.factories.organisations import World
from tests.factories.places import make_place, make_type
from tests.factories.workbooks import workbook
from tests.rights.rules import EVERY_ROLE, Make, Rule, at

SIGHT = {"office", "contact", "leader"}


def batch(world: World, unit: Organisation) -> Any:
    """An import the office has begun."""
    sheet = workbook(("编码", "名称"), ("R90", "新社区"))
    return actions.receive(actor=world.office, kind="regions", data=sheet, name="区域.xlsx", client_id=uuid4())


def of_row(world: World, unit: Organisation) -> dict[str, Any]:
    return {"uuid": batch(world, unit).uuid, "number": 2}


def export(world: World, unit: Organisation) -> ExportJob:
    stored = files.store(b"x", tenant=world.tenant, media_type=files.XLSX)
    return ExportJob.objects.create(
        tenant=world.tenant, kind="units", title="单位", state="done", file=stored, created_by=world.office
    )


def photo(world: World, unit: Organisation) -> Attachment:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "PNG")
    place = make_place(unit, make_type(world.tenant))
    return files.attach(out.getvalue(), target=place, role="evidence", actor=world.office, name="证.png")


def follow_up(world: World, unit: Organisation) -> FollowUp:
    event = Event.objects.create(tenant=world.tenant, name="base.tried", at=timezone.now())
    return FollowUp.objects.create(event=event, function="gone", state="failed", next_at=event.at)


def kind(name: str) -> Make:
    return lambda world, unit: {"kind": name}


BATCH, EXPORT, PHOTO = at(batch, "uuid", "uuid"), at(export, "uuid", "uuid"), at(photo, "uuid", "uuid")
OFFICE = {"office"}
OWN = {"inside": OFFICE, "sibling": OFFICE}
MANAGERS = {"office", "system"}
EVERYWHERE = {"sibling": EVERY_ROLE, "outside": EVERY_ROLE, "foreign": EVERY_ROLE}  # a kind belongs to nobody
SENT = {"client_id": "5ab2e8c4-6a0f-4e0f-9d0d-0f6d7f1f3a11"}
FOLLOW_UP = at(follow_up, "pk")
RULES = {
    "base:transfers": Rule("+"),
    "base:import-new": Rule("+", make=kind("people"), only=MANAGERS, **EVERYWHERE),
    "base:import-template": Rule("+", make=kind("units"), only=OFFICE, **EVERYWHERE),
    "base:export-new": Rule("+", make=kind("units"), method="POST", data=SENT, only=SIGHT, **EVERYWHERE),
    "base:import": Rule("+", make=BATCH, **OWN),
    "base:import-errors": Rule("+", make=BATCH, **OWN),
    "base:import-mend": Rule("+", make=of_row, method="POST", **OWN),
    "base:import-drop": Rule("+", make=of_row, method="POST", **OWN),
    "base:import-confirm": Rule("+", make=BATCH, method="POST", **OWN),
    "base:import-undo": Rule("+", make=BATCH, method="POST", **OWN),
    "base:import-abandon": Rule("+", make=BATCH, method="POST", **OWN),
    "base:export": Rule("+", make=EXPORT, **OWN),
    "base:export-file": Rule("+", make=EXPORT, **OWN),
    "base:file": Rule("+", make=PHOTO, inside=SIGHT, sibling=OFFICE),
    "base:thumbnail": Rule("+", make=PHOTO, inside=SIGHT, sibling=OFFICE),
    "base:follow-ups": Rule("system"),
    "base:follow-up-again": Rule("system", make=FOLLOW_UP, method="POST", outside={"system"}),
}
