"""Settings that would do nothing are refused; answers that are no numbers are returned, the rest counted (C1, C5)."""

import pytest

from rulebook.scoring import Answers, Frame, SpecError, compile_standard, reduce

GRADES = {"A": "1", "B": "0.5"}


def spec(rule=None, **settings):
    """Return a standard of one criterion of 5 points."""
    return {"key": "s", "criteria": [{"key": "c", "points": "5", "rule": rule or {"kind": "pass_rate"}}], **settings}


def problems(data):
    """Return the faults found, as (key, message)."""
    with pytest.raises(SpecError) as caught:
        compile_standard(data)
    return [tuple(problem) for problem in caught.value.problems]


def test_a_coverage_in_per_cent_is_refused():
    assert problems(spec(least_coverage="80")) == [("s", "“least_coverage”是比例，要填 0 到 1，现在是 80")]


def test_a_level_that_does_not_exist_is_refused():
    message = "“publish_levels”要填层级（0 是总分）或 criterion，现在有“root”"
    assert problems(spec(publish_levels=[0, "root"])) == [("s", message)]


def test_a_gate_that_would_do_nothing_is_refused():
    rules = [{"kind": "gate", "points": "0", "ordinal": 1}, {"kind": "pass_rate", "points": "5"}]
    data = spec()
    data["criteria"] = [{"key": "c", "points": "5", "rules": rules}]
    assert problems(data) == [("c", "这个前提条件不起作用：请填“target”，或改用 combine: min，不填“points”")]


@pytest.mark.parametrize(
    ("bands", "number"),
    [
        ([{"grade": "A", "above": "5", "below": "3"}], 1),
        ([{"grade": "A", "above": "5"}, {"grade": "A", "above": "6"}], 2),
    ],
)
def test_a_band_that_no_value_reaches_is_refused(bands, number):
    rule = {"kind": "bands", "grades": GRADES, "bands": bands, "else": "B"}
    message = f"第 {number} 档永远用不上：界限自相矛盾，或被前面的档盖住（另定的最差档排在最前）"
    assert problems(spec(rule)) == [("c", message)]


def test_a_weight_on_something_worth_no_points_is_refused():
    lone = {"key": "d", "points": "0", "weight": "1", "rule": {"kind": "pass_rate"}}
    data = spec() | {"criteria": [spec()["criteria"][0] | {"weight": "1"}, lone]}
    assert problems(data) == [("d", "填了权重，分值不能为 0")]
    gate = {"key": "d", "points": "0", "rule": {"kind": "gate", "target": "n"}}
    nodes = [{"key": "n", "weight": "1", "criteria": [gate]}]
    assert problems({"key": "s", "nodes": nodes}) == [("n", "填了权重，本级分值不能为 0")]


@pytest.mark.parametrize("count", [None, "七", 1.5, 10**30])
def test_an_answer_whose_count_is_no_number_does_not_spoil_the_batch(count):
    standard, frame = compile_standard(spec({"kind": "per_occurrence", "each": "0.1"})), Frame.of([("p", "road", "u")])
    rows = [("p", "c", 0, 2, count), ("p", "c", 0, 2, 3)]
    sums = reduce(standard, frame, Answers.of(standard, frame, rows))
    assert [tuple(bad) for bad in sums.rejected] == [(0, "数量要在 0 到 1000000000 之间")]
    assert sums.data[3].tolist() == [[3]]


def test_standards_are_equal_and_hashed_by_their_content():
    one, same, other = (compile_standard(data) for data in (spec(), spec(), spec(digits=1)))
    assert ({one, same}, one == other) == ({one}, False)
