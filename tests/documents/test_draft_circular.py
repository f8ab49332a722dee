"""Drafting the circular 通报 of a round: its facts and every figure come from the data (D4, I1)."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from chuangwen.base.errors import Refused
from chuangwen.base.models import Event
from chuangwen.base.templatetags.words import day
from chuangwen.documents import actions, composing
from chuangwen.documents.models import Document
from chuangwen.documents.word import figures_in
from chuangwen.documents.word.paper import chinese_date
from chuangwen.inspections import figures as inspections
from chuangwen.inspections.actions import Marked, close_round, correct_answer
from chuangwen.inspections.models import Round
from chuangwen.problems import figures as problems
from chuangwen.problems.models import Problem
from chuangwen.scores import figures as scores
from chuangwen.scores.actions import freeze_run
from tests.documents.word.reading import opened, texts
from tests.factories.documents import circular, finished, put_right
from tests.factories.inspections import field, open_round, submit
from tests.factories.organisations import county
from tests.factories.places import make_type

pytestmark = pytest.mark.django_db


def test_I1_the_figures_in_the_file_are_the_stored_figures():
    paper = circular(finished())
    assert figures_in(composing.file_of(paper)) == {row.name: row.text for row in paper.figures.all()}


def test_I1_the_stored_figures_are_the_registered_figures_of_the_apps():
    made = finished()
    kept = {row.name: (row.value, row.records_url) for row in circular(made).figures.all()}
    today = timezone.localdate()
    live = {figure.name: figure for figure in inspections.of_round(made.world.office, made.round)}
    live |= scores.of_round(made.round, as_of=today)
    counts = problems.of_batch(batch_uuid=made.round.uuid, jurisdiction=made.round.jurisdiction)
    live |= {f"problems.{name}": figure for name, figure in counts.items()}
    for unit in scores.of_units(made.round, as_of=today):
        live |= {figure.name: figure for figure in (unit.rank, unit.score, unit.rate, unit.gap) if figure}
    own = {"round.units", "round.coverage", "problems.rectified"}
    assert {name: value for name, value in kept.items() if name not in own} == {
        name: (live[name].value, live[name].records_url) for name in kept if name not in own
    }
    assert {name: kept[name][0] for name in own} == {"round.units": 2, "round.coverage": 1000, "problems.rectified": 0}


def test_D4_the_circular_says_what_was_examined_and_found():
    said = texts(composing.file_of(circular(finished())))
    assert said[3] == "各责任单位："
    assert said[4].startswith("2026年3月31日至4月11日，示例县创建办对2个责任单位的点位开展了暗访。")
    assert said[6] == (
        "本轮抽取点位3处，实际测评3处，覆盖率100.0%，记录12项次。总得分29.00分（应得30.00分），得分率96.67%。"
    )


def test_D4_the_annex_lists_every_problem_of_the_round():
    made = finished()
    rows = [[cell.text for cell in row.cells] for row in opened(composing.file_of(circular(made))).tables[1].rows]
    assert [row[1:4] for row in rows[1:]] == [
        [problem.unit.name, problem.place.name, problem.title.partition("：")[2]] for problem in made.problems
    ]


def test_D4_only_units_that_were_looked_at_are_counted_and_the_figure_opens_their_visits():
    ground = field()
    round = open_round(ground.world, ground.version, ground.places)
    submit(round.visits.order_by("id").first(), [Marked("litter", count=1)])
    close_round(actor=ground.world.office, round=round)
    paper = actions.draft_circular(actor=ground.world.office, round=Round.objects.get(pk=round.pk), client_id=uuid4())
    units = paper.figures.get(name="round.units")
    rows = f"{reverse('inspections:visits', args=[round.uuid])}?state=submitted"
    assert (units.value, units.records_url) == (1, rows)
    assert "对1个责任单位的点位开展了暗访" in texts(composing.file_of(paper))[4]


def test_D4_a_round_in_which_nothing_was_looked_at_has_no_circular():
    ground = field()
    round = open_round(ground.world, ground.version, ground.places)
    close_round(actor=ground.world.office, round=round)
    with pytest.raises(Refused, match="没有测过的点位，没有可通报的"):
        actions.draft_circular(actor=ground.world.office, round=Round.objects.get(pk=round.pk), client_id=uuid4())


def test_I1_circular_and_notices_of_one_day_count_the_same_problems():
    made = finished()
    put_right(made.world, made.problems[0])
    counted = {row.name: row.value for row in circular(made).figures.filter(name__startswith="problems.")}
    notices = actions.draft_notices(actor=made.world.office, round=made.round, client_id=uuid4())
    assert counted == {
        "problems.found": 3, "problems.closed": 1, "problems.open": 2, "problems.overdue": 0,
        "problems.rectified": 333,
    }  # fmt: skip
    assert sum(paper.figures.get().value for paper in notices) == counted["problems.open"]


def test_D4_a_closed_problem_has_no_deadline_in_the_annex_and_none_in_the_demand():
    made = finished()
    put_right(made.world, made.problems[2])
    Problem.objects.filter(pk=made.problems[2].pk).update(deadline=date(2030, 1, 4))
    file, until = composing.file_of(circular(made)), made.problems[0].deadline
    assert [row.cells[5].text for row in opened(file).tables[1].rows[1:]] == [*[day(until)] * 2, "已销号"]
    assert f"于{chinese_date(until)}前整改到位。" in texts(file)[texts(file).index("四、整改要求") + 1]


def change_after(*rounds: tuple[int, int, dict], beside: bool = False) -> Document:
    """The circular of the last of some rounds: (month, litter counted, kind of the round); each looked at one place.

    beside: the first also looked at a place of another type.
    """
    ground = field()
    for month, count, fields in rounds:
        days = {
            "starts_on": timezone.datetime(2026, month, 1).date(),
            "ends_on": timezone.datetime(2026, month, 9).date(),
        }
        places = ground.places[: 2 if beside and month == rounds[0][0] else 1]
        round = open_round(ground.world, ground.version, places, **days, **fields)
        for visit in round.visits.all():
            submit(visit, [Marked("litter", count=count)] if visit.place == places[0] else [])
        round.visits.exclude(place=places[0]).update(place_type=make_type(ground.world.tenant))
        Round.objects.filter(pk=round.pk).update(state="closed")
    return actions.draft_circular(actor=ground.world.office, round=Round.objects.get(pk=round.pk), client_id=uuid4())


def test_the_change_is_against_the_round_before_that_is_its_like():
    paper = change_after((3, 4, {}), (4, 0, {"kind": "mock"}), (5, 1, {}))
    assert (paper.figures.get(name="score.change").text, paper.facts["score"]["rose"]) == ("1.50", True)


@pytest.mark.parametrize(("fields", "beside"), [({"kind": "mock"}, False), ({}, True)])
def test_no_change_is_said_against_a_round_of_another_kind_or_at_other_types_of_place(fields, beside):
    paper = change_after((3, 4, fields), (5, 1, {}), beside=beside)
    assert not paper.figures.filter(name="score.change").exists()
    assert "比上轮" not in "".join(texts(composing.file_of(paper)))


def test_a_round_that_goes_on_has_no_circular_yet():
    ground = field()
    round = open_round(ground.world, ground.version, ground.places)
    with pytest.raises(Refused, match="现在是“进行中”。先结束本轮"):
        actions.draft_circular(actor=ground.world.office, round=round, client_id=uuid4())


def test_a_second_draft_of_the_same_round_is_refused():
    made = finished()
    circular(made)
    with pytest.raises(Refused, match="已有一份草稿"):
        circular(made)
    assert Document.objects.count() == 1


def test_15_sent_twice_it_is_the_same_draft_and_one_event():
    made, key = finished(), uuid4()
    drafts = [actions.draft_circular(actor=made.world.office, round=made.round, client_id=key) for _ in range(2)]
    assert drafts[0].pk == drafts[1].pk
    assert Event.objects.filter(name="documents.drafted").count() == 1


def test_a_neighbours_office_cannot_draft_it():
    made = finished()
    neighbour = county("邻县", tenant=made.world.tenant)
    with pytest.raises(Refused, match="不归本办管"):
        actions.draft_circular(actor=neighbour.office, round=made.round, client_id=uuid4())


def test_words_people_wrote_arrive_literally():
    made = finished()
    made.problems[0].title = "{{ 7*7 }}路<b>：{% if x %}&amp;"
    made.problems[0].place = None
    made.problems[0].place_text = ""
    made.problems[0].save()
    rows = opened(composing.file_of(circular(made))).tables[1].rows
    assert ["{{ 7*7 }}路<b>", "{% if x %}&amp;"] in [[row.cells[2].text, row.cells[3].text] for row in rows]


def test_the_score_is_the_one_frozen_last_and_says_so():
    made = finished()
    run = freeze_run(actor=made.world.office, round=made.round, client_id=uuid4())
    before = {row.name: row.text for row in circular(made).figures.filter(section="score")}
    Document.objects.all().delete()
    world = made.world
    answer = made.round.answers.filter(mark=2).order_by("id").last()
    correct_answer(actor=world.office, answer=answer, client_id=uuid4(), mark=1, reason="复看照片")
    paper = circular(made)
    total = paper.figures.get(name="score.total")
    on = day(timezone.localdate(run.as_of))
    assert {row.name: row.text for row in paper.figures.filter(section="score")} == before
    assert (total.definition, total.records_url) == (
        f"按2026版计算，未测不计；取自{on}第 1 次定分",
        reverse("scores:run", args=[run.uuid]),
    )
    assert scores.of_units(made.round, as_of=timezone.localdate())[0].score.definition.endswith(f"取自{on}第 1 次定分")


def test_while_nothing_is_frozen_the_score_is_marked_as_not_frozen():
    made = finished()
    total = circular(made).figures.get(name="score.total")
    assert total.definition == "按2026版计算，未测不计；还没有定分，按现在的记录算"
