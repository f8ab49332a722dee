"""The forecast of standards with bonuses, deductions, vetoes, assessors, precedence and districts."""

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rulebook.forecast import Stratum, forecast
from rulebook.forecast.drawing import draws_of
from rulebook.forecast.forecasting import exact_total, model_of
from rulebook.forecast.ground import kinds_of
from rulebook.forecast.simulating import Chunk
from rulebook.scoring import SCORED, Answers, Frame, compile_standard, reduce, score
from tests.rulebook.forecasts import all_draws, dense, plans, scored, seeds, wide_plans
from tests.rulebook.strategies_around import DISTRICTS, ROLES, around, bases

MANY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
TYPES, DESK = ("road", "market", "lane"), "desk"
WHERE = {f"p{i}": (TYPES[i % 3], f"u{i % 4}", (*DISTRICTS, "")[i % 4]) for i in range(9)}
WHERE |= {f"d{i}": (DESK, f"u{i}", DISTRICTS[i]) for i in range(2)}
RATE = {"kind": "pass_rate"}
spoken_for = pytest.mark.parametrize("at_the_desk", [True, False])


def moved(spec, to_desk):
    """Return a standard whose bonuses, deductions and vetoes are looked up at the desk alone, or where they were."""
    for row in [row for node in spec["nodes"] for row in node["criteria"] if row["key"] in ROLES]:
        row |= {"place_types": [DESK]} if to_desk else {}
    return spec | {"place_types": spec["place_types"] | {DESK: "单位本身"}}


def drawn(model, draws, number):
    """Return the numbers of the places of one draw."""
    rows = zip(model.kinds, draws, strict=True)
    return [int(place) for kind, some in rows for place in kind.places[some[:, number % some.shape[1]]]]


@spoken_for
@MANY
@given(st.one_of(around(), around(), bases()), seeds, st.sampled_from([0.7, 1]), wide_plans)
def test_every_draw_scores_as_the_engine_scores_its_places(at_the_desk, spec, seed, share, plan):
    standard, sums = dense(moved(spec, at_the_desk), seed, share, WHERE)
    assume(kinds_of(sums, plan))
    model = model_of(standard, sums, plan)
    for kind in model.kinds:
        vars(kind)["stretch"] = 1.0
    (draws,) = draws_of(model.kinds, "s", 4)
    totals = Chunk(model, draws).total()
    for number in range(len(totals)):
        total = scored(standard, sums, drawn(model, draws, number)).total
        expected = float(total.got) if total.state == SCORED else np.nan
        assert totals[number] == pytest.approx(expected, abs=1e-9, nan_ok=True)


@MANY
@given(st.one_of(around(), bases()), seeds, plans)
def test_an_exact_forecast_is_that_of_all_possible_draws(spec, seed, plan):
    standard, sums = dense(moved(spec, True), seed, 1, WHERE)
    assume(kinds_of(sums, plan))
    model = model_of(standard, sums, plan)
    assume(all(kind.seen == kind.population for kind in model.kinds))
    if (found := exact_total(model)) is not None:
        totals = [scored(standard, sums, draw).total.got for draw in all_draws(model.kinds)]
        mean = sum(totals) / len(totals)
        assert (found.mean, found.variance) == (mean, sum((one - mean) ** 2 for one in totals) / len(totals))


def two(rows, **more):
    """Return standard and sums: six roads with findings, and a desk with an honour and a negative event."""
    bonus = {"key": "b", "points": "3", "rule": {"kind": "bonus", "each": "2", "ordinal": 1}, "place_types": [DESK]}
    types = {"road": "道路", DESK: "单位本身"}
    standard = compile_standard({"key": "s", "criteria": [*rows, bonus], "place_types": types, **more})
    frame = Frame.of([*((f"p{i}", "road", "u", "d1") for i in range(6)), ("d", DESK, "u", "d1")])
    answers = [(f"p{i}", "c", 0, 1 + (i % 3 == 0), 0, 0) for i in range(6)] + [("d", "b", 1, 2, 1, 0)]
    return standard, reduce(standard, frame, Answers.of(standard, frame, answers))


def test_an_honour_of_the_unit_is_added_to_every_draw():
    standard, sums = two([{"key": "c", "points": "6", "rule": RATE, "place_types": ["road"]}])
    found = forecast(standard, sums, {"road": Stratum(6, 3)}, draws=500)
    assert found.exact.mean == score(standard, sums).total.got == 6
    assert [(how.key, how.exact) for how in found.hows] == [("total", True), ("c", True)]


@pytest.mark.parametrize(
    ("more", "rows", "why"),
    [
        ({"districts": {"d1": {"weight": "1"}, "d2": {"weight": "2"}}}, [], "districts"),
        ({"assessors": {"self": {"weight": "1"}, "peers": {"weight": "1"}}}, [], "assessors"),
        ({}, [{"key": "x", "role": "deduction", "points": "2", "rule": RATE, "place_types": ["road"]}], "outside"),
    ],
)
def test_what_cannot_be_taken_apart_is_scored_whole_and_says_why(more, rows, why):
    standard, sums = two([{"key": "c", "points": "6", "rule": RATE, "place_types": ["road"]}, *rows], **more)
    found = forecast(standard, sums, {"road": Stratum(6, 3)}, draws=400, seed="s")
    assert [(how.key, how.exact, how.why) for how in found.hows] == [("total", False, (why,))]
    model = model_of(standard, sums, {"road": Stratum(6, 3)})
    totals = np.array([float(scored(standard, sums, draw).total.got) for draw in all_draws(model.kinds)])
    assert abs(found.mean - totals.mean()) < 5 * totals.std() / 20
    assert {kind.key: kind.exact for kind in found.kinds} == {"road": False, DESK: False}
    gain = next(kind.gain for kind in found.kinds if kind.key == "road")
    assert gain == pytest.approx(float(found.possible) + 2 - found.mean, abs=0.2)
