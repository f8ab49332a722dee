"""Verbs on regions 区域."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from chuangwen.base import receipts
from chuangwen.base.errors import Refused
from chuangwen.base.events import record
from chuangwen.organisations.models import Organisation, Person, Region
from chuangwen.organisations.trees import hold_tree, move_subtree, place_in_tree, refuse_cycle


def create_region(
    *, actor: Person, client_id: UUID, name: str, parent: Region | None, code: str = "", kind: str = ""
) -> Region:
    """Set up a region; sent twice it is still one. No code given: the parent's code and the next two digits."""

    def do() -> dict[str, int]:
        hold_tree(actor.tenant_id)
        region = new_region(
            tenant_id=actor.tenant_id,
            code=code or next_region_code(actor.tenant_id, parent),
            name=name,
            kind=kind,
            parent=parent,
        )
        record("organisations.region_created", actor=actor, targets=[region])
        return {"region": region.pk}

    done = receipts.once(tenant=actor.tenant, client_id=client_id, action="organisations.create_region", do=do)
    return Region.objects.get(pk=done["region"], tenant_id=actor.tenant_id)


def new_region(*, tenant_id: int, parent: Region | None, **facts: object) -> Region:
    """The row of a new region (no event: for actions and the import)."""
    if parent and parent.archived_at:
        raise Refused(f"“{parent}”已停用，不能再设下级。请另选上级。", field="parent")
    try:
        with transaction.atomic():
            region = Region.objects.create(tenant_id=tenant_id, parent=parent, **facts)
    except IntegrityError as error:
        raise Refused(f"编码 {facts['code']} 已经有区域用了。请换一个编码，或空着自动编。", field="code") from error
    place_in_tree(region)
    return region


def next_region_code(tenant_id: int, parent: Region | None) -> str:
    stem = parent.code if parent else "Q"
    taken = set(Region.objects.filter(tenant_id=tenant_id, code__startswith=stem).values_list("code", flat=True))
    number = 1
    while f"{stem}{number:02d}" in taken:
        number += 1
    return f"{stem}{number:02d}"


@transaction.atomic
def edit_region(*, actor: Person, region: Region, name: str, kind: str, parent: Region | None) -> None:
    """Name, kind and place in the tree; what lies below moves along."""
    hold_tree(actor.tenant_id)
    region.refresh_from_db()
    if region.archived_at:
        raise Refused(f"“{region}”已停用，不能再改。要改请先恢复。")
    if (parent.pk if parent else None) != region.parent_id:
        refuse_cycle(region, parent)
        move_subtree(region, parent)
    Region.objects.filter(pk=region.pk).update(name=name, kind=kind)
    record("organisations.region_edited", actor=actor, targets=[region])


@transaction.atomic
def archive_region(*, actor: Person, region: Region) -> None:
    """Stop using a region; refused while open regions or units stand in it."""
    if region.archived_at:
        raise Refused(f"“{region}”已经停用了。")
    children = Region.objects.filter(parent=region, archived_at__isnull=True).count()
    units = Organisation.objects.filter(region=region, archived_at__isnull=True).count()
    left = [f"{number} 个{word}" for number, word in ((children, "下级区域"), (units, "单位")) if number]
    if left:
        raise Refused(f"“{region}”还有 {'、'.join(left)}，不能停用。请先移走这些。")
    region.archived_at = timezone.now()
    region.save(update_fields=["archived_at"])
    record("organisations.region_archived", actor=actor, targets=[region])


@transaction.atomic
def restore_region(*, actor: Person, region: Region) -> None:
    if not region.archived_at:
        raise Refused(f"“{region}”没有停用，不用恢复。")
    region.archived_at = None
    region.save(update_fields=["archived_at"])
    record("organisations.region_restored", actor=actor, targets=[region])
