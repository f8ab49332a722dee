"""Reads of rounds and visits. The draw and everything found stay hidden from the units until a round is released."""

from chuangwen.inspections.queries.conflicts import Conflict, conflicts_of, first_conflict
from chuangwen.inspections.queries.frames import (
    OF_EACH,
    Quota,
    choose,
    drawn_of,
    error_of,
    fewest_of,
    least_of,
    places_of_frame,
    repeats,
    sizes_by_type,
    sizes_for_precision,
    sizes_of_frame,
    usable_versions,
)
from chuangwen.inspections.queries.lists import listed_answers, listed_rounds, listed_visits, types_of_round
from chuangwen.inspections.queries.naming import Named, named
from chuangwen.inspections.queries.pages import RoundPage, lines_of, replacement_of, round_page
from chuangwen.inspections.queries.rounds import (
    governed_answers,
    governed_rounds,
    governed_visits,
    governs,
    may_read_answer,
    of_teams,
    visible_answers,
    visible_rounds,
    visible_visits,
)
from chuangwen.inspections.queries.sheets import by_answer, compiled, item_of, may_answer, sheet_of, with_items
from chuangwen.inspections.queries.todo import own_visits, todo_for_inspector, todo_for_office
from chuangwen.standards.checklists import Item, Section

__all__ = [
    "OF_EACH",
    "Conflict",
    "Item",
    "Named",
    "Quota",
    "RoundPage",
    "Section",
    "by_answer",
    "choose",
    "compiled",
    "conflicts_of",
    "drawn_of",
    "error_of",
    "fewest_of",
    "first_conflict",
    "governed_answers",
    "governed_rounds",
    "governed_visits",
    "governs",
    "item_of",
    "least_of",
    "lines_of",
    "listed_answers",
    "listed_rounds",
    "listed_visits",
    "may_answer",
    "may_read_answer",
    "named",
    "of_teams",
    "own_visits",
    "places_of_frame",
    "repeats",
    "replacement_of",
    "round_page",
    "sheet_of",
    "sizes_by_type",
    "sizes_for_precision",
    "sizes_of_frame",
    "todo_for_inspector",
    "todo_for_office",
    "types_of_round",
    "usable_versions",
    "visible_answers",
    "visible_rounds",
    "visible_visits",
    "with_items",
]
