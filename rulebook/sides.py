"""Two assessments of one thing side by side 对照: who was kinder, by rates, and when nothing can be said.

Scales differ, so got ÷ possible is compared, never points. Few places make no verdict.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

LENIENT, STRICT, ALIKE, FEW, UNSEEN_BY_US, UNSEEN_BY_THEM = "lenient", "strict", "alike", "few", "ours", "theirs"
WORDS = {
    LENIENT: "偏松",
    STRICT: "偏严",
    ALIKE: "相近",
    FEW: "样本少",
    UNSEEN_BY_US: "我们未测",
    UNSEEN_BY_THEM: "上级未测",
}
LEAST_PLACES = 3  # fewer on either side, where that is known, are no verdict


@dataclass(frozen=True)
class Side:
    """What one side found. places: how many were looked at; None = not said."""

    got: Fraction
    possible: Fraction
    places: int | None = None

    @property
    def rate(self) -> Fraction:
        """Return the share of the possible points that was got."""
        return self.got / self.possible


@dataclass(frozen=True)
class Pair:
    """One thing as both sides found it; None = not examined."""

    ours: Side | None
    theirs: Side | None

    @property
    def apart(self) -> Fraction | None:
        """Return our rate less theirs; None unless both examined it."""
        return self.ours.rate - self.theirs.rate if self.ours and self.theirs else None

    def verdict(self, threshold: Fraction, *, by_places: bool = True) -> str:
        """Say who was kinder, beyond the threshold. by_places: a number of places stands behind it."""
        if self.apart is None:
            return UNSEEN_BY_THEM if self.theirs is None else UNSEEN_BY_US
        seen = (self.ours.places, self.theirs.places) if self.ours and self.theirs else ()
        if by_places and any(places is not None and places < LEAST_PLACES for places in seen):
            return FEW
        if abs(self.apart) <= threshold:
            return ALIKE
        return LENIENT if self.apart > 0 else STRICT


def added(sides: Iterable[Side]) -> Side | None:
    """Several findings as one; nothing possible is nothing examined. Places are known only if all are."""
    found = list(sides)
    possible = sum((side.possible for side in found), Fraction(0))
    if not possible:
        return None
    places = [side.places for side in found]
    known = None if any(each is None for each in places) else sum(each or 0 for each in places)
    return Side(sum((side.got for side in found), Fraction(0)), possible, known)


def pooled(sides: Iterable[Side]) -> Side | None:
    """The mean of several findings of one thing at different places, each weighing as many as its places."""
    found = [(side, max(side.places or 0, 1)) for side in sides]
    if not found:
        return None
    weight = sum(each for _, each in found)
    got, possible = (
        sum((getattr(side, name) * each for side, each in found), Fraction(0)) / weight for name in ("got", "possible")
    )
    return Side(got, possible, sum(side.places or 0 for side, _ in found))


class Scored(NamedTuple):
    """A row of a result table: what it is of, at which type and place ('' = of all), what could be had and was got."""

    key: str
    type: str
    place: str
    got: Fraction
    possible: Fraction
    places: int | None = None


def gathered(rows: Sequence[Scored]) -> tuple[dict[str, Side], dict[tuple[str, str], Side]]:
    """(by key, by key and type). Where a table gives a sum and its parts, the sum stands and the parts are not added.

    A row without type and place speaks for the whole; one with a type and no place for that type.
    """
    by_type: dict[tuple[str, str], list[Scored]] = {}
    whole: dict[str, list[Scored]] = {}
    for row in rows:
        if row.type or row.place:
            by_type.setdefault((row.key, row.type), []).append(row)
        else:
            whole.setdefault(row.key, []).append(row)
    types = {at: side for at, of_type in by_type.items() if (side := _of_type(of_type))}
    keys = dict.fromkeys(row.key for row in rows)
    sides = {key: _whole(whole.get(key, ()), [side for at, side in types.items() if at[0] == key]) for key in keys}
    return {key: side for key, side in sides.items() if side}, {at: side for at, side in types.items() if at[1]}


def _of_type(rows: Sequence[Scored]) -> Side | None:
    sums = [row for row in rows if not row.place]
    parts = [row for row in rows if row.place]
    found = added(_side(row) for row in sums or parts)
    if found is None or not parts:
        return found
    return Side(found.got, found.possible, max(len({row.place for row in parts}), found.places or 0))


def _whole(rows: Sequence[Scored], types: Sequence[Side]) -> Side | None:
    below = added(types)
    found = added(_side(row) for row in rows)
    if found is None or found.places is not None or below is None:
        return found or below
    return Side(found.got, found.possible, below.places)


def _side(row: Scored) -> Side:
    return Side(row.got, row.possible, row.places)
