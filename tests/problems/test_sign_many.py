"""A contact signs for everything that was handed out at once: from the to-do list or the ledger, in two taps."""

from uuid import uuid4

import pytest
from django.test import Client

from chuangwen.problems.models import Problem
from chuangwen.problems.queries import todo_for_unit
from tests.factories.organisations import World, county
from tests.factories.problems import fixing, handed_out

BACKEND = "django.contrib.auth.backends.ModelBackend"
ALL = "/problems/bulk/?tab=handed_out&verb=sign&all=1"
State = Problem.State


@pytest.fixture
def world(db: None) -> World:
    return county()


@pytest.fixture
def contact(world) -> Client:
    client = Client()
    client.force_login(world.contact, backend=BACKEND)
    return client


def test_several_stand_first_on_the_list_as_one(world):
    first = handed_out(world)
    assert [row.verb for row in todo_for_unit(world.contact)] == ["签收"]
    handed_out(world)
    row = todo_for_unit(world.contact)[0]
    assert (row.title, row.verb, row.url, row.due) == ("待签收的问题 2\u00a0件", "一并签收", ALL, first.deadline)


def test_all_are_signed_for_with_one_button_and_one_responsible(world, contact):
    problems = [handed_out(world), handed_out(world), fixing(world)]
    page = contact.get(ALL)
    assert page.context["outcome"].done == 2
    assert f"{problems[0].number} {problems[0].title}，期限" in page.content.decode()
    sent = {"client_id": str(uuid4()), "responsible": "李四"}
    for _ in range(2):  # sent again: nothing is done twice
        assert contact.post(ALL, sent).headers["Location"] == "/problems/?tab=fixing"
    rows = Problem.objects.order_by("id").values_list("state", "responsible")
    assert list(rows) == [(State.FIXING, "李四"), (State.FIXING, "李四"), (State.FIXING, "")]
    assert "已签收 2\u00a0件。" in contact.get("/problems/").content.decode()


def test_those_of_other_units_are_not_among_them(world, contact):
    theirs = handed_out(world, world.other_bureau)
    contact.post(f"/problems/bulk/?verb=sign&pick={theirs.uuid}", {"client_id": str(uuid4())})
    theirs.refresh_from_db()
    assert theirs.state == State.HANDED_OUT


def test_the_ledger_offers_it_to_the_contact_alone(world, contact, client):
    handed_out(world)
    handed_out(world)
    assert contact.get("/problems/").context["to_sign"] == 2
    client.force_login(world.office, backend=BACKEND)
    assert client.get("/problems/").context["to_sign"] == 0


@pytest.mark.parametrize(("who", "verb"), [("contact", "hand_out"), ("contact", "redate"), ("office", "sign")])
def test_a_verb_of_another_role_is_not_there(world, client, who, verb):
    client.force_login(getattr(world, who), backend=BACKEND)
    assert client.get(f"/problems/bulk/?verb={verb}&all=1").status_code == 404
