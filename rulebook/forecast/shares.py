"""What would move the score most: shares of variance and of expected loss by type of place and by criterion."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

import numpy as np

from rulebook.forecast.drawing import CHUNK, Draws, draws_of
from rulebook.forecast.exact import Exact
from rulebook.forecast.lines import Var
from rulebook.forecast.model import Floats, Model
from rulebook.forecast.simulating import Chunk
from rulebook.forecast.values import NONE, Linear, Part

TRIED = 2 * CHUNK  # draws in which a type's findings are put right
WHOLE = 1000  # draws scored whole by the engine
DRAWN = 0.3  # about the share of the work that is done when all draws are made and the mending is still to be tried
Told = Callable[[float], None]  # is told which share of the work is done


class KindShare(NamedTuple):
    """A type of place: numbers, share of variance, what is expected to be lost there, and what mending it all gains.

    `exact` says that loss and gain are no simulation.
    """

    key: str
    seen: int
    population: int
    drawn: int
    variance: float
    loss: float
    gain: float
    exact: bool


class CriterionShare(NamedTuple):
    """A criterion, or a node that bends: expected rate, expected loss in points of the total, share of variance."""

    key: str
    rate: float
    loss: float
    variance: float


@dataclass(eq=False)
class Tally:
    """What is added up while draws are made: how each place, and each part that is not linear, goes with the total.

    Nothing where the total is `known` exactly: then that is a formula, too.
    """

    model: Model
    known: bool
    draws: int = 0
    once: float = 0.0
    shift: float | None = None
    places: list[Floats] = field(default_factory=list)
    drawn: list[Floats] = field(default_factory=list)
    parts: dict[Var, Floats] = field(default_factory=dict)

    @cached_property
    def others(self) -> tuple[tuple[Fraction, Var], ...]:
        """Return the parts of the total that are not linear."""
        steady = self.model.steady
        return self.model.split(steady)[1] if steady else ()

    def add(self, chunk: Chunk) -> Floats:
        """Add a chunk; return its totals."""
        totals = chunk.total()
        self.draws += totals.size
        if self.known:
            return totals
        self.shift = float(np.nanmean(totals)) if self.shift is None else self.shift
        rest = np.nan_to_num(totals - self.shift)
        if not self.places:
            self.places, self.drawn = ([np.zeros(kind.seen) for kind in self.model.kinds] for _ in range(2))
        for kind, chosen, places, drawn in zip(self.model.kinds, chunk.draws, self.places, self.drawn, strict=True):
            if not kind.settled:
                flat = chosen.reshape(-1)
                places += np.bincount(flat, np.broadcast_to(rest, chosen.shape).reshape(-1), kind.seen)
                drawn += np.bincount(flat, minlength=kind.seen)
        for _, var in self.others:
            value = np.broadcast_to(chunk.variable(var), rest.shape)
            found = np.array([value.sum(), (value * rest).sum()])
            self.parts[var] = self.parts.get(var, np.zeros(2)) + found
        self.once += float(rest.sum())
        return totals

    def of_place(self, number: int) -> Floats:
        """Return the covariance of the total with how often each place seen of a type is drawn."""
        return np.asarray(self.places[number] / self.draws - self.drawn[number] / self.draws * self.once / self.draws)

    def of_part(self, var: Var) -> tuple[float, float]:
        """Return the mean of a part, and its covariance with the total."""
        mean = float(self.parts[var][0]) / self.draws
        return mean, float(self.parts[var][1]) / self.draws - mean * self.once / self.draws


class Across(NamedTuple):
    """What lies in several types of place together: share of variance, expected loss."""

    variance: float
    loss: float


@dataclass(frozen=True, eq=False)
class Sharer:
    """Shares the variance and the expected loss of a total out."""

    model: Model
    tally: Tally
    known: Exact | None
    variance: float

    @cached_property
    def linear(self) -> Linear:
        """Return the linear part of the total."""
        steady = self.model.steady
        return self.model.split(steady)[0] if steady else NONE

    def of_places(self, number: int) -> Floats:
        """Return the covariance of the total with how often each place seen of a type is drawn."""
        kind = self.model.kinds[number]
        if kind.settled or kind.seen == 1:
            return np.zeros(kind.seen)
        if self.known is None:
            return self.tally.of_place(number)
        return (
            kind.drawn**2 * float(kind.made) / (kind.seen - 1) * self.around(number, self.linear.parts.get(number, ()))
        )

    def around(self, number: int, parts: Sequence[Part]) -> Floats:
        """Return numbers of the places seen of a type, less their mean."""
        found = self.model.stretched(number, parts)
        return np.asarray(found - found.mean())

    @cached_property
    def covariances(self) -> list[Floats]:
        """Return the same by type."""
        return [self.of_places(number) for number in range(len(self.model.kinds))]

    def of_kind(self, number: int) -> float:
        """Return the share of variance of a type: of the best sum over its places, whatever the score really is.

        Simulated covariances are never quite 0: what that alone would explain is taken off.
        """
        kind, found = self.model.kinds[number], self.covariances[number]
        if not self.variance or kind.settled or kind.seen == 1:
            return 0.0
        spread = kind.drawn**2 * float(kind.made) / (kind.seen - 1)
        noise = 0.0 if self.known else (kind.seen - 1) / self.tally.draws
        return max(0.0, float((found * found).sum()) / spread / self.variance - noise)

    def criteria(self) -> Iterator[CriterionShare]:
        """Yield what each criterion, or node that bends, has to do with the total."""
        steady = self.model.steady
        for var, factor in steady.terms.items() if steady else ():
            linear = self.model.linear(var)
            if linear is None:
                yield self.of_part(var, float(factor))
                continue
            rate, shared = float(linear.const), 0.0
            for number, parts in linear.parts.items():
                rate += self.model.kinds[number].drawn * float(values(parts).mean())
                shared += float((self.around(number, parts) * self.covariances[number]).sum())
            yield CriterionShare(var[1], rate, float(factor) * (1 - rate), self.ratio(float(factor) * shared))

    def of_part(self, var: Var, factor: float) -> CriterionShare:
        """Return the same of a part that is not linear."""
        mean, covariance = self.tally.of_part(var)
        bend = self.model.tree.bends.get(var)
        possible = float(bend.possible or 0) if bend else 1.0
        rate = mean / possible if possible else 1.0
        return CriterionShare(var[1], rate, factor * (possible - mean), self.ratio(factor * covariance))

    def ratio(self, part: float) -> float:
        """Return a part of the variance."""
        return part / self.variance if self.variance else 0.0

    def places_of(self, var: Var) -> set[int]:
        """Return the types a part that is not linear has to do with."""
        bend = self.model.tree.bends.get(var)
        keys = {line.key for line in bend.node.walk()} | {key for key, _ in bend.closers} if bend else {var[1]}
        readings = (self.model.readings[key] for key in keys if key in self.model.readings)
        return {number for reading in readings for number in reading.values.kinds}

    @cached_property
    def constants(self) -> list[tuple[str, float]]:
        """Return the criteria that are the same in every draw but no sum over places, with what they count."""
        steady, linear = self.model.steady, self.model.linear
        terms = steady.terms.items() if steady else ()
        return [
            (var[1], float(factor)) for var, factor in terms if (found := linear(var)) is not None and not found.parts
        ]

    def kinds(self, gains: Mapping[int, float], criteria: Sequence[CriterionShare]) -> tuple[list[KindShare], Across]:
        """Return what each type has to do with the total, and what lies in several together."""
        losses, together = [self.lost(number) for number in range(len(self.model.kinds))], 0.0
        by_key = {share.key: share for share in criteria}
        for var in (*(var for _, var in self.tally.others), *(("", key) for key, _ in self.constants)):
            concerned, lost = self.places_of(var), by_key[var[1]].loss
            if len(concerned) == 1:
                losses[concerned.pop()] += lost
            else:
                together += lost
        found = [
            KindShare(kind.key, kind.seen, kind.population, kind.drawn, self.of_kind(i), loss, *self.gain(i, gains))
            for i, (kind, loss) in enumerate(zip(self.model.kinds, losses, strict=True))
        ]
        rest = max(0.0, 1 - sum(share.variance for share in found)) if self.variance and not self.known else 0.0
        return found, Across(rest, together)

    def lost(self, number: int) -> float:
        """Return what a type is expected to lose in sums over its places."""
        parts = self.linear.parts.get(number, ())
        return self.model.kinds[number].drawn * float((full(parts) - values(parts)).mean()) if parts else 0.0

    def gain(self, number: int, simulated: Mapping[int, float]) -> tuple[float, bool]:
        """Return what mending a type's findings adds to the mean, and whether that is exact."""
        if number in simulated:
            return simulated[number], False
        seen, right = self.linear.parts.get(number, ()), self.linear.right.get(number, ())
        gained = self.model.kinds[number].drawn * float((values(right) - values(seen)).mean()) if seen else 0.0
        own = [(key, factor) for key, factor in self.constants if number in self.places_of(("", key))]
        if own:
            before, after = Chunk(self.model, self.once), Chunk(self.model, self.once, number)
            more = (factor * (after.criterion(key).got - before.criterion(key).got) for key, factor in own)
            gained += sum(float(part[0]) for part in more)
        return gained, True

    @cached_property
    def once(self) -> Draws:
        """Return a single draw."""
        return next(draws_of(self.model.kinds, "", 1))

    def crooked_kinds(self) -> list[int]:
        """Return the types whose mending must be tried out, having to do with the floor or what is not linear."""
        if self.known:
            return []
        if self.model.steady is None or not self.tally.others:
            return list(range(len(self.model.kinds)))
        return sorted(set().union(*(self.places_of(var) for _, var in self.tally.others)))


def values(parts: Sequence[Part]) -> Floats:
    """Return sums of parts at the places seen, in floating point."""
    found = [float(part.factor) * part.num.astype(np.float64) / part.den.astype(np.float64) for part in parts]
    return sum(found[1:], start=found[0])


def full(parts: Sequence[Part]) -> Floats:
    """Return what the places seen would have without any loss."""
    found = [float(part.factor) * part.full.astype(np.float64) for part in parts]
    return sum(found[1:], start=found[0])


def tried(model: Model, numbers: Sequence[int], seed: str, draws: int, told: Told) -> dict[int, float]:
    """Return what mending the findings of each of some types adds, in the same draws."""
    found, count, seen = dict.fromkeys(numbers, 0.0), 0, 0
    most = min(draws, WHOLE // max(len(numbers), 1) + 1 if model.engine else TRIED)
    for some in draws_of(model.kinds, seed, most) if numbers else ():
        base = Chunk(model, some)
        before = base.total()
        count += int((~np.isnan(before)).sum())
        for at, number in enumerate(numbers, 1):
            after = Chunk(model, some, number, base).total()
            found[number] += float(np.nansum(after - before))
            told(DRAWN + (1 - DRAWN) * (seen + before.size * at / len(numbers)) / most)
        seen += before.size
    return {number: gained / max(count, 1) for number, gained in found.items()}


def shares_of(
    model: Model, tally: Tally, known: Exact | None, variance: float, seed: str, told: Told
) -> tuple[tuple[KindShare, ...], tuple[CriterionShare, ...], Across]:
    """Return what each type and each criterion has to do with the total, those that move it most first."""
    sharer = Sharer(model, tally, known, variance)
    criteria = sorted(sharer.criteria(), key=lambda share: -share.variance)
    gains = tried(model, sharer.crooked_kinds(), seed, tally.draws, told)
    kinds, across = sharer.kinds(gains, criteria)
    return tuple(sorted(kinds, key=lambda share: -share.variance)), tuple(criteria), across
