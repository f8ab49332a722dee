"""Verbs on regions 区域."""

from uuid import UUID

from django.db import transaction

from chuangwen.base import receipts
from chuangwen.base.events import record
from chuangwen.organisations.models import Organisation, Person, Region
from chuangwen.organisations.trees import (
    close,
    hold_tree,
    move_subtree,
    new_node,
    next_code,
    refuse_closed,
    refuse_cycle,
    reopen,
)


def create_region(
    *, actor: Person, client_id: UUID, name: str, parent: Region | None, code: str = "", kind: str = ""
) -> Region:
    """Set up a region; sent twice it is still one. No code given: the parent's code and the next two digits."""

    def do() -> dict[str, int]:
        hold_tree(actor.tenant_id)
        region = new_node(
            Region,
            tenant_id=actor.tenant_id,
            code=code or next_code(Region, actor.tenant_id, parent, top="Q"),
            name=name,
            kind=kind,
            parent=parent,
        )
        record("organisations.region_created", actor=actor, targets=[region])
        return {"region": region.pk}

    done = receipts.once(tenant=actor.tenant, client_id=client_id, action="organisations.create_region", do=do)
    return Region.objects.get(pk=done["region"], tenant_id=actor.tenant_id)


@transaction.atomic
def edit_region(*, actor: Person, region: Region, name: str, kind: str, parent: Region | None) -> None:
    """Name, kind and place in the tree; what lies below moves along."""
    hold_tree(actor.tenant_id)
    region.refresh_from_db()
    refuse_closed(region)
    if (parent.pk if parent else None) != region.parent_id:
        refuse_cycle(region, parent)
        move_subtree(region, parent)
    Region.objects.filter(pk=region.pk).update(name=name, kind=kind)
    record("organisations.region_edited", actor=actor, targets=[region])


@transaction.atomic
def archive_region(*, actor: Person, region: Region) -> None:
    """Stop using a region 停用; refused while open regions or units stand in it."""
    hold_tree(actor.tenant_id)
    region.refresh_from_db()
    children = Region.objects.filter(parent=region, archived_at__isnull=True).count()
    units = Organisation.objects.filter(region=region, archived_at__isnull=True).count()
    close(region, [f"{number} 个{word}" for number, word in ((children, "下级区域"), (units, "单位")) if number])
    record("organisations.region_archived", actor=actor, targets=[region])


@transaction.atomic
def restore_region(*, actor: Person, region: Region) -> None:
    """Undo closing; its parent must be open."""
    reopen(region)
    record("organisations.region_restored", actor=actor, targets=[region])
