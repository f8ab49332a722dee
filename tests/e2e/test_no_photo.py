"""A file that is no photo is named when it is chosen and is not kept; a photo beside it stays."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.acts import photo
from tests.e2e.inspecting import item
from tests.e2e.test_without_scripts import enter
from tests.factories.inspections import field, open_round
from tests.factories.organisations import county
from tests.factories.problems import fixing

pytestmark = pytest.mark.django_db(transaction=True)
SAID = "“note.jpg”不是照片，打不开，没有留。请重拍。"
TEXT = {"name": "note.jpg", "mimeType": "image/jpeg", "buffer": b"only words"}


def chosen(box: Locator) -> list[str]:
    return box.evaluate("input => Array.from(input.files, file => file.name)")


def test_on_the_checklist(phone) -> None:
    ground, page = field(), phone()
    visit = open_round(ground.world, ground.version, ground.places[:1]).visits.get()
    enter(page, ground.world.inspector)
    page.goto(f"/m/visits/{visit.uuid}/")
    litter = item(page, "无烟头、纸屑")
    litter.locator(".fc-mark").tap()
    box = litter.locator("input[type=file]")
    box.set_input_files([TEXT, photo("现场")])
    expect(page.get_by_role("alert").filter(has_text=SAID)).to_be_visible()
    expect(page.locator("#kept")).to_have_text("已存本机")
    assert len(chosen(box)) == 1
    expect(litter.locator(".fc-previews img")).to_have_count(1)


def test_where_a_unit_reports(phone, sign_in) -> None:
    world = county()
    page, problem = phone(), fixing(world)
    sign_in(page, world.contact)
    page.goto(f"/problems/{problem.uuid}/")
    box = page.get_by_label("整改后照片")
    box.set_input_files(TEXT)
    expect(page.get_by_text(SAID)).to_be_visible()
    assert chosen(box) == []
    shows(page, 0)
    box.set_input_files(photo("整改后"))
    shows(page, 1)
    expect(page.get_by_text(SAID)).to_have_count(0)


def shows(page: Page, pictures: int) -> None:
    expect(page.locator("[data-drop] img")).to_have_count(pictures)
