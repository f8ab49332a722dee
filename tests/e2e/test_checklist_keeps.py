"""What was entered on the phone stays there until the receipt, photos too; what cannot be sent is said before."""

import pytest
from playwright.sync_api import Page, expect

from chuangwen.base.files import attachments_of
from chuangwen.inspections.models import Visit
from tests.e2e.acts import photo, press
from tests.e2e.inspecting import confirm_the_rest, item
from tests.e2e.test_without_scripts import enter
from tests.factories.inspections import answer_of, field, open_round

pytestmark = pytest.mark.django_db(transaction=True)
LITTER, SIGNS = "无烟头、纸屑", "标识完好"
REFUSED = "status of 422"


@pytest.fixture
def page(phone) -> Page:
    ground, page = field(), phone(REFUSED)
    visit = open_round(ground.world, ground.version, ground.places[:1]).visits.get()
    enter(page, ground.world.inspector)
    page.goto(f"/m/visits/{visit.uuid}/")
    return page


def photographed(page: Page):
    """Litter found and photographed; the head says it is kept."""
    litter = item(page, LITTER)
    litter.locator(".fc-mark").tap()
    litter.locator("input[type=file]").set_input_files(photo("现场"))
    expect(page.locator("#kept")).to_have_text("已存本机")
    return litter


def sent(page: Page) -> int:
    """Handed in; how many photos arrived with the litter."""
    confirm_the_rest(page)
    read_and_hand_in(page)
    page.wait_for_url("**/receipt/")
    answer = answer_of(Visit.objects.get(), "litter")
    return len(attachments_of([answer])[answer.pk])


def read_and_hand_in(page: Page) -> None:
    """The numbers moved since they were read: where they are not on the screen they are shown, then handed in."""
    press(page, "交这个点位")
    shown = page.get_by_text("看一遍要交的数，再按一次就交。")
    expect(shown.or_(page.get_by_text("测下一处"))).to_be_visible()
    if shown.is_visible():
        press(page, "交这个点位")


def kept_photos(page: Page) -> int:
    return page.evaluate("uuid => cwPhotos.read(uuid).then(found => found.length)", str(Visit.objects.get().uuid))


def test_a_chosen_photo_survives_the_page_being_opened_again(page):
    photographed(page)
    page.reload()
    expect(item(page, LITTER).get_by_role("img", name="照片 1")).to_be_visible()
    expect(page.locator("#kept")).to_have_text("已存本机")
    assert sent(page) == 1
    assert kept_photos(page) == 0


def test_a_chosen_photo_survives_a_refusal(page):
    photographed(page)
    signs = item(page, SIGNS)
    signs.get_by_text("说明、缺项、未查").tap()
    signs.locator(".fc-two").get_by_text("缺项", exact=True).tap()
    confirm_the_rest(page)
    press(page, "交这个点位")
    expect(signs.locator(".bad")).to_have_text("标了缺项，写一下为什么没有这一项。")
    expect(item(page, LITTER).get_by_role("img", name="照片 1")).to_be_visible()
    expect(page.locator("#wrong")).not_to_contain_text("重新选")
    signs.get_by_label("缺项的理由").fill("没有标识牌")
    assert sent(page) == 1


def test_what_the_browser_cannot_keep_is_not_said_to_be_kept(page):
    page.evaluate("() => { cwPhotos.write = () => Promise.reject(new Error('full')); }")
    item(page, LITTER).locator(".fc-mark").tap()
    item(page, LITTER).locator("input[type=file]").set_input_files(photo("现场"))
    expect(page.locator("#kept")).to_have_text("照片没存下")
    expect(page.locator("#said")).to_have_text("有照片本机存不下。交之前不要关掉这一页。")


def test_more_qualified_than_examined_is_said_at_the_field_before_anything_is_sent(page):
    lamps = item(page, "路灯完好")
    lamps.get_by_label("合格数").fill("5")
    lamps.get_by_label("共查数").fill("4")
    expect(lamps.locator(".fc-meaning")).to_have_text("合格数 5 比共查数 4 还多。核对这两个数。")
    confirm_the_rest(page)
    press(page, "交这个点位")
    expect(page.locator("#said")).to_have_text("合格数 5 比共查数 4 还多。核对这两个数。")
    expect(lamps.get_by_label("合格数")).to_be_focused()
    lamps.get_by_label("共查数").fill("")
    press(page, "交这个点位")
    expect(page.locator("#said")).to_have_text("共查数没有填。")
    lamps.get_by_label("共查数").fill("5")
    read_and_hand_in(page)
    page.wait_for_url("**/receipt/")
    found = answer_of(Visit.objects.get(), "lamps")
    assert (found.count, found.base) == (5, 5)


def test_numbers_left_empty_are_asked_for_and_the_next_section_comes_by_itself(page):
    empty = page.locator("[data-of=empty] .fc-unmarked")
    expect(empty).to_have_text("没有填数的 3\u00a0项：噪声；路灯完好；公益广告")
    item(page, "噪声").get_by_label("实测值").fill("55.5")
    expect(empty).to_have_text("没有填数的 2\u00a0项：路灯完好；公益广告")
    press(page, "交这个点位")
    page.locator(".fc-rest").first.get_by_text("其余合格").tap()
    expect(page.locator(".fc-rest").last.locator("input").first).to_be_focused()
    page.locator(".fc-rest").last.get_by_text("其余合格").tap()
    expect(page.get_by_label("没有填数的按未查")).to_be_focused()
    empty.get_by_role("link", name="公益广告").tap()
    expect(item(page, "公益广告")).to_be_in_viewport()


def test_a_number_left_at_an_item_that_was_not_looked_at_stops_nothing(page):
    lamps = item(page, "路灯完好")
    lamps.get_by_label("合格数").fill("0")
    lamps.get_by_label("共查数").fill("0")
    confirm_the_rest(page)
    press(page, "交这个点位")
    expect(page.locator("#said")).to_have_text("共查数要大于 0。没有可查的，标“缺项”或“未查”。")
    lamps.get_by_text("说明、缺项、未查").tap()
    lamps.get_by_text("未查", exact=True).tap()
    confirm_the_rest(page)
    read_and_hand_in(page)
    page.wait_for_url("**/receipt/")
    assert answer_of(Visit.objects.get(), "lamps").mark == 0
