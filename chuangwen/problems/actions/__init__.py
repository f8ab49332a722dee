"""Verbs on problems: opening them, and every step of their flow."""

from chuangwen.problems.actions.opening import Finding, open_problems
from chuangwen.problems.actions.saved_views import drop_view, keep_view
from chuangwen.problems.actions.stepping import Outcome, take_step, take_steps
from chuangwen.problems.actions.typing_in import type_in
from chuangwen.problems.planning import Order

__all__ = [
    "Finding",
    "Order",
    "Outcome",
    "drop_view",
    "keep_view",
    "open_problems",
    "take_step",
    "take_steps",
    "type_in",
]
