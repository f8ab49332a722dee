"""Resetting a password, stopping an account and closing a unit are asked once more, with what follows."""

import pytest
from django.urls import reverse

from chuangwen.base.models import Event
from chuangwen.organisations.models import Organisation, Person, Role
from tests.factories.asking import surely
from tests.factories.organisations import World, client_of, county, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    world = county()
    world.contact.set_password("麦浪-翻过-三道山坡")
    world.contact.save()
    return world


def of_account(verb: str, person: Person) -> str:
    return reverse(f"organisations:person-{verb}", args=[person.pk])


def asked(answer) -> tuple[str, tuple[str, ...]]:
    question = answer.context["question"]
    return question.title, question.facts


def told(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def test_a_password_stands_until_its_reset_is_confirmed(world) -> None:
    office, url = client_of(world.office), of_account("reset", world.contact)
    title, facts = asked(office.post(url))
    assert title == f"重置密码：{world.contact.name}（{world.contact.username}）"
    assert facts[0] == "原密码马上不能用，已登录的都退出。"
    assert (fresh(world.contact).has_usable_password(), Event.objects.count()) == (True, 0)
    slip = surely(office, url)
    assert (fresh(world.contact).has_usable_password(), slip.context["total"]) == (False, 1)


def test_a_slip_for_who_has_no_password_yet_is_printed_at_once(world) -> None:
    answer = client_of(world.office).post(of_account("reset", world.inspector))
    assert (answer.status_code, answer.context["total"]) == (200, 1)


def test_an_account_is_stopped_after_its_posts_were_read(world) -> None:
    office, url = client_of(world.office), of_account("deactivate", world.contact)
    title, facts = asked(office.post(url))
    post = world.contact.memberships.select_related("organisation").get()
    assert title == f"停用账号：{world.contact.name}（{world.contact.username}）"
    assert facts[1] == f"1\u00a0个任职还留着：{post.organisation.name}{Role(post.role).label}。"
    assert fresh(world.contact).is_active
    surely(office, url)
    assert not fresh(world.contact).is_active
    again = office.post(url, follow=True)
    assert told(again) == [f"{world.contact.name}的账号已经停用，没有再停用一次。"]


def test_ones_own_account_is_refused_without_being_asked(world) -> None:
    answer = client_of(world.office).post(of_account("deactivate", world.office), follow=True)
    assert told(answer) == ["不能停用自己的账号。请另一位管理的人来停用。"]


def test_a_unit_is_closed_after_what_follows_was_read_and_refused_at_once_where_something_is_left(world) -> None:
    office = client_of(world.office)
    empty = make_unit(world.tenant, "旧站", parent=world.bureau)
    url = reverse("organisations:unit-archive", args=[empty.pk])
    assert asked(office.post(url))[0] == "撤销“旧站”"
    surely(office, url)
    assert Organisation.objects.get(pk=empty.pk).archived_at is not None
    assert told(office.post(url, follow=True)) == ["“旧站”已经撤销，没有再撤销一次。"]
    refused = office.post(reverse("organisations:unit-archive", args=[world.bureau.pk]), follow=True)
    assert len(told(refused)) == 1
    assert "question" not in refused.context
