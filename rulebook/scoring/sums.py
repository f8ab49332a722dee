"""From answers to sums: six integer columns per (slot, place); a bad answer is returned, never raised."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np

from rulebook.scoring.columns import FIELDS, Ints, View, integers
from rulebook.scoring.kinds.base import NOT_APPLICABLE, NOT_QUALIFIED, QUALIFIED, Mark, observed
from rulebook.scoring.standard import Criterion, Standard

MOST = 10**9  # the largest count, measured value × 1000, or base of one answer


class Place(NamedTuple):
    """A place 点位: its key (any hashable), its type's key, the key of the unit responsible and of its district."""

    key: object
    place_type: str
    unit: object
    district: str = ""


class Answer(NamedTuple):
    """One answer 记录, by keys."""

    place: object
    criterion: str
    ordinal: int = 0
    mark: int = 0
    count: int = 0  # type: ignore[assignment]
    base: int = 0


class Delta(NamedTuple):
    """What one answer adds to the six columns of its (place, criterion, ordinal)."""

    examined: int = 0
    qualified: int = 0
    not_applicable: int = 0
    count: int = 0  # type: ignore[assignment]
    base: int = 0
    result: int = 0


class Rejected(NamedTuple):
    """An answer left out: its position in the batch, and why."""

    row: int
    reason: str


@dataclass(frozen=True)
class Frame:
    """The places of a round, as columns."""

    places: tuple[Place, ...]

    @classmethod
    def of(cls, places: Iterable[tuple[object, str, object] | tuple[object, str, object, str]]) -> "Frame":
        """Build from (key, place type, unit), with the district where totals of districts are weighed."""
        return cls(tuple(Place(*place) for place in places))

    @cached_property
    def number(self) -> Mapping[object, int]:
        """Return the number of each place by key."""
        return {place.key: i for i, place in enumerate(self.places)}

    @cached_property
    def units(self) -> tuple[object, ...]:
        """Return the units in order of first appearance."""
        return tuple(dict.fromkeys(place.unit for place in self.places))

    @cached_property
    def types(self) -> tuple[str, ...]:
        """Return the place types in order of first appearance."""
        return tuple(dict.fromkeys(place.place_type for place in self.places))

    @cached_property
    def unit(self) -> Ints:
        """Return the unit number of each place."""
        number = {unit: i for i, unit in enumerate(self.units)}
        return integers([number[place.unit] for place in self.places])

    @cached_property
    def type(self) -> Ints:
        """Return the place type number of each place."""
        number = {kind: i for i, kind in enumerate(self.types)}
        return integers([number[place.place_type] for place in self.places])

    @cached_property
    def of_types(self) -> dict[tuple[str, ...], Ints]:
        """Return the numbers of the places of one or several types, as far as they were asked for."""
        return {(kind,): np.flatnonzero(self.type == i) for i, kind in enumerate(self.types)}

    def concerned(self, criterion: Criterion) -> Ints:
        """Return the numbers of the places a criterion is examined at, ascending."""
        kinds = criterion.place_types
        if kinds not in self.of_types:
            wanted = [kind for kind in self.types if criterion.concerns(kind)]
            parts = [np.zeros(0, dtype=np.int64), *(self.of_types[kind,] for kind in wanted)]
            every = len(wanted) == len(self.types)
            self.of_types[kinds] = np.arange(len(self.places)) if every else np.sort(np.concatenate(parts))
        return self.of_types[kinds]


def whole(value: object) -> int:
    """Return an integer of a row; −1, which is rejected later, for what is none or far too large."""
    fits = isinstance(value, (int, np.integer)) and abs(int(value)) <= 2 * MOST
    return int(value) if fits else -1  # type: ignore[call-overload]


class Answers(NamedTuple):
    """Answers as columns of equal length; place and criterion are numbers of the frame and the standard."""

    place: Ints
    criterion: Ints
    ordinal: Ints
    mark: Ints
    count: Ints  # type: ignore[assignment]
    base: Ints

    @classmethod
    def of(cls, standard: Standard, frame: Frame, rows: Iterable[Sequence[object]]) -> "Answers":
        """Build from rows of keys (Answer); an unknown place or criterion becomes −1 and is rejected later."""
        columns = list(zip(*(Answer(*row) for row in rows), strict=True)) or [()] * 6  # type: ignore[arg-type]
        numbers = (integers([whole(value) for value in column]) for column in columns[2:])
        place = integers([frame.number.get(key, -1) for key in columns[0]])
        criterion = integers([standard.number.get(key, -1) for key in columns[1]])
        return cls(place, criterion, *numbers)


@dataclass(frozen=True)
class Sums:
    """The sums of a round: `data` has the shape (6 fields, slots, places)."""

    frame: Frame
    data: Ints
    rejected: tuple[Rejected, ...] = field(default=())

    def view(self, standard: Standard, criterion: int, ordinals: Iterable[int], places: Ints) -> View:
        """Return the columns of some ordinals of a criterion at some places."""
        slots = [standard.slot_of[criterion, ordinal] for ordinal in ordinals]
        first, last = slots[0], slots[-1] + 1
        data = self.data[:, first:last] if slots == list(range(first, last)) else self.data[:, slots]
        return View(data if places.size == data.shape[2] else data[:, :, places])

    def plus(self, other: "Sums") -> "Sums":
        """Add the sums of a further batch over the same frame."""
        return Sums(self.frame, self.data + other.data, self.rejected + other.rejected)


def empty(standard: Standard, frame: Frame) -> Sums:
    """Return the sums of no answers."""
    return Sums(frame, np.zeros((len(FIELDS), len(standard.slots), len(frame.places)), dtype=np.int64))


def fault(standard: Standard, answer: Answer, place_type: str) -> str:
    """Return why an answer cannot be used; empty if it can."""
    number = standard.number.get(answer.criterion)
    if number is None:
        return f"测评体系里没有“{answer.criterion}”这条标准"
    criterion = standard.criteria[number]
    if not criterion.concerns(place_type):
        return f"“{answer.criterion}”不测这类点位"
    if answer.ordinal not in criterion.ordinals:
        return f"“{answer.criterion}”没有序号 {answer.ordinal}"
    if not (0 <= answer.count <= MOST and (0 <= answer.base <= MOST)):
        return f"数量要在 0 到 {MOST} 之间"
    single = [integers([value]) for value in (answer.mark, answer.count, answer.base)]
    for rule in criterion.readers(answer.ordinal):
        admitted = rule.admit(*single)
        if admitted is not None and not admitted[0]:
            return rule.unfit(answer.count, answer.base)
    return ""


def delta(standard: Standard, answer: Answer) -> Delta:
    """Return what one usable answer adds (see `fault`); take it away again by subtracting the same."""
    criterion = standard.criteria[standard.number[answer.criterion]]
    if answer.mark == NOT_APPLICABLE:
        return Delta(not_applicable=1)
    if answer.mark not in (QUALIFIED, NOT_QUALIFIED):
        return Delta()
    good = int(answer.mark == QUALIFIED)
    readers = criterion.readers(answer.ordinal)
    reads = frozenset[str]().union(*(rule.reads for rule in readers))
    count = max(answer.count, 1 - good) if any(rule.at_least_one for rule in readers) else answer.count
    result = sum(
        int(observed(rule, integers([count]), good)[0]) for rule in readers if rule.frame.cell == "observation"
    )
    return Delta(1, good, 0, count if "count" in reads else 0, answer.base if "base" in reads else 0, result)


def load(standard: Standard, frame: Frame, rows: Iterable[Sequence[object]]) -> Sums:
    """Read stored sums: rows of (place, criterion, ordinal, then the six columns in the order of FIELDS)."""
    sums, rejected = empty(standard, frame), []
    slots = {
        (standard.criteria[criterion].key, ordinal): slot for slot, (criterion, ordinal) in enumerate(standard.slots)
    }
    kept: list[tuple[int, int, Sequence[object]]] = []
    for position, (place, criterion, ordinal, *six) in enumerate(rows):
        number, slot = frame.number.get(place), slots.get((criterion, ordinal))  # type: ignore[arg-type]
        if number is None or slot is None:
            rejected.append(Rejected(position, "没有这个点位、这条标准或这个序号"))
        else:
            kept.append((slot, number, six))
    if kept:
        where, at, columns = zip(*kept, strict=True)
        flat = integers(where) * len(frame.places) + integers(at)
        for field, values in zip(sums.data, np.array(columns, dtype=np.int64).T, strict=True):
            np.add.at(field.reshape(-1), flat, values)
    return Sums(frame, sums.data, tuple(rejected))


def mark_of(answer: Answer) -> Mark:
    """Return the numbers of an answer."""
    return Mark(answer.ordinal, answer.mark, answer.count, answer.base)
