"""Cells of a rule and their combination into one rate for each subject (everything, a place type, a unit)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from rulebook.scoring.columns import Cells, Ints, View, cells, fractions_by, sum_by, times
from rulebook.scoring.exact import total
from rulebook.scoring.kinds.base import Rule


@dataclass(frozen=True, slots=True)
class Places:
    """The places a criterion concerns, as columns: subject number, type number, unit number, weight of each type."""

    subject: Ints
    subjects: int
    type: Ints
    weights: tuple[Fraction, ...]
    unit: Ints


@dataclass(frozen=True, slots=True)
class Formed:
    """The cells of one rule: to which subject and type each belongs, and the cell of each place."""

    cells: Cells
    subject: Ints
    type: Ints
    cell_of: Ints


@dataclass(frozen=True, slots=True)
class Combined:
    """One rule for every subject: the rate (None: not examined), and whether a gate or C# fell in it."""

    rates: list[Fraction | None]
    marked: Sequence[bool]
    formed: Formed


def observations(rule: Rule, view: View) -> Cells:
    """Return the results of single observations, kept summed by place."""
    valid = view.examined[0] > 0
    found = cells(view.result[0], rule.unit, valid)
    marked = valid & (found.num < times(view.examined[0], rule.unit)).astype(np.bool_)
    return Cells(found.num, found.den, valid, view.examined[0], marked if rule.name == "gate" else found.marked)


def form(rule: Rule, view: View, places: Places) -> Formed:
    """Form the cells a rule asks for."""
    if rule.frame.cell in ("observation", "place"):
        found = observations(rule, view) if rule.frame.cell == "observation" else rule.rates(view)
        return Formed(found, places.subject, places.type, np.arange(places.subject.size))
    key = places.subject
    if rule.frame.cell == "unit":
        units = int(places.unit.max(initial=0)) + 1
        key = key * units + places.unit
    kinds, first, which = np.unique(key, return_index=True, return_inverse=True)
    found = rule.rates(view.grouped(which, kinds.size)) if kinds.size else rule.rates(view)
    return Formed(found, places.subject[first], places.type[first], which)


def qualified_share(found: Cells, line: Fraction) -> Cells:
    """Turn rates into 1 where they reach the line, else 0."""
    reached = times(found.num, line.denominator) >= times(found.den, line.numerator)
    return cells(reached.astype(np.int64), 1, found.valid, found.marked)


def means(found: Cells, group: Ints, groups: int) -> list[Fraction | None]:
    """Return the mean rate of each group; None where there is no result."""
    sizes = sum_by(group, found.size, groups).tolist()
    den = int(found.den[0]) if found.den.size else 1
    if (found.den == den).all():
        nums = sum_by(group, found.num, groups).tolist()
        return [Fraction(num, den * size) if size else None for num, size in zip(nums, sizes, strict=True)]
    sums = fractions_by(group, found.num, found.den, groups)
    return [value / size if size else None for value, size in zip(sums, sizes, strict=True)]


def means_by_type(found: Cells, group: Ints, kind: Ints, places: Places) -> list[Fraction | None]:
    """Return the mean over types of the mean in each type, weighted over the types examined."""
    types = len(places.weights)
    inner = means(found, group * types + kind, places.subjects * types)
    rates: list[Fraction | None] = []
    for subject in range(places.subjects):
        row = inner[subject * types : (subject + 1) * types]
        pairs = [(w, rate) for w, rate in zip(places.weights, row, strict=True) if rate is not None and w]
        whole = sum((weight for weight, _ in pairs), Fraction(0))
        rates.append(total(weight * rate for weight, rate in pairs) / whole if whole else None)
    return rates


def lowest(found: Cells, group: Ints, groups: int) -> list[Fraction | None]:
    """Return the worst rate of each group."""
    rates: list[Fraction | None] = [None] * groups
    for den in np.unique(found.den).tolist():
        rows = np.flatnonzero(found.den == den)
        order = rows[np.lexsort((found.num[rows], group[rows]))]
        kinds, first = np.unique(group[order], return_index=True)
        for subject, num in zip(kinds.tolist(), found.num[order[first]].tolist(), strict=True):
            rate = Fraction(num, den)
            known = rates[subject]
            rates[subject] = rate if known is None else min(known, rate)
    return rates


def summed(found: Cells, group: Ints, groups: int, rule: Rule) -> list[Fraction | None]:
    """Add what all cells of a group lost, at most down to the floor; or what they gained, where points are given."""
    sums = fractions_by(group, found.num, found.den, groups)
    sizes = sum_by(group, found.size, groups).tolist()
    pairs, origin = zip(sums, sizes, strict=True), rule.origin
    return [max(origin - (origin * size - value), rule.frame.floor) if size else None for value, size in pairs]


def combine(rule: Rule, view: View, places: Places) -> Combined:
    """Form the cells of a rule and combine them for every subject at once."""
    formed = form(rule, view, places)
    chosen = np.flatnonzero(formed.cells.valid)
    found, group = formed.cells.pick(chosen), formed.subject[chosen]
    how, subjects = rule.frame.combiner, places.subjects
    if how == "share" and rule.frame.cell != "observation":
        found = qualified_share(found, rule.frame.share_line)
    if how == "mean_by_type":
        rates = means_by_type(found, group, formed.type[chosen], places)
    elif how == "worst":
        rates = lowest(found, group, subjects)
    elif how == "sum":
        rates = summed(found, group, subjects, rule)
    else:
        rates = means(found, group, subjects)
    marked = sum_by(group, found.marked, subjects) > 0
    return Combined(rates, marked.tolist(), formed)
