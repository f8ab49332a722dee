"""The score of a round as it stands: kept totals, with whatever is stale worked out afresh."""

import json
from collections.abc import Collection, Iterable
from fractions import Fraction
from functools import lru_cache

import numpy as np
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from chuangwen.inspections.models import Round, Visit
from chuangwen.scores import divisions
from chuangwen.scores.inputs import Frame, compiled, frame_of, ids_of, sums_of, visits_of
from chuangwen.scores.models import CriterionTotal, SubjectTotal
from rulebook import scoring
from rulebook.scoring.outcomes import Outcome, Pass, outcome
from rulebook.scoring.result import SubjectResult

NOWHERE = np.zeros(0, dtype=np.int64)
KEPT = ("criterion_id", "numerator", "denominator", "absent", "examined", "expected", Cast("tripped", TextField()))
ABSENT, HERE, NONE_TRIPPED, NOT_BARRED = (True,), (False,), ((),), (False,)  # columns of one subject


def whole_of(round: Round, *, looked_at: Collection[str] = ()) -> SubjectResult:
    """The whole round as a subject. `looked_at` are criteria to be explained or tried out: their sums are read too.

    Kept criterion totals are used as they are, so the cost does not grow with the number of answers: unless criteria
    are entangled (clean places, assessors, districts, vetoes), where every sum is read.
    """
    standard, ids = compiled(round), ids_of(round)
    if standard.entangled:
        frame = frame_of(visits_of(round))
        return scoring.score(standard, sums_of(round, frame)).whole
    rows = CriterionTotal.objects.filter(round=round, stale=False)
    kept = {pk: columns for pk, *columns in rows.values_list(*KEPT)}
    fresh = [key for key, pk in ids.items() if pk not in kept or key in looked_at]
    frame = frame_for(round, fresh)
    worked_out = outcomes_of(round, frame, fresh)
    outcomes = tuple(
        worked_out[1].get(criterion.key) or restored(criterion, *kept[ids[criterion.key]])
        for criterion in standard.criteria
    )
    passed = Pass(standard, worked_out[0], np.zeros(len(frame.places), dtype=np.int64), 1, outcomes)
    return SubjectResult("", passed, 0)


def frame_for(round: Round, keys: list[str]) -> Frame:
    """The places these criteria are examined at: one place type of many for most; no query for no criterion."""
    standard = compiled(round)
    types = [standard.criteria[standard.number[key]].place_types for key in keys]
    if not types:
        return Frame.of(())
    visits = visits_of(round)
    return frame_of(
        visits.filter(place_type__code__in={code for codes in types for code in codes}) if all(types) else visits
    )


def outcomes_of(round: Round, frame: Frame, keys: Iterable[str]) -> tuple[scoring.Sums, dict[str, Outcome]]:
    """Some criteria worked out over the whole round from its sums, with those sums."""
    standard, ids, wanted = compiled(round), ids_of(round), list(keys)
    if not wanted:
        return scoring.Sums(frame, np.zeros((6, 0, len(frame.places)), dtype=np.int64)), {}
    sums = sums_of(round, frame, criteria=[ids[key] for key in wanted])
    subject = np.zeros(len(frame.places), dtype=np.int64)
    return sums, {key: outcome(standard, sums, standard.number[key], subject, 1) for key in wanted}


def restored(
    criterion: scoring.Criterion,
    numerator: str,
    denominator: str,
    absent: bool,
    examined: int,
    expected: int,
    tripped: str,
) -> Outcome:
    """A kept total in the rulebook's form (without its cells: those are read only for the criterion looked at).

    tripped: JSON, read only where there is any. Equal values are one object: a thousand criteria leave a thousand
    objects to Python's collector, not ten thousand.
    """
    return Outcome(
        criterion,
        places=NOWHERE,
        voices=(),
        rates=rate_of(numerator, denominator),
        absent=ABSENT if absent else HERE,
        examined=column_of(examined),
        expected=column_of(expected),
        tripped=NONE_TRIPPED if tripped == "[]" else (tuple(json.loads(tripped)),),
        barred=NOT_BARRED,
    )


@lru_cache(maxsize=8192)
def rate_of(numerator: str, denominator: str) -> tuple[Fraction | None]:
    return (Fraction(int(numerator), int(denominator)) if numerator else None,)


@lru_cache(maxsize=8192)
def column_of(value: int) -> tuple[int]:
    return (value,)


def subject_of(round: Round, kind: str, subject_id: int) -> SubjectResult:
    """One unit, place type, place or region as a subject of its own, from the sums of its places only."""
    return scored(round, divisions.visits_in(round, kind, [subject_id])).whole


def scored(round: Round, visits: QuerySet[Visit]) -> scoring.Result:
    """Some of the round's visits scored by themselves, from the sums of their places only."""
    return scoring.score(compiled(round), sums_of(round, frame_of(visits), all_places=False))


def subject_rows(round: Round, kind: str) -> list[SubjectTotal]:
    """The totals of every subject of a kind; missing and stale ones worked out afresh, not saved."""
    field, others = divisions.FIELDS[kind], divisions.subjects_of(round, kind)
    if others is None:
        wanted = list(divisions.dividing(round, kind).values_list(field, flat=True).distinct().order_by(field))
    else:
        wanted = sorted(set(others.values()))
    kept = {row.subject_id: row for row in SubjectTotal.objects.filter(round=round, kind=kind, stale=False)}
    missing = [pk for pk in wanted if pk not in kept]
    for row in fresh_rows(round, kind, missing):
        kept[row.subject_id] = row
    return [kept[pk] for pk in wanted]


def fresh_rows(round: Round, kind: str, subject_ids: list[int]) -> list[SubjectTotal]:
    """The totals of some subjects, worked out in one pass over the sums of their places."""
    if not subject_ids:
        return []
    visits = divisions.visits_in(round, kind, subject_ids).order_by("place_id")
    rows = list(visits.values_list("place_id", "place_type__code", "unit_id", divisions.FIELDS[kind]))
    frame, others = Frame.of(row[:3] for row in rows), divisions.subjects_of(round, kind) or {}
    result = scoring.score(compiled(round), sums_of(round, frame, all_places=False))
    parts = result.divided(others.get(row[3], row[3]) for row in rows)
    return [_subject_row(round, kind, key, subject.total) for key, subject in parts.items()]


def _subject_row(round: Round, kind: str, key: object, total: scoring.Line) -> SubjectTotal:
    return SubjectTotal(
        tenant_id=round.tenant_id,
        round=round,
        kind=kind,
        subject_id=int(str(key)),
        got=total.published_got,
        possible=total.published_possible,
        examined=total.examined,
        expected=total.expected,
    )
