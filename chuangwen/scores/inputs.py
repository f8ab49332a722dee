"""Rows of the database as the rulebook's columns: the compiled standard, the frame of places, the stored sums."""

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from django.db.models import QuerySet

from chuangwen.inspections import queries as checklists
from chuangwen.inspections.models import Answer, Round, Visit
from chuangwen.scores.models import Sum
from chuangwen.standards.models import Criterion
from rulebook import scoring
from rulebook.scoring.columns import FIELDS

WIDTH = 1 << 15  # more than the largest ordinal, those of assessors included
Standard, Frame, Sums = scoring.Standard, scoring.Frame, scoring.Sums


@lru_cache(maxsize=32)
def criterion_ids(version_id: int, spec_hash: str) -> dict[str, int]:
    """Criterion key → database key of a published version."""
    return dict(Criterion.objects.filter(version_id=version_id).values_list("key", "pk"))


def compiled(round: Round) -> Standard:
    """The round's standard, the one its checklists are made of: compiled once per process."""
    return checklists.compiled(round.version)


def ids_of(round: Round) -> dict[str, int]:
    return criterion_ids(round.version_id, round.version.spec_hash)


def visits_of(round: Round) -> QuerySet[Visit]:
    """The visits that count: those replaced do not."""
    return Visit.objects.filter(round=round).exclude(state=Visit.State.REPLACED)


def frame_of(visits: QuerySet[Visit]) -> Frame:
    """The places of these visits with the type and unit of the day they were drawn; one query."""
    return Frame.of(visits.order_by("place_id").values_list("place_id", "place_type__code", "unit_id"))


def sums_of(round: Round, frame: Frame, *, criteria: Iterable[int] | None = None, all_places: bool = True) -> Sums:
    """The stored sums over a frame; of some criteria (database keys) only, or of the frame's places only. One query."""
    rows = Sum.objects.filter(round=round)
    if criteria is not None:
        rows = rows.filter(criterion_id__in=list(criteria))
    if not all_places:
        rows = rows.filter(place_id__in=[place.key for place in frame.places])
    columns = columns_of(rows, ("place_id", "criterion_id", "ordinal", *FIELDS))
    standard = compiled(round)
    data = scoring.empty(standard, frame).data
    slot = slots_of(standard, ids_of(round), columns[1], columns[2])
    place = numbers_of(np.array([place.key for place in frame.places], dtype=np.int64), columns[0])
    known = (slot >= 0) & (place >= 0)
    data[:, slot[known], place[known]] = columns[3:, known]
    return Sums(frame, data)


def columns_of(rows: QuerySet, names: tuple[str, ...]) -> np.ndarray:
    """A query as int64 columns, shape (len(names), rows)."""
    flat = (value for row in rows.values_list(*names).iterator(chunk_size=20_000) for value in row)
    return np.fromiter(flat, dtype=np.int64).reshape(-1, len(names)).T


def numbers_of(keys: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """The position of each wanted value among unique `keys` (any order); −1 where it is not there."""
    if not keys.size:
        return np.full(wanted.shape, -1, dtype=np.int64)
    order = np.argsort(keys)
    at = np.minimum(np.searchsorted(keys, wanted, sorter=order), keys.size - 1)
    found = order[at]
    return np.where(keys[found] == wanted, found, -1)


def slots_of(standard: Standard, ids: dict[str, int], criterion: np.ndarray, ordinal: np.ndarray) -> np.ndarray:
    """The slot of each (criterion database key, ordinal); −1 where the standard has none."""
    pairs = [(ids[standard.criteria[number].key], one) for number, one in standard.slots]
    known = np.array([key * WIDTH + one for key, one in pairs], dtype=np.int64)
    return numbers_of(known, criterion * WIDTH + ordinal)


def answer_of(row: Answer, key: str) -> scoring.Answer:
    """A stored answer in the rulebook's form."""
    return scoring.Answer(row.place_id, key, row.ordinal, row.mark, row.count, row.base)


def answers_of(round: Round, frame: Frame) -> scoring.Answers:
    """Every answer of a round as columns, straight from the database: the proof of the kept sums. One query."""
    standard, ids = compiled(round), ids_of(round)
    names = ("place_id", "criterion_id", "ordinal", "mark", "count", "base")
    columns = columns_of(Answer.objects.filter(round=round, visit__in=visits_of(round)), names)
    keys = np.array([ids[criterion.key] for criterion in standard.criteria], dtype=np.int64)
    place = numbers_of(np.array([place.key for place in frame.places], dtype=np.int64), columns[0])
    return scoring.Answers(place, numbers_of(keys, columns[1]), *columns[2:])
