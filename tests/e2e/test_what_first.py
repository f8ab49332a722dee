"""Issue 3, 8: ticking a problem moves the total at once; without scripts the button does it."""

import pytest
from playwright.sync_api import expect

from tests.factories import documents

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_tick_moves_the_total_and_a_second_one_takes_it_back(desktop, sign_in) -> None:
    made = documents.finished()
    page = desktop()
    sign_in(page, made.world.office)
    page.goto(f"/scores/{made.round.uuid}/first/")
    box = page.get_by_role("checkbox", name=f"改好 {made.problems[2].number}")
    box.check()
    moved = page.locator("#moved")
    expect(moved).to_contain_text("勾选的 1\u00a0件一起改，能多得0.50")
    expect(moved.get_by_role("row", name="物业所")).to_contain_text("30.00")
    box.uncheck()
    expect(moved).to_contain_text("勾选要改的，这里就算出")


def test_without_scripts_a_button_does_the_same(plain_phone, sign_in) -> None:
    made = documents.finished()
    page = plain_phone()
    sign_in(page, made.world.station_contact)
    page.goto(f"/scores/{made.round.uuid}/first/")
    page.get_by_role("checkbox", name=f"改好 {made.problems[1].number}").check()
    page.get_by_role("button", name="试算勾选的").click()
    expect(page.locator("#moved")).to_contain_text("勾选的 1\u00a0件一起改，能多得0.50")
