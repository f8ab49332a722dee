"""Two assessments side by side: rates not points, thresholds, few places, sums and parts never counted twice."""

from fractions import Fraction

import pytest

from rulebook.sides import Pair, Scored, Side, added, gathered, pooled

FIVE = Fraction(5, 100)


def side(got: int, possible: int, places: int | None = 9) -> Side:
    return Side(Fraction(got), Fraction(possible), places)


CASES = {
    "kinder": (side(95, 100), side(8, 10), "lenient"),
    "harder": (side(70, 100), side(8, 10), "strict"),
    "exactly the threshold is alike": (side(85, 100), side(8, 10), "alike"),
    "exactly the threshold below": (side(75, 100), side(8, 10), "alike"),
    "just beyond": (side(8501, 10000), side(8, 10), "lenient"),
    "few of ours": (side(95, 100, 2), side(8, 10), "few"),
    "few of theirs": (side(95, 100), side(8, 10, 2), "few"),
    "three are enough": (side(95, 100, 3), side(8, 10, 3), "lenient"),
    "theirs not said": (side(95, 100), side(8, 10, None), "lenient"),
    "not by us": (None, side(8, 10), "ours"),
    "not by them": (side(8, 10), None, "theirs"),
    "by neither": (None, None, "theirs"),
}


@pytest.mark.parametrize("case", CASES)
def test_the_verdict(case: str) -> None:
    ours, theirs, verdict = CASES[case]
    assert Pair(ours, theirs).verdict(FIVE) == verdict


def test_a_judgement_without_places_is_not_few() -> None:
    assert Pair(side(95, 100, 1), side(8, 10, 1)).verdict(FIVE, by_places=False) == "lenient"


def test_sides_add_up_and_places_are_known_only_if_all_are() -> None:
    assert added([side(1, 2, 3), side(3, 4, 5)]) == side(4, 6, 8)
    assert added([side(1, 2, 3), side(3, 4, None)]) == side(4, 6, None)
    assert added([]) is None


def test_sides_of_one_thing_are_pooled_by_their_places() -> None:
    assert pooled([side(4, 5, 3), side(2, 5, 1)]) == Side(Fraction(7, 2), Fraction(5), 4)
    assert pooled([]) is None


def row(kind: str, place: str, got: int, possible: int, places: int | None = None) -> Scored:
    return Scored("k", kind, place, Fraction(got), Fraction(possible), places)


GATHERED = {
    "one row for the whole": ([row("", "", 8, 10)], side(8, 10, None), {}),
    "places of a type": (
        [row("t", "a", 1, 2), row("t", "b", 2, 2)],
        side(3, 4, 2),
        {("k", "t"): side(3, 4, 2)},
    ),
    "the sum of a type stands, its places are counted": (
        [row("t", "", 9, 10), row("t", "a", 1, 2), row("t", "b", 2, 2)],
        side(9, 10, 2),
        {("k", "t"): side(9, 10, 2)},
    ),
    "the whole stands, its types are shown": (
        [row("", "", 5, 10), row("t", "", 9, 10, 4), row("u", "", 1, 10, 3)],
        side(5, 10, 7),
        {("k", "t"): side(9, 10, 4), ("k", "u"): side(1, 10, 3)},
    ),
    "types added": (
        [row("t", "", 9, 10), row("u", "", 1, 10)],
        side(10, 20, None),
        {("k", "t"): side(9, 10, None), ("k", "u"): side(1, 10, None)},
    ),
    "a place of no type": ([row("", "a", 1, 2)], side(1, 2, 1), {}),
}


@pytest.mark.parametrize("case", GATHERED)
def test_a_sum_stands_and_its_parts_are_not_added(case: str) -> None:
    rows, whole, types = GATHERED[case]
    assert gathered(rows) == ({"k": whole}, types)
