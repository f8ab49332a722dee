"""The ground of a forecast: of each type of place, how many there are, were seen, and will be drawn."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

import numpy as np

from rulebook.scoring.columns import Ints
from rulebook.scoring.sums import Sums


class Stratum(NamedTuple):
    """How many places of a type there are, and how many of them the assessors draw."""

    population: int
    drawn: int


@dataclass(frozen=True, eq=False)
class Kind:
    """A type of place: its key, the numbers of the places seen, how many there are, how many will be drawn."""

    key: str
    places: Ints
    population: int
    drawn: int

    @property
    def seen(self) -> int:
        """Return how many places were seen."""
        return int(self.places.size)

    @property
    def settled(self) -> bool:
        """Say whether every place was seen and is drawn: no luck in it."""
        return self.drawn == self.population == self.seen

    @property
    def luck(self) -> Fraction:
        """Return the variance of the mean of the drawn for a spread of 1: without replacement from all there are."""
        return Fraction(1, self.drawn) - Fraction(1, self.population)

    @property
    def unseen(self) -> Fraction:
        """Return the variance of our own mean for a spread of 1: what was not seen may be otherwise."""
        return Fraction(1, self.seen) - Fraction(1, self.population)

    @property
    def made(self) -> Fraction:
        """Return the variance of the mean of simulated draws for a spread of 1 (see `drawing`).

        Places made up from m seen vary about (m − 1) ÷ (m + 1) as much as places unknown.
        """
        whole, seen = self.population, self.seen
        if seen == whole:
            return self.luck
        return Fraction(seen - 1, seen + 1) * (self.luck * Fraction(whole + 1, whole - 1) + self.unseen)

    @cached_property
    def stretch(self) -> float:
        """Return how much wider than simulated draws the truth is: 1 where every place was seen."""
        return math.sqrt((self.luck + self.unseen) / self.made) if self.made and self.seen < self.population else 1.0


def kinds_of(sums: Sums, plan: Mapping[str, Stratum]) -> tuple[Kind, ...]:
    """Return the types that are drawn from, those seen only; a type not in the plan is counted just as it was seen.

    A population smaller than what was seen is taken as just that; no more can be drawn than there are.
    """
    seen = np.asarray((sums.data[[0, 2]] > 0).any(axis=(0, 1)), dtype=np.bool_)
    found = []
    for number, key in enumerate(sums.frame.types):
        places = np.flatnonzero(seen & (sums.frame.type == number))
        population, drawn = plan.get(key, Stratum(places.size, places.size))
        population = max(population, places.size)
        if places.size and drawn > 0:
            found.append(Kind(key, places, population, min(drawn, population)))
    return tuple(found)
