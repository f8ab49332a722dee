"""Issue 2, 11: after submitting an answer changes only by a correction with its reason; problems follow."""

from uuid import uuid4

import pytest
from django.urls import reverse

from chuangwen.base.errors import Refused
from chuangwen.base.models import Event
from chuangwen.inspections import actions, queries
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


def handed_out(made) -> Problem:
    return take_step(actor=made.world.office, problem=Problem.objects.get(), verb="hand_out", client_id=uuid4(), days=3)


@pytest.mark.parametrize("mark", [Mark.QUALIFIED, Mark.NOT_EXAMINED, Mark.NOT_APPLICABLE])
def test_a_problem_the_unit_has_is_withdrawn_in_the_same_step(made, visit, mark) -> None:
    problem = handed_out(made)
    correct(made, answer_of(visit, "litter"), mark)
    problem.refresh_from_db()
    assert (problem.state, problem.steps.latest("id").words) == (Problem.State.WITHDRAWN, "记录已更正：看错了")


def test_kept_it_goes_on_and_why_stays_with_the_correction(made, visit) -> None:
    problem = handed_out(made)
    correct(made, answer_of(visit, "litter"), Mark.QUALIFIED, kept="现场确有烟头，归物业")
    problem.refresh_from_db()
    assert problem.state == Problem.State.HANDED_OUT
    assert AnswerCorrection.objects.get().kept == "现场确有烟头，归物业"


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


@pytest.fixture
def office(client, made):
    client.force_login(made.world.office, backend="django.contrib.auth.backends.ModelBackend")
    return client


def sent(office, answer, **fields):
    given = {"client_id": str(uuid4()), "mark": str(int(Mark.QUALIFIED)), "number": "0", "reason": "看错了", **fields}
    return office.post(reverse("inspections:answer-correct", args=[answer.uuid]), given)


def test_the_form_offers_the_problem_and_withdraws_it_unless_told_why_not(made, visit, office) -> None:
    problem, answer = handed_out(made), answer_of(visit, "litter")
    form = office.get(reverse("inspections:answer-correct", args=[answer.uuid])).context["form"]
    assert form["problem"].initial == "withdrawn"
    assert [label for _, label in form.fields["problem"].choices] == [
        f"问题 {problem.number}（待签收）一并撤销",
        f"问题 {problem.number}（待签收）照办",
    ]
    refused = sent(office, answer, problem="kept")
    said = ["记录已经不是不合格，问题为什么照办，没有填。"]
    assert (refused.status_code, refused.context["form"].errors["kept"]) == (422, said)
    assert sent(office, answer, problem="withdrawn").status_code == 302
    problem.refresh_from_db()
    assert problem.state == Problem.State.WITHDRAWN


def left_open(made, visit, kept: str = "") -> Problem:
    """Corrected while the problem went on; without words, as it was before anybody was asked for them."""
    problem = handed_out(made)
    correct(made, answer_of(visit, "litter"), Mark.QUALIFIED, kept="x")
    AnswerCorrection.objects.update(kept=kept)
    return problem


def test_a_problem_left_open_says_so_on_its_page_with_withdrawing_at_hand(made, visit, office) -> None:
    problem = left_open(made, visit)
    [todo] = [row for row in queries.todo_for_office(made.world.office) if row.kind == "撤销"]
    page = office.get(todo.url)
    assert (page.context["problem"], todo.count, todo.sub) == (problem, 1, problem.number)
    assert "原记录已更正为合格：看错了。" in page.content.decode()
    assert page.context["main_form"].verb == "withdraw"
    assert page.context["main_form"]["words"].initial == "记录已更正：看错了"
    assert "得分已按更正后的算，撤销不再改变它。" in page.content.decode()
    office.post(
        reverse("problems:step", args=[problem.uuid, "withdraw"]), {"words": "记录已更正", "client_id": uuid4()}
    )
    assert [row for row in queries.todo_for_office(made.world.office) if row.kind == "撤销"] == []


def test_one_kept_on_purpose_is_no_thing_to_do_and_its_page_says_why(made, visit, office) -> None:
    problem = left_open(made, visit, kept="归物业")
    assert [row for row in queries.todo_for_office(made.world.office) if row.kind == "撤销"] == []
    page = office.get(reverse("problems:problem", args=[problem.uuid]))
    assert "问题照办：归物业" in page.content.decode()
    assert (page.context["main_form"], page.context["mended"].mark) == (None, "合格")


def test_the_unit_is_not_told_of_the_record(made, visit, client) -> None:
    problem = left_open(made, visit)
    client.force_login(made.world.contact, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("problems:problem", args=[problem.uuid])).context["mended"] is None
