"""Trials: a subject's score after some answers changed; only the criteria touched and the lines above them are new."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from rulebook.scoring.columns import Ints, View
from rulebook.scoring.outcomes import Outcome, outcome, work_out
from rulebook.scoring.result import SubjectResult
from rulebook.scoring.standard import Criterion, Node, Standard
from rulebook.scoring.sums import Answer, Delta, Frame, Sums, delta
from rulebook.scoring.tree import Chooser, Line, Roller

COLUMNS = 1 << 18  # places × variants worked out at once


class Change(NamedTuple):
    """What is added to the six columns of one slot at one place, by number."""

    slot: int
    place: int
    added: Delta


Changes = Mapping[int, Sequence[Change]]  # by number of the criterion
Touched = Mapping[str, tuple[Outcome, int]]  # by key of the criterion: an outcome, and which subject of it


class Asked(dict[str, tuple[Outcome, int]]):
    """What a group changes where criteria are entangled: nothing can be worked out before all of it is known."""

    def __init__(self, changes: Changes) -> None:
        super().__init__()
        self.changes = changes


@dataclass(frozen=True)
class Copies(Frame):
    """The places of one criterion, as columns only, several times over: once for each variant."""

    whole: Frame
    chosen: Ints
    times: int

    @cached_property
    def types(self) -> tuple[str, ...]:
        """Return the place types of the whole frame, whose numbers they keep."""
        return self.whole.types

    @cached_property
    def units(self) -> tuple[object, ...]:
        """Return the units of the whole frame."""
        return self.whole.units

    @cached_property
    def type(self) -> Ints:
        """Return the place type number of each copy."""
        return np.tile(self.whole.type[self.chosen], self.times)

    @cached_property
    def unit(self) -> Ints:
        """Return the unit number of each copy."""
        return np.tile(self.whole.unit[self.chosen], self.times)

    def concerned(self, criterion: Criterion) -> Ints:
        """Return the numbers of all: they were chosen for this criterion."""
        return np.arange(self.chosen.size * self.times)


@dataclass(frozen=True)
class Slice(Sums):
    """The sums of one criterion alone, from its first slot on."""

    first: int = 0

    def view(self, standard: Standard, criterion: int, ordinals: Iterable[int], places: Ints) -> View:
        """Return the columns of some ordinals at all places."""
        slots = [standard.slot_of[criterion, ordinal] - self.first for ordinal in ordinals]
        return View(self.data[:, slots])


def variants(subject: SubjectResult, own: Ints, number: int, changes: Sequence[Sequence[Change]]) -> Outcome:
    """Work one criterion out for several variants of a subject at once, each a subject of the outcome.

    own: the numbers of the subject's places, ascending.
    """
    standard, sums = subject.standard, subject.passed.sums
    criterion, times = standard.criteria[number], len(changes)
    concerned = sums.frame.concerned(criterion)
    chosen = concerned if own.size == len(sums.frame.places) else np.intersect1d(concerned, own, assume_unique=True)
    first = standard.slot_of[number, criterion.ordinals[0]]
    data = np.tile(sums.data[:, first : first + len(criterion.ordinals)][:, :, chosen], times)
    for variant, some in enumerate(changes):
        for slot, place, added in some:
            data[:, slot - first, variant * chosen.size + int(np.searchsorted(chosen, place))] += added
    frame = Copies((), sums.frame, chosen, times)
    return outcome(standard, Slice(frame, data, first=first), number, np.repeat(np.arange(times), chosen.size), times)


@dataclass(frozen=True)
class Climber(Roller):
    """Rolls up only what changed: lines that are not `dirty` stay as they were `before`."""

    touched: Touched
    before: Mapping[str, Line]
    dirty: frozenset[str]

    def criterion(self, criterion: Criterion) -> Line:
        """Make the line of a criterion from its own variant."""
        found, at = self.touched[criterion.key]
        return Roller.criterion(replace(self, outcomes={criterion.key: found}, subject=at), criterion)

    def child(self, child: Node | Criterion) -> Line | None:
        """Make the line of a child, or take the one it had."""
        return super().child(child) if child.key in self.dirty else self.before.get(child.key)


@dataclass(frozen=True)
class Changed(SubjectResult):
    """The score of a subject after some criteria changed."""

    before: SubjectResult
    touched: Touched
    closed: Mapping[str, tuple[str, ...]]  # the nodes set to zero before, each with the criteria that did it

    @cached_property
    def zeroed(self) -> Mapping[str, tuple[str, ...]]:
        """Return the nodes set to zero now."""
        outcomes, number = self.passed.outcomes, self.standard.number
        if all(
            now.tripped[at] == outcomes[number[key]].tripped[self.number] for key, (now, at) in self.touched.items()
        ):
            return self.closed
        found: dict[str, tuple[str, ...]] = {}
        for one in outcomes:
            now, at = self.touched.get(one.criterion.key, (one, self.number))
            for key in now.tripped[at]:
                found[key] = (*found.get(key, ()), one.criterion.key)
        return found

    @cached_property
    def dirty(self) -> frozenset[str]:
        """Return the keys of the lines that may have changed: those touched, nodes closed or opened, all above."""
        keys, found, parents = list(self.touched), set[str](), self.standard.parents
        if self.zeroed is not self.closed:
            keys += [key for key in {**self.closed, **self.zeroed} if self.closed.get(key) != self.zeroed.get(key)]
        for key in keys:
            above: str | None = key
            while above is not None and above not in found:
                found.add(above)
                above = parents.get(above)
        return frozenset(found)

    def climb(self, before: Mapping[str, Line], wanted: Chooser) -> dict[str, Line]:
        """Return all lines, those that changed rolled up again."""
        lines, root = dict(before), self.standard.root
        Climber(self.standard, {}, 0, wanted, lines, self.zeroed, None, self.touched, before, self.dirty).node(root)
        return lines

    @cached_property
    def plain_lines(self) -> dict[str, Line]:
        """Return the lines before methods are weighed."""
        return self.climb(self.before.plain_lines, lambda _: True)

    def tree(self, method: str | None = None, assessor: int | None = None) -> dict[str, Line]:
        """Return the lines of one method; assessors make a standard entangled, so there are none here."""
        return self.climb(self.before.tree(method), lambda one: method in (None, one.method))


@dataclass(frozen=True)
class Trials:
    """What a subject's score would be with other answers; nothing is stored, the sums stay as they are.

    `fixed` are changes made in every trial, and `kept` what came of their criteria.
    """

    subject: SubjectResult
    fixed: Changes = field(default_factory=dict)
    kept: Touched = field(default_factory=dict)

    @cached_property
    def own(self) -> Ints:
        """Return the numbers of the subject's places."""
        return np.flatnonzero(self.subject.passed.subject == self.subject.number)

    @cached_property
    def closed(self) -> Mapping[str, tuple[str, ...]]:
        """Return the nodes set to zero, each with the criteria that did it."""
        return {key: line.zeroed_by for key, line in self.subject.plain_lines.items() if line.zeroed_by}

    def result(self, touched: Touched) -> SubjectResult:
        """Return the subject after some criteria changed."""
        if self.subject.standard.entangled:
            return self.afresh(touched.changes if isinstance(touched, Asked) else {})
        one, every = self.subject, {**self.kept, **touched}
        return Changed(one.key, one.passed, one.number, one, every, self.closed) if every else one

    def afresh(self, changes: Changes) -> SubjectResult:
        """Return the subject scored whole again after changes."""
        one, passed = self.subject, self.subject.passed
        stored = passed.stored or passed.sums
        data = stored.data.copy()
        for some in (*self.fixed.values(), *changes.values()):
            for slot, place, added in some:
                data[:, slot, place] += added
        changed = work_out(one.standard, replace(stored, data=data), passed.subject, passed.subjects)
        return SubjectResult(one.key, changed, one.number)

    def touched(self, groups: Sequence[Changes]) -> Sequence[Touched]:
        """Work out what each group of changes, made alone, does to its criteria: all variants of one at once."""
        if self.subject.standard.entangled:
            return [Asked(changes) for changes in groups]
        found: list[dict[str, tuple[Outcome, int]]] = [{} for _ in groups]
        wanted: dict[int, list[int]] = {}
        for at, changes in enumerate(groups):
            for number in changes:
                wanted.setdefault(number, []).append(at)
        for number, askers in wanted.items():
            key, base = self.subject.standard.criteria[number].key, self.fixed.get(number, ())
            for some in batches(askers, max(1, COLUMNS // max(self.own.size, 1))):
                worked = variants(self.subject, self.own, number, [[*base, *groups[at][number]] for at in some])
                for variant, at in enumerate(some):
                    found[at][key] = worked, variant
        return found

    def results(self, groups: Sequence[Changes]) -> Iterator[SubjectResult]:
        """Yield the subject after each group of changes, made alone."""
        return (self.result(touched) for touched in self.touched(groups))


def batches(rows: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """Cut a list into parts."""
    return (rows[start : start + size] for start in range(0, len(rows), size))


class Differ:
    """Tells what replacing answers changes in the sums; the same numbers are worked out once."""

    def __init__(self, standard: Standard, frame: Frame) -> None:
        self.standard, self.frame = standard, frame
        self._known: dict[tuple[Answer, ...], dict[int, Delta]] = {}

    def difference(self, old: Answer, new: Sequence[Answer]) -> Mapping[int, Delta]:
        """Return what answers in place of one add, by ordinal, without zeros; the place makes no difference."""
        key = tuple(one._replace(place=None) for one in (old, *new))
        if key not in self._known:
            sums = {one.ordinal: [0] * len(Delta._fields) for one in key}
            for one, sign in ((old, -1), *((answer, 1) for answer in new)):
                own = sums[one.ordinal]
                sums[one.ordinal] = [a + sign * b for a, b in zip(own, delta(self.standard, one), strict=True)]
            self._known[key] = {ordinal: Delta(*values) for ordinal, values in sums.items() if any(values)}
        return self._known[key]

    def changes(self, subject: SubjectResult, pairs: Iterable[tuple[Answer, list[Answer]]]) -> dict[int, list[Change]]:
        """Return the changes of (old, new ones) at a subject's places, by criterion; zeros are left out."""
        found: dict[int, list[Change]] = {}
        for old, new in pairs:
            place, number = self.frame.number[old.place], self.standard.number[old.criterion]
            if subject.passed.subject[place] != subject.number:
                continue
            for ordinal, added in self.difference(old, new).items():
                slot = self.standard.slot_of[number, ordinal]
                found.setdefault(number, []).append(Change(slot, place, added))
        return found
