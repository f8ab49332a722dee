"""Verbs on rounds, teams, draws, visits and answers. The demo and other apps call these."""

from chuangwen.inspections.actions.correcting import correct_answer, decide_absent
from chuangwen.inspections.actions.drawing import draw
from chuangwen.inspections.actions.entering import (
    Result,
    enter_results,
    fill_results,
    list_units,
    take_back_results,
    unlist_unit,
)
from chuangwen.inspections.actions.places import add_places, replace_place
from chuangwen.inspections.actions.rounds import (
    close_round,
    create_round,
    edit_round,
    move_end,
    open_round,
    release_round,
)
from chuangwen.inspections.actions.ruling import uphold_objection
from chuangwen.inspections.actions.submitting import submit_visit
from chuangwen.inspections.actions.teams import add_team, assign, edit_team, reassign_visit, remove_team
from chuangwen.inspections.marks import Marked, Photo

__all__ = [
    "Marked",
    "Photo",
    "Result",
    "add_places",
    "add_team",
    "assign",
    "close_round",
    "correct_answer",
    "create_round",
    "decide_absent",
    "draw",
    "edit_round",
    "edit_team",
    "enter_results",
    "fill_results",
    "list_units",
    "move_end",
    "open_round",
    "reassign_visit",
    "release_round",
    "remove_team",
    "replace_place",
    "submit_visit",
    "take_back_results",
    "unlist_unit",
    "uphold_objection",
]
