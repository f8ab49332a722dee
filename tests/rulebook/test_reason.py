"""Why points were lost: the panel of the score page (promise 3)."""

from fractions import Fraction

from rulebook.scoring import Answer, Answers, Frame, compile_standard, explain, marginal_gain, reason, reduce, score

STREET = {
    "key": "Ⅲ-01",
    "label": "主次干道保洁",
    "points": "4",
    "rule": {
        "kind": "per_occurrence",
        "cell": "pooled",
        "severities": [{"label": "逐处扣", "each": "0.1"}, {"label": "当场整改，减半扣", "each": "0.05"}],
    },
}
FOUND = [("人民路", 1, 3), ("中山路", 1, 1), ("解放路", 1, 2), ("文化路", 1, 1), ("文化路", 2, 2)]


def street(rule=None):
    """Return the records and the result of five findings on four roads."""
    standard = compile_standard(
        {"key": "s", "nodes": [{"key": "n", "criteria": [STREET | ({"rule": rule} if rule else {})]}]}
    )
    frame = Frame.of((name, "主次干道", "县城管局") for name in ("人民路", "中山路", "解放路", "文化路"))
    records = [Answer(place, "Ⅲ-01", ordinal if not rule else 0, 2, count) for place, ordinal, count in FOUND]
    return records, score(standard, reduce(standard, frame, Answers.of(standard, frame, records)))


def test_the_sum_runs_from_full_points_to_the_score():
    why = reason(street()[1].whole, "Ⅲ-01")
    assert [(line.text, line.shown) for line in why.lines] == [
        ("满分", "4.00"),
        ("逐处扣 0.10 × 7\u00a0处", "−0.70"),
        ("当场整改，减半扣 0.05 × 2\u00a0处", "−0.10"),
        ("得分", "3.20"),
    ]
    assert why.kinds == ("逐处扣分",)


def test_records_share_the_loss_by_their_own_deductions():
    records, result = street()
    parts = explain(result.whole, "Ⅲ-01", list(enumerate(records)))
    assert [part.shown for part in parts] == [30, 10, 20, 10, 10]


def test_shown_losses_of_records_add_up_to_the_shown_loss():
    records, result = street({"kind": "per_occurrence", "cell": "place", "each": "0.1"})
    parts = explain(result.whole, "Ⅲ-01", list(enumerate(records)))
    assert [part.exact for part in parts] == [Fraction(n, 400) for n in (30, 10, 20, 10, 20)]
    assert [part.shown for part in parts] == [8, 2, 5, 2, 5]
    assert sum(part.shown for part in parts) == result.lines["Ⅲ-01"].published_lost == 22


def test_a_floor_that_spared_points_is_said():
    why = reason(street({"kind": "per_occurrence", "cell": "pooled", "each": "1"})[1].whole, "Ⅲ-01")
    assert [(line.text, line.shown) for line in why.lines[1:]] == [
        ("逐处扣 1.00 × 9\u00a0处", "−9.00"),
        ("扣完为止，超出的不再扣", "5.00"),
        ("得分", "0.00"),
    ]


def test_the_gain_of_one_finding_is_nothing_where_the_others_suffice():
    records, result = street({"kind": "per_occurrence", "cell": "pooled", "each": "1"})
    assert [marginal_gain(result, record).shown_total for record in records] == [0, 0, 0, 0, 0]


def test_cells_that_were_averaged_are_said_in_one_line():
    why = reason(street({"kind": "per_occurrence", "cell": "place", "each": "0.1"})[1].whole, "Ⅲ-01")
    assert [(line.text, line.shown) for line in why.lines[1:2]] == [("4\u00a0处点位平均，4\u00a0处点位有失分", "−0.22")]


def test_what_was_not_examined_says_so():
    standard = compile_standard({"key": "s", "nodes": [{"key": "n", "criteria": [STREET]}]})
    frame = Frame.of([("人民路", "主次干道", "县城管局")])
    why = reason(score(standard, reduce(standard, frame, Answers.of(standard, frame, []))).whole, "Ⅲ-01")
    assert (why.lines, why.sentences) == ((), ("未测，不计 0 分，按同级折算",))
