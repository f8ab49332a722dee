"""What was left out of a score is said, and why: no such place is not the same as not examined (C5)."""

from rulebook.scoring import Answers, Frame, compile_standard, reason, reduce, score

SPEC = {
    "key": "s",
    "place_types": {"road": "主次干道", "market": "集贸市场"},
    "methods": {"field": {"label": "实地", "weight": "60"}, "paper": {"label": "材料", "weight": "40"}},
    "criteria": [
        {"key": "a", "points": "4", "method": "field", "place_types": ["road"], "rule": {"kind": "pass_rate"}},
        {"key": "b", "points": "4", "method": "field", "place_types": ["market"], "rule": {"kind": "pass_rate"}},
        {"key": "c", "points": "2", "method": "paper", "place_types": ["road"], "rule": {"kind": "pass_rate"}},
    ],
}


def scored(*rows):
    """Score rows at a road of unit u and a market of unit v."""
    standard, frame = compile_standard(SPEC), Frame.of([("p", "road", "u"), ("q", "market", "v")])
    return score(standard, reduce(standard, frame, Answers.of(standard, frame, rows)))


def test_a_unit_without_such_places_is_told_so_and_loses_nothing():
    unit = scored(("p", "a", 0, 1), ("p", "c", 0, 1)).units["u"]
    assert unit.total.shown_got == "10.00"
    assert unit.remarks == ("1 条标准没有对应的点位，不计分",)
    assert reason(unit, "b").sentences == ("没有对应的点位，不计分",)


def test_a_method_not_examined_leaves_its_weight_to_the_others():
    assert scored(("p", "a", 0, 1), ("q", "b", 0, 2)).whole.remarks == (
        "有的测评方法未测，权重按已测的折算：实地 100%",
        "1 条标准未测，不计 0 分，按同级折算",
    )


def test_nothing_examined_says_only_that():
    assert scored().whole.remarks == ("3 条标准未测，不计 0 分，按同级折算",)
