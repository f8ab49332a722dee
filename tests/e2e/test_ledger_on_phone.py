"""The ledger on a phone begins with problems: the filter is folded, the search stays."""

import pytest
from playwright.sync_api import expect

from tests.e2e.acts import fits, press
from tests.factories.organisations import county
from tests.factories.problems import handed_out

pytestmark = pytest.mark.django_db(transaction=True)
FIRST_SCREEN_HALF = 422


def test_problems_stand_in_the_first_half_of_the_screen_and_are_signed_for_together(phone, sign_in):
    world, page = county(), phone()
    for _ in range(3):
        handed_out(world)
    sign_in(page, world.contact)
    page.goto("/problems/")
    fits(page)
    rows = page.locator(".pl-rows tbody tr")
    box = rows.first.bounding_box()
    assert box["y"] + box["height"] < FIRST_SCREEN_HALF
    only = page.get_by_label("只看")
    expect(only).to_be_hidden()
    page.get_by_text("筛选", exact=True).tap()
    expect(only).to_be_visible()
    fits(page)
    only.select_option(label="退回过")
    expect(page.get_by_text("筛选 1", exact=True)).to_be_visible()
    page.goto("/problems/")
    page.get_by_role("link", name="签收 3 件").tap()
    fits(page)
    press(page, "签收 3 件")
    expect(page.locator(".cw-note")).to_have_text("已签收 3 件。")
    expect(rows).to_have_count(3)
