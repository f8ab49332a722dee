"""Verbs on assessment systems: a draft is made, edited, published; what is published never changes."""

from chuangwen.standards.actions.drafting import (
    change_settings,
    create_standard,
    discard_draft,
    new_draft_from,
)
from chuangwen.standards.actions.editing import (
    add_criterion,
    add_indicator,
    change_criterion,
    change_indicator,
    delete_row,
    move_row,
)
from chuangwen.standards.actions.publishing import publish
from chuangwen.standards.actions.replacing import replace_tree

__all__ = [
    "add_criterion",
    "add_indicator",
    "change_criterion",
    "change_indicator",
    "change_settings",
    "create_standard",
    "delete_row",
    "discard_draft",
    "move_row",
    "new_draft_from",
    "publish",
    "replace_tree",
]
