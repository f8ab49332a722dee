"""Issue 2, 5: the first run in production, by page and by command, once."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from chuangwen.base.models import CalendarDay, Tenant
from chuangwen.organisations.models import Jurisdiction, Membership, Person

GIVEN = {
    "installation": "示例县文明创建工作平台",
    "ground": "示例县",
    "office": "示例县创建办",
    "administrator": "林一",
    "account": "Admin",
}


def made() -> tuple:
    ground = Jurisdiction.objects.get()
    post = Membership.objects.get()
    return Tenant.objects.get().name, ground.name, ground.office.name, ground.root.name, post.person.username, post.role


EXPECTED = ("示例县文明创建工作平台", "示例县", "示例县创建办", "示例县", "admin", "system")


def test_the_page_sets_up_an_empty_installation_once_and_is_gone_afterwards(db: None) -> None:
    client = Client()
    assert client.get("/login/").headers["Location"] == "/first-run/"
    assert client.get("/first-run/").status_code == 200
    assert Person.objects.count() == 0
    answer = client.post("/first-run/", GIVEN)
    assert (answer.status_code, made()) == (200, EXPECTED)
    assert not Person.objects.get().has_usable_password()
    assert client.get("/first-run/").status_code == 404
    assert client.post("/first-run/", {**GIVEN, "account": "second"}).status_code == 404


def test_the_code_shown_activates_the_administrator(db: None) -> None:
    slip = Client().post("/first-run/", GIVEN).context["slip"]
    password = "麦浪-翻过-三道山坡"
    form = {"username": "admin", "code": slip.grouped, "password1": password, "password2": password}
    assert Client().post("/activate/", form).status_code == 302


def test_the_command_does_the_same_and_refuses_a_second_time(db: None) -> None:
    out = StringIO()
    call_command("first_run", stdout=out, **GIVEN)
    assert made() == EXPECTED
    assert "激活码" in out.getvalue()
    with pytest.raises(CommandError, match="平台已经设好"):
        call_command("first_run", stdout=out, **{**GIVEN, "account": "second"})


def test_the_calendar_holds_last_year_to_next_year(db: None) -> None:
    Client().post("/first-run/", GIVEN)
    year = timezone.localdate().year
    assert sorted({day.year for day in CalendarDay.objects.values_list("date", flat=True)}) == [
        year - 1,
        year,
        year + 1,
    ]
