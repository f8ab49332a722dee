"""Rights on papers: drafts are the office's, issued notices their unit's too, the register the office's."""

from uuid import uuid4

from chuangwen.documents.models import Document
from chuangwen.organisations.models import Organisation
from tests.factories.documents import issued_notice, notice
from tests.factories.organisations import World
from tests.rights.rules import Rule, at


def draft(world: World, unit: Organisation) -> Document:
    return notice(world, unit)


def issued(world: World, unit: Organisation) -> Document:
    return issued_notice(world, unit)


READERS = ("office", "contact", "leader")
DRAFT, ISSUED = at(draft, "uuid", "uuid"), at(issued, "uuid", "uuid")
SENT = {"client_id": str(uuid4())}
RULES = {
    "documents:documents": Rule(*READERS),
    "documents:document-new": Rule("office"),
    "documents:notice-new": Rule("office", answers=(404,)),  # without a unit in the address
    "documents:numbers": Rule("office"),
    "documents:document": Rule(*READERS, make=ISSUED),
    "documents:file": Rule(*READERS, make=ISSUED),
    "documents:slip": Rule(*READERS, make=ISSUED),
    "documents:document-edit": Rule("office", make=DRAFT),
    "documents:figures-take": Rule("office", make=DRAFT, method="POST"),
    "documents:issue": Rule("office", make=DRAFT, method="POST", data=SENT),
    "documents:void": Rule("office", make=ISSUED, method="POST", data=SENT),
    "documents:sign": Rule("office", "contact", make=ISSUED, method="POST", data=SENT),
    "documents:sealed": Rule("office", make=ISSUED, method="POST"),
}
