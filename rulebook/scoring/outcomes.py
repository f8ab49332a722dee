"""What came of every criterion, for every subject of one pass."""

import math
from collections.abc import Container, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from rulebook.scoring.columns import Ints, Mask, View, sum_by
from rulebook.scoring.combining import Combined, Places, combine
from rulebook.scoring.exact import total
from rulebook.scoring.kinds.base import Rule
from rulebook.scoring.marking import mark_clean
from rulebook.scoring.standard import TOTAL, VOICE, Criterion, Standard
from rulebook.scoring.sums import Frame, Sums

ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Voice:
    """What one assessor 测评主体 found of a criterion; a standard that lists none has one voice."""

    assessor: int
    weight: Fraction
    rules: tuple[Combined, ...]
    rates: list[Fraction | None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One criterion for all subjects. A rate None is not examined 未测, or not applicable 缺项 where `absent`."""

    criterion: Criterion
    places: Ints  # numbers of the places concerned
    voices: tuple[Voice, ...]
    rates: Sequence[Fraction | None]  # of all voices together
    absent: Sequence[bool]
    examined: Sequence[int]
    expected: Sequence[int]
    tripped: Sequence[tuple[str, ...]]  # keys of the nodes set to zero, by subject
    barred: Sequence[bool]  # by a veto

    def rate(self, subject: int, assessor: int | None = None) -> Fraction | None:
        """Return the rate of all voices, or of one assessor alone."""
        if assessor is None or self.criterion.role:
            return self.rates[subject]
        return next((voice.rates[subject] for voice in self.voices if voice.assessor == assessor), None)

    def shares(self, subject: int) -> list[Fraction]:
        """Return what each voice counts in the rate of a subject; those who did not assess it count nothing."""
        if len(self.voices) == 1:  # the only one, whatever it weighs beside others elsewhere
            return [ONE]
        weights = [voice.weight if voice.rates[subject] is not None else Fraction(0) for voice in self.voices]
        whole = sum(weights, Fraction(0))
        return [weight / whole if whole else Fraction(0) for weight in weights]


@dataclass(frozen=True)
class Pass:
    """Outcomes of all criteria over one division of the places into subjects."""

    standard: Standard
    sums: Sums
    subject: Ints
    subjects: int
    outcomes: tuple[Outcome, ...]
    stored: Sums | None = None  # the sums as they were given, before clean places were marked in them

    @cached_property
    def seen(self) -> Mask:
        """Say which places have any examined answer."""
        return (self.sums.data[0] > 0).any(axis=0)  # type: ignore[no-any-return]

    @cached_property
    def district(self) -> Ints:
        """Return the number of each place's district, −1 where it has none."""
        number = {key: i for i, key in enumerate(self.standard.districts)}
        return np.array([number.get(place.district, -1) for place in self.sums.frame.places], dtype=np.int64)

    @cached_property
    def by_district(self) -> "Pass":
        """Return the pass in which every district of a subject is a subject: subject × districts + district."""
        count = len(self.standard.districts)
        inside = (self.subject >= 0) & (self.district >= 0)
        subject = np.where(inside, self.subject * count + self.district, -1)
        return work_out(self.standard, self.sums, subject, self.subjects * count)


def places_of(standard: Standard, frame: Frame, chosen: Ints, subject: Ints, subjects: int) -> Places:
    """Return the columns of the places a criterion concerns."""
    weights = tuple(standard.type_weights.get(kind, ONE) for kind in frame.types)
    return Places(subject[chosen], subjects, frame.type[chosen], weights, frame.unit[chosen])


def joined(criterion: Criterion, rates: Sequence[Fraction | None]) -> Fraction | None:
    """Combine the rules of a criterion; those not examined are left out and the rest renormalised."""
    if len(rates) == 1:
        return rates[0]
    rates = standing(criterion, rates)[0] if criterion.precedence else rates
    known = [(rule, rate) for rule, rate in zip(criterion.rules, rates, strict=True) if rate is not None]
    if not known:
        return None
    if criterion.combine == "min":
        return min(rate for _, rate in known)
    if criterion.combine == "product":
        return math.prod((rate for _, rate in known), start=ONE)
    points = sum((rule.frame.points for rule, _ in known), Fraction(0))
    if not points:
        return min(rate for _, rate in known)
    return sum((rule.frame.points * rate for rule, rate in known), Fraction(0)) / points


def standing(criterion: Criterion, rates: Sequence[Fraction | None]) -> tuple[list[Fraction | None], list[int]]:
    """Return the rate of each rule after precedence, and the number of the rule it was taken from.

    A lower rate of a stronger method stands in place of a weaker one's; of equals a rule keeps its own.
    """
    order = {method: i for i, method in enumerate(criterion.precedence)}
    strength = [order.get(rule.frame.method, 0) for rule in criterion.rules]
    stands, sources = list(rates), list(range(len(rates)))
    for weaker, own in enumerate(rates):
        for stronger, rate in enumerate(rates):
            lowest = stands[weaker]
            if own is None or rate is None or lowest is None or strength[stronger] >= strength[weaker]:
                continue
            if rate < lowest:
                stands[weaker], sources[weaker] = rate, stronger
    return stands, sources


def spoken(voices: Sequence[Voice], subjects: int) -> list[Fraction | None]:
    """Weigh the rates of assessors over those who assessed."""
    if len(voices) == 1:
        return voices[0].rates
    rates: list[Fraction | None] = []
    for subject in range(subjects):
        known = [(voice.weight, rate) for voice in voices if (rate := voice.rates[subject]) is not None]
        whole = sum((weight for weight, _ in known), Fraction(0))
        rates.append(total(weight * rate for weight, rate in known) / whole if whole else None)
    return rates


def targets(
    standard: Standard, criterion: Criterion, marked: Sequence[tuple[Rule, bool]], barred: bool
) -> tuple[str, ...]:
    """Return the nodes that fallen gates, marked grades and a veto on the score set to zero."""
    if criterion.role:
        return (TOTAL,) if barred and getattr(criterion.rules[0], "effect", "") == "zero" else ()
    keys = []
    for rule, fell in marked:
        if fell and not rule.closes:
            keys.append(standard.parents[criterion.key])
        elif fell and rule.frame.target:
            keys.append(rule.frame.target)
    return tuple(dict.fromkeys(keys))


def voice(standard: Standard, criterion: Criterion, assessor: int, views: Sequence[View], places: Places) -> Voice:
    """Work out what one assessor found of a criterion."""
    rules = tuple(combine(rule, view, places) for rule, view in zip(criterion.rules, views, strict=True))
    rates = [joined(criterion, row) for row in zip(*(rule.rates for rule in rules), strict=True)]
    weights = [weight for _, weight in standard.assessors.values()]
    return Voice(assessor, weights[assessor] if weights and not criterion.role else ONE, rules, rates)


def views_of(standard: Standard, sums: Sums, number: int, assessor: int, chosen: Ints) -> list[View]:
    """Return what each rule of a criterion sees of one assessor's answers."""
    rules = standard.criteria[number].rules
    return [sums.view(standard, number, [VOICE * assessor + o for o in rule.ordinals], chosen) for rule in rules]


def outcome(standard: Standard, sums: Sums, number: int, subject: Ints, subjects: int) -> Outcome:
    """Work one criterion out for every subject."""
    criterion = standard.criteria[number]
    chosen = sums.frame.concerned(criterion)
    chosen = chosen[subject[chosen] >= 0]
    places = places_of(standard, sums.frame, chosen, subject, subjects)
    seen = {one: views_of(standard, sums, number, one, chosen) for one in criterion.assessors}
    voices = tuple(voice(standard, criterion, one, views, places) for one, views in seen.items())
    views = [view for each in seen.values() for view in each]
    kinds, rules = criterion.rules * len(voices), tuple(rule for one in voices for rule in one.rules)
    flags = zip(*(rule.marked for rule in rules), strict=True)
    barred = bars(sums.frame, criterion, rules[0], subject, subjects)
    group, all_ = places.subject, np.ones(chosen.size, dtype=np.bool_)
    masks = (*coverage(views, rules, kinds), all_)
    examined, touched, absent, every = (sum_by(group, mask, subjects).tolist() for mask in masks)
    return Outcome(
        criterion,
        chosen,
        voices,
        spoken(voices, subjects),
        absent=[gone > 0 and not seen for gone, seen in zip(absent, touched, strict=True)],
        examined=examined,
        expected=[whole - gone for whole, gone in zip(every, absent, strict=True)],
        tripped=[
            targets(standard, criterion, list(zip(kinds, row, strict=True)), bar)
            for row, bar in zip(flags, barred, strict=True)
        ],
        barred=barred,
    )


def bars(frame: Frame, criterion: Criterion, found: Combined, subject: Ints, subjects: int) -> list[bool]:
    """Say which subjects a veto bars: with cell unit those whose units all have an event, else those with any."""
    if criterion.role != "veto":
        return [False] * subjects
    if criterion.rules[0].frame.cell != "unit":
        return list(found.marked)
    inside = np.flatnonzero(subject >= 0)
    pairs = np.unique(subject[inside] * max(len(frame.units), 1) + frame.unit[inside])
    units = np.bincount(pairs // max(len(frame.units), 1), minlength=subjects)
    fell = sum_by(found.formed.subject, found.formed.cells.marked, subjects)
    return ((fell > 0) & (fell == units)).tolist()  # type: ignore[no-any-return]


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

    With a pass made `before` over the same places, only the `changed` criteria are worked out again; clean places
    are marked from all answers, so they always are.
    """
    stored, sums = sums, mark_clean(standard, sums)
    found = (
        before.outcomes[number]
        if before and number not in changed and number not in standard.clean
        else outcome(standard, sums, number, subject, subjects)
        for number in range(len(standard.criteria))
    )
    return Pass(standard, sums, subject, subjects, tuple(found), stored)
