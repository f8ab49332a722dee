"""Mean and variance of a sum over places drawn, exactly, with what each type of place has to do with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from rulebook.forecast.ground import Kind
from rulebook.forecast.readings import lowest
from rulebook.forecast.values import Linear, gather
from rulebook.scoring.exact import total


class Moments(NamedTuple):
    """One type: what it adds to the mean, and to the variance by the luck of the draw and by what was not seen."""

    mean: Fraction
    luck: Fraction
    unseen: Fraction


@dataclass(frozen=True)
class Exact:
    """A linear function of the draw: its mean and variance, by type; `lowest` is a bound it never falls below."""

    const: Fraction
    kinds: tuple[Moments, ...]
    lowest: Fraction

    @property
    def mean(self) -> Fraction:
        """Return the mean over all possible draws."""
        return total((self.const, *(kind.mean for kind in self.kinds)))

    @property
    def luck(self) -> Fraction:
        """Return the variance by the luck of the assessors' draw."""
        return total(kind.luck for kind in self.kinds)

    @property
    def unseen(self) -> Fraction:
        """Return the variance by what we have not seen."""
        return total(kind.unseen for kind in self.kinds)

    @property
    def variance(self) -> Fraction:
        """Return both together: of the difference between our expectation and their result."""
        return self.luck + self.unseen


def exact(linear: Linear, kinds: Sequence[Kind]) -> Exact:
    """Work out a linear function of draws without replacement from each type.

    With n of N drawn, m seen, and s² the variance of the values of those seen (divisor m − 1), a type's sum has mean
    n × their mean and variance n² s² (1/n − 1/N) by luck, n² s² (1/m − 1/N) by what was not seen.
    """
    found, deepest = [], [linear.const]
    for i, kind in enumerate(kinds):
        values, common = gather(linear.parts.get(i, ()), kind.seen)
        once, twice, seen = int(values.sum()), int((values * values).sum()), kind.seen
        square = Fraction(seen * twice - once * once, seen * (seen - 1) * common**2) if seen > 1 else Fraction(0)
        spread = square * kind.drawn**2
        found.append(Moments(Fraction(once * kind.drawn, common * seen), spread * kind.luck, spread * kind.unseen))
        deepest.append(lowest(kind, values, common))
    return Exact(linear.const, tuple(found), total(deepest))
