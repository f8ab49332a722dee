"""Issue 2, 12 and 15: a finding becomes a problem 待交办, once, numbered without gaps."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from chuangwen.base.files import attachments_of, store
from chuangwen.base.models import Event
from chuangwen.problems.actions import open_problems
from chuangwen.problems.models import Problem, ProblemBatch
from chuangwen.problems.queries import visible_to
from tests.factories.organisations import World, county
from tests.factories.problems import finding, photo

State = Problem.State


@pytest.fixture
def world(db: None) -> World:
    return county()


def test_problems_are_numbered_by_year_of_finding(world):
    findings = [finding(world), finding(world), finding(world, found_on=date(2025, 12, 31)), finding(world)]
    opened = open_problems(actor=world.inspector, findings=findings)
    assert [problem.number for problem in opened] == ["2026-0001", "2026-0002", "2025-0001", "2026-0003"]


def test_all_of_a_call_are_one_event(world):
    opened = open_problems(actor=world.inspector, findings=[finding(world), finding(world)])
    event = Event.objects.get()
    assert (event.name, event.data) == ("problems.opened", {"count": 2, "handed_out": 0})
    assert set(event.targets.values_list("object_id", flat=True)) == {problem.pk for problem in opened}


def test_the_same_source_again_gives_the_same_problem(world):
    first = finding(world)
    opened = open_problems(actor=world.inspector, findings=[first])
    again = open_problems(actor=world.inspector, findings=[first, finding(world)])
    assert again[0] == opened[0]
    assert Problem.objects.count() == 2


def test_the_same_id_of_another_installation_is_another_problem(world):
    mine = finding(world)
    other = county("邻县")
    theirs = replace(mine, jurisdiction=other.jurisdiction, unit=other.bureau)
    first = open_problems(actor=world.inspector, findings=[mine])[0]
    second = open_problems(actor=other.inspector, findings=[theirs])[0]
    assert (first.tenant, second.tenant) == (world.tenant, other.tenant)


def test_pending_problems_are_hidden_from_the_unit_and_the_leader(world):
    problem = open_problems(actor=world.inspector, findings=[finding(world)])[0]
    assert problem.state == State.PENDING
    people = (world.office, world.contact, world.leader, world.inspector)
    seen = [list(visible_to(person)) for person in people]
    assert seen == [[problem], [], [], []]


def test_the_photos_of_the_finding_come_along(world):
    stored = store(photo(), tenant=world.tenant, media_type="image/jpeg")
    problem = open_problems(actor=world.inspector, findings=[finding(world, photos=[stored])])[0]
    step = problem.steps.get()
    assert [(row.file, row.role) for row in attachments_of([step])[step.pk]] == [(stored, "before")]


def test_a_round_may_hand_out_at_once(world):
    problem = open_problems(actor=world.inspector, findings=[finding(world, hand_out=True, deadline_days=2)])[0]
    assert list(problem.steps.order_by("id").values_list("verb", "date")) == [
        ("found", None),
        ("hand_out", problem.deadline),
    ]
    assert (problem.state, list(visible_to(world.contact))) == (State.HANDED_OUT, [problem])


def test_without_a_unit_it_waits_for_the_office(world):
    problem = open_problems(actor=world.inspector, findings=[replace(finding(world, hand_out=True), unit=None)])[0]
    assert (problem.state, problem.deadline) == (State.PENDING, None)


def test_the_batch_is_known_to_the_ledger_once(world):
    batch = {"batch_uuid": uuid4(), "batch_label": "第2轮暗访"}
    open_problems(actor=world.inspector, findings=[finding(world, **batch), finding(world, **batch)])
    open_problems(actor=world.inspector, findings=[finding(world, **batch)])
    assert list(ProblemBatch.objects.values_list("uuid", "label")) == [(batch["batch_uuid"], "第2轮暗访")]
