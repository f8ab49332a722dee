"""The forecast: from what we saw, which scores the assessors may come to, and what would move them most."""

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import NamedTuple

import numpy as np

from rulebook.forecast.assumptions import Assumption, How, assumptions_of
from rulebook.forecast.drawing import draws_of
from rulebook.forecast.effort import TooLong, seconds_of
from rulebook.forecast.exact import Exact, exact
from rulebook.forecast.ground import Kind, Stratum, kinds_of
from rulebook.forecast.lines import Affine, Part, Tree, tree_of
from rulebook.forecast.model import Floats, Model
from rulebook.forecast.readings import Reading, read
from rulebook.forecast.settled import fixed_lines, is_settled, obstacles, outcome_of, settled
from rulebook.forecast.shares import DRAWN, WHOLE, Across, CriterionShare, KindShare, Tally, Told, shares_of
from rulebook.forecast.simulating import Chunk
from rulebook.forecast.values import Linear, values_of
from rulebook.forecast.whole import Engine
from rulebook.scoring.standard import TOTAL, Standard
from rulebook.scoring.sums import Sums
from rulebook.scoring.tree import SCORED

DRAWS, BARS = 20_000, 24
QUANTILES = (2.5, 10, 25, 50, 75, 90, 97.5)


class Bar(NamedTuple):
    """One bar of the picture: scores from `low` up to below `high`, and how many of the simulated draws lie there."""

    low: Fraction
    high: Fraction
    draws: int


class Reach(NamedTuple):
    """The chance that the published score reaches a line, and the standard error of having simulated it."""

    line: Fraction
    chance: float
    error: float


@dataclass(frozen=True)
class Forecast:
    """What a formal assessment may come to.

    `exact` is the score's mean and variance where it is a sum over places: then they are what all possible draws
    have. Else mean and deviation are those of the simulated draws. Quantiles are published scores (scaled integers).
    """

    seed: str
    draws: int
    possible: Fraction | None
    mean: float
    deviation: float
    exact: Exact | None
    simulated_mean: float
    simulated_deviation: float
    quantiles: Mapping[float, int]
    reach: tuple[Reach, ...]
    bars: tuple[Bar, ...]
    unscored: float  # the share of draws in which nothing gives a score
    hows: tuple[How, ...]
    kinds: tuple[KindShare, ...]
    criteria: tuple[CriterionShare, ...]
    across: Across
    assumptions: tuple[Assumption, ...]


def model_of(standard: Standard, sums: Sums, plan: Mapping[str, Stratum]) -> Model:
    """Read what was seen, once for all draws."""
    kinds = kinds_of(sums, plan)
    if not kinds:
        raise ValueError("要抽的点位类型都没有看过，无从预测：先查一轮，或改抽取的类型")
    readings: dict[str, Reading] = {}
    if any(obstacles(standard, sums, kinds)):
        open_ = Tree(standard, Part(standard.root, None, None, Affine()), (), {}, ())
        return Model(standard, kinds, sums.frame.unit, readings, open_, Engine(standard, kinds, sums))
    for number, criterion in enumerate(standard.criteria):
        if not criterion.role:
            reading = read(standard, values_of(standard, sums, number, kinds), kinds)
            if is_settled(criterion, kinds):
                reading = settled(reading, outcome_of(standard, sums, number, kinds))
            readings[criterion.key] = reading
    bounds = partial(lowest_of, standard, readings, kinds)
    tree = tree_of(standard, readings, fixed_lines(standard, sums, kinds), bounds)
    return Model(standard, kinds, sums.frame.unit, readings, tree)


def lowest_of(
    standard: Standard, readings: Mapping[str, Reading], kinds: Sequence[Kind], affine: Affine
) -> Fraction | None:
    """Return what an affine function never falls below; None where that is not plain."""
    if any(rule.frame.floor < 0 for criterion in standard.criteria for rule in criterion.rules):
        return None
    linear = Linear(affine.const, {}, {})
    for (_, key), factor in affine.terms.items():
        rate = readings[key].linear if key in readings else None
        linear = linear.plus(rate.times(factor)) if rate else linear  # others are 0 at least
    return exact(linear, kinds).lowest


def forecast(
    standard: Standard,
    sums: Sums,
    plan: Mapping[str, Stratum],
    *,
    draws: int = DRAWS,
    seed: str = "",
    lines: Iterable[Fraction] = (),
    patience: float = math.inf,
    told: Told = lambda share: None,
) -> Forecast:
    """Forecast the total of an assessment that draws places of each type as `plan` says, seen as we saw them.

    sums: of one round of ours; places where nothing was examined count as not seen. lines: scores to be reached.
    ValueError where there is nothing to reckon with; TooLong where it takes more than `patience` seconds.
    """
    model = model_of(standard, sums, plan)
    root = model.tree.root
    if root.state not in (None, SCORED) and not model.engine:
        raise ValueError("看过的点位没有一条能计分，无从预测")
    known, draws = exact_total(model), min(draws, WHOLE) if model.engine else draws
    if (seconds := seconds_of(model, known is not None, draws)) > patience:
        raise TooLong(seconds)
    tally = Tally(model, known is not None)
    totals = drawn_totals(tally, seed, draws, told)
    scored = totals[~np.isnan(totals)]
    if not scored.size:
        raise ValueError("模拟的抽取里没有一次能计分，无从预测")
    mean, deviation = float(scored.mean()), float(scored.std())
    kinds, criteria, across = shares_of(model, tally, known, variance(known, scored), seed, told)
    return Forecast(
        seed=seed,
        draws=draws,
        possible=model.engine.possible if model.engine else root.possible,
        mean=float(known.mean) if known else mean,
        deviation=math.sqrt(known.variance) if known else deviation,
        exact=known,
        simulated_mean=mean,
        simulated_deviation=deviation,
        quantiles={each: int(value) for each, value in zip(QUANTILES, quantiles(scored, standard.digits), strict=True)},
        reach=tuple(reached(scored, line, standard.digits) for line in lines),
        bars=tuple(bars(scored)),
        unscored=1 - scored.size / totals.size,
        hows=tuple(hows(model, sums, known)),
        kinds=kinds,
        criteria=criteria,
        across=across,
        assumptions=assumptions_of(model.kinds, plan, sums.frame.types),
    )


def drawn_totals(tally: Tally, seed: str, draws: int, told: Told) -> Floats:
    """Return the totals of all draws: of the whole work the first part, as far as told."""
    found = []
    for some in draws_of(tally.model.kinds, seed, draws):
        found.append(tally.add(Chunk(tally.model, some)))
        told(tally.draws / draws * (1.0 if tally.known else DRAWN))
    return np.concatenate(found)


def exact_total(model: Model) -> Exact | None:
    """Return mean and variance of the total where it is a sum over places that never reaches the floor."""
    if model.steady is None:
        return None
    linear, others = model.split(model.steady)
    found = None if others else exact(linear, model.kinds)
    return found if found and found.lowest >= model.standard.floor else None


def variance(known: Exact | None, scored: Floats) -> float:
    """Return the variance of the total, exact where it can be."""
    return float(known.variance) if known else float(scored.var())


def published(totals: Floats, digits: int) -> Floats:
    """Round half away from zero to scaled integers; what floating point falls short of a half is given back."""
    scaled = np.abs(totals) * 10**digits
    return np.asarray(np.sign(totals) * np.floor(scaled + 0.5 + 1e-7))


def quantiles(totals: Floats, digits: int) -> list[float]:
    """Return published scores below which a share of the draws lie."""
    return [float(value) for value in np.percentile(published(totals, digits), QUANTILES, method="inverted_cdf")]


def reached(totals: Floats, line: Fraction, digits: int) -> Reach:
    """Return how many of the draws reach a line."""
    chance = float((published(totals, digits) >= math.ceil(line * 10**digits)).mean())
    return Reach(line, chance, math.sqrt(chance * (1 - chance) / totals.size))


def bars(totals: Floats) -> Iterator[Bar]:
    """Yield a histogram with round edges; a single bar where all draws are alike."""
    low, high = float(totals.min()), float(totals.max())
    step = round_step((high - low) / BARS)
    first = math.floor(low / step)
    edges = [step * i for i in range(first, math.floor(high / step) + 2)]
    counts = np.histogram(totals, [float(edge) for edge in edges])[0].tolist()
    yield from (Bar(*pair, count) for pair, count in zip(itertools.pairwise(edges), counts, strict=True))


def round_step(least: float) -> Fraction:
    """Return the smallest of 1, 2 and 5 × 10^k that is not below, 0.01 at least."""
    steps = (Fraction(factor) * Fraction(10) ** power for power in itertools.count(-2) for factor in (1, 2, 5))
    return next(step for step in steps if float(step) >= least)


def hows(model: Model, sums: Sums, known: Exact | None) -> Iterator[How]:
    """Say of the total, of every criterion and of every node that bends how it is reckoned."""
    if model.engine:
        yield How(TOTAL, False, tuple(dict.fromkeys(obstacles(model.standard, sums, model.kinds))))
        return
    bends = {key: bend.why for (_, key), bend in model.tree.bends.items()}
    whole = ("methods",) if model.steady is None else ("bottom",) if not crooked(model) else ()
    why = tuple(dict.fromkeys(itertools.chain(bends.pop(TOTAL, ()), *crooked(model), whole)))
    yield How(TOTAL, known is not None, () if known else why)
    for key, reading in model.readings.items():
        yield How(key, reading.linear is not None, reading.why)
    yield from (How(key, False, why) for key, why in bends.items())


def crooked(model: Model) -> Sequence[tuple[str, ...]]:
    """Return why the parts of the total that are not linear are not."""
    others = model.split(model.steady)[1] if model.steady else ()
    return [model.tree.bends[var].why if var in model.tree.bends else model.readings[var[1]].why for _, var in others]
