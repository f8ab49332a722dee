"""What would move the score most, how each criterion is reckoned, and what is taken for granted."""

import itertools

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings

from rulebook.forecast import ASSUMED, REASONS, Stratum, forecast
from rulebook.forecast.forecasting import model_of
from rulebook.forecast.ground import kinds_of
from rulebook.forecast.values import put_right
from rulebook.scoring import compile_standard, empty, score
from rulebook.scoring.sums import Frame
from tests.rulebook.forecasts import all_draws, dense, plans, scored, seeds
from tests.rulebook.strategies import standards

MANY = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
RATE, POOLED = {"kind": "pass_rate"}, {"kind": "per_occurrence", "each": "0.001", "cell": "pooled"}
WHERE = {f"p{i}": ("road" if i < 5 else "lane", "u") for i in range(9)}
PLAN = {"road": Stratum(5, 2), "lane": Stratum(4, 1)}


def spec(*rules, types=()):
    """Return a standard of one criterion for each rule, at these types or at all."""
    types = types or [[] for _ in rules]
    rows = [
        {"key": f"c{i}", "points": "4", "rule": rule, "place_types": kinds}
        for i, (rule, kinds) in enumerate(zip(rules, types, strict=True))
    ]
    return {"key": "s", "criteria": rows, "place_types": {"road": "道路", "lane": "背街小巷", "market": "市场"}}


@MANY
@given(standards(), seeds, plans)
def test_shares_add_up_to_the_variance_and_losses_to_what_is_expected_to_be_lost(data, seed, plan):
    standard, sums = dense(data, seed, 1)
    assume(kinds_of(sums, plan))
    assume(score(standard, sums).total.state == "scored")
    found = forecast(standard, sums, plan, draws=4000)
    if found.deviation > 1e-9:
        whole = sum(kind.variance for kind in found.kinds) + found.across.variance
        assert whole == pytest.approx(1, abs=1e-9 if found.exact else 0.1)
    if found.criteria and found.exact:
        assert sum(share.variance for share in found.criteria) == pytest.approx(1 if found.deviation else 0)
        lost = sum(kind.loss for kind in found.kinds) + found.across.loss
        assert sum(share.loss for share in found.criteria) == pytest.approx(lost)


def projection(model, sums, number):
    """Return the variance explained by the best sum over the places of one type, from every possible draw."""
    kind, draws = model.kinds[number], list(all_draws(model.kinds))
    totals = np.array([float(scored(model.standard, sums, draw).total.got) for draw in draws])
    drawn = np.array([[place in draw for place in kind.places] for draw in draws], dtype=float)
    rest = totals - totals.mean()
    best = np.linalg.lstsq(drawn - drawn.mean(axis=0), rest, rcond=None)[0]
    return ((drawn - drawn.mean(axis=0)) @ best).var() / totals.var()


@pytest.mark.parametrize("rules", [(RATE, RATE), (RATE | {"combiner": "worst"}, POOLED), (POOLED, RATE)])
def test_a_types_share_is_what_the_best_sum_over_its_places_explains(rules):
    standard, sums = dense(spec(*rules), 4, 1, WHERE)
    model = model_of(standard, sums, PLAN)
    found = {kind.key: kind for kind in forecast(standard, sums, PLAN, draws=60_000).kinds}
    for number, kind in enumerate(model.kinds):
        assert found[kind.key].variance == pytest.approx(projection(model, sums, number), abs=0.02)


def test_what_is_pooled_over_one_type_is_charged_to_it_and_over_several_to_none():
    standard, sums = dense(spec(POOLED, POOLED, types=[["road"], []]), 4, 1, WHERE)
    found = forecast(standard, sums, PLAN, draws=4000)
    by_key = {share.key: share for share in found.criteria}
    assert {kind.key: kind.loss for kind in found.kinds} == {"road": by_key["c0"].loss, "lane": 0}
    assert found.across.loss == by_key["c1"].loss > 0


@pytest.mark.parametrize("kind", ["road", "lane"])
def test_mending_a_type_is_tried_out_where_the_score_is_crooked(kind):
    standard, sums = dense(spec(POOLED, RATE | {"combiner": "worst"}, RATE), 4, 1, WHERE)
    model = model_of(standard, sums, PLAN)
    places, right = next(one.places for one in model.kinds if one.key == kind), sums.data.copy()
    for number, criterion in enumerate(standard.criteria):
        (rule,), every = criterion.rules, np.arange(len(WHERE))
        view = sums.view(standard, number, rule.ordinals, every)
        right[:, number, places] = put_right(rule, view, np.isin(every, places)).data[:, 0, places]
    pairs = [
        (scored(standard, sums, draw).total.got, scored(standard, type(sums)(sums.frame, right), draw).total.got)
        for draw in all_draws(model.kinds)
    ]
    gain = float(sum(after - before for before, after in pairs) / len(pairs))
    found = next(share for share in forecast(standard, sums, PLAN, draws=8000).kinds if share.key == kind)
    assert not found.exact
    assert found.gain == pytest.approx(gain, abs=0.05)


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        (RATE, ()),
        (RATE | {"combiner": "share"}, ()),
        (RATE | {"combiner": "worst"}, ("worst",)),
        (POOLED, ("pooled",)),
        (RATE | {"cell": "unit"}, ("unit",)),
        ({"kind": "per_occurrence", "each": "3", "combiner": "sum"}, ("floor",)),
    ],
)
def test_each_criterion_says_how_it_is_reckoned_and_why(rule, why):
    standard, sums = dense(spec(rule), 4, 1, WHERE)
    hows = {how.key: how for how in forecast(standard, sums, PLAN, draws=200).hows}
    assert (hows["c0"].exact, hows["c0"].why) == (not why, why)
    assert (hows["total"].exact, hows["total"].why) == (not why, why)
    assert hows["c0"].said == ("按公式算" if not why else f"模拟抽取：{REASONS[why[0]]}")


def test_a_criterion_not_looked_at_everywhere_is_simulated():
    standard, sums = dense(spec(RATE, RATE), 4, 1, WHERE)
    sums.data[:, 0, 0] = 0
    hows = {how.key: (how.exact, how.why) for how in forecast(standard, sums, PLAN, draws=200).hows}
    assert hows == {"total": (False, ("uneven",)), "c0": (False, ("uneven",)), "c1": (True, ())}


def test_a_gate_that_may_fall_makes_its_branch_simulated_and_its_criteria_not():
    gate = {"key": "g", "points": "1", "rule": {"kind": "gate", "target": "n"}}
    data = {"key": "s", "nodes": [{"key": "n", "criteria": [gate, {"key": "c", "points": "5", "rule": RATE}]}]}
    standard, sums = dense(data, 4, 1, WHERE)
    hows = {how.key: (how.exact, how.why) for how in forecast(standard, sums, PLAN, draws=200).hows}
    assert hows == {
        "total": (False, ("closed",)),
        "g": (True, ()),
        "c": (True, ()),
        "n": (False, ("closed",)),
    }


def test_what_is_taken_for_granted_is_named_type_by_type():
    where = {f"p{i}": (kind, "u") for i, kind in enumerate(["road"] * 6 + ["lane"] * 2 + ["market", "hall", "desk"])}
    data = {"key": "s", "criteria": [{"key": "c", "points": "4", "rule": RATE}]}
    standard, sums = dense(data, 4, 1, where)
    plan = {"road": Stratum(40, 3), "lane": Stratum(5, 2), "market": Stratum(7, 1), "hall": Stratum(1, 1)}
    plan |= {"park": Stratum(8, 2), "stall": Stratum(3, 0)}
    found = forecast(standard, sums, plan, draws=100)
    assert [(one.code, one.kind, one.seen, one.population) for one in found.assumptions] == [
        ("drawn_like_ours", "", 0, 0),
        ("same_eyes", "", 0, 0),
        ("nothing_rectified", "", 0, 0),
        ("unseen_like_seen", "road", 6, 40),
        ("unseen_like_seen", "lane", 2, 5),
        ("few_seen", "lane", 2, 5),
        ("one_seen", "market", 1, 7),
        ("all_drawn", "hall", 1, 1),
        ("as_seen", "desk", 1, 1),
        ("none_seen", "park", 0, 8),
        ("not_drawn", "stall", 0, 3),
    ]
    assert found.assumptions[3].said("主干道") == "主干道共 40 处，看过 6 处，没看过的按看过的推想"
    assert {one.code for one in found.assumptions} == set(ASSUMED)


def test_nothing_seen_gives_no_forecast():
    standard = compile_standard(spec(RATE))
    sums = empty(standard, Frame.of([("p", "road", "u")]))
    with pytest.raises(ValueError, match="都没有看过"):
        forecast(standard, sums, {"road": Stratum(4, 1)})
    seen = sums.data.copy()
    seen[2] = 1
    with pytest.raises(ValueError, match="没有一条能计分"):
        forecast(standard, type(sums)(sums.frame, seen), {"road": Stratum(4, 1)})


def test_every_reason_has_words():
    assert all(itertools.chain(ASSUMED.values(), REASONS.values()))
