"""Who reports for a unit does not verify it: the page says who does, and it waits for nobody else."""

from uuid import uuid4

import pytest

from chuangwen.organisations.models import Role
from chuangwen.problems.models import Problem
from chuangwen.problems.queries import todo_for_office
from tests.factories.organisations import World, county, make_person
from tests.factories.problems import act, fixing, in_review, photo

BACKEND = "django.contrib.auth.backends.ModelBackend"
TAKEN = "这一件的整改是你代报的，由另一位复核。"


@pytest.fixture
def world(db: None) -> World:
    return county()


def login(client, person):
    client.force_login(person, backend=BACKEND)
    return client


def reported_by_office(world: World) -> Problem:
    return act(world.office, fixing(world), "report", words="已清运。", photos=[photo("green")])


def reviews(person) -> list[tuple[int, str]]:
    return [(row.count, row.url) for row in todo_for_office(person) if row.kind == "复核"]


def test_alone_in_the_office_one_is_led_to_the_accounts(world, client):
    problem = reported_by_office(world)
    page = login(client, world.office).get(f"/problems/{problem.uuid}/").content.decode()
    assert f'{TAKEN}本办现在只有你一位，<a href="/people/">到人员账号增加一位</a>。' in page


def test_the_others_of_the_office_are_named_and_verify_it(world, client):
    problem, other = reported_by_office(world), make_person(world.office_unit, Role.OFFICE)
    page = login(client, world.office).get(f"/problems/{problem.uuid}/").content.decode()
    assert f"{TAKEN}本办还有：{other.name}。" in page
    page = login(client, other).get(f"/problems/{problem.uuid}/")
    assert (page.context["main_form"].verb, page.context["case"].colleagues) == ("close", None)


def test_it_waits_for_the_others_only(world):
    own, foreign = reported_by_office(world), in_review(world)
    other = make_person(world.office_unit, Role.OFFICE)
    assert reviews(world.office) == [(1, f"/problems/{foreign.uuid}/?tab=review")]
    assert reviews(other) == [(2, f"/problems/{own.uuid}/?tab=review")]


def test_sent_back_and_reported_by_the_unit_it_waits_for_whoever_reported_before(world):
    problem, other = reported_by_office(world), make_person(world.office_unit, Role.OFFICE)
    act(other, problem, "send_back", words="没改")
    act(world.contact, problem, "report", words="已清运。", photos=[photo("green")])
    assert reviews(world.office) == [(1, f"/problems/{problem.uuid}/?tab=review")]


def test_after_closing_one_the_own_reports_are_not_next(world, client):
    first = in_review(world)
    reported_by_office(world)
    last = in_review(world)
    url = f"/problems/{first.uuid}/close/?tab=review"
    done = login(client, world.office).post(url, {"client_id": str(uuid4())})
    assert done.url == f"/problems/{last.uuid}/?tab=review"
