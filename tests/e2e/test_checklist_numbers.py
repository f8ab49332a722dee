"""What is handed in is told by its numbers before it is locked, and each item shows how it stands."""

import pytest
from playwright.sync_api import Page, expect

from chuangwen.inspections.models import Visit
from tests.e2e.acts import fits, photo, press, said
from tests.e2e.inspecting import confirm_the_rest, item
from tests.e2e.test_without_scripts import enter
from tests.factories.inspections import answer_of, field, open_round

pytestmark = pytest.mark.django_db(transaction=True)
LITTER, SIGNS = "无烟头、纸屑", "标识完好"


@pytest.fixture
def page(phone) -> Page:
    ground, page = field(), phone()
    visit = open_round(ground.world, ground.version, ground.places[:1]).visits.get()
    enter(page, ground.world.inspector)
    page.goto(f"/m/visits/{visit.uuid}/")
    return page


def stands(page: Page, words: str, state: str) -> None:
    """The item says how it stands, in the words the bar counts by."""
    expect(item(page, words).locator(".fc-mark")).to_have_text(state, use_inner_text=True)


def told(page: Page) -> str:
    return said(page.locator("#sum dl"))


def test_unmarked_confirmed_and_wrong_items_are_told_apart(page):
    stands(page, SIGNS, "没有标")
    expect(page.locator("#tally")).to_contain_text("没有标 7 项")
    item(page, LITTER).locator(".fc-mark").tap()
    stands(page, LITTER, "不合格")
    expect(page.locator("#tally")).to_contain_text("没有标 6 项")
    confirm_the_rest(page)
    stands(page, SIGNS, "合格")
    expect(page.locator("#tally")).to_contain_text("合格 3 项，未查 3 项")
    item(page, SIGNS).get_by_text("说明、缺项、未查").tap()
    item(page, SIGNS).locator(".fc-two").get_by_text("未查", exact=True).tap()
    stands(page, SIGNS, "未查")


def test_the_numbers_stand_before_the_button_and_are_what_is_handed_in(page):
    litter = item(page, LITTER)
    litter.locator(".fc-mark").tap()
    litter.get_by_label("加 1 处").tap()
    litter.locator("input[type=file]").set_input_files(photo("现场"))
    item(page, "噪声").get_by_label("实测值").fill("55.5")
    expect(item(page, "噪声").locator(".fc-meaning")).to_have_text("按规则合格。")
    assert told(page) == "不合格 1 项，共 2 处 合格 1 项 未查 0 项 没有标 5 项，还不能交 填了数 1 项 照片 1 张"
    confirm_the_rest(page)
    assert told(page) == "不合格 1 项，共 2 处 合格 4 项 未查 2 项 填了数 1 项 照片 1 张"
    expect(page.locator("#sum")).to_be_in_viewport()
    fits(page)
    press(page, "交这个点位")
    page.wait_for_url("**/receipt/")
    assert said(page.locator(".fc-facts")) == "不合格 1 项 合格 4 项 未查 2 项 照片 1 张"


def test_numbers_that_moved_since_they_were_read_are_shown_once_more(page):
    confirm_the_rest(page)
    item(page, LITTER).locator(".fc-mark").tap()
    press(page, "交这个点位")
    expect(page.locator("#said")).to_have_text("看一遍要交的数，再按一次就交。")
    expect(page.locator("#sum")).to_be_in_viewport()
    assert Visit.objects.get().state == Visit.State.ASSIGNED
    press(page, "交这个点位")
    page.wait_for_url("**/receipt/")


def test_a_count_that_was_emptied_leads_back_to_its_field(page):
    litter = item(page, LITTER)
    litter.locator(".fc-mark").tap()
    litter.get_by_label("发现多少处").fill("")
    confirm_the_rest(page)
    press(page, "交这个点位")
    expect(page.locator("#said")).to_have_text("数量没有填。填上，或标“未查”。")
    expect(litter.get_by_label("发现多少处")).to_be_focused()
    litter.get_by_label("发现多少处").fill("2")
    press(page, "交这个点位")
    press(page, "交这个点位")
    page.wait_for_url("**/receipt/")
    assert answer_of(Visit.objects.get(), "litter").count == 2
