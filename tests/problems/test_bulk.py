"""Issue 2, 12: the same step for many; it is said beforehand how many cannot take it and why."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from chuangwen.base.errors import Refused
from chuangwen.base.models import Event
from chuangwen.problems.actions import Order, take_steps
from chuangwen.problems.models import Problem, ProblemStep
from chuangwen.problems.previews import preview_steps
from chuangwen.problems.queries import clock_for, visible_to
from tests.factories.organisations import World, county
from tests.factories.problems import closed, fixing, make_problem

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def world(db: None) -> World:
    return county()


def mixed(world: World) -> list[Problem]:
    """Two that can be handed out, one without a unit, one that is closed."""
    problems = [make_problem(world), make_problem(world, world.station), make_problem(world), closed(world)]
    Problem.objects.filter(pk=problems[2].pk).update(unit=None)
    return problems


def test_the_preview_counts_those_that_cannot(world):
    mixed(world)
    outcome = preview_steps(actor=world.office, problems=visible_to(world.office), order=Order("hand_out"))
    assert (outcome.done, outcome.left) == (2, {"还没有责任单位": 1, "现在是“已销号”，不能交办": 1})
    assert ProblemStep.objects.filter(verb="hand_out").count() == 1  # of the closed one


def test_the_preview_says_how_many_each_unit_gets_and_until_when(world):
    for unit in (world.bureau, world.station, world.station):
        make_problem(world, unit)
    found = preview_steps(actor=world.office, problems=visible_to(world.office), order=Order("hand_out"))
    clock = clock_for(world.tenant.pk)
    due, hour = clock.deadline(world.jurisdiction), world.jurisdiction.cutoff_hour
    given = (due.on, world.jurisdiction.deadline_days, due.provisional, clock.counted_from(hour))
    assert found.rows == [((world.station, *given), 2), ((world.bureau, *given), 1)]


def test_the_preview_names_a_few_of_those_that_cannot(world):
    problems = [closed(world) for _ in range(6)]
    found = preview_steps(actor=world.office, problems=visible_to(world.office), order=Order("hand_out"))
    assert found.reasons == [("现在是“已销号”，不能交办", 6, problems[:5])]


def test_the_others_are_handed_out_with_one_event(world):
    problems = mixed(world)
    before = Event.objects.count()
    done = take_steps(actor=world.office, problems=visible_to(world.office), order=Order("hand_out"), client_id=uuid4())
    assert (done.done, sum(done.left.values()), Event.objects.count() - before) == (2, 2, 1)
    states = [Problem.objects.get(pk=problem.pk).state for problem in problems]
    assert states == ["handed_out", "handed_out", "pending", "closed"]


def test_sent_again_it_answers_the_same(world):
    mixed(world)
    client_id = uuid4()
    given = {"actor": world.office, "order": Order("hand_out"), "client_id": client_id}
    first = take_steps(problems=visible_to(world.office), **given)
    assert take_steps(problems=visible_to(world.office), **given) == first
    assert ProblemStep.objects.filter(verb="hand_out").count() == 3


def test_writing_many_takes_as_many_queries_as_writing_few(world):
    def queries(number: int) -> int:
        for _ in range(number):
            make_problem(world)
        pending = visible_to(world.office).filter(state="pending")
        with CaptureQueriesContext(connection) as captured:
            take_steps(actor=world.office, problems=pending, order=Order("hand_out"), client_id=uuid4())
        return len(captured)

    assert queries(2) == queries(12)


def test_what_the_step_lacks_is_said_and_nothing_written(world):
    fixing(world)
    with pytest.raises(Refused) as caught:
        take_steps(actor=world.office, problems=visible_to(world.office), order=Order("redate"), client_id=uuid4())
    assert caught.value.message == "改期限要写明理由，对方才知道为什么。"


def test_the_page_says_what_would_happen_and_then_does_it(world, client):
    without = mixed(world)[2]
    client.force_login(world.office, backend=BACKEND)
    url = "/problems/bulk/?verb=hand_out&all=1&tab=all"
    page = client.get(url).content.decode()
    until, days = clock_for(world.tenant.pk).deadline(world.jurisdiction).on, world.jurisdiction.deadline_days
    for unit in (world.bureau, world.station):
        cells = f'<td>{unit}</td><td class="num">1</td><td>{until.month}月{until.day}日（{days}\u00a0个工作日）'
        assert cells in page
    assert f'href="/problems/{without.uuid}/">{without.number}</a></td>' in page
    assert "交办 2\u00a0件</button>" in page
    assert '<td>还没有责任单位</td><td class="num">1</td>' in page
    done = client.post(url, {"client_id": str(uuid4())}, follow=True).content.decode()
    assert "已交办 2\u00a0件。没有办的：还没有责任单位 1\u00a0件；现在是“已销号”，不能交办 1\u00a0件。" in done


def test_only_the_ticked_ones_are_taken(world, client):
    one, _ = make_problem(world), make_problem(world)
    client.force_login(world.office, backend=BACKEND)
    client.post(f"/problems/bulk/?verb=hand_out&pick={one.uuid}", {"client_id": str(uuid4())})
    assert list(Problem.objects.filter(state="handed_out")) == [one]


def test_problems_of_another_installation_are_not_taken(world, client):
    theirs = make_problem(county("邻县"))
    client.force_login(world.office, backend=BACKEND)
    client.post(f"/problems/bulk/?verb=hand_out&pick={theirs.uuid}", {"client_id": str(uuid4())})
    theirs.refresh_from_db()
    assert theirs.state == "pending"


def test_the_steps_are_dated_now(world):
    make_problem(world)
    take_steps(actor=world.office, problems=visible_to(world.office), order=Order("hand_out"), client_id=uuid4())
    assert timezone.localdate(ProblemStep.objects.get(verb="hand_out").at) == timezone.localdate()
