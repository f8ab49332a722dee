"""Losses lie where something was examined and found, and nowhere else (C5)."""

from fractions import Fraction

from rulebook.scoring import Answer, Answers, Frame, compile_standard, explain, place_losses, reduce, score

PLACES = [("p", "road", "u"), ("q", "road", "u"), ("r", "road", "u")]


def scored(rule, *rows):
    """Score rows under one criterion of 4 points at three places of one unit."""
    standard = compile_standard({"key": "s", "criteria": [{"key": "c", "points": "4", "rule": rule}]})
    frame = Frame.of(PLACES)
    return score(standard, reduce(standard, frame, Answers.of(standard, frame, rows)))


def test_a_place_that_was_not_examined_loses_nothing_of_a_pooled_ratio():
    whole = scored({"kind": "capped_ratio", "required": "8", "cell": "pooled"}, ("p", "c", 0, 1, 2)).whole
    assert place_losses(whole, "c") == {"p": Fraction(3)}


def test_a_place_with_all_that_a_pooled_ratio_requires_leaves_the_loss_to_the_others():
    rule = {"kind": "capped_ratio", "required": "8", "cell": "unit"}
    whole = scored(rule, ("p", "c", 0, 1, 3), ("q", "c", 0, 1, 1), ("r", "c", 0, 3, 0)).whole
    assert place_losses(whole, "c") == {"p": Fraction(5, 6), "q": Fraction(7, 6)}


def test_records_share_a_loss_by_their_deductions_and_keep_their_order():
    rows = [("q", "c", 0, 2, 1), ("p", "c", 0, 2, 3), ("p", "c", 0, 1, 0), ("p", "c", 0, 2, 1)]
    whole = scored({"kind": "per_occurrence", "each": "0.1", "cell": "pooled"}, *rows).whole
    parts = explain(whole, "c", [(f"r{i}", Answer(*row)) for i, row in enumerate(rows)])
    assert [(part.record, part.shown) for part in parts] == [("r0", 10), ("r1", 30), ("r2", 0), ("r3", 10)]
