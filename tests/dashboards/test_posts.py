"""Accounts without a to-do list start at a page that says what they are for, what is there yet, and whom to ask."""

import re

import pytest
from django.test import Client

from chuangwen.organisations.models import Membership, Person, Role
from tests.factories.organisations import World, county, make_person

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def world(db) -> World:
    return county()


def page(person: Person) -> str:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client.get("/").content.decode()


def headings(html: str) -> list[str]:
    return re.findall(r"<h2>([^<]*)</h2>", html.partition('id="main"')[2])


@pytest.mark.parametrize(
    ("role", "coming", "there"),
    [
        ("supervisor", ["反映问题", "我反映的"], []),
        ("system", ["备份", "更新"], ["人员账号", "自动事项"]),
        ("security", ["角色", "口令"], []),
        ("audit", ["日志"], []),
    ],
)
def test_what_the_account_is_for(world, role: str, coming: list[str], there: list[str]) -> None:
    html = page(world.people[role])
    assert headings(html) == [Role(role).label, "有事问谁"]
    assert re.findall(r"<dt>([^<]+)</dt>", html) == coming
    assert re.findall(r"<dt><a href=[^>]*>([^<]+)</a></dt>", html) == there


def test_whom_to_ask_is_the_office_in_whose_ground_the_person_works(world) -> None:
    county("邻县", tenant=world.tenant)
    assert f"<p>{world.office_unit.name}：{world.office.name}</p>" in page(world.supervisor)


def test_whoever_has_a_to_do_list_keeps_it(world) -> None:
    post = Membership.objects.get(person=world.supervisor)
    Membership.objects.create(
        tenant=world.tenant,
        person=world.supervisor,
        organisation=world.station,
        role=Role.CONTACT,
        valid_from=post.valid_from,
    )
    html = page(Person.objects.get(pk=world.supervisor.pk))
    assert "<title>待办" in html
    assert "我的账号" not in html


def test_an_account_without_a_role_is_told_so(world) -> None:
    person = make_person(world.station, "contact")
    person.memberships.update(valid_to="2020-12-31")
    html = page(person)
    assert headings(html) == ["有事问谁"]
    assert "这个账号今天没有角色" in html
