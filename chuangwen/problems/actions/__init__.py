"""Verbs on problems: opening them, and every step of their flow."""

from chuangwen.problems.actions.opening import Finding, open_problems

__all__ = ["Finding", "open_problems"]
