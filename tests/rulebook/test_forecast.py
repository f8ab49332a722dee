"""Simulated draws score as the engine does, and tend to what all possible draws come to."""

import math
from fractions import Fraction as F

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings

from rulebook.forecast import Stratum, TooLong, forecast
from rulebook.forecast.drawing import draws_of
from rulebook.forecast.forecasting import model_of
from rulebook.forecast.ground import kinds_of
from rulebook.forecast.simulating import Chunk
from rulebook.scoring import SCORED
from tests.rulebook.forecasts import all_draws, dense, scored, seeds, shares, wide_plans
from tests.rulebook.strategies import standards

MANY = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
PLACES = {f"p{i}": ("road" if i < 5 else "lane", f"u{i % 2}") for i in range(8)}
PLAN = {"road": Stratum(5, 2), "lane": Stratum(3, 1)}
GATE = {"key": "g", "points": "1", "rule": {"kind": "gate", "target": "n2"}}
RATE = {"kind": "pass_rate"}


def drawn(model, draws, number):
    """Return the numbers of the places of one draw."""
    rows = zip(model.kinds, draws, strict=True)
    return [int(place) for kind, some in rows for place in kind.places[some[:, number % some.shape[1]]]]


def unstretched(standard, sums, plan):
    """Return a model as wide as the places seen: the engine knows nothing of those we have not seen."""
    model = model_of(standard, sums, plan)
    for kind in model.kinds:
        vars(kind)["stretch"] = 1.0
    return model


@MANY
@given(standards(), seeds, shares, wide_plans)
def test_every_simulated_draw_scores_as_the_engine_scores_its_places(spec, seed, share, plan):
    standard, sums = dense(spec, seed, share)
    assume(kinds_of(sums, plan))
    model = unstretched(standard, sums, plan)
    (draws,) = draws_of(model.kinds, "s", 5)
    chunk = Chunk(model, draws)
    totals = chunk.total()
    for number in range(chunk.size):
        result = scored(standard, sums, drawn(model, draws, number))
        for key, reading in model.readings.items():
            line = result.lines[key]
            assert reading.state in (None, line.state)
            if reading.linear is None and line.state == SCORED:
                rate = np.broadcast_to(chunk.criterion(key).got, (chunk.size,))[number]
                assert rate * float(line.possible) == pytest.approx(float(line.got), abs=1e-9)
        expected = float(result.total.got) if result.total.state == SCORED else np.nan
        assert totals[number] == pytest.approx(expected, abs=1e-9, nan_ok=True)


@MANY
@given(standards(), seeds, wide_plans)
def test_findings_put_right_never_lower_a_draw(spec, seed, plan):
    standard, sums = dense(spec, seed, 1)  # everything answered: a grade that becomes unknown is left out of means
    assume(kinds_of(sums, plan))
    model = unstretched(standard, sums, plan)
    below = any(rule.frame.floor < 0 for criterion in standard.criteria for rule in criterion.rules)
    assume(not (below and any(one.closes for one in model.readings.values())))  # opened, it may be below its 0
    (draws,) = draws_of(model.kinds, "s", 5)
    base = Chunk(model, draws)
    for number in range(len(model.kinds)):
        after, before = Chunk(model, draws, number, base).total(), base.total()
        assert (np.isnan(before) | (after >= before - 1e-9)).all()
        assert after == pytest.approx(Chunk(model, draws, number).total(), nan_ok=True)


CROOKED = {
    "worst": {"criteria": [{"key": "c", "points": "5", "rule": RATE | {"combiner": "worst"}}]},
    "pooled": {
        "criteria": [{"key": "c", "points": "5", "rule": {"kind": "per_occurrence", "each": "1", "cell": "pooled"}}]
    },
    "unit": {
        "criteria": [{"key": "c", "points": "5", "rule": {"kind": "capped_ratio", "required": "900", "cell": "unit"}}]
    },
    "floor": {
        "criteria": [{"key": "c", "points": "5", "rule": {"kind": "per_occurrence", "each": "3", "combiner": "sum"}}]
    },
    "closed": {
        "nodes": [
            {"key": "n1", "criteria": [GATE]},
            {"key": "n2", "criteria": [{"key": "c", "points": "5", "rule": RATE}]},
        ]
    },
    "min": {
        "criteria": [{"key": "c", "points": "5", "combine": "min", "rules": [RATE, RATE | {"ordinal": 1}]}],
    },
}


@pytest.mark.parametrize("why", CROOKED)
def test_simulated_draws_tend_to_all_possible_draws(why):
    standard, sums = dense({"key": "s", **CROOKED[why]}, 5, 1, PLACES)
    model = model_of(standard, sums, PLAN)
    totals = np.array([float(scored(standard, sums, some).total.got) for some in all_draws(model.kinds)])
    line = F(int(np.median(totals) * 100), 100)
    found = forecast(standard, sums, PLAN, draws=40_000, seed="s", lines=[line])
    assert found.exact is None
    assert {why} <= {code for how in found.hows for code in how.why}
    error = totals.std() / 200
    assert error > 0
    assert abs(found.mean - totals.mean()) < 5 * error
    assert found.deviation == pytest.approx(totals.std(), rel=0.03)
    chance = (totals >= float(line) - 1e-9).mean()
    error = math.sqrt(chance * (1 - chance)) / 200
    assert abs(found.reach[0].chance - chance) <= 5 * error
    assert found.reach[0].error == pytest.approx(error, rel=0.03)


def test_simulated_draws_of_an_exact_forecast_have_its_mean_and_variance_seen_or_not():
    spec = {"key": "s", "criteria": [{"key": "c", "points": "5", "rule": RATE}]}
    standard, sums = dense(spec, 8, 1, {f"p{i}": ("road" if i < 15 else "lane", "u") for i in range(30)})
    for plan in ({"road": Stratum(15, 4), "lane": Stratum(15, 5)}, {"road": Stratum(400, 9), "lane": Stratum(19, 8)}):
        found = forecast(standard, sums, plan, draws=60_000, seed="s")
        assert found.exact is not None
        assert abs(found.simulated_mean - found.mean) < 5 * found.deviation / 240
        assert found.simulated_deviation == pytest.approx(found.deviation, rel=0.02)


def test_the_same_seed_gives_the_same_forecast_and_another_one_another():
    standard, sums = dense({"key": "s", **CROOKED["worst"]}, 5, 1, PLACES)
    first, again, other = (forecast(standard, sums, PLAN, draws=500, seed=seed) for seed in ("甲", "甲", "乙"))
    assert first == again
    assert first.mean != other.mean


def test_the_picture_holds_every_draw_between_round_edges():
    standard, sums = dense({"key": "s", **CROOKED["pooled"]}, 5, 1, PLACES)
    found = forecast(standard, sums, PLAN, draws=1000)
    assert sum(bar.draws for bar in found.bars) == 1000
    assert {bar.high - bar.low for bar in found.bars} == {found.bars[0].high - found.bars[0].low}
    assert all(one.high == other.low for one, other in zip(found.bars, found.bars[1:], strict=False))
    assert list(found.quantiles.values()) == sorted(found.quantiles.values())


def test_no_draw_scores_more_than_is_possible_however_little_was_seen():
    standard, sums = dense({"key": "s", "criteria": [{"key": "c", "points": "5", "rule": RATE}]}, 8, 1, PLACES)
    found = forecast(standard, sums, {"road": Stratum(400, 1), "lane": Stratum(400, 1)}, draws=2000)
    assert max(found.quantiles.values()) <= 500
    assert found.bars[-1].low <= 5


@pytest.mark.parametrize("why", ["worst", "exact"])
def test_the_share_of_work_done_is_told_and_only_grows(why):
    plain = {"criteria": [{"key": "c", "points": "5", "rule": RATE}]}
    standard, sums = dense({"key": "s", **CROOKED.get(why, plain)}, 5, 1, PLACES)
    told = []
    forecast(standard, sums, PLAN, draws=10_000, told=told.append)
    assert told == sorted(told)
    assert len(told) >= 3
    assert told[-1] == 1


def test_what_would_take_too_long_is_refused_before_the_draws():
    standard, sums = dense({"key": "s", **CROOKED["worst"]}, 5, 1, PLACES)
    told = []
    with pytest.raises(TooLong):
        forecast(standard, sums, PLAN, draws=10_000_000, patience=1, told=told.append)
    assert told == []
    assert forecast(standard, sums, PLAN, draws=1000, patience=1).draws == 1000
