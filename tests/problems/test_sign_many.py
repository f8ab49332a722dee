"""A contact signs for everything that was handed out at once: from the to-do list or the ledger, in two taps."""

from uuid import uuid4

import pytest
from django.test import Client

from chuangwen.organisations.models import Area, AreaPart, Role
from chuangwen.problems.models import Problem
from chuangwen.problems.queries import todo, todo_for_unit
from tests.factories.organisations import LONG_AGO, World, client_of, county, hold
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


def test_who_is_office_and_contact_signs_for_the_own_unit_alone(world):
    own, theirs = handed_out(world), handed_out(world, world.other_bureau)
    hold(world.office, own.unit, Role.CONTACT)
    both = client_of(world.office)
    handed_out(world, own.unit)
    assert todo_for_unit(world.office)[0].title == "待签收的问题 2\u00a0件"
    assert both.get(ALL).context["outcome"].done == 2
    both.post(ALL, {"client_id": str(uuid4())})
    assert set(Problem.objects.filter(state=State.HANDED_OUT)) == {theirs}


def test_a_contact_who_sees_more_is_offered_the_own_ones(world, contact):
    handed_out(world, world.other_bureau)
    own = [handed_out(world), handed_out(world)]
    leads = hold(world.contact, world.root, Role.LEADER)
    term = {"jurisdiction": world.jurisdiction, "valid_from": LONG_AGO}
    area = Area.objects.create(tenant=world.tenant, name="二片", leader=leads, **term)
    AreaPart.objects.create(area=area, organisation=world.other_bureau)
    page = contact.get(ALL)
    assert (page.context["outcome"].done, sum(page.context["outcome"].left.values())) == (len(own), 0)
    assert contact.get("/problems/").context["to_sign"] == len(own)


def test_they_are_counted_once_on_the_home_page(world, contact):
    handed_out(world)
    handed_out(world)
    assert contact.get("/").context["count"] == 2


def test_they_are_offered_behind_any_number_of_more_urgent_ones(world, monkeypatch):
    monkeypatch.setattr(todo, "MOST", 1)
    fixing(world)
    handed_out(world)
    handed_out(world)
    Problem.objects.filter(state=State.FIXING).update(due_order=0)
    assert [row.verb for row in todo_for_unit(world.contact)] == ["一并签收", "整改", "看台账"]


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
