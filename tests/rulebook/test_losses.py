"""Losses lie where something was examined and found, and nowhere else (C5)."""

from fractions import Fraction

from rulebook.scoring import Answer, Answers, Frame, compile_standard, explain, place_losses, reason, reduce, score

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


def test_what_a_weaker_method_loses_by_a_stronger_one_lies_where_the_stronger_one_found_it():
    rules = [
        {"kind": "pass_rate", "points": "2", "method": "材料"},
        {"kind": "pass_rate", "points": "2", "method": "实地", "ordinal": 1},
    ]
    row = {"key": "c", "points": "4", "rules": rules, "precedence": ["实地", "材料"]}
    standard, frame = compile_standard({"key": "s", "criteria": [row]}), Frame.of(PLACES)
    rows = [("p", "c", 0, 1)] * 9 + [("p", "c", 0, 2), ("q", "c", 1, 1), ("q", "c", 1, 2)]
    whole = score(standard, reduce(standard, frame, Answers.of(standard, frame, rows))).whole
    # 材料 0.9 and 实地 0.5: both count 0.5; of the 2 points lost, 材料 itself lost 0.2
    assert place_losses(whole, "c") == {"p": Fraction(1, 5), "q": Fraction(9, 5)}
    assert [(line.text, line.shown) for line in reason(whole, "c").lines] == [
        ("满分", "4.00"),
        ("不合格 1\u00a0项，占 10\u00a0项", "−0.20"),
        ("不合格 1\u00a0项，占 2\u00a0项", "−1.00"),
        ("以实地为准，较弱的方法随之扣", "−0.80"),
        ("得分", "2.00"),
    ]
    assert reason(whole, "c").sentences[-1] == "材料得分率 90%，实地 50%，以实地为准"


def test_what_a_bonus_gave_is_a_loss_below_nothing_at_its_place_and_its_records():
    row = {"key": "b", "rule": {"kind": "bonus", "levels": [{"label": "省级", "points": "2"}]}}
    spec = {"key": "s", "points": "100", "criteria": [row]}
    standard, frame = compile_standard(spec), Frame.of(PLACES)
    records = [("r1", Answer("p", "b", 1, 1, 2)), ("r2", Answer("q", "b", 1, 1, 1))]
    sums = reduce(standard, frame, Answers.of(standard, frame, [record for _, record in records]))
    whole = score(standard, sums).whole
    assert place_losses(whole, "b") == {"p": Fraction(-4), "q": Fraction(-2)}
    assert [(one.record, one.shown) for one in explain(whole, "b", records)] == [("r1", -400), ("r2", -200)]
    assert (whole.total.shown_got, whole.lines["b"].shown_got) == ("106.00", "+6.00")


def test_an_assessor_alone_on_a_criterion_counts_there_whatever_it_weighs():
    assessors = {"a": {"weight": "1"}, "b": {"weight": "0"}}
    rows = [
        {"key": "c", "points": "4", "rule": {"kind": "pass_rate"}},
        {"key": "d", "points": "4", "assessors": ["b"], "rule": {"kind": "pass_rate"}},
    ]
    standard = compile_standard({"key": "s", "assessors": assessors, "criteria": rows})
    frame = Frame.of(PLACES)
    sums = reduce(standard, frame, Answers.of(standard, frame, [("p", "d", 1000, 2)]))
    whole = score(standard, sums).whole
    assert place_losses(whole, "d") == {"p": Fraction(4)}
