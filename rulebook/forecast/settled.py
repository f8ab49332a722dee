"""What is the same in every draw: criteria whose places are all seen and all counted, and lines outside the points."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from rulebook.forecast.ground import Kind
from rulebook.forecast.readings import Reading
from rulebook.forecast.values import NONE
from rulebook.scoring.marking import mark_clean
from rulebook.scoring.outcomes import Outcome, outcome
from rulebook.scoring.standard import Criterion, Standard
from rulebook.scoring.sums import Sums
from rulebook.scoring.tree import ABSENT, SCORED, UNTESTED, Line, Roller


def is_settled(criterion: Criterion, kinds: Sequence[Kind]) -> bool:
    """Say whether a criterion is examined only where there is no luck."""
    return all(kind.settled for kind in kinds if criterion.concerns(kind.key))


def outcome_of(standard: Standard, sums: Sums, number: int, kinds: Sequence[Kind]) -> Outcome:
    """Work a criterion out over the places that are counted in every draw."""
    subject = np.full(len(sums.frame.places), -1, dtype=np.int64)
    for kind in kinds:
        subject[kind.places] = 0 if kind.settled else -1
    return outcome(standard, sums, number, subject, 1)


def settled(reading: Reading, found: Outcome) -> Reading:
    """Return the reading of a criterion that is the same in every draw: a constant where it is no sum over places."""
    rate = found.rates[0]
    if reading.linear is not None:
        return reading
    if rate is None:
        return replace(reading, state=ABSENT if found.absent[0] else UNTESTED, linear=NONE, why=())
    return replace(reading, state=SCORED, linear=replace(NONE, const=rate), why=())


def fixed_lines(standard: Standard, sums: Sums, kinds: Sequence[Kind]) -> dict[str, Line]:
    """Return the lines that stand outside the points, by key."""
    marked, found = mark_clean(standard, sums), {}
    for number, criterion in enumerate(standard.criteria):
        if criterion.role:
            outcomes = {criterion.key: outcome_of(standard, marked, number, kinds)}
            roller = Roller(standard, outcomes, 0, lambda _: True, {}, {}, None)
            found[criterion.key] = roller.criterion(criterion)
    return found


def obstacles(standard: Standard, sums: Sums, kinds: Sequence[Kind]) -> Iterator[str]:
    """Yield why the score cannot be taken apart, so that every draw has to be scored whole."""
    if standard.assessors:
        yield "assessors"
    if standard.districts:
        yield "districts"
    for number, criterion in enumerate(standard.criteria):
        if criterion.role == "veto":
            first = standard.slot_of[number, criterion.ordinals[0]]
            happened = sums.data[3, first] + sums.data[0, first] - sums.data[1, first]
            if getattr(criterion.rules[0], "effect", "") == "zero" and happened.any():
                yield "vetoed"
        elif criterion.role and not is_settled(criterion, kinds):
            yield "outside"
