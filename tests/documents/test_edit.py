"""Working on a draft: the words, and figures that changed since."""

from datetime import date, datetime, time
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from chuangwen.base.errors import Refused
from chuangwen.documents import actions, composing, figures
from chuangwen.documents.models import Document
from chuangwen.documents.words import words_of
from chuangwen.problems.actions import take_step
from chuangwen.problems.models import Problem
from tests.documents.word.reading import texts
from tests.factories.documents import circular, finished, issued, notice, put_right
from tests.factories.organisations import county

pytestmark = pytest.mark.django_db
WORDS = {
    "title": "关于暗访情况的通报", "addressee": "各街道", "basis": "根据年度安排", "examiner": "县创建办",
    "remarks": "一是反复。\n\n二是滞后。", "demands": "立即整改。\n举一反三。",
    "reply_to": "县创建办", "issuer": "示例县创建办", "dated_on": "2026-11-25", "copies_to": "县委办",
}  # fmt: skip


def test_words_written_stand_in_the_paper(client):
    made = finished()
    paper = circular(made)
    client.force_login(made.world.office, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(reverse("documents:document-edit", args=[paper.uuid]), WORDS)
    assert answer.status_code == 302
    paper.refresh_from_db()
    said = texts(composing.file_of(paper))
    assert said[2:5] == [
        "关于暗访情况的通报",
        "各街道：",
        "根据年度安排，2026年3月31日至4月11日，县创建办对2个责任单位的点位开展了暗访。现将有关情况通报如下：",
    ]
    assert said[said.index("一是反复。") :][:3] == ["一是反复。", "二是滞后。", "二、得分与排名"]
    assert said[said.index("四、整改要求") + 1 :][:2] == ["（一）立即整改。", "（二）举一反三。"]
    assert (paper.dated_on, paper.copies_to) == (date(2026, 11, 25), "县委办")


def test_a_field_left_empty_says_so_and_keeps_the_draft(client):
    made = finished()
    paper = circular(made)
    client.force_login(made.world.office, backend="django.contrib.auth.backends.ModelBackend")
    page = client.post(reverse("documents:document-edit", args=[paper.uuid]), WORDS | {"addressee": ""})
    assert "主送没有填。" in page.content.decode()
    paper.refresh_from_db()
    assert words_of(paper.content).addressee == "各责任单位"


def test_words_of_an_issued_paper_stay():
    made = finished()
    paper = issued(circular(made), made.world)
    with pytest.raises(Refused, match=r"现在是“已签发”（示文明办〔2026〕1号）"):
        actions.change_words(
            actor=made.world.office, document=paper, words=words_of(paper.content), title="x", copies_to="",
            dated_on=date(2026, 1, 1),
        )  # fmt: skip


def test_figures_that_changed_are_named_with_their_present_text():
    made = finished()
    paper = circular(made)
    assert not figures.changes(made.world.office, paper)
    put_right(made.world, made.problems[0])
    assert figures.changes(made.world.office, paper).figures == {
        "problems.closed": "1",
        "problems.open": "2",
        "problems.rectified": "33.3%",
    }


def test_a_new_deadline_of_a_listed_problem_is_a_change_though_no_figure_moved():
    made = finished()
    paper = circular(made)
    Problem.objects.filter(pk=made.problems[0].pk).update(deadline=date(2027, 1, 4))
    found = figures.changes(made.world.office, Document.objects.get(pk=paper.pk))
    assert (found.figures, found.lists) == ({}, ["问题清单里的 1\u00a0件"])
    paper = actions.take_figures(actor=made.world.office, document=paper)
    assert paper.facts["problems"]["rows"][0]["deadline"] == "2027-01-04"
    assert not figures.changes(made.world.office, paper)


def test_a_score_that_came_after_the_draft_is_taken_with_the_rest():
    made = finished()
    paper = circular(made)
    paper.figures.filter(section="score").delete()
    paper.facts["score"] = {}
    paper.save()
    assert figures.changes(made.world.office, paper).lists == ["得分与排名"]
    paper = actions.take_figures(actor=made.world.office, document=paper)
    assert paper.figures.get(name="score.total").text == "29.00"


def test_taking_one_figure_takes_those_of_its_section_with_it():
    made = finished()
    paper = circular(made)
    put_right(made.world, made.problems[0])
    actions.take_figures(actor=made.world.office, document=paper, name="problems.closed")
    kept = dict(paper.figures.values_list("name", "text"))
    assert (kept["problems.closed"], kept["problems.rectified"]) == ("1", "33.3%")
    paper.refresh_from_db()
    assert not figures.changes(made.world.office, paper)


def test_a_notice_follows_its_problems_while_it_is_a_draft():
    world = county()
    paper = notice(world, count=2)
    first = paper.facts["problems"]["rows"][0]["uuid"]
    problem = world.bureau.problems.get(uuid=first)
    take_step(actor=world.office, problem=problem, verb="withdraw", client_id=uuid4(), words="重复登记")
    paper = actions.take_figures(actor=world.office, document=paper)
    assert (len(paper.facts["problems"]["rows"]), paper.figures.get().text) == (1, "1")


def test_a_notice_without_problems_is_not_taken():
    world = county()
    paper = notice(world)
    take_step(actor=world.office, problem=world.bureau.problems.get(), verb="withdraw", client_id=uuid4(), words="重复")
    with pytest.raises(Refused, match="不用发整改通知书。数字没有改，这份草稿可以作废。"):
        actions.take_figures(actor=world.office, document=paper)
    assert paper.figures.get().text == "1"


def over_on(made, day):
    """The last look of the round was on this day."""
    at = timezone.make_aware(datetime.combine(day, time(15)))
    made.round.visits.update(submitted_at=at)


def test_A4_a_round_that_was_over_early_ends_with_its_last_look():
    made = finished()
    over_on(made, date(2026, 4, 2))
    assert "2026年3月31日至4月2日，" in texts(composing.file_of(circular(made)))[4]
    papers = actions.draft_notices(actor=made.world.office, round=made.round, client_id=uuid4())
    assert ["2026年3月31日至4月2日，" in texts(composing.file_of(paper))[4] for paper in papers] == [True, True]


def test_A4_looks_outside_the_planned_days_leave_them_as_they_are():
    made = finished()
    over_on(made, date(2026, 4, 20))
    assert "2026年3月31日至4月11日，" in texts(composing.file_of(circular(made)))[4]


def test_A4_the_period_can_be_written_by_hand(client):
    made = finished()
    paper = circular(made)
    client.force_login(made.world.office, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("documents:document-edit", args=[paper.uuid])
    client.post(address, WORDS | {"first_day": "2026-04-01", "last_day": "2026-04-03"})
    paper.refresh_from_db()
    assert "根据年度安排，2026年4月1日至3日，" in texts(composing.file_of(paper))[4]
    page = client.post(address, WORDS | {"first_day": "2026-04-05", "last_day": "2026-04-03"}).content.decode()
    assert "检查的开始日期晚于结束日期，请改正。" in page


def test_B13_the_usual_demands_stand_in_the_form_and_follow_the_records_while_unchanged(client):
    made = finished()
    paper = circular(made)
    client.force_login(made.world.office, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("documents:document-edit", args=[paper.uuid])
    usual = client.get(address).context["form"]["demands"].value()
    said = texts(composing.file_of(paper))
    start = said.index("四、整改要求") + 1
    assert [f"（{mark}）{line}" for mark, line in zip("一二三", usual.splitlines(), strict=True)] == said[start:][:3]
    client.post(address, WORDS | {"demands": usual})
    paper.refresh_from_db()
    said = texts(composing.file_of(paper))
    assert paper.content["demands"] == []
    assert said[said.index("四、整改要求") + 2].endswith("在整改期限内报县创建办。")
