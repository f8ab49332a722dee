"""What was typed for a place that somebody else handed in is told on today's page and dropped by a press."""

import pytest
from playwright.sync_api import expect

from tests.e2e.acts import fits, photo, press
from tests.e2e.inspecting import item
from tests.e2e.test_without_scripts import enter
from tests.factories.inspections import field, open_round, submit

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_left_of_a_place_handed_in_by_somebody_else_is_dropped_by_a_press(phone):
    ground, page = field(), phone()
    visit = open_round(ground.world, ground.version, ground.places[:1]).visits.get()
    enter(page, ground.world.inspector)
    page.goto(f"/m/visits/{visit.uuid}/")
    litter = item(page, "无烟头、纸屑")
    litter.locator(".fc-mark").tap()
    litter.locator("input[type=file]").set_input_files(photo("现场"))
    expect(page.locator("#kept")).to_have_text("已存本机")
    page.goto("/m/")
    expect(page.locator("#left-over")).to_be_hidden()
    submit(visit, actor=ground.world.office)
    page.goto("/m/")
    expect(page.locator("#left-over li b")).to_have_text([visit.place.name])
    fits(page)
    press(page, "删掉")
    expect(page.locator("#left-over")).to_be_hidden()
    count = "uuid => cwPhotos.read(uuid).then(found => [found.length, localStorage.getItem('cw-visit-' + uuid)])"
    page.wait_for_function("uuid => cwPhotos.read(uuid).then(found => found.length === 0)", arg=str(visit.uuid))
    assert page.evaluate(count, str(visit.uuid)) == [0, None]
