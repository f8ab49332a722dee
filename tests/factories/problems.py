"""Problems in any state, brought there by the actions a person would take."""

import io
from datetime import date
from itertools import count
from uuid import uuid4

from PIL import Image

from chuangwen.organisations.models import Organisation, Person
from chuangwen.problems.actions import Finding, open_problems, take_step
from chuangwen.problems.models import Problem
from tests.factories.organisations import World

_numbers = count(1)


def photo(colour: str = "gray", size: tuple[int, int] = (40, 30)) -> bytes:
    """A small JPEG."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


def finding(world: World, unit: Organisation | None = None, **fields: object) -> Finding:
    number = next(_numbers)
    return Finding(
        **{
            "jurisdiction": world.jurisdiction,
            "source_kind": "answer",
            "source_uuid": uuid4(),
            "title": f"示例路{number}：垃圾箱满溢",
            "found_on": date(2026, 11, 2),
            "unit": unit or world.bureau,
            **fields,
        }
    )


def make_problem(world: World, unit: Organisation | None = None, **fields: object) -> Problem:
    """A problem 待交办."""
    return open_problems(actor=world.inspector, findings=[finding(world, unit, **fields)])[0]


def contact_of(world: World, problem: Problem) -> Person:
    """Who acts for the unit that answers for it."""
    beside = problem.unit.path.startswith(world.other_bureau.path)
    return world.other_contact if beside else world.contact


def handed_out(world: World, unit: Organisation | None = None, **fields: object) -> Problem:
    return take_step(
        actor=world.office, problem=make_problem(world, unit, **fields), verb="hand_out", client_id=uuid4()
    )


def fixing(world: World, unit: Organisation | None = None, **fields: object) -> Problem:
    problem = handed_out(world, unit, **fields)
    return take_step(actor=contact_of(world, problem), problem=problem, verb="sign", client_id=uuid4())


def in_review(world: World, unit: Organisation | None = None, **fields: object) -> Problem:
    problem = fixing(world, unit, **fields)
    return act(contact_of(world, problem), problem, "report", words="已清运。", photos=[photo("green")])


def closed(world: World, unit: Organisation | None = None, **fields: object) -> Problem:
    problem = in_review(world, unit, **fields)
    return take_step(actor=world.office, problem=problem, verb="close", client_id=uuid4())


def act(person: Person, problem: Problem, verb: str, **given: object) -> Problem:
    """One step by somebody, with what it asks."""
    return take_step(actor=person, problem=problem, verb=verb, client_id=uuid4(), **given)


def run_out(problem: Problem, on: date = date(2026, 1, 5)) -> Problem:
    """As if its deadline had been long ago."""
    Problem.objects.filter(pk=problem.pk).update(deadline=on)
    problem.refresh_from_db()
    return problem
