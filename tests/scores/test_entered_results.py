"""Results entered for units count with the places looked at, in one total by the weights of the methods."""

from fractions import Fraction

import pytest

from chuangwen.base.models import Event
from chuangwen.inspections import actions
from chuangwen.inspections.actions import Marked, Result
from chuangwen.inspections.queries import sheet_of, sheet_of_units
from chuangwen.scores import forecasting, keeping, live, pages
from chuangwen.scores.actions import freeze_run
from tests.factories.inspections import answer_of, submit
from tests.factories.results import MATERIAL, SURVEY, Methods, bad, criterion, good, methods

pytestmark = pytest.mark.django_db


def test_three_methods_come_to_one_total_by_their_weights() -> None:
    made = methods()
    first, second, third = (made.visit(place) for place in made.places)
    for visit, found in ((first, 3), (second, 0), (third, 8)):
        submit(visit, [Marked("litter", count=found)] if found else [], confirmed=[1])
    station, other = made.listed(made.world.station, made.world.other_station)
    made.enter(good(station, "plan"), bad(other, "plan"), good(station, "records", 3), good(other, "records", 1))
    made.enter(good(station, "satisfied", 93500), good(other, "satisfied", 80100))

    # material: plan 1/2 of 4, records (1 + 1/3) / 2 of 6 = 2 + 4 = 6 of 10
    # field: (8.5 + 10 + 6) / 3 of 10; survey: (93.5 + 80.1) / 2 = 86.8 of 100
    material, field, survey = Fraction(6, 10), Fraction(49, 6) / 10, Fraction(868, 1000)
    share = (30 * material + 50 * field + 20 * survey) / 100
    total = live.whole_of(made.round).total
    assert total.rate == share
    assert total.shown_got == "22.86"  # 76.19333… % of 30


def looked_at(made: Methods, *found: int) -> None:
    """The places submitted with so many findings each."""
    for place, number in zip(made.places, found, strict=True):
        submit(made.visit(place), [Marked("litter", count=number)] if number else [], confirmed=[1])


def line(made: Methods, key: str):
    return live.whole_of(made.round, looked_at=(key,)).lines[key]


def test_what_is_not_entered_is_untested_and_counts_as_expected() -> None:
    made = methods()
    looked_at(made, 0, 0, 0)
    station, _ = made.listed(made.world.station, made.world.other_station)
    assert (line(made, "plan").state, line(made, "plan").expected) == ("not_examined", 2)
    made.enter(good(station, "plan"))
    assert (line(made, "plan").examined, line(made, "plan").expected, line(made, "plan").got) == (1, 2, 4)
    assert (line(made, "litter").examined, line(made, "litter").expected) == (3, 3)
    assert live.whole_of(made.round).total.shown_got == "30.00"


def test_totals_kept_are_those_worked_out_afresh() -> None:
    made = methods()
    looked_at(made, 3, 0, 8)
    (station,) = made.listed(made.world.station)
    made.enter(bad(station, "plan"), good(station, "satisfied", 93500))
    fresh = live.whole_of(made.round).total.rate
    keeping.keep_totals(Event(data={"round": made.round.pk}))
    assert live.whole_of(made.round).total.rate == fresh
    assert keeping.rebuild(made.round) > 0
    assert live.whole_of(made.round).total.rate == fresh


def test_the_score_page_leads_to_the_record_of_a_loss() -> None:
    made = methods()
    station, other = made.listed(made.world.station, made.world.other_station)
    made.enter(bad(station, "plan"), good(other, "plan"))
    page = pages.score_page(made.world.office, made.round, {"criterion": "plan"})
    assert [(row.answer.pk, row.lost) for row in page["why"].records] == [(answer_of(station, "plan").pk, "2.00")]
    own = pages.score_page(made.world.office, made.round, {"unit": str(made.world.station.pk)})
    assert [(row.key, row.lost) for row in own["tree"] if row.tested and row.is_criterion] == [("plan", "4.00")]


def test_the_score_page_says_what_each_method_adds_to_the_total() -> None:
    made = methods()
    looked_at(made, 3, 0, 8)
    (station,) = made.listed(made.world.station)
    made.enter(good(station, "plan"), good(station, "records", 2))
    page = pages.score_page(made.world.office, made.round, {})
    rows = [(row.label, row.weight, row.counted, row.rate, row.got) for row in page["parts"].rows]
    # 30 : 50 → 37.5 % of 8/10 and 62.5 % of 24.5/30, of 30 points
    assert rows == [
        (MATERIAL, "30", "37.5", "80", "9.00"),
        ("实地考察", "50", "62.5", "81.7", "15.31"),
        (SURVEY, "20", "0", "未测", ""),
    ]
    assert (page["parts"].got, page["total"].shown_got) == ("24.31", "24.31")


def test_a_correction_is_followed_by_the_score() -> None:
    made = methods()
    (station,) = made.listed(made.world.station)
    made.enter(bad(station, "plan"))
    given = {"mark": 1, "reason": "材料补交", "client_id": station.uuid}
    actions.correct_answer(actor=made.world.office, answer=answer_of(station, "plan"), **given)
    assert line(made, "plan").got == 4


def test_results_taken_back_are_untested_again() -> None:
    made = methods()
    (station,) = made.listed(made.world.station)
    made.enter(good(station, "plan"))
    answer = answer_of(station, "plan")
    actions.take_back_results(actor=made.world.office, round=made.round, answers=[answer])
    assert line(made, "plan").state == "not_examined"


def test_a_round_with_entered_results_is_frozen() -> None:
    made = methods()
    looked_at(made, 0, 0, 0)
    (station,) = made.listed(made.world.station)
    made.enter(bad(station, "plan"), good(station, "satisfied", 100_000))
    actions.close_round(actor=made.world.office, round=made.round)
    run = freeze_run(actor=made.world.office, round=made.round, client_id=made.round.uuid, reason="")
    assert run.lines.get(subject_kind="whole", node_key="plan").lost == 400
    assert run.got == 2100  # 30 % of 0 of 4, 50 % and 20 % in full, of 30 points


def test_negative_events_and_honours_stand_outside_the_points() -> None:
    events = [{"label": "市退回", "points": "2"}, {"label": "区退回", "points": "1"}]
    negative = {"key": "returned", "text": "退回", "points": "5", "rule": {"kind": "negative_list", "events": events}}
    honour = {"key": "honour", "text": "荣誉", "points": "3", "rule": {"kind": "bonus", "each": "1.5"}}
    made = methods((negative | {"method": MATERIAL}, honour | {"method": MATERIAL}))
    looked_at(made, 0, 0, 0)
    (station,) = made.listed(made.world.station)
    made.enter(
        Result(station, Marked("returned", ordinal=1, mark=2, count=1)),
        Result(station, Marked("returned", ordinal=2, mark=2, count=2)),
        good(station, "honour", 1),
    )
    assert live.whole_of(made.round).total.got == 30 - 4 + Fraction(3, 2)


def test_the_stronger_method_of_one_criterion_stands() -> None:
    rules = [
        {"kind": "pass_rate", "method": "实地考察", "points": "5"},
        {"kind": "capped_ratio", "required": "4", "ordinal": 1, "method": MATERIAL, "points": "5"},
    ]
    both = {"key": "both", "text": "公益广告", "method": "实地考察", "points": "10", "rules": rules}
    made = methods(({**both, "precedence": ["实地考察", MATERIAL]},))
    (station,) = made.listed(made.world.station)
    asked = [item.ordinal for part in sheet_of(made.visit(made.places[0])) for item in part.items]
    assert asked == [0, 0]
    assert [item.key for part in sheet_of_units(made.round.version) for item in part.items][-1] == ("both", 1)
    made.enter(Result(station, Marked("both", ordinal=1, mark=1, count=4)))
    assert line(made, "both").got == 10
    for place, mark in zip(made.places, (2, 1, 2), strict=True):
        submit(made.visit(place), [Marked("both", mark=mark)], confirmed=[])
    assert line(made, "both").got == Fraction(10, 3)


def test_every_assessor_has_a_line_of_his_own_and_his_weight() -> None:
    assessors = {"self": {"label": "自评", "weight": "40"}, "office": {"label": "督察", "weight": "60"}}
    made = methods((criterion("order", MATERIAL, {"kind": "capped_ratio", "required": "10"}),), assessors=assessors)
    (station,) = made.listed(made.world.station)
    items = [item for part in sheet_of_units(made.round.version) for item in part.items]
    assert [(item.key, item.text) for item in items if item.criterion.key == "order"] == [
        (("order", 0), "自评"),
        (("order", 1000), "督察"),
    ]
    made.enter(good(station, "order", 10), Result(station, Marked("order", ordinal=1000, mark=1, count=5)))
    assert answer_of(station, "order", 1000).mark == 2
    assert line(made, "order").got == 7
    page = pages.score_page(made.world.office, made.round, {"criterion": "order"})
    assert [row.what for row in page["why"].records] == ["督察：5"]


def test_a_forecast_takes_entered_results_as_they_stand() -> None:
    made = methods()
    looked_at(made, 3, 0, 8)
    (station,) = made.listed(made.world.station)
    made.enter(good(station, "plan"), good(station, "satisfied", 93500))
    total = live.whole_of(made.round).total
    every = {made.places[0].type.code: (3, 3)}
    found = forecasting.outcome_of(made.round, every, None, "七")
    assert (found["mean"], found["deviation"]) == (pytest.approx(float(total.got)), 0)
    assert [key for key, _ in found["left_out"]] == ["records"]
