"""What to put right first, as Excel: every line of the page's list, however many."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.http import QueryDict

from chuangwen.base.exports import ExportSpec
from chuangwen.base.ids import uuid_of
from chuangwen.base.workbooks import Column
from chuangwen.organisations.models import Person, Role
from chuangwen.scores import queries
from chuangwen.scores.first import Opened, Worth
from chuangwen.scores.first_page import Asked, said

READERS = frozenset({Role.OFFICE, Role.CONTACT, Role.LEADER})


class Line(NamedTuple):
    """A line of the list with its place in it; `problem` is its only problem, where problems are listed one by one."""

    number: int
    worth: Worth
    problem: Opened | None


def asked_of(person: Person, query: QueryDict) -> Asked | None:
    """What the page was asked; None for a round or unit that is not the person's to see."""
    rounds = queries.scored_rounds(person).select_related("version", "jurisdiction").defer("version__spec")
    round = rounds.filter(uuid=uuid_of(query.get("round"))).first()
    return Asked.of(person, round, query) if round else None


def lines(person: Person, query: QueryDict) -> Iterator[Line]:
    asked = asked_of(person, query)
    trial = asked.trial() if asked else None
    for number, worth in enumerate(trial.worths() if trial else (), 1):
        yield Line(number, worth, worth.one if asked and asked.by == "problem" else None)


def words(person: Person, query: QueryDict) -> str:
    asked = asked_of(person, query)
    return said(asked) if asked else ""


def of_problem(get: Callable[[Opened], Any]) -> Callable[[Line], Any]:
    """A cell that only problems listed one by one have."""
    return lambda line: get(line.problem) if line.problem else ""


FIRST = ExportSpec(
    kind="first",
    title="先改哪些",
    columns=(
        Column("number", "先后"),
        Column("what", "问题或分组", get=lambda line: line.worth.label, width=50),
        Column("count", "件数", get=lambda line: len(line.worth.members)),
        Column("gain", "改好能多得", get=lambda line: line.worth.gain.exact),
        Column("each", "平均每件", get=lambda line: line.worth.each.exact),
        Column("code", "编号", get=of_problem(lambda one: one.problem.number)),
        Column("criterion", "测评标准", get=of_problem(lambda one: one.answer.criterion.text), width=40),
        Column("place", "点位", get=of_problem(lambda one: one.answer.place.name)),
        Column("type", "点位类型", get=of_problem(lambda one: one.answer.visit.place_type.name)),
        Column("unit", "责任单位", get=of_problem(lambda one: one.problem.unit.name if one.problem.unit else "")),
        Column("state", "状态", get=of_problem(lambda one: one.problem.get_state_display())),
        Column("deadline", "期限", get=of_problem(lambda one: one.problem.deadline)),
    ),
    rows=lines,
    permission=lambda person: bool(person.roles & READERS),
    words=words,
)
