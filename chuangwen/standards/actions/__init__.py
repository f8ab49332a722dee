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
)
from chuangwen.standards.actions.lines import add_line, change_line
from chuangwen.standards.actions.moving import move_row, shift_row
from chuangwen.standards.actions.proposing import decide_alike, take_proposal
from chuangwen.standards.actions.publishing import publish
from chuangwen.standards.actions.replacing import replace_tree
from chuangwen.standards.actions.steps import undo_step
from chuangwen.standards.actions.tabling import map_columns

__all__ = [
    "add_criterion",
    "add_indicator",
    "add_line",
    "change_criterion",
    "change_indicator",
    "change_line",
    "change_settings",
    "create_standard",
    "decide_alike",
    "delete_row",
    "discard_draft",
    "map_columns",
    "move_row",
    "new_draft_from",
    "publish",
    "replace_tree",
    "shift_row",
    "take_proposal",
    "undo_step",
]
