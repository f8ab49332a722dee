"""Verbs of the system administrator."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from chuangwen.base.events import record
from chuangwen.base.models import FollowUp


@transaction.atomic
def try_follow_up_again(*, actor: Any, follow_up: FollowUp) -> None:
    """Put a follow-up back in the queue at once, with a fresh count of tries; one already done stays done."""
    waiting = FollowUp.objects.filter(pk=follow_up.pk).exclude(state=FollowUp.State.DONE)
    if waiting.update(state=FollowUp.State.WAITING, attempts=0, next_at=timezone.now()):
        record("base.follow_up_tried_again", actor=actor, targets=[follow_up], data={"function": follow_up.function})
        transaction.on_commit(lambda: async_task("chuangwen.base.events.run_follow_up", follow_up.pk))
