"""What if 试算: the score as if some findings had never been made, everything examined staying examined."""

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from rulebook.scoring.columns import integers
from rulebook.scoring.kinds.base import NOT_QUALIFIED, QUALIFIED, Mark
from rulebook.scoring.result import Result, score
from rulebook.scoring.standard import Standard
from rulebook.scoring.sums import Answer, Sums, delta


class Gain(NamedTuple):
    """What a change would add: to the criterion and to the total, exactly and as published (scaled)."""

    criterion: Fraction
    total: Fraction
    shown_criterion: int
    shown_total: int


def cleaned(standard: Standard, answer: Answer) -> Answer:
    """Return an examined answer as if nothing had been found; others as they are."""
    if answer.mark not in (QUALIFIED, NOT_QUALIFIED):
        return answer
    criterion = standard.criteria[standard.number[answer.criterion]]
    mark = Mark(answer.ordinal, answer.mark, answer.count, answer.base)
    for rule in criterion.rules:
        if answer.ordinal in rule.ordinals:
            mark = rule.clean(mark)
    return answer._replace(mark=mark.mark, count=mark.count, base=mark.base)


def without(standard: Standard, sums: Sums, records: Iterable[Answer]) -> Sums:
    """Return the sums as if these records had found nothing; the records must be part of the sums."""
    data = sums.data.copy()
    for answer in records:
        number = standard.number[answer.criterion]
        slot, place = standard.slot_of[number, answer.ordinal], sums.frame.number[answer.place]
        data[:, slot, place] += integers(list(delta(standard, cleaned(standard, answer))))
        data[:, slot, place] -= integers(list(delta(standard, answer)))
    return Sums(sums.frame, data, sums.rejected)


def what_if(standard: Standard, sums: Sums, records: Iterable[Answer]) -> Result:
    """Score as if these records had never been found."""
    return score(standard, without(standard, sums, records))


def marginal_gain(result: Result, record: Answer) -> Gain:
    """Return what removing this one finding would add; gains of several need not add up."""
    changed = what_if(result.standard, result.sums, [record])
    before, after = result.lines, changed.lines
    key = record.criterion
    return Gain(
        after[key].got - before[key].got,
        changed.total.got - result.total.got,
        (after[key].published_got or 0) - (before[key].published_got or 0),
        (changed.total.published_got or 0) - (result.total.published_got or 0),
    )
