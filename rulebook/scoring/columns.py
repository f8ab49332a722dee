"""Integer columns: exact sums by group, products that never overflow, and the view a rule has of its answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rulebook.scoring.exact import total

Ints = NDArray[Any]  # int64, or Python integers where int64 would not be enough
Mask = NDArray[np.bool_]
FIELDS = ("examined", "qualified", "not_applicable", "count", "base", "result")
LIMIT = 1 << 62
FLOAT_EXACT = 1 << 53


def integers(values: ArrayLike) -> Ints:
    """Return values as an int64 column."""
    return np.asarray(values, dtype=np.int64)


def widest(values: Ints) -> int:
    """Return the largest absolute value of a column, 0 if it is empty."""
    return max(abs(int(values.max())), abs(int(values.min()))) if values.size else 0


def times(values: Ints, factor: int) -> Ints:
    """Multiply a column, in Python integers where int64 would overflow."""
    if factor == 1:
        return values
    if values.dtype != object and widest(values) * abs(factor) >= LIMIT:
        values = values.astype(object)
    return values * factor


def products(left: Ints, right: Ints) -> Ints:
    """Multiply two columns, in Python integers where int64 would overflow."""
    if left.dtype != object and widest(left) * widest(right) >= LIMIT:
        left = left.astype(object)
    return left * right


def common(values: Ints) -> Ints:
    """Return the least common multiple of each column, shape (rows, columns), in Python integers where it is large."""
    if values.dtype != object and widest(values) ** values.shape[0] >= LIMIT:
        values = values.astype(object)
    return np.asarray(np.lcm.reduce(values, axis=0))


def sum_by(group: Ints, values: Ints, groups: int) -> Ints:
    """Sum a column by group, exactly: bincount while a float64 holds every sum, else integer addition."""
    if values.dtype == np.bool_:
        return np.bincount(group[values], minlength=groups)
    if values.dtype != object and widest(values) * max(values.size, 1) < FLOAT_EXACT:
        if groups == 1:
            return integers([values.sum()])
        return np.bincount(group, weights=values, minlength=groups).astype(np.int64)
    sums = np.zeros(groups, dtype=object)
    np.add.at(sums, group, values.astype(object))
    return sums if widest(sums) >= LIMIT else sums.astype(np.int64)


def fractions_by(group: Ints, num: Ints, den: Ints, groups: int) -> list[Fraction]:
    """Sum num/den by group: first per (group, denominator) as integers, then a few fractions."""
    if not num.size:
        return [Fraction(0)] * groups
    lowest = int(den.min())
    if lowest == int(den.max()):
        return [Fraction(int(value), lowest) for value in sum_by(group, num, groups)]
    kinds, which = np.unique(den, return_inverse=True)
    keys, pair = np.unique(group * kinds.size + which, return_inverse=True)
    sums = sum_by(pair, num, keys.size)
    parts: list[list[Fraction]] = [[] for _ in range(groups)]
    for key, value in zip(keys.tolist(), sums.tolist(), strict=True):
        parts[key // kinds.size].append(Fraction(value, int(kinds[key % kinds.size])))
    return [total(part) for part in parts]


@dataclass(frozen=True, slots=True)
class View:
    """What a rule sees: six columns of shape (its ordinals, cells)."""

    data: Ints

    @property
    def examined(self) -> Ints:
        """Return how many observations were examined."""
        return self.data[0]  # type: ignore[no-any-return]

    @property
    def qualified(self) -> Ints:
        """Return how many of them were qualified 合格."""
        return self.data[1]  # type: ignore[no-any-return]

    @property
    def not_applicable(self) -> Ints:
        """Return how many were marked not applicable 缺项."""
        return self.data[2]  # type: ignore[no-any-return]

    @property
    def count(self) -> Ints:
        """Return the sum of counts, or of measured values × 1000."""
        return self.data[3]  # type: ignore[no-any-return]

    @property
    def base(self) -> Ints:
        """Return the sum of denominators."""
        return self.data[4]  # type: ignore[no-any-return]

    @property
    def result(self) -> Ints:
        """Return the sum of results per observation, in the rule's own unit."""
        return self.data[5]  # type: ignore[no-any-return]

    @property
    def touched(self) -> Mask:
        """Say in which cells any of the ordinals was examined."""
        return np.asarray((self.examined > 0).any(axis=0), dtype=np.bool_)

    def grouped(self, group: Ints, groups: int) -> "View":
        """Sum the columns into cells of their own: of a unit, or all pooled."""
        rows = [[sum_by(group, column, groups) for column in field] for field in self.data]
        return View(np.array(rows))

    def only(self, chosen: Ints) -> "View":
        """Keep some of the cells."""
        return View(self.data[:, :, chosen])


@dataclass(frozen=True, slots=True)
class Cells:
    """Rates of points, num/den in each cell; `size` results lie in a cell (num/den is then their sum).

    `marked` says in which cells a gate fell or the marked worst grade C# was given.
    """

    num: Ints
    den: Ints
    valid: Mask
    size: Ints
    marked: Mask

    def pick(self, chosen: Ints) -> "Cells":
        """Keep some of the cells."""
        return Cells(self.num[chosen], self.den[chosen], self.valid[chosen], self.size[chosen], self.marked[chosen])


def cells(num: Ints, den: Ints | int, valid: Mask, marked: Mask | None = None) -> Cells:
    """Build ordinary cells of one result each; a constant denominator is spread."""
    whole = np.full(num.shape, den, dtype=np.int64) if isinstance(den, int) else den
    none = np.zeros(num.shape, dtype=np.bool_)
    return Cells(num, whole, valid, np.ones(num.shape, dtype=np.int64), none if marked is None else marked)


def lookup(rates: Sequence[Fraction], chosen: Ints, valid: Mask, marked: Mask | None = None) -> Cells:
    """Build cells whose rate is one of a table of rates, given by its number."""
    common = int(np.lcm.reduce([rate.denominator for rate in rates]))
    table = integers([int(rate * common) for rate in rates])
    return cells(table[chosen], common, valid, marked)
