"""A place of thirty criteria with two findings: how many taps it takes, none of them after scrolling for a button."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.acts import fits, photo
from tests.e2e.inspecting import item
from tests.e2e.test_without_scripts import enter
from tests.factories.inspections import open_round
from tests.factories.organisations import county
from tests.factories.places import make_place, make_type
from tests.factories.published import publish_spec

pytestmark = pytest.mark.django_db(transaction=True)
SECTIONS, EACH = ("保洁", "秩序", "设施", "宣传"), (8, 8, 7, 7)


@pytest.fixture
def page(phone) -> Page:
    world, page = county(), phone()
    kind = make_type(world.tenant)
    nodes = [
        {"key": f"n{n}", "name": name, "criteria": [_criterion(kind.code, n, m) for m in range(1, size + 1)]}
        for n, (name, size) in enumerate(zip(SECTIONS, EACH, strict=True), start=1)
    ]
    spec = {"key": "thirty", "title": "三十项", "place_types": {kind.code: kind.code}, "nodes": nodes}
    open_round(world, publish_spec(world.jurisdiction, spec), [make_place(world.station, kind)])
    enter(page, world.inspector)
    page.goto("/m/")
    return page


def _criterion(code: str, section: int, number: int) -> dict:
    rule = {"kind": "per_occurrence", "each": "0.10"}
    text = f"{SECTIONS[section - 1]}要求{number}"
    return {"key": f"c{section}-{number}", "text": text, "points": "1", "place_types": [code], "rule": rule}


def test_two_findings_of_thirty_take_nine_taps(page):
    taps = 0

    def tap(target: Locator) -> None:
        nonlocal taps
        expect(target).to_be_in_viewport()
        target.tap()
        taps += 1

    tap(page.locator(".cw-places a"))
    for words in ("保洁要求2", "设施要求3"):
        found = item(page, words)
        found.scroll_into_view_if_needed()
        tap(found.locator(".fc-mark"))
        found.locator("input[type=file]").set_input_files(photo(words))
    expect(page.locator("#kept")).to_have_text("已存本机")
    expect(page.locator("#kept")).to_be_in_viewport()
    fits(page)
    hand_in = page.get_by_role("button", name="交这个点位")
    tap(hand_in)
    for number in range(1, 5):
        tap(page.locator(f".fc-rest[data-part='{number}']").get_by_text("其余合格"))
    expect(page.locator("#said")).to_be_hidden()
    tap(hand_in)
    page.wait_for_url("**/receipt/")
    assert taps == 9
