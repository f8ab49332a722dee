"""What was put right on the spot costs less where the rule says so: a tick at the finding, under its own ordinal."""

from uuid import uuid4

import pytest

from chuangwen.inspections import actions, queries
from chuangwen.inspections.actions import Marked
from chuangwen.inspections.models import Answer
from chuangwen.problems.models import Problem
from tests.factories.inspections import field, open_round, submit

pytestmark = pytest.mark.django_db
Mark = Answer.Mark


@pytest.fixture
def visit():
    made = field(litter={"modifiers": {"fixed_on_spot": {"times": "0.5"}}})
    return open_round(made.world, made.version, made.places[:1]).visits.get()


def litter(visit) -> list[tuple[int, int, int]]:
    rows = visit.answers.filter(criterion__key="litter")
    return list(rows.values_list("ordinal", "mark", "count"))


def test_ticked_it_stands_under_the_ordinal_that_costs_less_and_the_problem_is_the_same(visit) -> None:
    submit(visit, [Marked("litter", count=3, note="有烟头", fixed_on_spot=True)])
    assert litter(visit) == [(100, Mark.NOT_QUALIFIED, 3)]
    assert Problem.objects.get().title == f"{visit.place.name}：有烟头"
    assert visit.answers.count() == 7


def test_not_ticked_or_left_to_the_rest_it_stands_as_ever(visit) -> None:
    submit(visit, [Marked("litter", count=3)])
    assert litter(visit) == [(0, Mark.NOT_QUALIFIED, 3)]


def test_the_page_of_the_visit_shows_it_and_the_office_corrects_it(visit) -> None:
    submit(visit, [Marked("litter", count=3, fixed_on_spot=True)])
    office = visit.round.jurisdiction.office.memberships.get(role="office").person
    [(_, [line, _]), _] = queries.lines_of(office, visit, queries.sheet_of(visit))
    assert (line.text, line.number, line.answer.ordinal) == ("无烟头、纸屑", "3\u00a0处", 100)
    client_id = "6d0a7a36-8a0e-4a3c-9a52-4c1f2f2b8a11"
    fields = {"actor": office, "answer": line.answer, "client_id": client_id, "reason": "数错了"}
    actions.correct_answer(**fields, mark=Mark.NOT_QUALIFIED, count=2)
    assert litter(visit) == [(100, Mark.NOT_QUALIFIED, 2)]


def test_corrected_to_qualified_and_back_it_is_a_problem_again(visit) -> None:
    submit(visit, [Marked("litter", count=3, fixed_on_spot=True)])
    office = visit.round.jurisdiction.office.memberships.get(role="office").person
    answer = visit.answers.get(criterion__key="litter")
    for mark in (Mark.QUALIFIED, Mark.NOT_QUALIFIED):
        actions.correct_answer(actor=office, answer=answer, client_id=uuid4(), reason="看错了", mark=mark, count=3)
    assert litter(visit) == [(100, Mark.NOT_QUALIFIED, 3)]
    assert sorted(Problem.objects.values_list("state", flat=True)) == ["pending", "withdrawn"]
