"""Nodes in a tree: where a new one stands, moving one with what is below it, dated states (no verbs: no events)."""

from datetime import date

from django.db.models import Max, QuerySet, Value
from django.db.models.functions import Concat, Length, Substr

from chuangwen.base.errors import Refused
from chuangwen.base.models import Tenant
from chuangwen.organisations.models import SEGMENT, Organisation, OrganisationState, TreeNode

MAX_DEPTH = 30


def place_in_tree(node: TreeNode) -> None:
    """Set the path of a saved node from its parent (its subtree is the caller's business)."""
    parent = node.parent  # type: ignore[attr-defined]
    node.path = (parent.path if parent else "") + f"{node.pk:0{SEGMENT}d}"
    node.save(update_fields=["path"])


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
