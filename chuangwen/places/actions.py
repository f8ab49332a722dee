"""Verbs on places and place types; places are archived 停用, never deleted."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from chuangwen.base import receipts
from chuangwen.base.errors import Refused
from chuangwen.base.events import record
from chuangwen.organisations.models import Person
from chuangwen.places.models import Place, PlaceType

TYPE_TAKEN = "这个编码或名称已有别的点位类型在用。请换一个。"


def add_place(*, actor: Person, client_id: UUID, fields: dict[str, Any]) -> int:
    """Enter a place; returns its key. The same form sent again gives the same place."""

    def do() -> dict[str, Any]:
        place = Place(tenant=actor.tenant, **fields)
        _save(place, f"编码 {place.code} 已有别的点位在用。请换一个。")
        record("places.place_added", actor=actor, targets=[place])
        return {"place": place.pk}

    return receipts.once(tenant=actor.tenant, client_id=client_id, action="places.add_place", do=do)["place"]


@transaction.atomic
def change_place(*, actor: Person, place: Place, fields: dict[str, Any]) -> None:
    """Write the fields that differ; nothing differs: nothing happens."""
    changed = _assign(place, fields)
    if changed:
        _save(place, f"编码 {place.code} 已有别的点位在用。请换一个。")
        record("places.place_changed", actor=actor, targets=[place], data={"fields": changed})


@transaction.atomic
def archive_place(*, actor: Person, place: Place) -> None:
    """Take a place out of use; it stays where it is referred to. Done again it stays archived since the first time."""
    if Place.objects.filter(pk=place.pk, archived_at__isnull=True).update(archived_at=timezone.now()):
        record("places.place_archived", actor=actor, targets=[place])


@transaction.atomic
def reopen_place(*, actor: Person, place: Place) -> None:
    """Put an archived place back into use."""
    if Place.objects.filter(pk=place.pk, archived_at__isnull=False).update(archived_at=None):
        record("places.place_reopened", actor=actor, targets=[place])


def add_type(*, actor: Person, client_id: UUID, fields: dict[str, Any]) -> int:
    """Enter a place type; returns its key. The same form sent again gives the same type."""

    def do() -> dict[str, Any]:
        kind = PlaceType(tenant=actor.tenant, **fields)
        _save(kind, TYPE_TAKEN)
        record("places.type_added", actor=actor, targets=[kind])
        return {"type": kind.pk}

    return receipts.once(tenant=actor.tenant, client_id=client_id, action="places.add_type", do=do)["type"]


@transaction.atomic
def change_type(*, actor: Person, type: PlaceType, fields: dict[str, Any]) -> None:
    changed = _assign(type, fields)
    if changed:
        _save(type, TYPE_TAKEN)
        record("places.type_changed", actor=actor, targets=[type], data={"fields": changed})


@transaction.atomic
def archive_type(*, actor: Person, type: PlaceType) -> None:
    """Take a type out of use; refused while standing places have it."""
    standing = type.places.filter(archived_at__isnull=True).count()
    if standing:
        raise Refused(f"还有 {standing} 处点位是“{type.name}”，不能停用。请先给它们换类型，或先停用它们。")
    if PlaceType.objects.filter(pk=type.pk, archived_at__isnull=True).update(archived_at=timezone.now()):
        record("places.type_archived", actor=actor, targets=[type])


def _assign(row: Place | PlaceType, fields: dict[str, Any]) -> list[str]:
    """Set what differs; returns the names of the fields set."""
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, fields[name])
    return changed


def _save(row: Place | PlaceType, taken: str) -> None:
    """Save in a savepoint, so that a code taken meanwhile is a word to the person and not an error."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Refused(taken, field="code") from error
