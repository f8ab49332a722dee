"""批办延期: by how many working days, and a date far off is never granted by a mere press."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from chuangwen.problems.models import Problem
from chuangwen.problems.planning import FAR
from chuangwen.problems.queries import clock_for, todo_for_office
from rulebook.workdays import ONE, walk
from tests.factories.organisations import World, county
from tests.factories.problems import act, fixing

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def world(db: None) -> World:
    return county()


def asking(world: World, more: int) -> Problem:
    """One whose unit asks for so many working days more."""
    problem = fixing(world)
    until = walk(clock_for(world.tenant.pk).calendar, problem.deadline, more, ONE).on
    return act(world.contact, problem, "ask_extension", words="定制件", date=until)


def page_of(client, world, problem):
    client.force_login(world.office, backend=BACKEND)
    return client.get(f"/problems/{problem.uuid}/?tab=open&only=extension")


def grant(client, problem, until: date | str):
    url = f"/problems/{problem.uuid}/grant_extension/"
    return client.post(url, {"client_id": str(uuid4()), "date": until})


def test_one_within_the_limit_is_filled_in_and_says_how_much_longer(world, client):
    problem = asking(world, FAR)
    page = page_of(client, world, problem)
    assert page.context["main_form"]["date"].value() == problem.extension_asked_to
    assert f"延长 {FAR}\u00a0个工作日。可改成别的工作日。" in page.content.decode()


def test_one_beyond_the_limit_is_not_filled_in_and_says_so(world, client):
    problem = asking(world, FAR + 1)
    page = page_of(client, world, problem)
    assert page.context["main_form"]["date"].value() is None
    told = f"延长 {FAR + 1}\u00a0个工作日，超过 {FAR}\u00a0个工作日，没有照填。准到哪一天，请填上。"
    assert told in page.content.decode()


def test_one_beyond_the_limit_needs_a_date_of_the_office(world, client):
    problem, before = asking(world, FAR + 1), fixing(world).deadline
    page_of(client, world, problem)
    assert f"延长 {FAR + 1} 个工作日。准到哪一天，请填上。" in grant(client, problem, "").content.decode()
    problem.refresh_from_db()
    assert problem.deadline == before
    assert grant(client, problem, problem.extension_asked_to).status_code == 302
    step = problem.steps.get(verb="grant_extension")
    assert (step.date, step.words) == (problem.extension_asked_to, f"延长 {FAR + 1} 个工作日")


def test_the_office_sees_in_its_list_how_much_longer(world, client):
    asking(world, 4)
    row = next(row for row in todo_for_office(world.office) if row.kind == "延期")
    assert row.sub == "延长 4\u00a0个工作日"


def test_a_date_already_beyond_two_years_is_refused(world, client):
    problem = asking(world, 2)
    page_of(client, world, problem)
    far = timezone.localdate() + timedelta(days=800)
    assert "离今天两年以上。请核对年份。" in grant(client, problem, far).content.decode()
