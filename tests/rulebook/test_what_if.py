"""What if: a finding taken away never lowers a score, whatever its kind (C5)."""

import pytest

from rulebook.scoring import Answer, Answers, Frame, compile_standard, reduce, score, what_if

NOISE = {"kind": "bands", "grades": {"A": "1", "B": "0.6", "C": "0"}, "better": "lower", "else": "C"}
FULL = {"kind": "bands", "grades": {"A": "1", "C": "0"}, "bands": [{"grade": "A", "from": "90"}], "else": "C"}


@pytest.mark.parametrize(
    ("rule", "values", "before", "after"),
    [
        ({"kind": "per_step", "line": "60", "each": "1", "mode": "proportion", "better": "lower"}, (50, 70), 5, 5),
        ({"kind": "per_step", "line": "60", "each": "1", "mode": "proportion", "better": "lower"}, (70, 56), 2, 5),
        ({"kind": "per_step", "line": "90", "each": "1", "mode": "proportion"}, (100, 79), 4.5, 4.5),
        (NOISE | {"bands": [{"grade": "A", "below": "60"}, {"grade": "B", "below": "65"}]}, (40, 75), 5, 5),
        (FULL, (100, 81), 5, 5),
        (FULL, (60, 95), 0, 5),
    ],
)
def test_taking_a_measured_value_away_keeps_a_better_one(rule, values, before, after):
    data = {"key": "s", "criteria": [{"key": "c", "points": "5", "rule": rule | {"cell": "pooled"}}]}
    standard, frame = compile_standard(data), Frame.of([("p", "road", "u")])
    records = [Answer("p", "c", 0, 2, value * 1000) for value in values]
    sums = reduce(standard, frame, Answers.of(standard, frame, records))
    assert score(standard, sums).total.got == before
    assert what_if(standard, sums, records[:1]).total.got == after
