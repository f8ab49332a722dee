"""What single places are worth to a criterion's rules: as they were seen, and with every finding put right."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from rulebook.forecast.ground import Kind
from rulebook.scoring.columns import Cells, Ints, Mask, View
from rulebook.scoring.combining import observations, qualified_share
from rulebook.scoring.kinds.base import MEASURE, NOT_QUALIFIED, Mark, Rule, observed
from rulebook.scoring.standard import Criterion, Standard
from rulebook.scoring.sums import Sums

SINGLE = ("observation", "place")  # cells that lie in one place; so does a unit that has one place


class Part(NamedTuple):
    """A place's share in a rate: factor × num ÷ den of `full`, for the places seen of one type."""

    factor: Fraction
    num: Ints
    den: Ints
    full: Ints


@dataclass(frozen=True)
class Linear:
    """A rate that is a constant plus a sum over the places drawn, whatever is drawn; parts by number of the type."""

    const: Fraction
    parts: dict[int, tuple[Part, ...]]
    right: dict[int, tuple[Part, ...]]

    def times(self, factor: Fraction) -> "Linear":
        """Multiply by a constant."""
        parts, right = (
            {kind: tuple(part._replace(factor=part.factor * factor) for part in some) for kind, some in side.items()}
            for side in (self.parts, self.right)
        )
        return Linear(self.const * factor, parts, right)

    def plus(self, other: "Linear") -> "Linear":
        """Add another."""
        kinds = (self.parts | other.parts).keys()
        parts, right = (
            {kind: (*mine.get(kind, ()), *its.get(kind, ())) for kind in kinds}
            for mine, its in ((self.parts, other.parts), (self.right, other.right))
        )
        return Linear(self.const + other.const, parts, right)


NONE = Linear(Fraction(0), {}, {})


def gather(parts: Iterable[Part], places: int) -> tuple[Ints, int]:
    """Return the sums of some parts at the places seen of a type: exact integers over one common denominator."""
    given = list(parts)
    wholes = [part.factor.denominator * math.lcm(*np.unique(part.den).tolist()) for part in given]
    common = math.lcm(1, *wholes)
    values = np.zeros(places, dtype=object)
    for part in given:
        each = common * part.factor.numerator // part.factor.denominator
        values += part.num.astype(object) * (each // part.den.astype(object))
    return values, common


@dataclass(frozen=True, eq=False)
class RuleValues:
    """One rule at every place of the frame, as seen and with findings put right: what it sees, and a cell of each.

    `inside` says that its results are just those cells; else they are formed of several places together.
    """

    rule: Rule
    inside: bool
    view: View
    right_view: View
    cells: Cells
    right_cells: Cells

    def sizes(self, kind: Kind) -> Ints:
        """Return how many results each place seen of a type gave, 0 where it gave none."""
        return np.where(self.cells.valid[kind.places], self.cells.size[kind.places], 0)


@dataclass(frozen=True, eq=False)
class Values:
    """A criterion at the places of the frame; `kinds` are the numbers of the types it is examined at."""

    number: int
    criterion: Criterion
    kinds: tuple[int, ...]
    rules: tuple[RuleValues, ...]
    touched: Mask
    gone: Mask
    weights: tuple[Fraction, ...]  # of the types, by number of the forecast


def put_right(rule: Rule, view: View, short: Mask) -> View:
    """Return what a rule would see with the findings of some places put right, each in its clean form.

    Answers of a place stand there as sums: they are cleaned as one, measured values each at their mean.
    """
    data, row_of = view.data.copy(), {ordinal: row for row, ordinal in enumerate(rule.ordinals)}
    single = rule.frame.cell == "observation"
    for ask in rule.asks():
        row = row_of[ask.ordinal]
        places = np.flatnonzero(short & (view.examined[row] > 0))
        kinds, which = np.unique(view.data[:, row, places], axis=1, return_inverse=True)
        for i, (examined, qualified, _, count, base, result) in enumerate(kinds.T.tolist()):
            at, each = places[which.reshape(-1) == i], examined if single or ask.form == MEASURE else 1
            given = Mark(ask.ordinal, NOT_QUALIFIED, count // each, base)
            clean, further = rule.clean(given), rule.instead(given)
            worth = int(observed(rule, np.array([clean.count]))[0]) * examined if single else result
            more = [examined - qualified], [clean.count * each - count], [worth - result]
            data[[[1], [3], [5]], row, at] += more
            if further is not None:
                data[[[0], [1], [3]], row_of[further.ordinal], at] += [[1], [1], [further.count]]
    return View(data)


def found(rule: Rule, view: View) -> Cells:
    """Return the results in single places."""
    cells = observations(rule, view) if rule.frame.cell == "observation" else rule.rates(view)
    share = rule.frame.combiner == "share" and rule.frame.cell in ("place", "unit")
    return qualified_share(cells, rule.frame.share_line) if share else cells


def spread(cells: Cells, places: Ints, whole: int) -> Cells:
    """Return cells by number of the place; not valid where there is none."""
    num, den, size = (np.zeros(whole, dtype=column.dtype) for column in (cells.num, cells.den, cells.size))
    valid, marked = np.zeros(whole, dtype=np.bool_), np.zeros(whole, dtype=np.bool_)
    den += 1
    num[places], den[places], size[places] = cells.num, cells.den, cells.size
    valid[places], marked[places] = cells.valid, cells.marked & cells.valid
    return Cells(num, den, valid, size, marked)


def values_of_rule(rule: Rule, inside: bool, view: View, places: Ints, whole: int) -> RuleValues:
    """Work out one rule at the places concerned."""
    cells = found(rule, view)
    short = (cells.valid & (cells.num < cells.den * cells.size).astype(np.bool_)) | cells.marked
    right_view = put_right(rule, view, short if inside else (rule.nominal(view) > 0).astype(np.bool_))
    right = found(rule, right_view)
    pairs = zip(vars_of(right), vars_of(cells), strict=True)
    kept = Cells(*(np.where(right.valid == cells.valid, new, old) for new, old in pairs))
    seen, clean = (View(across(one.data, places, whole)) for one in (view, right_view))
    return RuleValues(rule, inside, seen, clean, spread(cells, places, whole), spread(kept, places, whole))


def vars_of(cells: Cells) -> tuple[Ints, Ints, Mask, Ints, Mask]:
    """Return the columns of cells."""
    return cells.num, cells.den, cells.valid, cells.size, cells.marked


def across(data: Ints, places: Ints, whole: int) -> Ints:
    """Return columns of some places as columns by number of the place."""
    wide = np.zeros((*data.shape[:2], whole), dtype=data.dtype)
    wide[:, :, places] = data
    return wide


def values_of(standard: Standard, sums: Sums, number: int, kinds: Sequence[Kind]) -> Values:
    """Work out one criterion."""
    criterion, frame = standard.criteria[number], sums.frame
    concerned = [i for i, kind in enumerate(kinds) if criterion.concerns(kind.key)]
    places = np.sort(np.concatenate([np.zeros(0, dtype=np.int64), *(kinds[i].places for i in concerned)]))
    single = all(kinds[i].seen == kinds[i].population for i in concerned)
    single &= np.unique(frame.unit[places]).size == places.size
    views = [sums.view(standard, number, rule.ordinals, places) for rule in criterion.rules]
    touched, gone = np.zeros((2, len(frame.places)), dtype=np.bool_)
    touched[places] = np.logical_or.reduce([view.touched for view in views])
    gone[places] = np.logical_or.reduce([(view.not_applicable > 0).any(axis=0) for view in views]) & ~touched[places]
    rules = (
        values_of_rule(
            rule, rule.frame.cell in SINGLE or (single and rule.frame.cell == "unit"), view, places, len(frame.places)
        )
        for rule, view in zip(criterion.rules, views, strict=True)
    )
    weights = tuple(standard.place_types.get(kind.key, ("", Fraction(1)))[1] for kind in kinds)
    return Values(number, criterion, tuple(concerned), tuple(rules), touched, gone, weights)
