"""Issue 3, 8: what to put right first: open problems by exact gain, what moves when some are ticked, who sees what."""

from decimal import Decimal
from fractions import Fraction
from uuid import uuid4

from django.http import QueryDict
from django.urls import reverse

from chuangwen.base import exports, files
from chuangwen.base.models import Event, ExportJob
from chuangwen.inspections.actions import Marked, correct_answer
from chuangwen.inspections.models import Answer
from chuangwen.organisations.models import Area, AreaPart
from chuangwen.places.models import Place
from chuangwen.problems.models import Problem
from chuangwen.scores import first, live
from chuangwen.scores.actions import freeze_run
from tests.factories import documents
from tests.factories.inspections import field, open_round, spec_of_every_kind, submit
from tests.factories.organisations import LONG_AGO, client_of, county, make_region
from tests.factories.places import make_place, make_type
from tests.factories.published import publish_spec
from tests.factories.workbooks import opened as opened_book


def url(made, query: str = "") -> str:
    return f"{reverse('scores:first', args=[made.round.uuid])}?{query}"


def listed(page) -> list[tuple[str, int, str]]:
    return [(worth.label, len(worth.members), worth.gain.exact) for worth, _ in page.context["rows"]]


def record_of(problem) -> Answer:
    return Answer.objects.get(uuid=problem.source_uuid)


def as_if_never_found(made, *problems) -> str:
    """The total with the records themselves changed to qualified."""
    for problem in problems:
        answer = record_of(problem)
        given = {"mark": Answer.Mark.QUALIFIED, "count": 0, "reason": "复看照片", "note": ""}
        correct_answer(actor=made.world.office, answer=answer, client_id=uuid4(), **given)
    return live.whole_of(made.round).total.shown_got


def test_the_costliest_problem_stands_first_with_its_exact_gain(made) -> None:
    page = client_of(made.world.office).get(url(made))
    titles = [problem.title for problem in made.problems]
    assert listed(page) == [(titles[2], 1, "0.5000"), (titles[1], 1, "0.3333"), (titles[0], 1, "0.1667")]
    assert page.context["moved"].before == live.whole_of(made.round).total.shown_got


def test_ticked_problems_move_the_total_as_if_they_had_never_been_found(made) -> None:
    one, _, third = made.problems
    moved = client_of(made.world.office).get(url(made, f"k=p{one.pk}&k=p{third.pk}")).context["moved"]
    before = live.whole_of(made.round).total.shown_got
    assert (moved.before, moved.problems, moved.gain.exact) == (before, 2, "0.6667")
    assert moved.after == as_if_never_found(made, one, third)


def test_gains_are_shown_as_scores_are_and_add_up_with_them(made) -> None:
    one, _, third = made.problems
    page = client_of(made.world.office).get(url(made, f"k=p{one.pk}&k=p{third.pk}"))
    moved = page.context["moved"]
    assert [str(worth.gain) for worth, _ in page.context["rows"]] == ["0.50", "0.33", "0.17"]
    assert Decimal(moved.before) + Decimal(str(moved.gain)) == Decimal(moved.after)
    assert '<span title="没有修约 0.3333">0.33</span>' in page.content.decode()


def test_a_gain_too_small_for_the_digits_is_no_zero(made) -> None:
    look = first.look_of(made.world.office, made.round, None)
    said = [str(look.said(exact, shown)) for exact, shown in ((Fraction(1, 900), 0), (Fraction(0), 0))]
    assert said == ["不到 0.01", "0.00"]


def test_ranks_and_gaps_of_units_move_with_it(made) -> None:
    third = made.problems[2]
    moved = client_of(made.world.office).get(url(made, f"k=p{third.pk}")).context["moved"]
    found = [(one.name, one.got, one.rank, one.above, one.is_mended) for one in moved.units]
    assert found == [
        ("物业所", ("28.50", "30.00"), ("2", "1"), ("0.75", ""), True),
        ("环卫所", ("29.25", "29.25"), ("1", "2"), ("", "0.75"), False),
    ]


def test_groups_by_unit_type_and_leader_gain_together(made) -> None:
    client = client_of(made.world.office)
    assert listed(client.get(url(made, "by=unit"))) == [("物业所", 1, "0.5000"), ("环卫所", 2, "0.5000")]
    assert [row[1:] for row in listed(client.get(url(made, "by=type")))] == [(3, "1.0000")]
    leader = made.world.leader.name
    assert listed(client.get(url(made, "by=leader"))) == [("没有包片", 1, "0.5000"), (f"一片（{leader}）", 2, "0.5000")]


def test_an_area_holds_by_region_too_and_says_where_it_has_no_leader(made) -> None:
    world = made.world
    street, beside = (make_region(world.tenant, name, world.region) for name in ("河东街道", "河西街道"))
    area = Area.objects.create(
        tenant=world.tenant, jurisdiction=world.jurisdiction, name="二片", leader=None, valid_from=LONG_AGO
    )
    AreaPart.objects.create(area=area, region=street)
    lying = (None, beside, make_region(world.tenant, "东村", street))
    for problem, region in zip(made.problems, lying, strict=True):
        Place.objects.filter(pk=record_of(problem).place_id).update(region=region)
    first = f"一片（{world.leader.name}）"
    found = listed(client_of(world.office).get(url(made, "by=leader")))
    assert found == [("二片（还没有领导）", 1, "0.5000"), (first, 2, "0.5000")]


def test_a_problem_opened_by_a_correction_is_worth_what_its_record_is(db) -> None:
    made = documents.finished(hand_out=False)
    answer, office = record_of(made.problems[2]), made.world.office
    given = {"actor": office, "answer": answer, "reason": "复看照片"}
    correct_answer(mark=Answer.Mark.QUALIFIED, client_id=uuid4(), **given)
    correct_answer(mark=Answer.Mark.NOT_QUALIFIED, client_id=uuid4(), count=3, note="又找到照片", **given)
    problem = Problem.objects.exclude(pk__in=[one.pk for one in made.problems]).get()
    assert problem.source_uuid == answer.corrections.latest("pk").uuid
    page = client_of(office).get(url(made, f"k=p{problem.pk}"))
    assert listed(page)[0] == (problem.title, 1, "0.5000")
    assert (len(listed(page)), page.context["moved"].gain.exact) == (3, "0.5000")


def test_where_every_trial_scores_the_round_whole_many_problems_are_not_tried(db, monkeypatch) -> None:
    world = county()
    kind = make_type(world.tenant)
    spec = spec_of_every_kind(kind.code, "barred")
    veto = {"kind": "veto", "effect": "revoke"}
    spec["nodes"][1]["criteria"].append(
        {"key": "accident", "text": "没有事故", "place_types": [kind.code], "rule": veto}
    )
    places = [make_place(world.station, kind) for _ in range(2)]
    round = open_round(world, publish_spec(world.jurisdiction, spec), places)
    for visit in round.visits.all():
        submit(visit, [Marked("litter", count=1, note="有烟头")])
    address, client = reverse("scores:first", args=[round.uuid]), client_of(world.office)
    assert [client.get(address).context[name] for name in ("slow", "count")] == [False, 2]
    monkeypatch.setattr(first, "SLOW", 1)
    page = client.get(address)
    assert [page.context[name] for name in ("slow", "rows", "problems")] == [True, [], 2]
    assert "<h2>逐件试算太慢</h2>" in page.content.decode()
    assert [client.get(f"{address}?by=unit").context[name] for name in ("slow", "count")] == [False, 1]


def test_other_standards_are_tried_however_many_problems_there_are(made, monkeypatch) -> None:
    monkeypatch.setattr(first, "SLOW", 0)
    page = client_of(made.world.office).get(url(made))
    assert [page.context[name] for name in ("slow", "count")] == [False, 3]


def test_a_ticked_group_is_all_its_problems(made) -> None:
    moved = client_of(made.world.office).get(url(made, f"by=unit&k=u{made.world.station.pk}")).context["moved"]
    assert (moved.problems, moved.gain.exact) == (2, "0.5000")


def test_so_many_problems_are_put_in_order_and_ticked(made) -> None:
    page = client_of(made.world.office).get(url(made, "n=2"))
    steps = [([row.problem.pk for row in step["rows"]], step["gain"].exact) for step in page.context["steps"]]
    assert steps == [([made.problems[2].pk], "0.5000"), ([made.problems[1].pk], "0.3333")]
    assert page.context["ticked"] == {f"p{made.problems[2].pk}", f"p{made.problems[1].pk}"}
    assert page.context["steps"][1]["total"] == page.context["moved"].after


def test_a_tick_brings_the_same_part_as_the_fresh_page(made) -> None:
    client, query = client_of(made.world.office), f"k=p{made.problems[0].pk}"
    part = client.get(url(made, query), headers={"HX-Request": "true"}).content.decode().strip()
    assert part in client.get(url(made, query)).content.decode()
    assert part.startswith('<section class="cw-sec" id="moved"')


def test_a_problem_put_right_for_good_is_no_longer_listed(made) -> None:
    documents.put_right(made.world, made.problems[2])
    page = client_of(made.world.office).get(url(made))
    assert [row[0] for row in listed(page)] == [made.problems[1].title, made.problems[0].title]


def test_a_unit_sees_its_own_problems_against_its_own_score(made) -> None:
    page = client_of(made.world.station_contact).get(url(made))
    titles = [problem.title for problem in made.problems[:2]]
    assert listed(page) == [(titles[1], 1, "0.5000"), (titles[0], 1, "0.2500")]
    assert page.context["moved"].before == "29.25"
    assert list(page.context["tabs"]) == ["problem", "unit", "type"]
    query = f"unit={made.world.other_station.pk}"
    assert client_of(made.world.station_contact).get(url(made, query)).status_code == 404


def test_others_ticked_by_address_do_not_move_and_others_ranks_are_not_shown(made) -> None:
    own, other = made.problems[0], made.problems[2]
    page = client_of(made.world.leader).get(url(made, f"k=p{own.pk}&k=p{other.pk}"))
    assert page.context["moved"].problems == 1
    assert [one.name for one in page.context["moved"].units] == ["环卫所"]


def test_nothing_is_shown_to_units_before_the_round_is_released(db) -> None:
    made = documents.finished(released=False)
    assert client_of(made.world.contact).get(url(made)).status_code == 404
    assert client_of(made.world.office).get(url(made)).status_code == 200


def test_a_frozen_run_is_named_and_stays(made) -> None:
    run = freeze_run(actor=made.world.office, round=made.round, client_id=uuid4())
    page = client_of(made.world.office).get(url(made, f"k=p{made.problems[0].pk}"))
    assert page.context["run"] == run
    assert "这里按现在的记录试算，定分不变。" in page.content.decode()


def test_the_definition_stands_on_the_page_and_a_problem_opens_its_records(made) -> None:
    text = client_of(made.world.office).get(url(made)).content.decode()
    assert "假定这一件当时没有查到、点位照样测过，总得分会多多少" in text
    third = made.problems[2]
    visit = record_of(third).visit
    assert reverse("problems:problem", args=[third.uuid]) in text
    assert reverse("inspections:visit", args=[visit.uuid]) in text
    assert f"{reverse('scores:round', args=[made.round.uuid])}?criterion=litter" in text


def test_the_list_asks_the_same_queries_for_one_problem_and_three(db, same_queries) -> None:
    world = county()
    ground = field(world)
    round = open_round(world, ground.version, ground.places)
    visits = iter(round.visits.order_by("id"))

    def make_one() -> None:
        submit(next(visits), [Marked("litter", count=1, note="有烟头")])

    address = f"{reverse('scores:first', args=[round.uuid])}?by=leader"
    same_queries(make_one, address, client_of(world.office))


def test_the_list_as_excel_holds_every_line_the_person_sees(made) -> None:
    query = QueryDict(f"round={made.round.uuid}&by=problem")
    exports.ask(actor=made.world.station_contact, kind="first", query=query, client_id=uuid4())
    exports.make_export(Event.objects.get(name="base.export_asked"))
    sheet = opened_book(files.read(ExportJob.objects.get().file)).worksheets[0]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    found = [(row[0], row[3], row[5], row[9]) for row in rows]
    numbers = [problem.number for problem in made.problems]
    assert found == [(1, "0.5000", numbers[1], "环卫所"), (2, "0.2500", numbers[0], "环卫所")]
