"""What putting findings right would add: worked out from what they touch, equal to a full score in every digit (C5)."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rulebook.scoring import (
    Answer,
    Answers,
    Frame,
    compile_standard,
    fault,
    gains,
    marginal_gain,
    put_right,
    reduce,
    score,
    what_if,
)
from tests.rulebook.strategies import answers, places, standards

MANY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
sets = st.lists(st.sets(st.integers(0, 39), max_size=6), max_size=5)


def prepare(spec, where, rows):
    """Return the result of the rows, and those of them that can be used and were examined."""
    standard, frame = compile_standard(spec), Frame.of((key, *rest) for key, rest in where.items())
    sums = reduce(standard, frame, Answers.of(standard, frame, rows))
    found = [Answer(*row) for row in rows if row[0] in where]
    return score(standard, sums), [one for one in found if not fault(standard, one, where[one.place][0])]


def chosen(records, picks):
    """Return the records of some positions."""
    return [records[i] for i in sorted(picks) if i < len(records)]


@MANY
@given(standards(), places, answers, st.sets(st.integers(0, 39), max_size=8))
def test_every_line_is_that_of_a_full_score_without_the_findings(spec, where, rows, picks):
    result, records = prepare(spec, where, rows)
    gone = chosen(records, picks)
    full = what_if(result.standard, result.sums, gone)
    before = result.sums.data.copy()
    pairs = [(result.whole, full.whole), *zip(result.units.values(), full.units.values(), strict=True)]
    pairs += zip(result.place_types.values(), full.place_types.values(), strict=True)
    for subject, expected in pairs:
        found = put_right(subject, gone)
        assert found.lines == expected.lines
        assert list(found.lines) == list(expected.lines)
        assert found.methods == expected.methods
    assert (result.sums.data == before).all()


@MANY
@given(standards(), places, answers, sets)
def test_groups_worked_out_together_gain_what_each_gains_alone(spec, where, rows, picks):
    result, records = prepare(spec, where, rows)
    groups = [chosen(records, some) for some in picks]
    for group, gain in zip(groups, gains(result.whole, groups), strict=True):
        full = what_if(result.standard, result.sums, group)
        lines = {record.criterion for record in group}
        assert gain.total == full.total.got - result.total.got
        assert gain.criterion == sum(full.lines[key].got - result.lines[key].got for key in lines)
        assert gain.shown_total == (full.total.published_got or 0) - (result.total.published_got or 0)


def test_a_finding_of_another_unit_changes_nothing_for_this_one():
    rule = {"kind": "per_occurrence", "each": "0.5"}
    standard = compile_standard({"key": "s", "criteria": [{"key": "c", "points": "5", "rule": rule}]})
    frame = Frame.of([("p1", "road", "u1"), ("p2", "road", "u2")])
    records = [Answer("p1", "c", 0, 2, 3), Answer("p2", "c", 0, 2, 1)]
    units = score(standard, reduce(standard, frame, Answers.of(standard, frame, records))).units
    assert [gain.total for gain in gains(units["u1"], [[records[0]], [records[1]], records])] == [1.5, 0, 1.5]


def test_what_gains_alone_is_not_what_it_gains_with_others():
    rule = {"kind": "per_occurrence", "each": "0.5", "cell": "pooled"}
    standard = compile_standard({"key": "s", "criteria": [{"key": "c", "points": "5", "rule": rule}]})
    frame = Frame.of([(i, "road", "u") for i in range(12)])
    records = [Answer(i, "c", 0, 2, 1) for i in range(12)]
    result = score(standard, reduce(standard, frame, Answers.of(standard, frame, records)))
    assert marginal_gain(result, records[0]).total == 0
    assert [gain.total for gain in gains(result.whole, [records[:2], records[:4], records])] == [0, 1, 5]
