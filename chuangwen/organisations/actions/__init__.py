"""Verbs on units, regions, people, accounts and areas. Other apps and the demo call these."""

from chuangwen.organisations.actions.accounts import (
    Slip,
    activate,
    change_own_password,
    deactivate_person,
    issue_slips,
    reactivate_person,
    reset_password,
    sign_in,
    sign_out,
)
from chuangwen.organisations.actions.areas import create_area, edit_area
from chuangwen.organisations.actions.first_run import edit_jurisdiction, first_run, set_up
from chuangwen.organisations.actions.people import add_membership, create_person, edit_person, end_membership
from chuangwen.organisations.actions.regions import archive_region, create_region, edit_region, restore_region
from chuangwen.organisations.actions.units import (
    archive_unit,
    create_unit,
    edit_unit,
    move_unit,
    rename_unit,
    restore_unit,
)

__all__ = [
    "Slip",
    "activate",
    "add_membership",
    "archive_region",
    "archive_unit",
    "change_own_password",
    "create_area",
    "create_person",
    "create_region",
    "create_unit",
    "deactivate_person",
    "edit_area",
    "edit_jurisdiction",
    "edit_person",
    "edit_region",
    "edit_unit",
    "end_membership",
    "first_run",
    "issue_slips",
    "move_unit",
    "reactivate_person",
    "rename_unit",
    "reset_password",
    "restore_region",
    "restore_unit",
    "set_up",
    "sign_in",
    "sign_out",
]
