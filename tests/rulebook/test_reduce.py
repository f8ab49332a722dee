"""Answers to sums: bad rows never spoil a batch, large numbers stay exact (C5)."""

import numpy as np

from rulebook.scoring import Answer, Answers, Frame, compile_standard, delta, load, reduce, score

SPEC = {
    "key": "s",
    "place_types": {"road": "主次干道", "market": "市场"},
    "nodes": [
        {
            "key": "n",
            "criteria": [
                {"key": "a", "points": "4", "place_types": ["road"], "rule": {"kind": "per_occurrence", "each": "0.1"}},
                {"key": "b", "points": "4", "rule": {"kind": "pass_rate", "of": "pieces"}},
                {
                    "key": "d",
                    "points": "4",
                    "rule": {
                        "kind": "per_step",
                        "line": "900000",
                        "each": "0.001",
                        "mode": "proportion",
                        "cell": "observation",
                    },
                },
            ],
        }
    ],
}
STANDARD = compile_standard(SPEC)
FRAME = Frame.of([("p", "road", "u"), ("q", "market", "u")])


def reduced(*rows):
    """Reduce rows of keys."""
    return reduce(STANDARD, FRAME, Answers.of(STANDARD, FRAME, rows))


def test_each_bad_row_is_returned_with_its_position_and_reason():
    sums = reduced(
        ("p", "a", 0, 2, 1),
        ("x", "a", 0, 1),
        ("p", "x", 0, 1),
        ("p", "a", 5, 1),
        ("p", "a", 0, 2, -1),
        ("q", "a", 0, 1),
        ("p", "b", 0, 1, 9, 8),
        ("p", "b", 0, 1, 8, 9),
    )
    assert [tuple(bad) for bad in sums.rejected] == [
        (1, "本轮没有这个点位"),
        (2, "测评体系里没有这条标准"),
        (3, "“a”没有序号 5"),
        (4, "数量要在 0 到 1000000000 之间"),
        (5, "“a”不测这类点位"),
        (6, "合格数 9 比共查数 8 还多"),
    ]
    assert sums.data[0].tolist() == [[1, 0], [1, 0], [0, 0]]


def test_any_mark_outside_the_four_is_not_examined():
    assert reduced(("p", "b", 0, 7, 1, 2), ("p", "b", 0, -1, 1, 2)).data.any() is np.False_


def test_a_bad_mark_without_a_count_is_one_occurrence():
    assert reduced(("p", "a", 0, 2)).data[3].tolist() == [[1, 0], [0, 0], [0, 0]]


def test_large_measured_values_give_the_same_results_as_one_by_one():
    rows = [("p", "d", 0, 1, value) for value in (0, 7, 899_999_999, 900_000_000, 10**9)]
    one_by_one = [("p", "d", 0, *delta(STANDARD, Answer(*row))) for row in rows]
    assert (reduced(*rows).data == load(STANDARD, FRAME, one_by_one).data).all()


def test_sums_beyond_what_a_float_holds_stay_exact():
    size = 10_000_001
    columns = [np.zeros(size, dtype=np.int64) for _ in range(6)]
    columns[3] += 2
    columns[4] += 10**9 - 1
    sums = reduce(STANDARD, FRAME, Answers(*columns))
    assert int(sums.data[3, 0, 0]) == size * (10**9 - 1)


def test_short_integer_columns_are_taken_as_they_come():
    columns = Answers(
        *(np.array(values, dtype=np.int16) for values in ([0, 0], [0, 1], [0, 0], [2, 1], [3, 2], [0, 4]))
    )
    assert (reduce(STANDARD, FRAME, columns).data == reduced(("p", "a", 0, 2, 3), ("p", "b", 0, 1, 2, 4)).data).all()


def test_stored_sums_score_like_the_answers_they_came_from():
    sums = reduced(("p", "a", 0, 2, 7), ("q", "b", 0, 1, 3, 4))
    stored = [
        (FRAME.places[place].key, STANDARD.criteria[criterion].key, ordinal, *sums.data[:, slot, place].tolist())
        for slot, (criterion, ordinal) in enumerate(STANDARD.slots)
        for place in range(2)
    ]
    again = load(STANDARD, FRAME, stored)
    assert score(STANDARD, again).total.got == score(STANDARD, sums).total.got
    assert load(STANDARD, FRAME, [("p", "gone", 0, 1, 1, 0, 0, 0, 0)]).rejected == (
        (0, "没有这个点位、这条标准或这个序号"),
    )


def test_no_answers_at_all_are_no_error():
    assert score(STANDARD, reduced()).total.state == "not_examined"
