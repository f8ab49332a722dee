"""Recording what happened, and running what follows from it.

`record` writes one event with its target rows and runs the `now` follow-ups inside the caller's transaction. Each
`later` follow-up becomes one row per (event, function); a job runs it after the commit, and again with growing pauses
until it is done. A try counts from its start: one that takes its worker down with it is tried again after a pause, too.
After MAX_ATTEMPTS it is marked failed and shown to the system administrator, who can start it again.
What follows from what is written in chuangwen.jobs (settings.FOLLOW_UPS), never here.
"""

import logging
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_q.tasks import async_task

from chuangwen.base.models import Event, EventTarget, FollowUp, Tenant

MAX_ATTEMPTS = 8
FIRST_PAUSE = timedelta(seconds=30)
LONGEST = timedelta(minutes=20)  # beyond the job worker's own limit: whoever holds a follow-up so long is gone
LOST = "没有做完就断了：做它的进程停了或超时了。"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class FollowUps:
    """What follows from one event name: functions taking the event."""

    now: tuple[Callable[[Event], object], ...] = ()
    later: tuple[Callable[[Event], object], ...] = field(default=())


def kind_of(target: models.Model | type[models.Model]) -> str:
    return target._meta.label_lower


def record(
    name: str,
    *,
    actor: Any,
    targets: Iterable[models.Model],
    tenant: Tenant | None = None,
    on_behalf_of: models.Model | None = None,
    data: dict[str, Any] | None = None,
) -> Event:
    """Write one event `app.verb_done` with a target row for each object touched; must run inside a transaction.

    actor: the person, or None for the system. data: small, JSON, no personal data.
    """
    tenant_id = tenant.pk if tenant else actor.tenant_id
    event = Event.objects.create(
        tenant_id=tenant_id,
        name=name,
        at=timezone.now(),
        actor=actor,
        membership_id=getattr(actor, "acting_membership_id", None),
        on_behalf_of_id=on_behalf_of.pk if on_behalf_of else None,
        data=data or {},
    )
    rows = {(kind_of(target), target.pk) for target in targets}
    EventTarget.objects.bulk_create(
        [EventTarget(event=event, kind=kind, object_id=pk) for kind, pk in sorted(rows)], batch_size=500
    )
    _follow(event)
    return event


def _follow(event: Event) -> None:
    follow_ups = _registry().get(event.name)
    if follow_ups is None:
        return
    for function in follow_ups.now:
        function(event)
    rows = [FollowUp(event=event, function=function.__name__, next_at=event.at) for function in follow_ups.later]
    for row in FollowUp.objects.bulk_create(rows):
        transaction.on_commit(lambda pk=row.pk: async_task("chuangwen.base.events.run_follow_up", pk), robust=True)


def _registry() -> dict[str, FollowUps]:
    return import_string(settings.FOLLOW_UPS)


def run_follow_up(pk: int) -> bool:
    """Run one follow-up if it waits and is due; True when it is done. Own transaction; an error is kept and retried.

    A function with the attribute `own_transaction` runs outside one: it reads for minutes and must not hold the lock.
    """
    row = FollowUp.objects.select_related("event").get(pk=pk)
    if row.state != FollowUp.State.WAITING or not _taken(row):
        return row.state == FollowUp.State.DONE
    try:
        function = _function(row)
        with nullcontext() if getattr(function, "own_transaction", False) else transaction.atomic():
            function(row.event)
            FollowUp.objects.filter(pk=pk).update(state=FollowUp.State.DONE, done_at=timezone.now(), last_error="")
    except Exception as error:  # whatever it was, it is kept, shown and tried again
        log.exception("follow-up %s of event %s failed", row.function, row.event_id)
        _put_off(row, error)
        return False
    return True


def _taken(row: FollowUp) -> bool:
    """Count this try and keep others off until it must be over; False when another worker has it, or it is not due."""
    now = timezone.now()
    free = FollowUp.objects.filter(pk=row.pk, state=FollowUp.State.WAITING, attempts=row.attempts, next_at__lte=now)
    if row.attempts >= MAX_ATTEMPTS:  # the last try never came back
        free.update(state=FollowUp.State.FAILED, last_error=row.last_error or LOST)
        return False
    row.attempts += 1
    pause = LONGEST if _is_long(row) else FIRST_PAUSE * 2**row.attempts
    return bool(free.update(attempts=row.attempts, next_at=now + pause))


def _is_long(row: FollowUp) -> bool:
    known = {function.__name__: function for function in _registry().get(row.event.name, FollowUps()).later}
    return getattr(known.get(row.function), "own_transaction", False)


def _function(row: FollowUp) -> Callable[[Event], object]:
    for function in _registry()[row.event.name].later:
        if function.__name__ == row.function:
            return function
    raise LookupError(f"{row.function} is no longer a follow-up of {row.event.name}")


def _put_off(row: FollowUp, error: Exception) -> None:
    FollowUp.objects.filter(pk=row.pk).update(
        state=FollowUp.State.FAILED if row.attempts >= MAX_ATTEMPTS else FollowUp.State.WAITING,
        next_at=timezone.now() + FIRST_PAUSE * 2**row.attempts,
        last_error=f"{type(error).__name__}: {error}"[:2000],
    )


def run_due(now: datetime | None = None) -> int:
    """Run every follow-up that is due (the sweeper, once a minute); returns how many were run."""
    now = now or timezone.now()
    due = FollowUp.objects.filter(state=FollowUp.State.WAITING, next_at__lte=now)
    keys = list(due.order_by("next_at").values_list("pk", flat=True)[:200])
    for pk in keys:
        run_follow_up(pk)
    return len(keys)


def history(target: models.Model) -> models.QuerySet[Event]:
    """The events that touched an object, newest first."""
    return (
        Event.objects.filter(targets__kind=kind_of(target), targets__object_id=target.pk)
        .select_related("actor")
        .order_by("-id")
    )
