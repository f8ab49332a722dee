"""A stage to play on: the clock set to the day it happened, files imported and accounts activated as a user would."""

import secrets
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from unittest.mock import patch

from django.utils import timezone

from chuangwen.base.imports import actions as imports
from chuangwen.base.models import ImportBatch, Tenant
from chuangwen.demo.files import FOLDER
from chuangwen.demo.tables import Table
from chuangwen.organisations.actions import activate, issue_slips
from chuangwen.organisations.models import Person

PASSWORD_BYTES = 6


@contextmanager
def clock(day: date, hour: int = 9, minute: int = 0) -> Iterator[None]:
    """While it lasts, now is that local moment: what the demo does on a day is recorded on that day."""
    moment = timezone.make_aware(datetime.combine(day, time(hour, minute)))
    with patch("django.utils.timezone.now", lambda: moment):
        yield


def bring_in(actor: Person, table: Table, **context: int) -> ImportBatch:
    """Import one demo file through the same door as the page: preview, then confirm. context: what else it asks."""
    data = (FOLDER / table.file_name).read_bytes()
    given = {"kind": table.kind, "data": data, "name": table.file_name, "context": context}
    batch = imports.receive(actor=actor, client_id=uuid.uuid4(), **given)
    if bad := list(batch.rows.filter(outcome="bad").values_list("number", "errors")[:3]):
        raise ValueError(f"{table.file_name}: {bad}")
    imports.confirm(actor=actor, batch=batch)
    return batch


def new_password() -> str:
    """One password for the demo's accounts of this installation: made anew each time, never in the code."""
    return f"Demo-{secrets.token_hex(PASSWORD_BYTES)}"


def activate_all(tenant: Tenant, actor: Person | None, password: str) -> int:
    """Hand every account its slip and use it: the same step each person takes. One hash serves all of them."""
    people = list(Person.objects.filter(tenant=tenant, is_active=True).order_by("id"))
    waiting = [person for person in people if not person.has_usable_password()]
    slips = issue_slips(actor=actor, people=waiting)
    first = activate(username=slips[0].person.username, code=slips[0].code, password=password)
    Person.objects.filter(pk__in=[slip.person.pk for slip in slips]).update(
        password=first.password, activation_hash="", activation_expires=None, must_change_password=False
    )
    return len(slips)


def person(username: str) -> Person:
    """A person afresh: what they may see is worked out on the day it is asked."""
    return Person.objects.select_related("tenant").get(username=username)
