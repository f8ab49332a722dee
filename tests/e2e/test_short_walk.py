"""The short walk, for PostgreSQL as well: places from Excel, one problem from typing it in to closing it."""

import pytest

from tests.e2e import rectifying, setting_up
from tests.e2e.setting_up import PEOPLE, PLACES, REGIONS, TYPES, UNITS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.short_walk]


def test_places_imported_and_one_problem_from_typing_in_to_closing(desktop, phone):
    office, slips = setting_up.found_office(desktop)
    registers = (("区域", REGIONS), ("单位", UNITS), ("人员", PEOPLE), ("点位类型", TYPES), ("点位", PLACES))
    for kind, rows in registers:
        setting_up.bring_in(office, kind, rows)
    setting_up.hand_out_slips(office, slips)
    problem = rectifying.type_in(office)
    contact = setting_up.enter(phone(), slips, "chengguan")
    rectifying.sign_and_report(contact, problem)
    rectifying.verify(office, problem)
    assert rectifying.ledger_counts(office)["已销号"] == 1
