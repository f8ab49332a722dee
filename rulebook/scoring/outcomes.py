"""What came of every criterion, for every subject of one pass."""

import math
from collections.abc import Container, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from rulebook.scoring.columns import Ints, Mask, View, sum_by
from rulebook.scoring.combining import Combined, Places, combine
from rulebook.scoring.kinds.base import Rule
from rulebook.scoring.standard import Criterion, Standard
from rulebook.scoring.sums import Frame, Sums


@dataclass(frozen=True, slots=True)
class Outcome:
    """One criterion for all subjects. A rate None is not examined 未测, or not applicable 缺项 where `absent`."""

    criterion: Criterion
    places: Ints  # numbers of the places concerned
    rules: tuple[Combined, ...]
    rates: Sequence[Fraction | None]
    absent: Sequence[bool]
    examined: Sequence[int]
    expected: Sequence[int]
    tripped: Sequence[tuple[str, ...]]  # keys of the nodes set to zero, by subject


@dataclass(frozen=True)
class Pass:
    """Outcomes of all criteria over one division of the places into subjects."""

    standard: Standard
    sums: Sums
    subject: Ints
    subjects: int
    outcomes: tuple[Outcome, ...]

    @cached_property
    def seen(self) -> Mask:
        """Say which places have any examined answer."""
        return (self.sums.data[0] > 0).any(axis=0)  # type: ignore[no-any-return]


def places_of(standard: Standard, frame: Frame, chosen: Ints, subject: Ints, subjects: int) -> Places:
    """Return the columns of the places a criterion concerns."""
    weights = tuple(standard.place_types.get(kind, ("", Fraction(1)))[1] for kind in frame.types)
    return Places(subject[chosen], subjects, frame.type[chosen], weights, frame.unit[chosen])


def joined(criterion: Criterion, rates: Sequence[Fraction | None]) -> Fraction | None:
    """Combine the rules of a criterion; those not examined are left out and the rest renormalised."""
    if len(rates) == 1:
        return rates[0]
    known = [(rule, rate) for rule, rate in zip(criterion.rules, rates, strict=True) if rate is not None]
    if not known:
        return None
    if criterion.combine == "min":
        return min(rate for _, rate in known)
    if criterion.combine == "product":
        return math.prod((rate for _, rate in known), start=Fraction(1))
    points = sum((rule.frame.points for rule, _ in known), Fraction(0))
    if not points:
        return min(rate for _, rate in known)
    return sum((rule.frame.points * rate for rule, rate in known), Fraction(0)) / points


def targets(standard: Standard, criterion: Criterion, marked: Sequence[tuple[Rule, bool]]) -> tuple[str, ...]:
    """Return the nodes that fallen gates and marked grades set to zero."""
    keys = []
    for rule, fell in marked:
        if fell and rule.name != "gate":
            keys.append(standard.parents[criterion.key])
        elif fell and rule.frame.target:
            keys.append(rule.frame.target)
    return tuple(dict.fromkeys(keys))


def outcome(standard: Standard, sums: Sums, number: int, subject: Ints, subjects: int) -> Outcome:
    """Work one criterion out for every subject."""
    criterion = standard.criteria[number]
    chosen = sums.frame.concerned(criterion)
    chosen = chosen[subject[chosen] >= 0]
    places = places_of(standard, sums.frame, chosen, subject, subjects)
    views = [sums.view(standard, number, rule.ordinals, chosen) for rule in criterion.rules]
    rules = tuple(combine(rule, view, places) for rule, view in zip(criterion.rules, views, strict=True))
    rates = [joined(criterion, row) for row in zip(*(rule.rates for rule in rules), strict=True)]
    flags = zip(*(rule.marked for rule in rules), strict=True)
    tripped = [targets(standard, criterion, list(zip(criterion.rules, row, strict=True))) for row in flags]
    group, all_ = places.subject, np.ones(chosen.size, dtype=np.bool_)
    masks = (*coverage(views, rules, criterion.rules), all_)
    examined, touched, absent, every = (sum_by(group, mask, subjects).tolist() for mask in masks)
    return Outcome(
        criterion,
        chosen,
        rules,
        rates,
        absent=[gone > 0 and not seen for gone, seen in zip(absent, touched, strict=True)],
        examined=examined,
        expected=[whole - gone for whole, gone in zip(every, absent, strict=True)],
        tripped=tripped,
    )


def coverage(views: Sequence[View], rules: Sequence[Combined], kinds: Sequence[Rule]) -> tuple[Mask, Mask, Mask]:
    """Say which places count as examined, which were touched at all, and which are not applicable.

    Where the place is the cell, it counts when it gave a result; otherwise when anything was examined.
    """
    touched = np.logical_or.reduce([view.touched for view in views])
    absent = np.logical_or.reduce([(view.not_applicable > 0).any(axis=0) for view in views]) & ~touched
    examined = np.logical_or.reduce(
        [
            rule.formed.cells.valid if kind.frame.cell == "place" else view.touched
            for view, rule, kind in zip(views, rules, kinds, strict=True)
        ]
    )
    return examined, touched, absent


def work_out(
    standard: Standard,
    sums: Sums,
    subject: Ints,
    subjects: int,
    before: Pass | None = None,
    changed: Container[int] = (),
) -> Pass:
    """Work every criterion out for subjects 0…n−1; a place of subject −1 is left out.

    With a pass made `before` over the same places, only the `changed` criteria are worked out again.
    """
    found = (
        before.outcomes[number]
        if before and number not in changed
        else outcome(standard, sums, number, subject, subjects)
        for number in range(len(standard.criteria))
    )
    return Pass(standard, sums, subject, subjects, tuple(found))
