"""Mean and variance of a forecast are those of every possible draw, in exact fractions."""

import itertools
from fractions import Fraction as F

import pytest
from hypothesis import HealthCheck, assume, given, settings

from rulebook.forecast import Stratum, forecast
from rulebook.forecast.forecasting import exact_total, model_of
from rulebook.forecast.ground import kinds_of
from rulebook.scoring import Answer, Answers, Frame, compile_standard, reduce, rounded, score, what_if
from tests.rulebook.forecasts import all_draws, dense, plans, scored, seeds, shares
from tests.rulebook.strategies import standards

MANY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
LINEAR = (
    {"kind": "pass_rate"},
    {"kind": "per_occurrence", "each": "0.3", "cell": "observation"},
    {"kind": "capped_ratio", "required": "3", "combiner": "share", "share_line": "0.5"},
    {"kind": "per_occurrence", "each": "0.01", "cap": "0.02", "combiner": "sum"},
    {"kind": "pass_rate", "combiner": "mean_by_type"},
)


def variance(values):
    """Return the variance of equally likely values."""
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values) / len(values)


def totals_of(model, sums):
    """Return the total of every possible draw."""
    return [scored(model.standard, sums, draw).total.got for draw in all_draws(model.kinds)]


@MANY
@given(standards(), seeds, shares, plans)
def test_an_exact_forecast_is_that_of_all_possible_draws(spec, seed, share, plan):
    standard, sums = dense(spec, seed, share)
    assume(kinds_of(sums, plan))
    model = model_of(standard, sums, plan)
    assume(all(kind.seen == kind.population for kind in model.kinds))
    if (found := exact_total(model)) is not None:
        totals = totals_of(model, sums)
        assert (found.mean, found.variance) == (sum(totals) / len(totals), variance(totals))


@pytest.mark.parametrize("combine", ["sum", "single"])
@pytest.mark.parametrize("untested", ["renormalise", "leave_out"])
@pytest.mark.parametrize("methods", [{}, {"m1": {"weight": "40"}, "m2": {"weight": "60"}}])
def test_plain_rules_are_reckoned_exactly(combine, untested, methods):
    rows = [{"key": f"c{i}", "points": "2", "rule": rule} for i, rule in enumerate(LINEAR)]
    if combine == "sum":
        pair = [rule | {"points": "1", "ordinal": i} for i, rule in enumerate(LINEAR[:2])]
        rows.append({"key": "pair", "points": "2", "rules": pair})
    rows = [row | ({"method": f"m{i % 2 + 1}"} if methods else {}) for i, row in enumerate(rows)]
    types = {"road": {"weight": "2"}, "market": "市场", "lane": {"weight": "3"}}
    nodes = [{"key": "n1", "weight": "30", "criteria": rows[:3]}, {"key": "n2", "weight": "50", "criteria": rows[3:]}]
    spec = {"key": "s", "nodes": nodes, "untested": untested, "methods": methods, "place_types": types}
    standard, sums = dense(spec, 7, 1)
    model = model_of(standard, sums, {"road": Stratum(3, 2), "market": Stratum(3, 1)})
    found, totals = exact_total(model), totals_of(model, sums)
    assert (found.mean, found.variance) == (sum(totals) / len(totals), variance(totals))
    assert found.variance > 0


def test_the_variance_is_right_on_average_where_not_every_place_was_seen():
    """Over all pairs of our draw and theirs, the squared difference is what our forecasts say it is."""
    rules = [{"key": f"c{i}", "points": "2", "rule": rule} for i, rule in enumerate(LINEAR[:2])]
    where = {f"p{i}": ("road" if i < 6 else "lane", "u") for i in range(10)}
    standard, sums = dense({"key": "s", "criteria": rules}, 3, 1, where)
    ours, theirs = {"road": 3, "lane": 2}, {"road": 2, "lane": 3}

    def draws(sizes):
        each = (
            itertools.combinations([i for i, (kind, _) in enumerate(where.values()) if kind == name], size)
            for name, size in sizes.items()
        )
        return [list(itertools.chain(*some)) for some in itertools.product(*each)]

    results = [scored(standard, sums, some).total.got for some in draws(theirs)]
    said, errors = F(0), F(0)
    for some in draws(ours):
        part = sums.data.copy()
        part[:, :, [i for i in range(10) if i not in some]] = 0
        plan = {"road": Stratum(6, 2), "lane": Stratum(4, 3)}
        found = exact_total(model_of(standard, type(sums)(sums.frame, part), plan))
        said += found.variance * len(results)
        errors += sum((result - found.mean) ** 2 for result in results)
    assert said == errors > 0


@MANY
@given(standards(), seeds, shares)
def test_where_all_is_seen_and_drawn_the_forecast_is_the_score(spec, seed, share):
    standard, sums = dense(spec, seed, share)
    total = score(standard, sums).total
    assume(total.state == "scored")
    found = forecast(standard, sums, {}, draws=10)
    assert found.mean == pytest.approx(float(total.got), abs=1e-9)
    assert found.deviation == 0
    assert set(found.quantiles.values()) == {rounded(total.got, total.digits)}
    assert found.exact is None or found.exact.mean == total.got


@pytest.mark.parametrize("seen", [4, 6])
def test_mending_a_type_gains_what_a_score_without_its_findings_gains(seen):
    rows = [{"key": f"c{i}", "points": "2", "rule": rule} for i, rule in enumerate(LINEAR[:2])]
    standard = compile_standard({"key": "s", "criteria": rows})
    frame = Frame.of([(f"p{i}", "road" if i % 2 else "lane", "u") for i in range(seen)])
    records = [Answer(f"p{i}", f"c{j}", 0, 2 if (i + j) % 3 else 1, 2) for i in range(seen) for j in range(2)]
    sums = reduce(standard, frame, Answers.of(standard, frame, records))
    plan = {"road": Stratum(9, 2), "lane": Stratum(20, 2)}
    found = {share.key: share for share in forecast(standard, sums, plan, draws=100).kinds}
    before = score(standard, sums).total.got
    for kind in ("road", "lane"):
        gone = [record for record in records if frame.places[frame.number[record.place]].place_type == kind]
        assert found[kind].exact
        assert found[kind].gain == pytest.approx(float(what_if(standard, sums, gone).total.got - before))
        assert found[kind].loss == pytest.approx(found[kind].gain)
