"""The checklist on the phone says what is missing before it is handed in, in place: chosen photos stay."""

import pytest
from playwright.sync_api import expect

from chuangwen.inspections.models import Visit
from tests.e2e.acts import press, said
from tests.e2e.inspecting import confirm_the_rest, item
from tests.e2e.test_without_scripts import enter
from tests.factories.inspections import field, open_round

pytestmark = pytest.mark.django_db(transaction=True)
LITTER = "无烟头、纸屑"


@pytest.fixture
def page(phone):
    ground, page = field(evidence="不合格的拍照"), phone()
    visit = open_round(ground.world, ground.version, ground.places[:1]).visits.get()
    enter(page, ground.world.inspector)
    page.goto(f"/m/visits/{visit.uuid}/")
    return page


def test_unconfirmed_sections_are_counted_until_answered(page):
    press(page, "交这个点位")
    expect(page.locator("#said")).to_have_text("还有 2\u00a0段没有确认")
    page.get_by_text("其余合格", exact=True).first.tap()
    expect(page.locator("#said")).to_have_text("还有 1\u00a0段没有确认")
    expect(page.locator(".fc-rest.is-missing")).to_have_count(1)
    page.get_by_text("其余合格", exact=True).last.tap()
    expect(page.locator("#said")).to_have_text("还有 1\u00a0段没有确认")
    page.get_by_text("没有填数的按未查").tap()
    expect(page.locator("#said")).to_be_hidden()
    expect(page.locator(".fc-rest.is-missing")).to_have_count(0)


def test_a_number_and_a_missing_photo_are_named_once(page):
    noise = item(page, "噪声")
    noise.get_by_label("实测值").fill("61")
    expect(noise.locator(".fc-meaning")).to_have_text("按规则不合格。拍照，写情况。")
    expect(noise.get_by_label("问题说明")).to_be_visible()
    item(page, LITTER).locator(".fc-mark").tap()
    confirm_the_rest(page)
    press(page, "交这个点位")
    expect(page.locator("#said")).to_contain_text("1\u00a0项按要求要拍照，还没有照片。1\u00a0项按规则不合格")
    assert not Visit.objects.filter(state=Visit.State.SUBMITTED).exists()
    press(page, "交这个点位")
    page.wait_for_url("**/receipt/")
    assert "不合格 2 项" in said(page)
