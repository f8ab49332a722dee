"""Verbs on units, people and memberships."""

from django.db import transaction

from chuangwen.base.events import record
from chuangwen.organisations.models import SEGMENT, Person, TreeNode


def place_in_tree(node: TreeNode) -> None:
    """Set the path of a saved node from its parent (its subtree is the caller's business)."""
    parent = node.parent  # type: ignore[attr-defined]
    node.path = (parent.path if parent else "") + f"{node.pk:0{SEGMENT}d}"
    node.save(update_fields=["path"])


@transaction.atomic
def change_own_password(*, actor: Person, password: str) -> None:
    actor.set_password(password)
    actor.must_change_password = False
    actor.save(update_fields=["password", "must_change_password"])
    record("organisations.password_changed", actor=actor, targets=[actor])
