"""A draft edited by hand: indicators and criteria added, changed, deleted. Keys never change; each change is a step."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from chuangwen.base import receipts
from chuangwen.base.errors import Refused
from chuangwen.base.events import record
from chuangwen.organisations.models import Person
from chuangwen.places.models import PlaceType
from chuangwen.standards.actions.moving import depth_of, place_after
from chuangwen.standards.actions.steps import keep
from chuangwen.standards.drafts import Images, Row, digest, images, lock_draft, words_of
from chuangwen.standards.models import Criterion, Indicator, StandardVersion
from chuangwen.standards.rules import canonical, role_of
from chuangwen.standards.spec import DEEPEST


def add_indicator(
    *,
    actor: Person,
    client_id: UUID,
    version: StandardVersion,
    parent: Indicator | None,
    fields: dict[str, Any],
    after: Indicator | None = None,
) -> int:
    """Enter an indicator at the end of its siblings, or right after one; returns its key. Sent again: the same."""

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
        before, now = place_after(row, after)
        _keep("standards.indicator_added", "新增", actor, row, before, now)
        return {"row": row.pk}

    return receipts.once(tenant=actor.tenant, client_id=client_id, action="standards.add_indicator", do=do)["row"]


def add_criterion(
    *,
    actor: Person,
    client_id: UUID,
    indicator: Indicator,
    fields: dict[str, Any],
    after: Criterion | None = None,
) -> int:
    """Enter a criterion at the end of its indicator, or right after one; fields as of the model, place_types a list.

    Returns its key.
    """

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
        before, now = place_after(row, after)
        _keep("standards.criterion_added", "新增", actor, row, before, now)
        return {"row": row.pk}

    return receipts.once(tenant=actor.tenant, client_id=client_id, action="standards.add_criterion", do=do)["row"]


@transaction.atomic
def change_indicator(*, actor: Person, indicator: Indicator, fields: dict[str, Any], seen: str = "") -> None:
    """Write the fields that differ; nothing differs: nothing happens. `seen`: the digest the form was opened with."""
    lock_draft(indicator.version)
    before = _unchanged(indicator, seen)
    if changed := _assign(indicator, fields):
        indicator.save(update_fields=changed)
        _keep("standards.indicator_changed", "改动", actor, indicator, before, images([indicator]), fields=changed)


@transaction.atomic
def change_criterion(*, actor: Person, criterion: Criterion, fields: dict[str, Any], seen: str = "") -> None:
    """The same for a criterion, place types among its fields."""
    lock_draft(criterion.version)
    before = _unchanged(criterion, seen)
    plain, types = _apart(fields)
    changed = _assign(criterion, plain)
    if changed:
        criterion.save(update_fields=changed)
    if "place_types" in fields and set(criterion.place_types.all()) != set(types):
        criterion.place_types.set(types)
        changed.append("place_types")
    if changed:
        _keep("standards.criterion_changed", "改动", actor, criterion, before, images([criterion]), fields=changed)


@transaction.atomic
def delete_row(*, actor: Person, row: Row) -> None:
    """Take an indicator with all below it, or a criterion, out of the draft. Done again it stays gone."""
    lock_draft(row.version)
    if not type(row).objects.filter(pk=row.pk).exists():
        return
    before = images(_with_below(row))
    _keep(f"standards.{row._meta.model_name}_deleted", "删掉", actor, row, before, {})
    row.delete()


def _unchanged(row: Row, seen: str) -> Images:
    """The row's image before the change; refused when somebody changed it since the form was opened."""
    fresh = type(row).objects.filter(pk=row.pk).first()
    if fresh is None:
        raise Refused("这一行已经在别处删掉了。填的还在，可以复制出来。")
    if seen and digest(fresh) != seen:
        raise Refused(
            f"这一行刚在别处改过，现在是{words_of(fresh)}，{fresh.points or '没有'}分。填的还在，要用它就再改一次。"
        )
    for field in row._meta.concrete_fields:
        setattr(row, field.attname, getattr(fresh, field.attname))
    return images([row])


def _with_below(row: Row) -> list[Row]:
    """A row and, for an indicator, everything under it."""
    found, level = [row], [row.pk] if isinstance(row, Indicator) else []
    while level:
        below = list(Indicator.objects.filter(parent_id__in=level))
        found += [*below, *Criterion.objects.filter(indicator_id__in=level)]
        level = [one.pk for one in below]
    return found


def _last(rows: Any) -> int:
    return rows.aggregate(last=Max("position"))["last"] or 0


def _apart(fields: dict[str, Any]) -> tuple[dict[str, Any], list[PlaceType]]:
    plain = dict(fields)
    types = list(plain.pop("place_types", ()))
    if "rules" in plain:
        plain["rules"] = [canonical(rule) for rule in plain["rules"]]
        plain["role"] = role_of(plain["rules"], plain.get("role", ""))
    return plain, types


def _assign(row: Row, fields: dict[str, Any]) -> list[str]:
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, fields[name])
    return changed


def _keep(event: str, verb: str, actor: Person, row: Row, before: Images, after: Images, **data: Any) -> None:
    keep(version=row.version, actor=actor, words=f"{verb}{words_of(row)}", before=before, after=after)
    record(event, actor=actor, targets=[row.version, row], data={"key": row.key, **data})
