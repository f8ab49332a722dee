"""C7: ours and theirs side by side: rates, verdicts, place types, teams, frozen or live, never few places judged."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.urls import reverse

from chuangwen.base import exports, files
from chuangwen.base.models import Event, ExportJob
from chuangwen.inspections.models import Answer, Round, Team, Visit
from chuangwen.places.itself import places_of
from chuangwen.scores import keeping
from chuangwen.scores.actions import freeze_run
from tests.factories.assessments import assessment_of, ground, take_in
from tests.factories.organisations import client_of
from tests.factories.published import make_round
from tests.factories.scoring import answer, make_visit, tell
from tests.factories.workbooks import opened

LITTER, SIGNS, QUEUE = ("Ⅱ-1", "无烟头、纸屑"), ("Ⅱ-2", "标识标牌完好"), ("Ⅱ-3", "排队有序、服务文明")


@pytest.fixture
def made(db):
    """Four roads, one of them littered, and two halls; theirs: three roads, all littered in part, one hall."""
    found = ground()
    teams = [Team.objects.create(tenant=found.world.tenant, round=found.round, name=f"{n}组") for n in (1, 2)]
    for n in range(4):
        found.visit(f"{n}号路", found.road, *(["litter"] if n == 0 else []), team=teams[n % 2 if n < 3 else 0])
    for n in range(2):
        found.visit(f"{n}号厅", found.hall, "queue", team=teams[1])
    assessment = assessment_of(found.world, found.version)
    rows = [(*LITTER, "主次干道", f"{n}号路", 10, 7 - n, "", f"东口{n}") for n in range(3)]
    rows += [(*SIGNS, "主次干道", f"{n}号路", 6, 6, "", "") for n in range(3)]
    rows.append((*QUEUE, "政务大厅", "0号厅", 4, 3, "", "插队"))
    take_in(found.world, assessment, *rows)
    found = {**vars(found), "visit": found.visit}
    return SimpleNamespace(**found, assessment=assessment, client=client_of(found["world"].office))


def page_of(made, query: str = ""):
    return made.client.get(f"{reverse('assessments:compare', args=[made.assessment.uuid])}?{query}").context


def seen(page) -> list[tuple]:
    """Of each row: what it is, both rates, the difference, the verdict."""
    return [
        (
            one["row"].team or one["row"].label or one["row"].type_name,
            *[one[which].get("rate", "") for which in ("ours", "theirs")],
            one["apart"],
            one["verdict"],
        )
        for one in page["rows"]
    ]


def test_rates_are_compared_the_largest_difference_first_and_few_places_are_no_verdict(made):
    assert seen(page_of(made)) == [
        ("Ⅱ-1", "75.00%", "60.00%", "+15.00", "偏松"),
        ("Ⅱ-2", "100.00%", "100.00%", "0.00", "相近"),
        ("Ⅱ-3", "0.00%", "75.00%", "−75.00", "样本少"),
    ]


def test_both_sides_with_their_points_places_records_and_reasons(made):
    one = page_of(made)["rows"][0]
    assert one["ours"] == {"got": "3.75", "possible": "5.00", "rate": "75.00%", "places": "4\u00a0处"}
    assert one["theirs"] == {"got": "18.00", "possible": "30.00", "rate": "60.00%", "places": "3\u00a0处"}
    assert one["reasons"] == ("0号路：东口0", "1号路：东口1", "2号路：东口2")
    assert one["our_records"] == (
        f"{reverse('scores:round', args=[made.round.uuid])}?type={made.road.pk}&criterion=litter"
    )
    assert made.client.get(one["our_records"]).context["why"].criterion.key == "litter"
    assert made.client.get(one["their_rows"]).context["count"] == 3


def test_an_indicator_is_compared_by_the_types_they_looked_at_each_weighing_as_our_places(made):
    made.visit("中心公园", made.park, "litter")
    take_in(made.world, made.assessment, (*LITTER, "公园", "", 10, "未测", "", ""))
    take_in(made.world, made.assessment, (*LITTER, "政务大厅", "0号厅", 10, 10, "", ""))
    page = page_of(made)
    assert seen(page)[0] == ("Ⅱ-1", "83.33%", "70.00%", "+13.33", "偏松")
    one = page["rows"][0]
    assert (one["row"].remark, one["ours"]["places"]) == ("只比他们看过的政务大厅、主次干道", "6\u00a0处")
    shown = made.client.get(reverse("assessments:compare", args=[made.assessment.uuid]) + one["our_records"]).context
    assert seen(shown) == [
        ("Ⅱ-1", "75.00%", "60.00%", "+15.00", "偏松"),
        ("Ⅱ-1", "100.00%", "100.00%", "0.00", "样本少"),
        ("Ⅱ-1", "0.00%", "", "", "上级未测"),
    ]


def test_an_indicator_they_scored_without_types_is_beside_our_whole(made):
    take_in(made.world, made.assessment, (*LITTER, "", "", 10, 7, "", ""))
    assert seen(page_of(made))[0] == ("Ⅱ-1", "83.33%", "70.00%", "+13.33", "偏松")


def test_by_indicator_and_place_type(made):
    page = page_of(made, "by=both&sort=tree")
    assert [(one["row"].type_name, *rest) for one, (_, *rest) in zip(page["rows"], seen(page), strict=True)] == [
        ("主次干道", "75.00%", "60.00%", "+15.00", "偏松"),
        ("主次干道", "100.00%", "100.00%", "0.00", "相近"),
        ("政务大厅", "0.00%", "75.00%", "−75.00", "样本少"),
    ]
    assert page["rows"][0]["our_records"].endswith(f"?type={made.road.pk}&criterion=litter")


def test_by_place_type_only_what_both_examined_there_is_added(made):
    page = page_of(made, "by=type")
    assert seen(page) == [
        ("主次干道", "84.38%", "75.00%", "+9.38", "偏松"),
        ("政务大厅", "0.00%", "75.00%", "−75.00", "样本少"),
    ]
    assert [one["row"].remark for one in page["rows"]] == ["双方都测的 2 条", "双方都测的 1 条"]
    assert (page["rows"][0]["ours"]["places"], page["rows"][0]["theirs"]["places"]) == ("4\u00a0处", "3\u00a0处")


def test_by_team_over_the_places_both_looked_at(made):
    page = page_of(made, "by=team")
    assert seen(page) == [
        ("1组", "68.75%", "75.00%", "−6.25", "样本少"),
        ("2组", "80.00%", "75.00%", "+5.00", "样本少"),
    ]
    assert [[place.name for place in one["row"].places] for one in page["rows"]] == [
        ["0号路", "2号路"],
        ["1号路", "0号厅"],
    ]


def test_the_threshold_the_office_sets_decides_and_is_taken_over_by_the_next(made):
    address = reverse("assessments:threshold", args=[made.assessment.uuid])
    made.client.post(address, {"threshold": "15"})
    assert seen(page_of(made, "by=both&sort=tree"))[0][-1] == "相近"
    answer = made.client.post(f"{address}?by=both", {"threshold": "14.9"})
    assert answer.headers["Location"] == f"{reverse('assessments:compare', args=[made.assessment.uuid])}?by=both"
    assert seen(page_of(made, "by=both&sort=tree"))[0][-1] == "偏松"
    assert page_of(made)["threshold"] == "14.9"
    assert assessment_of(made.world, made.version, name="下半年省测").threshold == 149


def test_a_threshold_that_is_none_is_said_and_changes_nothing(made):
    address = reverse("assessments:threshold", args=[made.assessment.uuid])
    page = made.client.post(address, {"threshold": "很多"}, follow=True)
    assert [str(one) for one in page.context["messages"]] == ["填一个数，如 5。"]
    assert page.context["threshold"] == "5"


def test_the_total_is_of_what_both_examined(made):
    page = page_of(made)
    assert (page["counted"], page["total"]["ours"]["rate"], page["total"]["theirs"]["rate"]) == (3, "67.50%", "75.00%")
    only = page_of(made, "tab=lenient")
    assert (only["counted"], only["total"]["apart"]) == (1, "+15.00")


def test_an_indicator_scored_by_them_as_a_whole_is_beside_ours_and_counted_once(made):
    take_in(made.world, made.assessment, ("Ⅰ-1", "公共环境", "", "", 20, 15, "", "整体一般"))
    page = page_of(made, "sort=tree")
    assert seen(page)[0] == ("Ⅰ-1", "89.58%", "75.00%", "+14.58", "偏松")
    assert page["counted"] == 3
    assert page["rows"][0]["our_records"].endswith("?node=env")


def test_what_one_side_did_not_examine_is_said_and_never_nought(made):
    take_in(made.world, made.assessment, (*QUEUE, "主次干道", "", 4, "未测", "", ""))
    made.client.get(reverse("assessments:compare", args=[made.assessment.uuid]))
    rows = {one["row"].type_name + one["row"].label: one for one in page_of(made, "by=both&tab=unseen")["rows"]}
    assert [(key, one["verdict"], one["ours"], one["theirs"]) for key, one in rows.items()] == [
        ("主次干道Ⅱ-3", "上级未测", {}, {})
    ]


def test_what_is_entered_for_a_unit_is_a_verdict_without_any_number_of_places(db):
    found = ground(queue="材料审核")
    own = places_of(found.world.tenant, [found.world.station])[found.world.station.pk]
    visit = make_visit(found.round, own)
    Visit.objects.filter(pk=visit.pk).update(state=Visit.State.ENTERED)
    answer(visit, "queue", Answer.Mark.NOT_QUALIFIED)
    tell(visit)
    assessment = assessment_of(found.world, found.version)
    take_in(found.world, assessment, (*QUEUE, "", "", 4, 3, "", ""))
    page = client_of(found.world.office).get(reverse("assessments:compare", args=[assessment.uuid])).context
    assert seen(page) == [("Ⅱ-3", "0.00%", "75.00%", "−75.00", "偏严")]
    assert page["rows"][0]["ours"]["places"] == ""


def test_a_frozen_run_is_compared_as_it_was_kept(made):
    run = freeze_run(actor=made.world.office, round=made.round, client_id=uuid4())
    live = {way: seen(page_of(made, f"by={way}&round={made.round.uuid}")) for way in ("node", "type", "both")}
    Round.objects.filter(pk=made.round.pk).update(state=Round.State.OPEN)
    made.visit("新路", made.road, "litter")
    kept = {way: seen(page_of(made, f"by={way}&round={made.round.uuid}.{run.number}")) for way in live}
    assert [(way, [row[0] for row in rows]) for way, rows in kept.items()] == [
        (way, [row[0] for row in rows]) for way, rows in live.items()
    ]
    assert seen(page_of(made, "sort=tree"))[0][1:3] == ("75.00%", "60.00%")
    assert seen(page_of(made, f"sort=tree&round={made.round.uuid}"))[0][1:3] == ("60.00%", "60.00%")


def test_filters_by_indicator_words_and_verdict(made):
    assert [row[0] for row in seen(page_of(made, "top=service"))] == ["Ⅱ-3"]
    assert [row[0] for row in seen(page_of(made, "q=插队"))] == ["Ⅱ-3"]
    assert [row[0] for row in seen(page_of(made, "tab=alike"))] == ["Ⅱ-2"]
    assert [(key, number) for key, _, number in page_of(made)["tabs"]] == [
        ("all", 3), ("lenient", 1), ("strict", 0), ("alike", 1), ("few", 1), ("unseen", 0),
    ]  # fmt: skip


def test_the_round_nearest_in_time_stands_first_and_others_of_the_system_can_be_chosen(made):
    later = make_round(made.version, name="秋季暗访")
    Round.objects.filter(pk=later.pk).update(starts_on="2026-09-01", ends_on="2026-09-02")
    page = page_of(made)
    assert page["round"] == made.round
    assert [label for _, label in page["choices"]] == ["秋季暗访（现在的记录）", "下半年模拟测评（现在的记录）"]
    assert page_of(made, f"round={later.uuid}")["round"] == later


def test_empty_states_say_what_comes_first(made):
    bare = assessment_of(made.world, made.version, name="还没有表的")
    text = made.client.get(reverse("assessments:compare", args=[bare.uuid])).content.decode()
    assert "还没有上级的结果" in text
    take_in(made.world, bare, (*LITTER, "", "", 10, 8, "", ""))
    assert (
        "他们的表没有分点位类型。"
        in made.client.get(reverse("assessments:compare", args=[bare.uuid]) + "?by=both").content.decode()
    )
    Round.objects.update(state=Round.State.DRAFT)
    text = made.client.get(reverse("assessments:compare", args=[bare.uuid])).content.decode()
    assert "还没有可对照的轮次" in text


def test_the_export_holds_what_the_page_lists_with_numbers(made):
    query = QueryDict(f"assessment={made.assessment.uuid}&by=node&tab=lenient")
    job = exports.ask(actor=made.world.office, kind="assessment-comparison", query=query, client_id=uuid4())
    exports.make_export(Event(data={"job": job.pk}))
    job = ExportJob.objects.select_related("file").get(pk=job.pk)
    sheet = opened(files.read(job.file)).worksheets[0]
    head, row = [[cell.value for cell in line] for line in sheet.iter_rows()]
    told = dict(zip(head, row, strict=True))
    assert (told["编号"], told["我们得分率（%）"], told["上级得分率（%）"], told["判断"]) == (
        "Ⅱ-1",
        75,
        60,
        "偏松",
    )
    assert told["上级写的原因"] == "0号路：东口0\n1号路：东口1\n2号路：东口2"


@pytest.mark.parametrize(("by", "queries"), [("node", 18), ("type", 18), ("both", 18), ("team", 21)])
def test_the_page_asks_the_same_of_one_row_and_of_many(made, django_assert_num_queries, by, queries):
    keeping.keep_totals(Event(data={"round": made.round.pk}))
    page_of(made, f"by={by}")
    with django_assert_num_queries(queries):
        page_of(made, f"by={by}")
    rows = [(*SIGNS, "政务大厅", f"{n}号厅", 6, 5, "", "") for n in range(2)]
    take_in(made.world, made.assessment, *rows)
    with django_assert_num_queries(queries):
        page_of(made, f"by={by}")


def test_a_wrong_round_in_the_address_is_no_error(made):
    page = page_of(made, f"round={uuid4()}&by=nothing&type=x&sort=y")
    assert (page["round"], page["rows"]) == (None, [])
