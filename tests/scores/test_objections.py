"""An objection upheld: the office reads what it means for the score, and the record is corrected with it (D1, C5)."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chuangwen.base.models import Event
from chuangwen.inspections.actions import Marked, correct_answer
from chuangwen.inspections.models import Answer, AnswerCorrection, Visit
from chuangwen.problems.models import Problem
from chuangwen.scores import keeping, live, queries
from chuangwen.scores.actions import freeze_run
from chuangwen.scores.models import Run, SubjectTotal
from tests.factories.inspections import Field, answer_of, field, open_round, submit
from tests.factories.organisations import client_of
from tests.factories.problems import act

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Field:
    return field()


@pytest.fixture
def visit(made) -> Visit:
    visit = open_round(made.world, made.version, made.places[:1]).visits.get()
    return submit(visit, [Marked("litter", count=3, note="有烟头"), Marked("lamps", count=3, base=5)])


@pytest.fixture
def office(made) -> Client:
    return client_of(made.world.office)


def disputed(made, visit, key: str = "litter") -> Problem:
    problem = Problem.objects.get(source_uuid=answer_of(visit, key).uuid)
    act(made.world.office, problem, "hand_out")
    return act(made.world.contact, problem, "object", words="那天已扫净")


def rule(office: Client, problem: Problem, **given: object):
    sent = {"client_id": str(uuid4()), "words": "查看照片属实", **given}
    return office.post(f"/problems/{problem.uuid}/uphold_objection/", sent, follow=True)


def score_of(visit: Visit) -> tuple[str, str]:
    total = live.whole_of(visit.round).total
    return total.shown_got, live.subject_of(visit.round, "unit", visit.unit_id).total.shown_got


def behind(office: Client, problem: Problem):
    return office.get(f"/problems/{problem.uuid}/").context["behind"]


def test_before_deciding_the_office_reads_what_moves(made, visit, office) -> None:
    problem = disputed(made, visit)
    (before, own), found = score_of(visit), behind(office, problem)
    rule(office, problem, to="withdrawn", mark=Answer.Mark.QUALIFIED.value)
    after, own_after = score_of(visit)
    said = f"{visit.unit}得分 {own} → {own_after}，本轮总得分 {before} → {after}"
    assert (found.follows.wrong, before != after) == ((f"记录更正为合格的，{said}。",), True)
    assert found.follows.kept == ("记录和得分不变。",)
    assert found.follows.moved[0] == f"得分随点位的归属，不随由谁整改：这一处的失分记在{visit.unit}。"


def test_a_rank_that_moves_is_said(made, office) -> None:
    round = open_round(made.world, made.version, made.places[1:])
    for count, visit in zip((3, 1), round.visits.order_by("place__code"), strict=True):
        submit(visit, [Marked("litter", count=count, note="有烟头")])
    visit = round.visits.get(unit=made.world.station)
    problem = disputed(made, visit)
    (before, own), found = score_of(visit), behind(office, problem)
    rule(office, problem, to="withdrawn", mark=Answer.Mark.QUALIFIED.value)
    after, own_after = score_of(visit)
    said = f"{visit.unit}得分 {own} → {own_after}，名次 2 → 1，本轮总得分 {before} → {after}"
    assert found.follows.wrong == (f"记录更正为合格的，{said}。",)
    assert [row.rank for row in queries.ranking(round) if row.subject_id == visit.unit_id] == [1]


def test_a_score_that_does_not_move_is_said(office) -> None:
    """Two records of a criterion that costs half a point at most, wherever something was found."""
    made = field(litter={"cell": "pooled", "cap": "0.5"})
    office.force_login(made.world.office)
    round = open_round(made.world, made.version, made.places[:2])
    visit, _ = [submit(visit, [Marked("litter", count=1, note="有烟头")]) for visit in round.visits.all()]
    problem, before = disputed(made, visit), score_of(visit)
    said = "记录更正为合格的，得分不变：这一条还被别的记录扣着，或者不计分。"
    assert behind(office, problem).follows.wrong == (said,)
    rule(office, problem, to="withdrawn", mark=Answer.Mark.QUALIFIED.value)
    assert score_of(visit) == before


def test_one_step_withdraws_the_problem_and_corrects_the_record_with_its_reason(made, visit, office) -> None:
    problem = disputed(made, visit)
    rule(office, problem, to="withdrawn", mark=Answer.Mark.QUALIFIED.value)
    problem.refresh_from_db()
    answer, kept = answer_of(visit, "litter"), AnswerCorrection.objects.get()
    assert (problem.state, answer.mark, answer.count) == ("withdrawn", Answer.Mark.QUALIFIED, 0)
    said = "查看照片属实\n测评记录一并更正，得分随之重算。"
    assert problem.steps.get(verb="uphold_objection").words == said
    assert (kept.reason, kept.before["count"]) == (f"异议成立（{problem.number}）：查看照片属实", 3)


def test_a_number_is_asked_and_may_not_be_wrong_again(made, visit, office) -> None:
    problem = disputed(made, visit, "lamps")
    right = behind(office, problem).right
    assert (right["number"].value(), right["base"].value()) == ("5", "5")
    page = rule(office, problem, to="withdrawn", mark=Answer.Mark.QUALIFIED.value, number="", base=5)
    assert page.context["behind"].right.errors["number"] == [f"{right.item.asked.called[0]}没有填。"]
    page = rule(office, problem, to="withdrawn", mark=Answer.Mark.QUALIFIED.value, number=4, base=5)
    assert page.context["main_errors"][0].startswith("照这样更正还是不合格。")
    assert (Problem.objects.get(pk=problem.pk).state, AnswerCorrection.objects.count()) == ("appeal", 0)
    rule(office, problem, to="withdrawn", mark=Answer.Mark.QUALIFIED.value, number=5, base=5)
    assert (Problem.objects.get(pk=problem.pk).state, answer_of(visit, "lamps").count) == ("withdrawn", 5)


def test_sent_twice_it_is_one_decision_and_one_correction(made, visit, office) -> None:
    problem, key = disputed(made, visit), str(uuid4())
    for _ in range(2):
        rule(office, problem, to="withdrawn", mark=Answer.Mark.QUALIFIED.value, client_id=key)
    assert (AnswerCorrection.objects.count(), problem.steps.filter(verb="uphold_objection").count()) == (1, 1)


def test_a_record_corrected_already_is_left_alone(made, visit, office) -> None:
    problem, answer = disputed(made, visit), answer_of(visit, "litter")
    mark = Answer.Mark.QUALIFIED
    given = {"client_id": uuid4(), "mark": mark, "reason": "看错了", "kept": "单位提了异议，裁定时再定"}
    correct_answer(actor=made.world.office, answer=answer, **given)
    assert behind(office, problem).follows.wrong == ("记录已经更正为“合格”，得分已按更正后的算。",)
    rule(office, problem, to="withdrawn")
    assert (Problem.objects.get(pk=problem.pk).state, AnswerCorrection.objects.count()) == ("withdrawn", 1)


def test_not_ours_leaves_the_points_with_the_owner_of_the_place(made, visit, office) -> None:
    problem, before = disputed(made, visit), score_of(visit)
    rule(office, problem, to="handed_out", unit=made.world.other_bureau.code)
    problem.refresh_from_db()
    visit.refresh_from_db()
    assert (problem.unit, visit.unit, score_of(visit)) == (made.world.other_bureau, made.world.station, before)


def test_not_ours_moves_the_points_where_the_register_says_so(made, visit, office) -> None:
    problem, new = disputed(made, visit), made.world.other_station
    visit.place.owner = new
    visit.place.save()
    assert behind(office, problem).follows.moved[1].startswith(f"名册上这一处现在归{new}，")
    rule(office, problem, to="handed_out", unit=new.code)
    visit.refresh_from_db()
    assert (visit.unit, [row.subject_id for row in live.subject_rows(visit.round, "unit")]) == (new, [new.pk])
    event = Event.objects.get(name="inspections.visit_handed_over")
    assert (event.data["from"], event.data["to"]) == (made.world.station.pk, new.pk)


def test_points_moved_are_counted_anew_for_the_unit_that_keeps_another_place(made, office) -> None:
    round = open_round(made.world, made.version, made.places[:2])
    visits = [submit(visit, [Marked("litter", count=3)]) for visit in round.visits.order_by("place__code")]
    problem, old = disputed(made, visits[0]), made.world.station
    keeping.keep_totals(Event(data={"round": round.pk}))
    visits[0].place.owner = made.world.other_station
    visits[0].place.save()
    rule(office, problem, to="handed_out", unit=made.world.other_station.code)
    kept = SubjectTotal.objects.filter(round=round, kind="unit")
    assert dict(kept.values_list("subject_id", "stale")) == {old.pk: True}


def test_a_frozen_score_is_said_to_stay(made, visit, office) -> None:
    problem = disputed(made, visit)
    visit.round.state = "closed"
    visit.round.save()
    run = freeze_run(actor=made.world.office, round=visit.round, client_id=uuid4())
    said = behind(office, problem).follows.wrong[-1]
    assert "第 1 次定分的得分不变（本轮总得分 " in said
    assert said.endswith("）；要按更正后的公布，到计分页写明原因再定一次。")
    rule(office, problem, to="withdrawn", mark=Answer.Mark.QUALIFIED.value)
    kept, now = Run.objects.get(), live.whole_of(visit.round).total.published_got
    assert (kept.got, kept.got < now, AnswerCorrection.objects.count()) == (run.got, True, 1)


def test_a_problem_opened_by_a_correction_leads_to_the_same_record(made, visit, office) -> None:
    answer = answer_of(visit, "litter")
    for mark, number in ((Answer.Mark.QUALIFIED, 0), (Answer.Mark.NOT_QUALIFIED, 1)):
        given = {"client_id": uuid4(), "mark": mark, "count": number, "reason": "看错了"}
        answer = correct_answer(actor=made.world.office, answer=answer, **given)
    problem = Problem.objects.get(source_uuid=AnswerCorrection.objects.latest("pk").uuid)
    act(made.world.office, problem, "hand_out")
    rule(office, act(made.world.contact, problem, "object", words="那天已扫净"), to="withdrawn", mark=1)
    assert answer_of(visit, "litter").mark == Answer.Mark.QUALIFIED


def test_the_step_does_not_wait_for_what_is_only_read(made, visit, office) -> None:
    problem = disputed(made, visit)
    sent = {"client_id": str(uuid4()), "words": "查看照片属实", "to": "withdrawn", "mark": 1}
    with CaptureQueriesContext(connection) as captured:
        office.post(f"/problems/{problem.uuid}/uphold_objection/", sent)
    assert [query["sql"] for query in captured if 'FROM "scores_run"' in query["sql"]] == []
