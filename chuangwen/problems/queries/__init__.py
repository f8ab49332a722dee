"""Reading problems: who sees which, the clock, the ledger, one problem with its steps, things to do."""

from chuangwen.problems.queries.clock import Clock, Due, clock_for, is_late
from chuangwen.problems.queries.filters import OPEN, Filter, filter_of, words_of
from chuangwen.problems.queries.ledger import (
    BULK,
    Ledger,
    Row,
    after,
    bulk_verbs,
    choices,
    ledger,
    listed,
    picked,
    rows_of,
    to_send,
    to_sign,
    views_of,
)
from chuangwen.problems.queries.one import EXTENDS, Case, Line, case, find, neighbours, next_case
from chuangwen.problems.queries.todo import late_units, next_for_unit, todo_for_leader, todo_for_office, todo_for_unit
from chuangwen.problems.queries.visible import Acting, acting_as, house_of, may_read_step, open_at, visible_to

__all__ = [
    "BULK",
    "EXTENDS",
    "OPEN",
    "Acting",
    "Case",
    "Clock",
    "Due",
    "Filter",
    "Ledger",
    "Line",
    "Row",
    "acting_as",
    "after",
    "bulk_verbs",
    "case",
    "choices",
    "clock_for",
    "filter_of",
    "find",
    "house_of",
    "is_late",
    "late_units",
    "ledger",
    "listed",
    "may_read_step",
    "neighbours",
    "next_case",
    "next_for_unit",
    "open_at",
    "picked",
    "rows_of",
    "to_send",
    "to_sign",
    "todo_for_leader",
    "todo_for_office",
    "todo_for_unit",
    "views_of",
    "visible_to",
    "words_of",
]
