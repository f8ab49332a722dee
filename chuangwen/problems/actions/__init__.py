"""Verbs on problems: opening them, and every step of their flow."""

from chuangwen.problems.actions.importing import Entry, import_problems, steps_made
from chuangwen.problems.actions.opening import Finding, open_problems
from chuangwen.problems.actions.planning import Order
from chuangwen.problems.actions.saved_views import drop_view, keep_view
from chuangwen.problems.actions.stepping import Outcome, preview_steps, take_step, take_steps
from chuangwen.problems.actions.typing_in import type_in

__all__ = [
    "Entry",
    "Finding",
    "Order",
    "Outcome",
    "drop_view",
    "import_problems",
    "keep_view",
    "open_problems",
    "preview_steps",
    "steps_made",
    "take_step",
    "take_steps",
    "type_in",
]
