"""Ranks, gaps and the last k (C5)."""

from fractions import Fraction

from rulebook.scoring import Entry, rank


def ranks(places):
    """Return (key, rank, above, below) of each."""
    return [(place.key, place.rank, place.above, place.below) for place in places]


def test_ties_share_the_better_rank_and_the_next_rank_is_skipped():
    found = rank([Entry("a", 9000), Entry("b", 8800), Entry("c", 9000)])
    assert ranks(found) == [("a", 1, None, 200), ("c", 1, None, 200), ("b", 3, 200, None)]
    assert [place.tied for place in found] == [True, True, False]


def test_gaps_count_outside_competitors_who_take_no_rank():
    found = rank([Entry("a", 9000), Entry("b", 8800)], competitors={"": [9003, 8790]})
    assert ranks(found) == [("a", 1, 3, 200), ("b", 2, 200, 10)]


def test_ranks_are_made_inside_groups():
    found = rank([Entry("a", 90, group="街道"), Entry("b", 95, group="乡镇"), Entry("c", 91, group="街道")])
    assert ranks(found) == [("c", 1, None, 1), ("a", 2, 1, None), ("b", 1, None, None)]


def test_the_last_k_are_flagged_with_all_who_tie_with_them():
    found = rank([Entry(key, score) for key, score in zip("abcd", (90, 80, 70, 70), strict=True)], last=1)
    assert [(place.key, place.last) for place in found] == [("a", False), ("b", False), ("c", True), ("d", True)]


def test_nobody_is_last_when_all_are_equal():
    assert [place.last for place in rank([Entry("a", 90), Entry("b", 90)], last=1)] == [False, False]


def test_too_little_coverage_or_no_score_gives_no_rank_and_the_reason():
    found = rank([Entry("a", 90, Fraction(1, 2)), Entry("b", None), Entry("c", 80)], least_coverage=Fraction(3, 5))
    assert [(place.key, place.rank, place.reason) for place in found] == [
        ("c", 1, ""),
        ("a", None, "测评覆盖面不够，不参加排名"),
        ("b", None, "未测，没有得分"),
    ]


def test_who_is_barred_takes_no_rank_and_leaves_the_place_to_the_next():
    places = rank([Entry("甲", 9000, barred="重大事故，取消申报资格"), Entry("乙", 8000)])
    assert [(place.key, place.rank, place.reason) for place in places] == [
        ("乙", 1, ""),
        ("甲", None, "重大事故，取消申报资格，不参加排名"),
    ]
