"""Pages are plain forms: signing in, reporting and the checklist work with JavaScript off."""

import secrets

import pytest

from chuangwen.inspections.models import Visit
from tests.e2e.acts import press, said, sign_in_by_hand
from tests.e2e.rectifying import report
from tests.factories.inspections import field, open_round
from tests.factories.organisations import county
from tests.factories.problems import fixing

pytestmark = pytest.mark.django_db(transaction=True)


def enter(page, person) -> None:
    password = secrets.token_urlsafe(12)
    person.set_password(password)
    person.save()
    sign_in_by_hand(page, person.username, password)


def test_a_contact_signs_in_and_reports_without_scripts(plain_phone):
    world, page = county(), plain_phone()
    problem = fixing(world)
    enter(page, world.contact)
    report(page, f"/problems/{problem.uuid}/")
    problem.refresh_from_db()
    assert problem.state == "review"


def test_an_inspector_hands_in_a_checklist_without_scripts(plain_phone):
    ground, page = field(), plain_phone("status of 422")
    visit = open_round(ground.world, ground.version, ground.places[:1]).visits.get()
    enter(page, ground.world.inspector)
    page.goto(f"/m/visits/{visit.uuid}/")
    item = page.locator(".fc-item", has_text="无烟头、纸屑")
    item.locator(".fc-mark").tap()
    item.get_by_label("发现处数").get_by_role("textbox").fill("2")
    press(page, "交这个点位")
    assert "is-missing" in page.locator(".fc-rest").first.get_attribute("class")
    for rest in page.get_by_text("其余合格", exact=True).all():
        rest.tap()
    page.get_by_label("没有填数的按未查").check()
    press(page, "交这个点位")
    assert page.url.endswith("/receipt/") and "不合格 1 项" in said(page)
    assert Visit.objects.get().answers.get(criterion__key="litter", ordinal=0).count == 2
