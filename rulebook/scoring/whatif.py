"""What if 试算: the score as if some findings had never been made, everything examined staying examined."""

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from rulebook.scoring.columns import integers
from rulebook.scoring.kinds.base import NOT_QUALIFIED, QUALIFIED, Mark
from rulebook.scoring.result import Result, SubjectResult, score
from rulebook.scoring.standard import VOICE, Standard
from rulebook.scoring.sums import Answer, Sums, delta
from rulebook.scoring.trials import Differ, Trials


class Gain(NamedTuple):
    """What a change would add: to the criteria it touches and to the total, exactly and as published (scaled)."""

    criterion: Fraction
    total: Fraction
    shown_criterion: int
    shown_total: int


def cleaned(standard: Standard, answer: Answer) -> list[Answer]:
    """Return an examined answer as if nothing had been found, and what then stands elsewhere; others as they are."""
    if answer.mark not in (QUALIFIED, NOT_QUALIFIED):
        return [answer]
    assessor, ordinal = divmod(answer.ordinal, VOICE)
    given = Mark(ordinal, answer.mark, answer.count, answer.base)
    mark, further = given, []
    for rule in standard.criteria[standard.number[answer.criterion]].readers(answer.ordinal):
        mark = rule.clean(mark)
        further.append(rule.instead(given))
    found = [one for one in (mark, *further) if one is not None]
    return [answer._replace(**one._asdict())._replace(ordinal=VOICE * assessor + one.ordinal) for one in found]


def without(standard: Standard, sums: Sums, records: Iterable[Answer]) -> Sums:
    """Return the sums as if these records had found nothing; the records must be part of the sums."""
    data = sums.data.copy()
    for answer in records:
        number, place = standard.number[answer.criterion], sums.frame.number[answer.place]
        for one, sign in ((answer, -1), *((clean, 1) for clean in cleaned(standard, answer))):
            data[:, standard.slot_of[number, one.ordinal], place] += sign * integers(list(delta(standard, one)))
    return Sums(sums.frame, data, sums.rejected)


def what_if(standard: Standard, sums: Sums, records: Iterable[Answer]) -> Result:
    """Score as if these records had never been found."""
    return score(standard, without(standard, sums, records))


def pairs(standard: Standard, records: Iterable[Answer]) -> list[tuple[Answer, list[Answer]]]:
    """Return each record with what then stands in its place."""
    return [(record, cleaned(standard, record)) for record in records]


def difference(before: SubjectResult, after: SubjectResult, criteria: Iterable[str]) -> Gain:
    """Return what lies between two results of a subject; of the lines only these criteria are compared."""
    old = [before.total, *(before.lines[key] for key in criteria)]
    new = [after.lines[line.key] for line in old]
    exact = [later.got - line.got for line, later in zip(old, new, strict=True)]
    shown = [(later.published_got or 0) - (line.published_got or 0) for line, later in zip(old, new, strict=True)]
    return Gain(sum(exact[1:], Fraction(0)), exact[0], sum(shown[1:]), shown[0])


def put_right(subject: SubjectResult, records: Iterable[Answer]) -> SubjectResult:
    """Return a subject as if these records had never been found: `what_if`, with only what they touch worked out."""
    changes = Differ(subject.standard, subject.passed.sums.frame).changes(subject, pairs(subject.standard, records))
    return next(Trials(subject).results([changes]))


def gains(subject: SubjectResult, groups: Iterable[Iterable[Answer]]) -> list[Gain]:
    """Return what putting each group of findings right would add, each group alone; groups need not add up.

    A problem is a group of one record. All groups are worked out together, criterion by criterion, and the sums are
    not copied: 5,000 problems take seconds.
    """
    differ = Differ(subject.standard, subject.passed.sums.frame)
    changes = [differ.changes(subject, pairs(subject.standard, group)) for group in groups]
    return [
        difference(subject, after, (subject.standard.criteria[number].key for number in made))
        for after, made in zip(Trials(subject).results(changes), changes, strict=True)
    ]


def marginal_gain(result: Result, record: Answer) -> Gain:
    """Return what removing this one finding would add; gains of several need not add up."""
    return gains(result.whole, [[record]])[0]
