"""Verbs on units 单位: a name and a place in the tree are dated states, everything else is a plain fact."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from chuangwen.base import receipts
from chuangwen.base.errors import Refused
from chuangwen.base.events import record
from chuangwen.organisations import holdings
from chuangwen.organisations.models import Organisation, OrganisationState, Person, Region
from chuangwen.organisations.trees import (
    close,
    hold_tree,
    move_subtree,
    new_node,
    next_code,
    refuse_closed,
    refuse_cycle,
    reopen,
    restate,
    subtree,
)


def create_unit(
    *,
    actor: Person,
    client_id: UUID,
    name: str,
    parent: Organisation | None,
    code: str = "",
    short_name: str = "",
    kind: str = "",
    region: Region | None = None,
    day: date | None = None,
) -> Organisation:
    """Set up a unit; sent twice it is still one. No code given: the parent's code and the next two digits."""

    def do() -> dict[str, int]:
        hold_tree(actor.tenant_id)
        unit = new_unit(
            tenant_id=actor.tenant_id,
            code=code or next_code(Organisation, actor.tenant_id, parent),
            name=name,
            short_name=short_name,
            kind=kind,
            parent=parent,
            region=region,
            day=day or timezone.localdate(),
        )
        record("organisations.unit_created", actor=actor, targets=[unit])
        return {"unit": unit.pk}

    done = receipts.once(tenant=actor.tenant, client_id=client_id, action="organisations.create_unit", do=do)
    return Organisation.objects.get(pk=done["unit"], tenant_id=actor.tenant_id)


def new_unit(*, tenant_id: int, day: date, parent: Organisation | None, **facts: object) -> Organisation:
    """The rows of a new unit with its first dated state (no event)."""
    unit = new_node(Organisation, tenant_id=tenant_id, parent=parent, **facts)
    OrganisationState.objects.create(organisation=unit, valid_from=day, name=unit.name, parent=parent, path=unit.path)
    return unit


@transaction.atomic
def edit_unit(*, actor: Person, unit: Organisation, short_name: str, kind: str, region: Region | None) -> None:
    """Facts that have no date: short name, kind, region."""
    unit.short_name, unit.kind, unit.region = short_name, kind, region
    unit.save(update_fields=["short_name", "kind", "region"])
    record("organisations.unit_edited", actor=actor, targets=[unit])


@transaction.atomic
def rename_unit(*, actor: Person, unit: Organisation, name: str, day: date) -> None:
    """A new name from a day on; the former one stays in the history 曾用名."""
    hold_tree(actor.tenant_id)
    unit.refresh_from_db()
    refuse_closed(unit)
    if name == unit.name:
        raise Refused("名称没有变。", field="name")
    refuse_day([unit], day)
    unit.name = name
    unit.save(update_fields=["name"])
    restate([unit], day)
    record("organisations.unit_renamed", actor=actor, targets=[unit], data={"from": day.isoformat()})


@transaction.atomic
def move_unit(*, actor: Person, unit: Organisation, parent: Organisation | None, day: date) -> None:
    """Under another unit from a day on, with everything below it; every unit moved gets a dated state."""
    hold_tree(actor.tenant_id)
    unit.refresh_from_db()
    refuse_closed(unit)
    if parent and parent.archived_at:
        raise Refused(f"“{parent}”已撤销，不能移到那里。请另选上级。", field="parent")
    if (parent.pk if parent else None) == unit.parent_id:
        raise Refused("上级没有变。", field="parent")
    refuse_cycle(unit, parent)
    refuse_day(list(subtree(unit)), day)
    move_subtree(unit, parent)
    unit.refresh_from_db()
    restate(list(subtree(unit)), day)
    record("organisations.unit_moved", actor=actor, targets=[unit, *([parent] if parent else [])])


def refuse_day(units: list[Organisation], day: date) -> None:
    """A change is dated today or earlier, and not before the present state of any unit it touches."""
    if day > timezone.localdate():
        raise Refused("日期在今天以后。请到那一天再改，或填今天。", field="day")
    rows = OrganisationState.objects.filter(
        organisation_id__in=[unit.pk for unit in units], valid_to=None, valid_from__gt=day
    )
    if latest := rows.order_by("-valid_from").first():
        said = f"{latest.valid_from.year}年{latest.valid_from.month}月{latest.valid_from.day}日"
        raise Refused(f"“{latest.name}”现在的名称和上级从 {said}算起，日期不能早于这一天。", field="day")


@transaction.atomic
def archive_unit(*, actor: Person, unit: Organisation) -> None:
    """Close a unit 撤销; refused while anything open is left at it, which the message names."""
    hold_tree(actor.tenant_id)
    unit.refresh_from_db()
    close(unit, holdings.what_is_left(unit))
    record("organisations.unit_archived", actor=actor, targets=[unit])


@transaction.atomic
def restore_unit(*, actor: Person, unit: Organisation) -> None:
    """Undo closing; its parent must be open."""
    reopen(unit)
    record("organisations.unit_restored", actor=actor, targets=[unit])
