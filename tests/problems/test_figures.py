"""Promise 2: every figure of a batch opens exactly the rows it counts."""

from uuid import uuid4

import pytest

from chuangwen.problems.figures import of_batch
from chuangwen.problems.models import Problem
from tests.factories.organisations import World, county
from tests.factories.problems import act, closed, fixing, handed_out, in_review, make_problem, photo, run_out

BATCH = {"batch_uuid": uuid4(), "batch_label": "第2轮暗访"}


@pytest.fixture
def world(db: None) -> World:
    world = county()
    for make in (make_problem, handed_out, in_review, closed, closed):
        make(world, **BATCH)
    run_out(fixing(world, **BATCH))
    again = act(world.office, in_review(world, **BATCH), "send_back", words="没改")
    again = act(world.contact, again, "report", words="又改", photos=[photo()])
    act(world.office, again, "close")
    act(world.office, make_problem(world, **BATCH), "withdraw", words="重复")
    closed(world, world.other_bureau, **BATCH)
    closed(world)
    return world


def figures(world: World, **given: object) -> dict:
    return of_batch(batch_uuid=BATCH["batch_uuid"], jurisdiction=world.jurisdiction, **given)


def test_the_numbers(world):
    found = {name: figure.text for name, figure in figures(world).items()}
    assert found == {
        "found": "8",
        "handed_out": "7",
        "pending": "1",
        "closed": "4",
        "open": "3",
        "review": "1",
        "returned": "1",
        "overdue": "1",
        "closing_rate": "57.14",
        "on_time_rate": "100",
        "first_pass_rate": "75",
    }


def test_a_unit_has_its_own(world):
    own = figures(world, unit=world.other_bureau)
    assert (own["found"].value, own["closing_rate"].value) == (1, 10000)


def test_without_anything_to_divide_by_there_is_no_rate(world):
    empty = of_batch(batch_uuid=uuid4(), jurisdiction=world.jurisdiction)
    assert (empty["closing_rate"].value, empty["closing_rate"].text) == (None, "无")


def test_each_count_opens_exactly_its_rows(world, client):
    client.force_login(world.office, backend="django.contrib.auth.backends.ModelBackend")
    counts = {name: figure for name, figure in figures(world).items() if figure.unit == "件"}
    opened = {name: len(client.get(figure.records_url).context["ledger"].rows) for name, figure in counts.items()}
    assert opened == {name: figure.value for name, figure in counts.items()}


def test_a_late_report_is_not_on_time(world):
    late = run_out(fixing(world, **BATCH))
    act(world.contact, late, "report", words="改了", photos=[photo()])
    assert Problem.objects.get(pk=late.pk).on_time is False
    assert figures(world)["on_time_rate"].value == 8333
