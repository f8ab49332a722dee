"""Units and regions as nodes of a tree: set up, moved with what is below, closed; dated states (no events)."""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet, Value
from django.db.models.functions import Concat, Length, Substr
from django.utils import timezone

from chuangwen.base.errors import Refused
from chuangwen.base.models import Tenant
from chuangwen.organisations.models import SEGMENT, Organisation, OrganisationState, TreeNode

MAX_DEPTH = 30


def place_in_tree(node: TreeNode) -> None:
    """Set the path of a saved node from its parent (its subtree is the caller's business)."""
    parent = node.parent  # type: ignore[attr-defined]
    node.path = (parent.path if parent else "") + f"{node.pk:0{SEGMENT}d}"
    node.save(update_fields=["path"])


def new_node(model: type[TreeNode], *, tenant_id: int, parent: TreeNode | None, **facts: object) -> TreeNode:
    """The row of a new unit or region, in its place."""
    if parent and parent.archived_at:
        raise Refused(f"“{parent}”已{model.closed}，不能再设下级。请另选上级。", field="parent")
    try:
        with transaction.atomic():
            node = model._default_manager.create(tenant_id=tenant_id, parent=parent, **facts)
    except IntegrityError as error:
        raise Refused(
            f"编码 {facts['code']} 已经有{model.what}用了。请换一个编码，或空着自动编。", field="code"
        ) from error
    place_in_tree(node)
    return node


def next_code(model: type[TreeNode], tenant_id: int, parent: TreeNode | None, *, top: str = "") -> str:
    """The parent's code (without a parent, `top`) and the first two-digit number nobody has there."""
    stem = parent.code if parent else top
    rows = model._default_manager.filter(tenant_id=tenant_id, code__startswith=stem)
    taken = set(rows.values_list("code", flat=True))
    number = 1
    while f"{stem}{number:02d}" in taken:
        number += 1
    return f"{stem}{number:02d}"


def refuse_closed(node: TreeNode) -> None:
    if node.archived_at:
        raise Refused(f"“{node}”已{node.closed}，不能再改。要改请先恢复。")


def close(node: TreeNode, left: Sequence[str]) -> None:
    """No longer used from now on; refused while anything is left there, which the message names."""
    if node.archived_at:
        raise Refused(f"“{node}”已经{node.closed}了。")
    if left:
        raise Refused(f"“{node}”还有 {'、'.join(left)}，不能{node.closed}。请先移走或结束这些，再来{node.closed}。")
    node.archived_at = timezone.now()
    node.save(update_fields=["archived_at"])


def reopen(node: TreeNode) -> None:
    """Undo closing; its parent must be open."""
    if not node.archived_at:
        raise Refused(f"“{node}”没有{node.closed}，不用恢复。")
    if node.parent and node.parent.archived_at:
        raise Refused(f"上级“{node.parent}”已{node.closed}。请先恢复上级。")
    node.archived_at = None
    node.save(update_fields=["archived_at"])


def hold_tree(tenant_id: int) -> None:
    """One change of the tree at a time in a tenant, so that two moves cannot make a cycle between them."""
    Tenant.objects.select_for_update().get(pk=tenant_id)


def subtree(node: TreeNode) -> QuerySet:
    """The node and everything below it."""
    return type(node)._default_manager.filter(  # type: ignore[attr-defined]
        tenant_id=node.tenant_id,  # type: ignore[attr-defined]
        path__gte=node.path,
        path__lt=node.path_end,
    )


def refuse_cycle(node: TreeNode, parent: TreeNode | None) -> None:
    """Refused when the new place lies in the node's own subtree, or the tree would grow too deep."""
    if parent and parent.path.startswith(node.path):
        below = "它自己" if parent.pk == node.pk else "它的下级"
        raise Refused(f"“{parent}”是{below}，不能移到那里。请另选上级。", field="parent")
    height = subtree(node).aggregate(longest=Max(Length("path")))["longest"] // SEGMENT - node.depth
    if (parent.depth if parent else 0) + 1 + height > MAX_DEPTH:
        raise Refused(f"移过去以后超过 {MAX_DEPTH} 层。请移到高一些的地方。", field="parent")


def move_subtree(node: TreeNode, parent: TreeNode | None) -> None:
    """Put the node under `parent`; all paths below it move in one statement."""
    old = node.path
    new = (parent.path if parent else "") + f"{node.pk:0{SEGMENT}d}"
    subtree(node).update(path=Concat(Value(new), Substr("path", len(old) + 1)))
    node.parent, node.path = parent, new  # type: ignore[attr-defined]
    node.save(update_fields=["parent"])


def restate(units: list[Organisation], day: date) -> None:
    """Close each unit's open state at `day` and open one with what it is now; a state of that very day is corrected."""
    ids = [unit.pk for unit in units]
    same_day = set(
        OrganisationState.objects.filter(organisation_id__in=ids, valid_to=None, valid_from=day).values_list(
            "organisation_id", flat=True
        )
    )
    OrganisationState.objects.filter(organisation_id__in=same_day, valid_from=day).delete()
    OrganisationState.objects.filter(organisation_id__in=ids, valid_to=None).update(valid_to=day)
    OrganisationState.objects.bulk_create(
        [
            OrganisationState(
                organisation=unit, valid_from=day, name=unit.name, parent_id=unit.parent_id, path=unit.path
            )
            for unit in units
        ],
        batch_size=500,
    )
