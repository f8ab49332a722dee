"""C1: a draft's tree is made and changed with the keyboard alone; every step can be taken back."""

import re

import pytest
from playwright.sync_api import Page, expect

from chuangwen.standards.models import StandardVersion
from chuangwen.standards.spec import spec_of
from tests.factories.organisations import county
from tests.factories.standards import add_criterion, add_indicator, draft_standard

pytestmark = pytest.mark.django_db(transaction=True)


def shape(version: StandardVersion) -> list:
    def below(node) -> list:
        return [node["name"], *map(below, node.get("children", ())), *[one["text"] for one in node.get("criteria", ())]]

    return [below(node) for node in spec_of(version)["nodes"]]


@pytest.fixture
def draft(desktop, sign_in) -> tuple[Page, StandardVersion]:
    """A draft with 环境 (无烟头, 无纸屑) and 服务, open on the desk, standing at its first criterion."""
    world, page = county(), desktop("ERR_INTERNET_DISCONNECTED", "htmx:")
    version = draft_standard(world.jurisdiction)
    indicator = add_indicator(version, "环境")
    for text in ("无烟头", "无纸屑"):
        add_criterion(indicator, text=text)
    add_indicator(version, "服务")
    sign_in(page, world.office)
    page.goto(f"/standards/{version.uuid}/")
    page.locator("#tree li", has_text="无烟头").focus()
    return page, version


def press(page: Page, *keys: str) -> None:
    """Keys that change something: each is answered by a new tree before the next."""
    for key in keys:
        with page.expect_response("**/tree/**"):
            page.keyboard.press(key)
        expect(page.locator("#tree li:focus, #line :focus")).to_have_count(1)


def typed(page: Page, *texts: str) -> None:
    """The row's form: its words, then Tab to its number and its points; Enter writes it."""
    expect(page.locator("#line_text")).to_be_focused()
    for number, text in enumerate(texts):
        if number:
            page.keyboard.press("Tab")
        page.keyboard.type(text)
    with page.expect_response("**/tree/line/"):
        page.keyboard.press("Enter")
    expect(page.locator("#tree li:focus")).to_have_count(1)


def test_keys_pressed_while_a_change_is_under_way_wait_for_it(draft):
    page, version = draft
    for key in ("Alt+ArrowDown", "Home", "Alt+ArrowDown", "End", "Alt+ArrowUp"):
        page.keyboard.press(key)
    expect(page.locator("#tree li")).to_have_text([re.compile(name) for name in ("服务", "环境", "无烟头", "无纸屑")])
    expect(page.locator("#tree li:focus")).to_contain_text("无烟头")
    assert shape(version) == [["服务"], ["环境", "无烟头", "无纸屑"]]


def test_rows_are_added_moved_renamed_and_taken_back(draft):
    page, version = draft
    press(page, "Enter")
    typed(page, "无痰迹", "Ⅱ-3", "2")
    expect(page.locator("#tree li:focus")).to_contain_text("Ⅱ-3 无痰迹")
    press(page, "Alt+ArrowUp")
    assert shape(version) == [["环境", "无痰迹", "无烟头", "无纸屑"], ["服务"]]
    page.keyboard.press("End")
    press(page, "Control+Enter")
    typed(page, "用语文明")
    page.keyboard.press("ArrowLeft")
    press(page, "F2")
    typed(page, "窗口服务")
    press(page, "Alt+ArrowRight")
    assert shape(version) == [["环境", ["窗口服务", "用语文明"], "无痰迹", "无烟头", "无纸屑"]]
    for _ in range(5):
        press(page, "Control+z")
    assert shape(version) == [["环境", "无烟头", "无纸屑"], ["服务"]]


def test_a_digit_changes_points_and_escape_changes_nothing(draft):
    page, version = draft
    press(page, "5")
    expect(page.locator("#line_points")).to_have_value("5")
    page.keyboard.press("Enter")
    expect(page.locator("#tree li:focus b")).to_have_text("5")
    press(page, "F2")
    page.keyboard.type("不要的")
    page.keyboard.press("Escape")
    expect(page.locator("#tree li:focus")).to_contain_text("无烟头")
    assert list(version.criteria.values_list("text", "points")) == [("无烟头", "5"), ("无纸屑", "1.00")]


def test_faults_follow_the_tree_and_lead_to_their_row(draft):
    page, version = draft
    expect(page.locator("#findings .is-bad summary")).to_contain_text("还有 1 处要改")
    press(page, "Delete")
    page.keyboard.press("End")
    press(page, "Control+Enter")
    typed(page, "新的")
    expect(page.locator("#findings .is-bad summary")).to_contain_text("还有 1 处要改")
    page.locator("#findings summary").click()
    link = page.locator("#findings a", has_text="新的").first
    assert link.get_attribute("href") == f"?c={version.criteria.get(text='新的').pk}"


def test_branches_are_folded_and_stay_folded(draft):
    page, _ = draft
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    rows = page.locator("#tree li:visible")
    expect(rows).to_have_text(["环境2", "服务0"])
    expect(page).to_have_url(re.compile(r"\?i=\d+$"))
    page.reload()
    expect(rows).to_have_text(["环境2", "服务0"])


def test_a_row_that_could_not_be_sent_says_so_and_stays(draft):
    page, version = draft
    press(page, "F2")
    page.keyboard.type("写了很久")
    page.context.set_offline(True)
    page.keyboard.press("Enter")
    expect(page.locator("#tree .is-bad")).to_contain_text("这一步没有记下")
    expect(page.locator("#line_text")).to_have_value("写了很久")
    assert version.criteria.filter(text="写了很久").count() == 0
