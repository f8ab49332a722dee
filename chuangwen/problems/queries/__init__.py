"""Reading problems: who sees which, the clock, the ledger, one problem with its steps, things to do."""

from chuangwen.problems.queries.clock import Clock, Due, clock_for, is_late
from chuangwen.problems.queries.visible import Acting, acting_as, may_read_step, visible_to

__all__ = ["Acting", "Clock", "Due", "acting_as", "clock_for", "is_late", "may_read_step", "visible_to"]
