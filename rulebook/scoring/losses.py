"""Where a criterion's loss lies: split over places, then over records, in proportion to nominal deductions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from rulebook.scoring.columns import Ints, View, fractions_by, integers, products, sum_by
from rulebook.scoring.combining import Combined, Formed, Places, lowest, qualified_share
from rulebook.scoring.exact import largest_remainder, rounded
from rulebook.scoring.kinds.base import Rule
from rulebook.scoring.outcomes import Outcome, Pass, Voice, places_of, standing, views_of
from rulebook.scoring.result import SubjectResult
from rulebook.scoring.standard import VOICE, Criterion, Standard
from rulebook.scoring.sums import Answer, Delta, delta
from rulebook.scoring.tree import Line

NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Part:
    """The losses of one rule: at each of `places` factors[group] × num ÷ den, in points of the criterion."""

    places: Ints
    num: Ints
    den: Ints
    group: Ints
    factors: tuple[Fraction, ...]

    def exact(self) -> dict[int, Fraction]:
        """Return the loss at each place number where there is one."""
        rows = zip(self.places.tolist(), self.num.tolist(), self.den.tolist(), self.group.tolist(), strict=True)
        return {
            place: self.factors[group] * num / den for place, num, den, group in rows if num and self.factors[group]
        }


class Loss(NamedTuple):
    """What one record lost: exactly, and as shown (scaled, adding up to what is shown for the criterion).

    The record is None for a loss whose records were not given.
    """

    record: object
    exact: Fraction
    shown: int


def split(lost: Fraction, weights: Sequence[Fraction]) -> list[Fraction]:
    """Split a loss in proportion to weights; evenly where all of them are 0."""
    whole = sum(weights, NOTHING)
    if not whole:
        return [lost / len(weights)] * len(weights)
    return [lost * weight / whole for weight in weights]


def rule_losses(outcome: Outcome, subject: int) -> list[list[Fraction]]:
    """Split what a criterion lost in a subject over its voices and their rules; what a bonus gave is below 0."""
    rate, criterion = outcome.rates[subject], outcome.criterion
    if rate is None:
        return [[NOTHING] * len(criterion.rules)] * len(outcome.voices)
    if criterion.role:
        signs = {"bonus": -1, "deduction": 1}
        return [[signs.get(criterion.role, 0) * criterion.amount(rate)]]
    shares = outcome.shares(subject)
    return [voice_losses(criterion, voice, subject, share) for voice, share in zip(outcome.voices, shares, strict=True)]


def voice_losses(criterion: Criterion, voice: Voice, subject: int, share: Fraction) -> list[Fraction]:
    """Split what one voice lost over its rules; a rule that stands for a weaker one bears what that lost by it."""
    rates, rate = [rule.rates[subject] for rule in voice.rules], voice.rates[subject]
    if rate is None or rate == 1 or not share:
        return [NOTHING] * len(rates)
    short = [NOTHING if one is None else 1 - one for one in rates]
    if criterion.combine == "sum":
        points = [rule.frame.points for rule in criterion.rules]
        short = [part * worth for part, worth in zip(short, points, strict=True)]
        for i, extra in enumerate(moved(criterion, rates)):
            short[extra.source] += points[i] * extra.rate
    if criterion.combine == "min":
        worst = short.index(max(short))
        short = [part if i == worst else NOTHING for i, part in enumerate(short)]
    return split(share * criterion.points * (1 - rate), short)


class Moved(NamedTuple):
    """How much of a rule's rate a stronger one took, by precedence; itself and nothing where none did."""

    source: int
    rate: Fraction


def moved(criterion: Criterion, rates: Sequence[Fraction | None]) -> list[Moved]:
    """Return for each rule which rule stands in its place, and by how much lower."""
    if not criterion.precedence:
        return [Moved(i, NOTHING) for i in range(len(rates))]
    stands, sources = standing(criterion, rates)
    pairs = zip(rates, stands, strict=True)
    fell = [NOTHING if own is None or rate is None else own - rate for own, rate in pairs]
    return [Moved(source, rate) for source, rate in zip(sources, fell, strict=True)]


def shortfalls(rule: Rule, formed: Formed) -> tuple[Ints, Ints]:
    """Return how far each cell falls short of full, as num and den; 0 where not examined or not counted.

    What a bonus gave is below 0.
    """
    found = formed.cells
    if rule.frame.combiner == "share" and rule.frame.cell != "observation":
        found = qualified_share(found, rule.frame.share_line)
    size = found.size.astype(object) if found.den.dtype == object else found.size
    return np.where(found.valid, rule.origin * size * found.den - found.num, 0), found.den


def only_worst(formed: Formed, short: Ints, subjects: int) -> Ints:
    """Keep the shortfall of the worst cells of each subject."""
    chosen = np.flatnonzero(formed.cells.valid)
    found, group = formed.cells.pick(chosen), formed.subject[chosen]
    rates = [rate or NOTHING for rate in lowest(found, group, subjects)]
    num = np.array([rate.numerator for rate in rates], dtype=object)[group]
    den = np.array([rate.denominator for rate in rates], dtype=object)[group]
    kept = np.zeros(short.shape, dtype=short.dtype)
    worst = chosen[(found.num * den == num * found.den).astype(np.bool_)]
    kept[worst] = short[worst]
    return kept


def by_type(formed: Formed, places: Places, lost: Sequence[Fraction], sums: Sequence[Fraction]) -> list[Fraction]:
    """Return what was lost in each (subject, type): its weight × its mean shortfall."""
    types = len(places.weights)
    chosen = np.flatnonzero(formed.cells.valid)
    group = formed.subject[chosen] * types + formed.type[chosen]
    sizes = sum_by(group, formed.cells.size[chosen], len(sums)).tolist()
    found: list[Fraction] = []
    for subject, part in enumerate(lost):
        at = range(subject * types, (subject + 1) * types)
        found += split(part, [places.weights[g % types] * sums[g] / sizes[g] if sizes[g] else NOTHING for g in at])
    return found


def part_of(rule: Rule, view: View, combined: Combined, chosen: Ints, places: Places, lost: list[Fraction]) -> Part:
    """Split what a rule lost in each subject over the places of that subject."""
    formed, how = combined.formed, rule.frame.combiner
    short, den = shortfalls(rule, formed)
    group, groups = formed.subject, places.subjects
    if how == "worst":
        short = only_worst(formed, short, groups)
    if how == "mean_by_type":
        group, groups = formed.subject * len(places.weights) + formed.type, groups * len(places.weights)
    sums = fractions_by(group, short, den, groups)
    shares = by_type(formed, places, lost, sums) if how == "mean_by_type" else lost
    factors = tuple(part / whole if whole else NOTHING for part, whole in zip(shares, sums, strict=True))
    if rule.frame.cell in ("observation", "place"):
        return Part(chosen, short, den, group, factors)
    return inside_cells(rule, view, formed, Part(chosen, short, den, group, factors))


def inside_cells(rule: Rule, view: View, formed: Formed, cells: Part) -> Part:
    """Split the loss of cells made of several places by the nominal deductions of the places, evenly if they are 0."""
    examined, count, cell = view.touched.astype(np.int64), formed.subject.size, formed.cell_of
    nominal = rule.nominal(view) * examined  # a place that was not examined loses nothing
    nominal = np.where(sum_by(cell, nominal, count)[cell] == 0, examined, nominal)
    sums = np.maximum(sum_by(cell, nominal, count), 1)
    num, den = products(cells.num[cell], nominal), products(cells.den, sums)[cell]
    return Part(cells.places, num, den, cells.group[cell], cells.factors)


class Heard(NamedTuple):
    """The losses of one rule, as one assessor saw it."""

    assessor: int
    rule: Rule
    part: Part


def parts_of(passed: Pass, outcome: Outcome) -> tuple[Heard, ...]:
    """Return the losses of each rule of a criterion over all places, in every subject of a pass, by assessor."""
    standard, sums, criterion = passed.standard, passed.sums, outcome.criterion
    places = places_of(standard, sums.frame, outcome.places, passed.subject, passed.subjects)
    lost = [rule_losses(outcome, subject) for subject in range(passed.subjects)]
    found = []
    for v, voice in enumerate(outcome.voices):
        views = views_of(standard, sums, standard.number[criterion.key], voice.assessor, outcome.places)
        for i, (rule, view) in enumerate(zip(criterion.rules, views, strict=True)):
            own = [row[v][i] for row in lost]
            part = part_of(rule, view, voice.rules[i], outcome.places, places, own)
            found.append(Heard(voice.assessor, rule, part))
    return tuple(found)


def place_losses(subject: SubjectResult, criterion: str) -> dict[object, Fraction]:
    """Return what a criterion lost at each place of a subject, by place key; the parts add up to its loss.

    What a bonus gave at a place is a loss below 0.
    """
    passed = subject.passed
    outcome = passed.outcomes[subject.standard.number[criterion]]
    found: dict[object, Fraction] = {}
    for heard in parts_of(passed, outcome):
        for number, lost in heard.part.exact().items():
            if passed.subject[number] == subject.number:
                key = passed.sums.frame.places[number].key
                found[key] = found.get(key, NOTHING) + lost
    return found


def single(rule: Rule, added: Delta, ordinal: int) -> View:
    """Return the view of one record alone."""
    data = np.zeros((6, len(rule.ordinals), 1), dtype=np.int64)
    data[:, rule.ordinals.index(ordinal), 0] = integers(list(added))
    return View(data)


def weight(standard: Standard, heard: Heard, answer: Answer, place: View) -> Fraction | None:
    """Return the nominal deduction of one record at its place.

    None for one the rule does not count, or of another assessor.
    """
    (assessor, ordinal), rule = divmod(answer.ordinal, VOICE), heard.rule
    if ordinal not in rule.ordinals or assessor != heard.assessor:
        return None
    added = delta(standard, answer)
    if not added.examined:
        return None
    if rule.frame.cell == "observation":
        return Fraction(rule.unit - added.result)
    return rule.weight(single(rule, added, ordinal), place)


def explain(subject: SubjectResult, criterion: str, records: Iterable[tuple[object, Answer]]) -> list[Loss]:
    """Split a criterion's loss over its records (id, answer), in the order given.

    The shown losses are rounded by largest remainder and add up to the loss shown for the criterion; what records
    of a bonus gave is below 0.
    """
    passed, frame, standard = subject.passed, subject.passed.sums.frame, subject.standard
    outcome, line = passed.outcomes[standard.number[criterion]], subject.lines[criterion]
    given = list(records)
    at: dict[int, list[int]] = {}
    for i, (_, answer) in enumerate(given):
        if answer.criterion == criterion:
            at.setdefault(frame.number.get(answer.place, -1), []).append(i)
    exact = [NOTHING] * len(given)
    missing = NOTHING
    for heard in parts_of(passed, outcome):
        for number, lost in heard.part.exact().items():
            if passed.subject[number] != subject.number:
                continue
            ordinals = [VOICE * heard.assessor + one for one in heard.rule.ordinals]
            view = passed.sums.view(standard, standard.number[criterion], ordinals, integers([number]))
            weights = [(i, weight(standard, heard, given[i][1], view)) for i in at.get(number, ())]
            counted = [(i, one) for i, one in weights if one is not None]
            if not counted:
                missing += lost
                continue
            for (i, _), share in zip(counted, split(lost, [one for _, one in counted]), strict=True):
                exact[i] += share
    if missing:
        exact.append(missing)
    shown = largest_remainder(exact, shown_loss(line), line.digits)
    names = [record for record, _ in given] + [None] * bool(missing)
    return [Loss(*row) for row in zip(names, exact, shown, strict=True)]


def shown_loss(line: Line) -> int:
    """Return the loss shown for a criterion; what a bonus gave is below 0."""
    if line.role:
        return rounded(-line.got, line.digits)
    return rounded(line.lost, line.digits) if line.published_lost is None else line.published_lost


def emit(passed: Pass) -> dict[str, tuple[Part, ...]]:
    """Return the losses of every (criterion, place) as columns, by criterion."""
    return {
        outcome.criterion.key: tuple(heard.part for heard in parts_of(passed, outcome)) for outcome in passed.outcomes
    }
