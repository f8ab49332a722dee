"""Drafting notices of rectification 整改通知书: per unit of a round, or for chosen problems (D1, I1)."""

from uuid import uuid4

import pytest

from chuangwen.base.errors import Refused
from chuangwen.base.templatetags.words import day
from chuangwen.documents import actions, composing
from chuangwen.documents.models import Document
from chuangwen.documents.word import figures_in
from chuangwen.problems.actions import take_step
from chuangwen.problems.models import Problem
from tests.documents.word.reading import opened, texts
from tests.factories.documents import finished
from tests.factories.organisations import county
from tests.factories.problems import closed, handed_out, make_problem

pytestmark = pytest.mark.django_db


def drafts_of(made, key=None):
    return actions.draft_notices(actor=made.world.office, round=made.round, client_id=key or uuid4())


def test_D1_every_unit_with_handed_out_problems_gets_one_notice():
    made = finished()
    found = [(paper.unit.name, paper.figures.get().text) for paper in drafts_of(made)]
    assert found == [("环卫所", "2"), ("物业所", "1")]


def test_D1_the_notice_names_problem_clause_deadline_and_whom_to_ask():
    made = finished()
    made.world.office.phone = "0000-1234567"
    paper = drafts_of(made)[1]
    file, problem = composing.file_of(paper), made.problems[2]
    assert [cell.text for cell in opened(file).tables[0].rows[1].cells] == [
        "1", problem.place.name, "烟头 3 处", "无烟头、纸屑", day(problem.deadline), ""
    ]  # fmt: skip
    assert f"联系人：{made.world.office.name}，电话：0000-1234567。" in texts(file)
    assert figures_in(file) == {"notice.problems": "1"}


def test_problems_not_handed_out_or_ended_are_in_no_notice():
    made = finished(hand_out=False)
    with pytest.raises(Refused, match="没有已交办、还没有销号的问题"):
        drafts_of(made)
    take_step(actor=made.world.office, problem=made.problems[0], verb="hand_out", client_id=uuid4())
    assert [paper.facts["problems"]["rows"][0]["uuid"] for paper in drafts_of(made)] == [str(made.problems[0].uuid)]


def test_units_with_a_notice_are_left_out_until_it_is_voided():
    made = finished()
    first = drafts_of(made)
    with pytest.raises(Refused, match="都已有整改通知书"):
        drafts_of(made)
    actions.void(actor=made.world.office, document=first[0], client_id=uuid4(), reason="写错了单位")
    assert [paper.unit.name for paper in drafts_of(made)] == ["环卫所"]


def test_15_sent_twice_the_drafts_are_the_same():
    made, key = finished(), uuid4()
    assert [paper.pk for paper in drafts_of(made, key)] == [paper.pk for paper in drafts_of(made, key)]
    assert Document.objects.count() == 2


def test_chosen_problems_of_one_unit_need_no_round():
    world = county()
    problems = [handed_out(world) for _ in range(3)]
    paper = actions.draft_notice(actor=world.office, problems=problems[:2], client_id=uuid4())
    assert (paper.unit, paper.figures.get().value, paper.source_kind) == (world.bureau, 2, "problems")
    assert (
        "根据示例县文明创建工作要求，2026年11月2日，示例县创建办对你单位有关点位开展了检查"
        in texts(composing.file_of(paper))[4]
    )


def test_problems_of_two_units_do_not_fit_one_notice():
    world = county()
    problems = [handed_out(world), handed_out(world, world.other_bureau)]
    with pytest.raises(Refused, match="所选的问题属于几个单位"):
        actions.draft_notice(actor=world.office, problems=problems, client_id=uuid4())


def test_problems_of_two_offices_do_not_fit_one_notice():
    city = county("示例市")
    below = county("示例县", above=city)
    problems = [handed_out(city, below.bureau), handed_out(below, below.bureau)]
    with pytest.raises(Refused, match="也有下级创建办的"):
        actions.draft_notice(actor=city.office, problems=problems, client_id=uuid4())


def test_nothing_to_put_right_gives_no_notice():
    world = county()
    with pytest.raises(Refused, match="没有已交办、还没有销号的问题"):
        actions.draft_notice(actor=world.office, problems=[closed(world), make_problem(world)], client_id=uuid4())


def test_a_neighbours_problems_are_not_found():
    world = county()
    neighbour = county("邻县", tenant=world.tenant)
    with pytest.raises(Refused, match="没有已交办"):
        actions.draft_notice(actor=neighbour.office, problems=[handed_out(world)], client_id=uuid4())
    assert Problem.objects.count() == 1
