"""A draft edited by hand: indicators and criteria added, changed, moved, deleted. Keys never change."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from chuangwen.base import receipts
from chuangwen.base.errors import Refused
from chuangwen.base.events import record
from chuangwen.organisations.models import Person
from chuangwen.places.models import PlaceType
from chuangwen.standards.drafts import lock_draft
from chuangwen.standards.models import Criterion, Indicator, StandardVersion
from chuangwen.standards.rules import canonical
from chuangwen.standards.spec import DEEPEST

Row = Indicator | Criterion


def add_indicator(
    *, actor: Person, client_id: UUID, version: StandardVersion, parent: Indicator | None, fields: dict[str, Any]
) -> int:
    """Enter an indicator at the end of its siblings; returns its key. Sent again: the same."""

    def do() -> dict[str, Any]:
        lock_draft(version)
        if parent and depth_of(parent) >= DEEPEST:
            raise Refused(f"指标最多 {DEEPEST} 级。请把测评标准直接添在这一级。")
        row = Indicator.objects.create(
            version=version,
            parent=parent,
            key=f"i{client_id.hex[:12]}",
            position=_last(version.indicators) + 1,
            **fields,
        )
        record("standards.indicator_added", actor=actor, targets=[version, row], data={"key": row.key})
        return {"row": row.pk}

    return receipts.once(tenant=actor.tenant, client_id=client_id, action="standards.add_indicator", do=do)["row"]


def add_criterion(*, actor: Person, client_id: UUID, indicator: Indicator, fields: dict[str, Any]) -> int:
    """Enter a criterion at the end of its indicator; fields as of the model, place_types a list. Returns its key."""

    def do() -> dict[str, Any]:
        version = indicator.version
        lock_draft(version)
        plain, types = _apart(fields)
        row = Criterion.objects.create(
            version=version,
            indicator=indicator,
            key=f"c{client_id.hex[:12]}",
            position=_last(version.criteria) + 1,
            **plain,
        )
        row.place_types.set(types)
        record("standards.criterion_added", actor=actor, targets=[version, row], data={"key": row.key})
        return {"row": row.pk}

    return receipts.once(tenant=actor.tenant, client_id=client_id, action="standards.add_criterion", do=do)["row"]


@transaction.atomic
def change_indicator(*, actor: Person, indicator: Indicator, fields: dict[str, Any]) -> None:
    """Write the fields that differ; nothing differs: nothing happens."""
    lock_draft(indicator.version)
    if changed := _assign(indicator, fields):
        indicator.save(update_fields=changed)
        _tell("standards.indicator_changed", actor, indicator, fields=changed)


@transaction.atomic
def change_criterion(*, actor: Person, criterion: Criterion, fields: dict[str, Any]) -> None:
    """Write the fields that differ, place types among them; nothing differs: nothing happens."""
    lock_draft(criterion.version)
    plain, types = _apart(fields)
    changed = _assign(criterion, plain)
    if changed:
        criterion.save(update_fields=changed)
    if "place_types" in fields and set(criterion.place_types.all()) != set(types):
        criterion.place_types.set(types)
        changed.append("place_types")
    if changed:
        _tell("standards.criterion_changed", actor, criterion, fields=changed)


@transaction.atomic
def delete_row(*, actor: Person, row: Row) -> None:
    """Take an indicator with all below it, or a criterion, out of the draft. Done again it stays gone."""
    lock_draft(row.version)
    if not type(row).objects.filter(pk=row.pk).exists():
        return
    _tell(f"standards.{row._meta.model_name}_deleted", actor, row)
    row.delete()


@transaction.atomic
def move_row(*, actor: Person, row: Row, step: int) -> None:
    """Change places with the sibling before (−1) or after (+1); at the end of its row nothing happens."""
    lock_draft(row.version)
    siblings = list(_siblings(row))
    at = next(number for number, one in enumerate(siblings) if one.pk == row.pk)
    if not 0 <= at + step < len(siblings):
        return
    siblings[at], siblings[at + step] = siblings[at + step], siblings[at]
    places = sorted(one.position for one in siblings)
    for one, position in zip(siblings, places, strict=True):
        one.position = position
    type(row).objects.bulk_update(siblings, ["position"])
    _tell(f"standards.{row._meta.model_name}_moved", actor, row)


def depth_of(indicator: Indicator) -> int:
    """How many levels down an indicator stands, from 1."""
    depth, above = 1, indicator.parent
    while above is not None:
        depth, above = depth + 1, above.parent
    return depth


def _siblings(row: Row) -> Iterable[Row]:
    same = {"parent_id": row.parent_id} if isinstance(row, Indicator) else {"indicator_id": row.indicator_id}
    return type(row).objects.filter(version_id=row.version_id, **same).order_by("position", "id")


def _last(rows: Any) -> int:
    return rows.aggregate(last=Max("position"))["last"] or 0


def _apart(fields: dict[str, Any]) -> tuple[dict[str, Any], list[PlaceType]]:
    plain = dict(fields)
    types = list(plain.pop("place_types", ()))
    if "rules" in plain:
        plain["rules"] = [canonical(rule) for rule in plain["rules"]]
    return plain, types


def _assign(row: Row, fields: dict[str, Any]) -> list[str]:
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, fields[name])
    return changed


def _tell(name: str, actor: Person, row: Row, **data: Any) -> None:
    record(name, actor=actor, targets=[row.version, row], data={"key": row.key, **data})
