"""Issue 2, 11: after submitting an answer changes only by a correction with its reason; problems follow."""

from uuid import uuid4

import pytest

from chuangwen.base.errors import Refused
from chuangwen.base.models import Event
from chuangwen.inspections import actions
from chuangwen.inspections.actions import Marked
from chuangwen.inspections.models import Answer, AnswerCorrection
from chuangwen.problems.actions import take_step
from chuangwen.problems.models import Problem
from tests.factories.inspections import answer_of, field, open_round, submit

pytestmark = pytest.mark.django_db
Mark = Answer.Mark


@pytest.fixture
def made():
    return field()


@pytest.fixture
def visit(made):
    visit = open_round(made.world, made.version, made.places[:1]).visits.get()
    return submit(visit, [Marked("litter", count=3, note="有烟头")])


def correct(made, answer, mark: int, **fields: object) -> Answer:
    given = {"client_id": uuid4(), "reason": "看错了", **fields}
    return actions.correct_answer(actor=made.world.office, answer=answer, mark=mark, **given)


def test_what_stood_before_stays_on_record(made, visit) -> None:
    answer = correct(made, answer_of(visit, "litter"), Mark.NOT_QUALIFIED, count=2, note="有 2 个烟头")
    kept = AnswerCorrection.objects.get()
    assert (kept.before["count"], kept.after["count"], kept.reason) == (3, 2, "看错了")
    assert (answer.count, answer.note, answer.corrected) == (2, "有 2 个烟头", True)
    event = Event.objects.get(name="inspections.answer_corrected")
    assert (event.data["round"], event.data["visit"]) == (visit.round_id, visit.pk)


def test_to_qualified_withdraws_the_problem_nobody_has_yet(made, visit) -> None:
    answer = correct(made, answer_of(visit, "litter"), Mark.QUALIFIED)
    assert Problem.objects.get().state == Problem.State.WITHDRAWN
    assert (answer.mark, answer.count) == (Mark.QUALIFIED, 0)


def test_a_problem_the_unit_has_is_left_to_the_office(made, visit) -> None:
    problem = Problem.objects.get()
    take_step(actor=made.world.office, problem=problem, verb="hand_out", client_id=uuid4(), days=3)
    correct(made, answer_of(visit, "litter"), Mark.QUALIFIED)
    problem.refresh_from_db()
    assert problem.state == Problem.State.HANDED_OUT


def test_to_not_qualified_opens_a_problem(made, visit) -> None:
    answer = correct(made, answer_of(visit, "signs"), Mark.NOT_QUALIFIED, note="路牌倒了")
    problem = Problem.objects.get(source_uuid=answer.uuid)
    assert (problem.title, problem.state) == (f"{visit.place.name}：路牌倒了", Problem.State.PENDING)
    assert answer.by_default is False


def test_wrong_again_after_being_withdrawn_there_is_a_problem_again(made, visit) -> None:
    answer = correct(made, answer_of(visit, "litter"), Mark.QUALIFIED)
    correct(made, answer, Mark.NOT_QUALIFIED, count=1)
    states = Problem.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [Problem.State.WITHDRAWN, Problem.State.PENDING]
    correct(made, answer, Mark.QUALIFIED)
    assert set(Problem.objects.values_list("state", flat=True)) == {Problem.State.WITHDRAWN}


def test_an_item_left_out_can_be_examined_by_correction(made, visit) -> None:
    answer = correct(made, answer_of(visit, "noise"), Mark.QUALIFIED, count=58_000)
    assert (answer.mark, answer.count) == (Mark.QUALIFIED, 58_000)


def test_sent_twice_it_is_one_correction(made, visit) -> None:
    key, answer = uuid4(), answer_of(visit, "litter")
    for _ in range(2):
        correct(made, answer, Mark.QUALIFIED, client_id=key)
    assert AnswerCorrection.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"mark": Mark.QUALIFIED, "reason": " "}, "为什么更正，没有填。"),
        ({"mark": Mark.NOT_QUALIFIED, "count": 3, "note": "有烟头"}, "与原来的记录一样，没有要更正的。"),
        ({"mark": Mark.NA_ASKED}, "更正成什么，没有选。"),
    ],
)
def test_what_is_no_correction_is_refused(made, visit, fields, said) -> None:
    with pytest.raises(Refused) as refused:
        correct(made, answer_of(visit, "litter"), **fields)
    assert refused.value.message == said


def test_an_inspector_does_not_correct(made, visit) -> None:
    with pytest.raises(Refused):
        actions.correct_answer(
            actor=made.world.inspector, answer=answer_of(visit, "litter"), client_id=uuid4(), mark=1, reason="错了"
        )
