"""Reads of what base itself keeps: attachments and follow-ups."""

from typing import Any

from django.db.models import QuerySet

from chuangwen.base.models import Attachment, FollowUp

UNFINISHED = (FollowUp.State.WAITING, FollowUp.State.FAILED)


def attachments(person: Any) -> QuerySet[Attachment]:
    """Attachments of the person's tenant; whether one may be read is base.files.may_read's answer."""
    return Attachment.objects.filter(tenant_id=person.tenant_id).select_related("file")


def unfinished_follow_ups(person: Any) -> QuerySet[FollowUp]:
    """What has not been done yet, or could not be done, in the person's tenant."""
    rows = FollowUp.objects.filter(event__tenant_id=person.tenant_id, state__in=UNFINISHED)
    return rows.select_related("event")
