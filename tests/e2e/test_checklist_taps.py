"""A place of thirty criteria with two findings: how many taps it takes, none of them after scrolling for a button."""

from collections import Counter

import pytest
from playwright.sync_api import Locator, Page, expect

from chuangwen.inspections.models import Answer
from tests.e2e.acts import fits, photo
from tests.e2e.inspecting import item
from tests.e2e.test_without_scripts import enter
from tests.factories.inspections import open_round
from tests.factories.organisations import county
from tests.factories.places import make_place, make_type
from tests.factories.published import publish_spec

pytestmark = pytest.mark.django_db(transaction=True)
COUNTING = """
document.addEventListener("pointerdown", () => {
  sessionStorage.setItem("taps", Number(sessionStorage.getItem("taps")) + 1);
}, true);
"""  # every finger on the glass, on whatever page
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
    page.add_init_script(COUNTING)
    page.goto("/m/")
    return page


def _criterion(code: str, section: int, number: int) -> dict:
    rule = {"kind": "per_occurrence", "each": "0.10"}
    text = f"{SECTIONS[section - 1]}要求{number}"
    return {"key": f"c{section}-{number}", "text": text, "points": "1", "place_types": [code], "rule": rule}


def tap(target: Locator) -> None:
    expect(target).to_be_in_viewport()
    target.tap()


def test_two_findings_of_thirty_with_their_photos_take_twelve_taps_at_most(page, capsys):
    tap(page.locator(".cw-places a"))
    for words in ("保洁要求2", "设施要求3"):
        found = item(page, words)
        found.scroll_into_view_if_needed()
        tap(found.locator(".fc-mark"))
        with page.expect_file_chooser() as camera:
            tap(found.get_by_text("拍照"))
        camera.value.set_files(photo(words))
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
    taps = int(page.evaluate("sessionStorage.getItem('taps')"))
    with capsys.disabled():
        print(f"\ntaps for thirty criteria with two findings and their photos: {taps}")
    assert 0 < taps <= 12
    marks = Counter(Answer.objects.values_list("mark", flat=True))
    assert marks == {Answer.Mark.QUALIFIED: 28, Answer.Mark.NOT_QUALIFIED: 2}
