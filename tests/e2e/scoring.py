"""The score page: a lost point opens its records and photos; freezing keeps the result."""

import re

from playwright.sync_api import Page, expect

from chuangwen.base.events import run_due
from tests.e2e.acts import heading, press_surely, said


def explain_a_lost_point(office: Page, round_at: str, text: str, records: int) -> None:
    """From the round to the score, from a lost point to the records behind it, with their photos."""
    run_due()
    office.goto(round_at)
    office.get_by_role("link", name="看计分", exact=True).click()
    row = office.locator("table.cw-tree tr", has_text=text)
    lost = said(row.get_by_role("link").last)
    row.get_by_role("link").last.click()
    why = office.locator("section.cw-sec", has=office.get_by_text("失分的记录"))
    assert why.locator("tbody tr").count() == records
    assert why.locator("tbody img").count() == records
    for image in why.locator("tbody img").all():
        image.scroll_into_view_if_needed()
        office.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=image.element_handle())
    expect(why.locator("tfoot")).to_contain_text(re.compile(f"合计，与失分相符\\s*{re.escape(lost)}"))


def freeze(office: Page, round_at: str) -> str:
    """Freeze the round's score; returns it as printed."""
    office.goto(round_at)
    office.get_by_role("link", name="看计分", exact=True).click()
    live = said(office.locator("table.cw-tree tfoot td").nth(1))
    press_surely(office, "定分")
    heading(office, "第 1 次定分")
    heading(office, live)
    return live
