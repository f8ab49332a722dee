"""The whole loop, as the people of a county walk it: from Excel files to the signed-for Word file (issue 2, 17)."""

import pytest

from tests.e2e import inspecting, publishing, rectifying, scoring, setting_up
from tests.e2e.setting_up import PEOPLE, REGIONS, TYPES, UNITS

pytestmark = pytest.mark.django_db(transaction=True)


def found(desktop):
    """An installation with its registers imported; the office's page and everybody's slips."""
    office, slips = setting_up.found_office(desktop)
    for kind, rows in (("区域", REGIONS), ("单位", UNITS), ("人员", PEOPLE), ("点位类型", TYPES)):
        setting_up.bring_in(office, kind, rows)
    setting_up.bring_in_places_with_a_slip_of_the_pen(office)
    setting_up.publish_standard(office)
    setting_up.hand_out_slips(office, slips)
    setting_up.give_area(office)
    return office, slips


def examined(phone, office, slips):
    """A round drawn, examined by two inspectors, hidden from the units meanwhile; its address."""
    contact = setting_up.enter(phone("status of 404", "status of 403"), slips, "chengguan")
    at = inspecting.make_round(office)
    inspecting.draw_places(office)
    inspecting.make_teams(office, at)
    inspecting.see_nothing_yet(contact, at)
    inspectors = [setting_up.enter(phone(), slips, account) for account in ("ducha1", "ducha2")]
    assert sum(inspecting.examine(inspector) for inspector in inspectors) == 3
    inspecting.see_nothing_yet(contact, at)
    inspecting.close_round(office, at)
    return contact, at


def rectified(phone, office, contact, slips, at):
    """Problems handed out, signed for, reported, extended, disputed, verified; the score explained and frozen."""
    problems = rectifying.hand_out_in_bulk(office)
    rectifying.copy_group_text(office, problems)
    inspecting.release_round(office, at)
    scoring.explain_a_lost_point(office, at, inspecting.LITTER, records=3)
    score = scoring.freeze(office, at)
    done, extended, disputed = rectifying.answer_as_unit(contact, problems)
    rectifying.grant_extension(office, extended)
    rectifying.reject_objection(office, disputed)
    rectifying.verify(office, done)
    leader = setting_up.enter(phone("status of 404"), slips, "baopian")
    own = rectifying.addresses(contact, "tab=all")
    rectifying.see_own_area(leader, own, sorted(set(problems) - set(own)))
    return score, len(problems)


def published(office, contact, at, *, score, problems):
    """The circular and a notice issued, their Word files checked; the notice signed for; rows of the ledger."""
    circular = publishing.draft_circular(office)
    number = publishing.issue(office, circular, 1)
    publishing.check_circular(office, circular, number, score=score, problems=problems, round_at=at)
    publishing.every_figure_has_its_records(office, circular)
    notice = publishing.send_notices(office)
    publishing.sign_notice(contact, notice)
    publishing.check_reply_slip(contact, notice)
    return publishing.export_ledger(office)


def test_the_loop_from_excel_import_to_the_checked_word_file(desktop, phone):
    office, slips = found(desktop)
    contact, at = examined(phone, office, slips)
    score, problems = rectified(phone, office, contact, slips, at)
    assert published(office, contact, at, score=score, problems=problems) == problems
