"""The page of a composite: ranking, what each part counted, the click from the total to the records; who sees which."""

import re
import uuid
from dataclasses import replace
from html import unescape

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from chuangwen.base import exports, files
from chuangwen.base.models import Event, ExportJob
from chuangwen.inspections.models import Answer, Round
from chuangwen.organisations.models import Organisation
from chuangwen.places.itself import places_of
from chuangwen.scores.actions import freeze_run
from chuangwen.scores.composites.forms import shapes_of
from chuangwen.scores.composites.results import Result
from chuangwen.scores.models import Composite
from tests.factories.asking import surely
from tests.factories.composites import enter, make_composite, publish, shape
from tests.factories.organisations import client_of, county
from tests.factories.places import make_place, make_type
from tests.factories.published import make_round, publish_spec, small_spec
from tests.factories.scoring import answer, make_visit, tell
from tests.factories.workbooks import opened

BAD = Answer.Mark.NOT_QUALIFIED


def address(composite: Composite) -> str:
    return reverse("scores:composite", args=[composite.uuid])


def result(client: Client, composite: Composite) -> Result:
    return client.get(address(composite)).context["result"]


def links(page, text: str) -> list[str]:
    """Where the links with these words lead."""
    found = re.findall(r'<a[^>]* href="([^"]*)"[^>]*>(?:<b>)?([^<]*)', page.content.decode())
    return [unescape(href) for href, words in found if words == text]


@pytest.fixture
def cycle(scored):
    """A county's cycle: 2024 and 2025 entered for both bureaus, 2026 a round of its own: 7.00 and 9.00 of 10."""
    answer(scored.first, "litter", BAD, count=3)
    answer(scored.second, "litter", BAD, count=1)
    tell(scored.first, later=True)
    tell(scored.second, later=True)
    Round.objects.filter(pk=scored.round.pk).update(state=Round.State.CLOSED)
    scored.made = make_composite(scored.world)
    rows = shapes_of(scored.made.parts.all())
    shape(scored.world, scored.made, [*rows[:2], replace(rows[2], round_id=scored.round.pk)])
    enter(scored.world, scored.made, scored.world.bureau, p1="80", p2="90")
    enter(scored.world, scored.made, scored.world.other_bureau, p1="90.5", p2="85")
    return scored


def freeze(cycle) -> None:
    freeze_run(actor=cycle.world.office, round=cycle.round, client_id=uuid.uuid4(), reason="定分")


def test_units_are_ranked_with_what_each_part_gave(cycle) -> None:
    freeze(cycle)
    rows = result(client_of(cycle.world.office), cycle.made).rows
    assert [(row.rank, row.name, row.total, row.above, row.below) for row in rows] == [
        (1, "示例县住建局", "88.83", "", "12.33"),
        (2, "示例县城管局", "76.50", "12.33", ""),
    ]
    assert [(one.got, one.of, one.share, one.gave) for one in rows[1].cells] == [
        ("80", "100", "15", "12.00"),
        ("90", "100", "25", "22.50"),
        ("7.00", "10", "60", "42.00"),
    ]
    assert rows[1].sums == [
        ["2024 年 80.00，占 15%", "12.00"],
        ["2025 年 90.00，占 25%", "22.50"],
        ["2026 年 7.00，占 60%", "42.00"],
        ["总分", "76.50"],
    ]


def test_a_click_leads_from_the_total_to_the_line_of_the_run_and_on_to_the_records(cycle) -> None:
    freeze(cycle)
    client, bureau = client_of(cycle.world.office), cycle.world.bureau.pk
    page = client.get(address(cycle.made))
    opened_total = client.get(f"{address(cycle.made)}{links(page, '76.50')[0]}")
    assert opened_total.context["row"].total == "76.50"
    run = client.get(links(opened_total, "7.00")[-1])
    assert (run.context["name"], run.context["total"].got, run.context["total"].subject_id) == (
        "示例县城管局",
        700,
        bureau,
    )
    assert [line.node_key for _, line in run.context["lines"]] == ["", "env", "litter", "signs", "service", "queue"]
    records = client.get(links(run, "看记录")[0])
    assert (records.context["round"], records.context["total"].shown_got) == (cycle.round, "7.00")


def test_a_click_on_an_entered_score_tells_who_said_so_and_who_entered_it(cycle) -> None:
    client = client_of(cycle.world.office)
    page = client.get(address(cycle.made))
    [link] = links(page, "90.5")
    assert link == f"?subject={cycle.world.other_bureau.pk}#part-p1"
    origin = client.get(f"{address(cycle.made)}{link.partition('#')[0]}").context["lines"][0].cell.origin
    assert origin.startswith(f"省测评通报，2026-01-20；{cycle.world.office.name} ")
    assert origin.endswith(" 录入")


def test_a_round_not_frozen_counts_for_the_time_being_and_keeps_from_publishing(cycle) -> None:
    client = client_of(cycle.world.office)
    page = client.get(address(cycle.made))
    assert [head.label for head in page.context["result"].provisional] == ["2026 年"]
    assert "第1轮督导 未定分，按现在的记录暂计" in page.content.decode()
    refused = client.post(reverse("scores:composite-publish", args=[cycle.made.uuid]), follow=True)
    assert "2026 年取的轮次还没有定分，现在是暂计。先到轮次的计分页定分，再公布。" in refused.content.decode()
    assert Composite.objects.get().is_draft


def test_a_round_without_a_result_is_said_and_counts_no_nothing(scored) -> None:
    made = make_composite(scored.world)
    rows = shapes_of(made.parts.all())
    shape(scored.world, made, [*rows[:2], replace(rows[2], round_id=scored.round.pk)])
    enter(scored.world, made, scored.world.bureau, p1="80", p2="90")
    page = client_of(scored.world.office).get(address(made))
    row = page.context["result"].rows[0]
    assert (row.total, row.remarks) == ("86.25", ["2026 年还没有结果，不计 0 分，按其余折算"])
    assert [(one.got, one.share) for one in row.cells] == [("80", "37.5"), ("90", "62.5"), ("", "")]
    assert page.content.decode().count("未有结果") >= 1


def test_a_published_one_keeps_names_values_and_digits(cycle) -> None:
    freeze(cycle)
    client = client_of(cycle.world.office)
    surely(client, reverse("scores:composite-publish", args=[cycle.made.uuid]))
    before = client.get(address(cycle.made)).context["result"]
    Answer.objects.filter(visit=cycle.first).update(mark=Answer.Mark.QUALIFIED, count=0)
    tell(cycle.first, later=True)
    freeze(cycle)
    Organisation.objects.filter(pk=cycle.first.unit_id).update(name="改了名的局")
    Round.objects.filter(pk=cycle.round.pk).update(name="改了名的轮次")
    assert client.get(address(cycle.made)).context["result"] == before
    assert publish(cycle.world, cycle.made).published_by == cycle.world.office
    assert Event.objects.filter(name="scores.composite_published").count() == 1


def test_units_and_leaders_see_their_own_lines_once_it_is_published(cycle) -> None:
    freeze(cycle)
    people, own = cycle.world.people, cycle.world.bureau.pk
    assert client_of(people["contact"]).get(address(cycle.made)).status_code == 404
    publish(cycle.world, cycle.made)
    for name in ("contact", "leader"):
        client = client_of(people[name])
        page = client.get(address(cycle.made))
        assert [(row.subject_id, row.rank) for row in page.context["result"].rows] == [(own, 2)]
        assert "88.83" not in page.content.decode()
        other = client.get(f"{address(cycle.made)}?subject={cycle.world.other_bureau.pk}")
        assert other.status_code == 404
    assert client_of(cycle.world.other_contact).get(address(cycle.made)).context["row"].rank == 1
    assert client_of(county("邻县").office).get(address(cycle.made)).status_code == 404


def test_a_unit_is_led_to_the_round_once_that_is_public_and_never_to_the_run(cycle) -> None:
    freeze(cycle)
    publish(cycle.world, cycle.made)
    client, own = client_of(cycle.world.contact), f"unit={cycle.world.bureau.pk}"
    closed = f"?subject={cycle.world.bureau.pk}#part-p3"
    assert set(links(client.get(address(cycle.made)), "7.00")) == {closed}
    Round.objects.filter(pk=cycle.round.pk).update(state=Round.State.RELEASED)
    [link] = set(links(client.get(address(cycle.made)), "7.00"))
    assert link == f"{reverse('scores:round', args=[cycle.round.uuid])}?{own}"
    assert client.get(link).status_code == 200


def test_the_jurisdiction_itself_can_be_judged(cycle) -> None:
    freeze(cycle)
    made = make_composite(cycle.world, "本县周期", kind="whole")
    rows = shapes_of(made.parts.all())
    shape(cycle.world, made, [*rows[:2], replace(rows[2], round_id=cycle.round.pk)], kind="whole")
    client = client_of(cycle.world.office)
    form = {"revision": 1, "source": "省测评通报", "given_on": "2026-01-20", "s-0-p1": "80", "s-0-p2": "90"}
    client.post(reverse("scores:composite-entered", args=[made.uuid]), form)
    [row] = result(client, made).rows
    assert (row.name, row.total, [cell.got for cell in row.cells]) == ("示例县", "82.50", ["80", "90", "8.00"])
    publish(cycle.world, made)
    assert client_of(cycle.world.leader).get(address(made)).status_code == 404


def test_equal_totals_share_the_rank(db) -> None:
    world = county()
    made = make_composite(world)
    for unit, score in ((world.bureau, "80"), (world.other_bureau, "80.00"), (world.station, "79.5")):
        enter(world, made, unit, p1=score)
    page = client_of(world.office).get(address(made))
    assert [(row.rank, row.tied) for row in page.context["result"].rows] == [(1, True), (1, True), (3, False)]
    assert page.content.decode().count("1（并列）") == 2


@pytest.mark.parametrize(
    ("term", "total", "said"),
    [
        ("latest", "70.00", ["2024—2026 年综合考评取最近一次：2025 年"]),
        ("best", "80.00", ["2024—2026 年综合考评取最好一次：2024 年"]),
    ],
)
def test_one_of_several_is_taken_and_said(db, term: str, total: str, said: list[str]) -> None:
    world = county()
    made = make_composite(world)
    shape(world, made, [replace(row, weight="") for row in shapes_of(made.parts.all())], term=term)
    enter(world, made, world.bureau, p1="80", p2="70")
    [row] = result(client_of(world.office), made).rows
    assert (row.total, row.remarks) == (total, said)


def test_a_draft_may_say_that_without_every_part_there_is_no_total(db) -> None:
    world = county()
    made = make_composite(world)
    shape(world, made, shapes_of(made.parts.all()), missing="none")
    enter(world, made, world.bureau, p1="80", p2="70")
    [row] = result(client_of(world.office), made).rows
    assert (row.total, row.rank, row.remarks) == ("未出分", None, ["2026 年还没有结果，先不出分"])


def test_places_are_ranked_where_the_round_judges_places(db) -> None:
    world = county()
    kind = make_type(world.tenant, "窗口")
    round = make_round(publish_spec(world.jurisdiction, {**small_spec(kind.code), "subject": "window"}))
    halls = [make_place(owner, kind, name) for owner, name in ((world.bureau, "一厅"), (world.other_bureau, "二厅"))]
    for number, place in enumerate(halls):
        visit = make_visit(round, place)
        answer(visit, "litter", BAD, count=1 + number)
        tell(visit, later=True)
    Round.objects.filter(pk=round.pk).update(state=Round.State.RELEASED)
    freeze_run(actor=world.office, round=round, client_id=uuid.uuid4())
    made = make_composite(world, kind="place")
    rows = shapes_of(made.parts.all())
    shape(world, made, [*rows[:2], replace(rows[2], round_id=round.pk)])
    enter(world, made, halls[1].pk, p1="100", p2="100")
    publish(world, made)
    page = client_of(world.office).get(address(made))
    assert [(row.name, row.total) for row in page.context["result"].rows] == [("一厅", "90.00"), ("二厅", "88.00")]
    run = client_of(world.office).get(links(page, "8.00")[0])
    assert (run.context["name"], run.context["total"].got) == ("二厅", 800)
    own = client_of(world.contact).get(address(made))
    assert [row.name for row in own.context["result"].rows] == ["一厅"]
    assert set(links(own, "9.00")) == {f"?subject={halls[0].pk}#part-p3"}


def test_a_veto_of_a_round_bars_from_the_whole_before_and_after_freezing(db) -> None:
    world = county()
    kind = make_type(world.tenant)
    veto = {"key": "bad", "text": "重大事故", "rule": {"kind": "veto", "effect": "ineligible"}}
    spec = small_spec(kind.code)
    spec["nodes"].append({"key": "out", "name": "一票否决", "criteria": [veto]})
    round = make_round(publish_spec(world.jurisdiction, spec), state=Round.State.CLOSED)
    visit, itself = (
        make_visit(round, place)
        for place in (make_place(world.bureau, kind), places_of(world.tenant, [world.bureau])[world.bureau.pk])
    )
    answer(visit, "signs", Answer.Mark.QUALIFIED)
    answer(itself, "bad", BAD, count=1)
    tell(visit, later=True)
    tell(itself, later=True)
    made, client = make_composite(world, shaped="free"), client_of(world.office)
    rows = shapes_of(made.parts.all())
    shape(world, made, [replace(rows[0], round_id=round.pk)])
    said = ["第一部分：重大事故，取消申报资格"]
    assert [(row.rank, row.barred) for row in result(client, made).rows] == [(None, said)]
    freeze_run(actor=world.office, round=round, client_id=uuid.uuid4())
    assert [(row.rank, row.barred) for row in result(client, made).rows] == [(None, said)]


def test_the_ranking_goes_to_excel_with_a_column_for_each_part(cycle) -> None:
    freeze(cycle)
    publish(cycle.world, cycle.made)
    query = QueryDict(f"composite={cycle.made.uuid}")
    exports.ask(actor=cycle.world.contact, kind="composite", query=query, client_id=uuid.uuid4())
    exports.make_export(Event.objects.get(name="base.export_asked"))
    sheet = opened(files.path_of(ExportJob.objects.get().file).read_bytes()).worksheets[0]
    head, *rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert head[:9] == ["名次", "单位", "2024 年", "2024 年占", "2025 年", "2025 年占", "2026 年", "2026 年占", "总评"]
    assert [row[:9] for row in rows] == [[2, "示例县城管局", "80", "15%", "90", "25%", "7.00", "60%", "76.50"]]


def test_an_empty_list_and_a_draft_without_scores_say_what_comes_next(db) -> None:
    world = county()
    office, contact = client_of(world.office), client_of(world.contact)
    assert "新建综合考评" in office.get(reverse("scores:composites")).content.decode()
    assert "创建办公布以后，本单位的一行列在这里。" in contact.get(reverse("scores:composites")).content.decode()
    made = make_composite(world)
    assert "还没有一个得分" in office.get(address(made)).content.decode()
    refused = office.post(reverse("scores:composite-publish", args=[made.uuid]), follow=True)
    assert "还没有一个总评。先录入得分或给轮次定分，再公布。" in refused.content.decode()


def test_the_list_asks_the_same_queries_for_one_and_three(db, same_queries) -> None:
    world, numbers = county(), iter("123")
    same_queries(lambda: make_composite(world, next(numbers)), reverse("scores:composites"), client_of(world.office))


def test_the_page_asks_the_same_queries_for_one_unit_and_three(db, same_queries) -> None:
    world = county()
    made, units = make_composite(world), iter((world.bureau, world.station, world.other_bureau))
    same_queries(lambda: enter(world, made, next(units), p1="80"), address(made), client_of(world.office))
