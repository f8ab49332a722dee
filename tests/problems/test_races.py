"""Issue 2, 15: two people at once, one form four times at once: one step, one number each."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from chuangwen.base.errors import Refused
from chuangwen.organisations.models import Person
from chuangwen.problems.actions import open_problems, take_step, type_in
from chuangwen.problems.models import Problem
from tests.factories.organisations import county, make_person
from tests.factories.problems import finding, handed_out, in_review

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Run the calls in threads that start together; a refusal is its answer."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], object]) -> object:
        try:
            barrier.wait()
            return call()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [job.result() for job in [pool.submit(run, call) for call in calls]]


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def test_of_two_verifiers_one_decides():
    world = county()
    problem, second = in_review(world), make_person(world.office_unit, "office")

    def step(person: Person, verb: str, words: str) -> Callable[[], object]:
        actor = fresh(person)
        return lambda: take_step(actor=actor, problem=problem, verb=verb, client_id=uuid4(), words=words)

    answers = at_once(step(world.office, "close", ""), step(second, "send_back", "没改"))
    assert sorted(isinstance(answer, Refused) for answer in answers) == [False, True]
    assert problem.steps.filter(verb__in=("close", "send_back")).count() == 1


def test_one_form_sent_four_times_at_once_is_one_step():
    world = county()
    problem, client_id, actor = handed_out(world), uuid4(), fresh(world.contact)
    calls = [lambda: take_step(actor=actor, problem=problem, verb="sign", client_id=client_id)] * 4
    assert {answer.state for answer in at_once(*calls)} == {"fixing"}
    assert problem.steps.filter(verb="sign").count() == 1


def test_one_finding_sent_four_times_at_once_is_one_problem():
    world = county()
    same, actor = finding(world), fresh(world.inspector)
    answers = at_once(*[lambda: open_problems(actor=actor, findings=[same])[0].pk] * 4)
    assert len(set(answers)) == Problem.objects.count() == 1


def test_one_new_problem_form_four_times_at_once_is_one_problem():
    world = county()
    client_id, actor = uuid4(), fresh(world.office)
    given = {"jurisdiction": world.jurisdiction, "what": "路灯不亮", "place_text": "示例路", "unit": world.bureau}

    def call() -> object:
        return type_in(actor=actor, client_id=client_id, found_on=problem_day, **given).pk

    problem_day = finding(world).found_on
    assert len(set(at_once(*[call] * 4))) == Problem.objects.count() == 1


def test_numbers_given_at_once_are_all_different():
    world = county()
    actor = fresh(world.inspector)
    lists = [[finding(world), finding(world)] for _ in range(4)]
    at_once(*[lambda own=own: open_problems(actor=actor, findings=own) for own in lists])
    numbers = sorted(Problem.objects.values_list("number", flat=True))
    assert numbers == [f"2026-{serial:04d}" for serial in range(1, 9)]
