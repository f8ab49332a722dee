"""The whole loop, as the people of a county walk it: from Excel files to the signed-for Word file (issue 2, 17)."""

import pytest

from tests.e2e import setting_up
from tests.e2e.setting_up import PEOPLE, REGIONS, TYPES, UNITS, Slips

pytestmark = pytest.mark.django_db(transaction=True)


def found(desktop):
    """An installation with its registers imported; the office's page and everybody's slips."""
    slips = Slips()
    first = setting_up.found_installation()
    slips.all[first.account] = first
    admin = setting_up.enter(desktop(), slips, "admin")
    setting_up.make_office_account(admin, slips)
    office = setting_up.enter(desktop(), slips, "chuangjian")
    setting_up.say_how_papers_are_numbered(office)
    for kind, rows in (("区域", REGIONS), ("单位", UNITS), ("人员", PEOPLE), ("点位类型", TYPES)):
        setting_up.bring_in(office, kind, rows)
    setting_up.bring_in_places_with_a_slip_of_the_pen(office)
    setting_up.hand_out_slips(office, slips)
    setting_up.give_area(office)
    return office, slips


def test_the_loop_from_excel_import_to_the_checked_word_file(desktop, phone):
    office, slips = found(desktop)
