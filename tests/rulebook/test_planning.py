"""What to put right first: the cheapest points, an order for a budget, ranks and gaps afterwards (C5, I2)."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rulebook.scoring import (
    Answer,
    Answers,
    Entry,
    Frame,
    cheapest,
    compile_standard,
    moves,
    plan,
    rank,
    reduce,
    score,
    what_if,
)
from tests.rulebook.strategies import answers, places, standards
from tests.rulebook.test_put_right import chosen, prepare

MANY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
POOLED = {"kind": "per_occurrence", "each": "0.5", "cell": "pooled"}


def scored(criteria, records, where=(("p1", "road", "u1"), ("p2", "road", "u2"), ("p3", "road", "u3"))):
    """Return the result of some records."""
    standard, frame = compile_standard({"key": "s", **criteria}), Frame.of(where)
    return score(standard, reduce(standard, frame, Answers.of(standard, frame, records)))


def singles(records):
    """Return each record as a group of its own, by its position."""
    return {i: [record] for i, record in enumerate(records)}


def test_the_cheapest_points_come_first():
    criteria = [
        {"key": key, "points": points, "rule": {"kind": "pass_rate"}} for key, points in (("a", "2"), ("b", "6"))
    ]
    records = [Answer("p1", "a", 0, 2), Answer("p2", "a", 0, 1), Answer("p1", "b", 0, 2), Answer("p2", "b", 0, 2)]
    result = scored({"criteria": criteria}, records)
    groups = {"one": records[:1], "both": records[2:], "none": [], "good": [records[1]]}
    found = cheapest(result.whole, groups)
    assert [(worth.key, worth.records, worth.gain.total, worth.each) for worth in found] == [
        ("both", 2, 6, 3),
        ("one", 1, 1, 1),
        ("good", 1, 0, 0),
    ]


def test_findings_that_only_together_gain_are_chosen_together_and_the_plan_says_so():
    records = [Answer("p1", "c", 0, 2, 4), Answer("p2", "c", 0, 2, 4), Answer("p3", "c", 0, 2, 4)]
    result = scored({"criteria": [{"key": "c", "points": "2", "rule": POOLED}]}, records)
    found = plan(result.whole, singles(records), 3)
    assert [(step.keys, step.records, step.gain.total, step.got) for step in found.steps] == [((0, 1, 2), 3, 2, 2)]
    assert (found.alone, found.together) == (0, 2)


def test_a_gate_with_two_failures_is_opened_before_what_lies_below_it():
    gate = {"key": "g", "points": "1", "rule": {"kind": "gate", "target": "n"}}
    other = {"key": "c", "points": "4", "rule": {"kind": "pass_rate"}}
    spec = {"nodes": [{"key": "n", "criteria": [gate, other]}]}
    records = [Answer("p1", "g", 0, 2), Answer("p2", "g", 0, 2), Answer("p1", "c", 0, 2), Answer("p2", "c", 0, 1)]
    found = plan(scored(spec, records).whole, singles(records), 3)
    assert [(step.keys, step.got) for step in found.steps] == [((0, 1), 3), ((2,), 5)]
    assert found.together == 5


def test_a_plan_ends_with_the_budget():
    records = [Answer(f"p{i}", "c", 0, 2) for i in (1, 2, 3)]
    result = scored({"criteria": [{"key": "c", "points": "3", "rule": {"kind": "pass_rate"}}]}, records)
    found = plan(result.whole, singles(records), 2)
    assert [step.published for step in found.steps] == [100, 200]


@MANY
@given(standards(), places, answers, st.integers(1, 6))
def test_every_step_is_the_score_without_what_was_chosen_and_no_single_group_gained_more(spec, where, rows, budget):
    result, records = prepare(spec, where, rows)
    groups, gone, got = singles(records), [], result.total.got

    def without(some):
        return what_if(result.standard, result.sums, [*gone, *some]).total.got - got

    for step in plan(result.whole, groups, budget).steps:
        left = budget - len(gone)
        assert step.records <= left
        best = max((without([record]) for record in records if record not in gone), default=0)
        assert step.gain.total / step.records >= best or len(step.keys) > 1
        gone += [groups[key][0] for key in step.keys]
        got += step.gain.total
        assert step.got == got == what_if(result.standard, result.sums, gone).total.got


@MANY
@given(standards(), places, answers, st.sets(st.integers(0, 39), max_size=6), st.integers(0, 2))
def test_moves_are_the_difference_of_two_full_rankings(spec, where, rows, picks, last):
    result, records = prepare(spec, where, rows)
    gone, outside = chosen(records, picks), {"": [150, 300]}

    def entries(units):
        return [Entry(key, unit.total.published_got, unit.total.coverage) for key, unit in units.items()]

    def ranked(units):
        return {one.key: one for one in rank(entries(units), competitors=outside, last=last)}

    before, later = ranked(result.units), ranked(what_if(result.standard, result.sums, gone).units)
    found = moves(entries(result.units), result.units, gone, competitors=outside, last=last)
    assert {move.key: (move.before, move.after) for move in found} == {
        key: (place, later[key]) for key, place in before.items() if place != later[key]
    }


def test_a_unit_that_overtakes_moves_another_down():
    records = [Answer("p1", "c", 0, 2), Answer("p2", "c", 0, 1), Answer("p3", "c", 0, 2, 0)]
    rule = {"kind": "pass_rate"}
    units = scored({"criteria": [{"key": "c", "points": "10", "rule": rule}]}, records).units
    entries = [Entry("u1", 700), Entry("u2", 1000), Entry("u3", 0)]
    found = moves(entries, units, [records[2]])
    assert [(move.key, move.before.rank, move.after.rank, move.after.above) for move in found] == [
        ("u2", 1, 1, None),
        ("u3", 3, 1, None),
        ("u1", 2, 3, 300),
    ]
    assert moves(entries, units, []) == []
