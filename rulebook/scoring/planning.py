"""What to put right first: the cheapest points, an order for a budget, and what becomes of the ranks."""

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate
from typing import NamedTuple

from rulebook.scoring.ranking import Entry, Place, rank
from rulebook.scoring.result import SubjectResult
from rulebook.scoring.sums import Answer
from rulebook.scoring.trials import Change, Changes, Differ, Touched, Trials
from rulebook.scoring.whatif import Gain, difference, gains, pairs, put_right

SETS = 200  # sets of groups tried together
Groups = Mapping[Hashable, Sequence[Answer]]  # a problem is a group of one record


class Worth(NamedTuple):
    """What putting one group right, alone, would add; `each` is the gain of the total for one record."""

    key: Hashable
    records: int
    gain: Gain
    each: Fraction


def cheapest(subject: SubjectResult, groups: Groups) -> list[Worth]:
    """Return the groups by gain for each record, the most first; of equals the larger gain, then the given order."""
    given = [(key, records) for key, records in groups.items() if records]
    found = [
        Worth(key, len(records), gain, gain.total / len(records))
        for (key, records), gain in zip(given, gains(subject, (records for _, records in given)), strict=True)
    ]
    return sorted(found, key=lambda worth: (-worth.each, -worth.gain.total))


class Step(NamedTuple):
    """One step of a plan: groups to put right (several where only together they gain) and what they then add."""

    keys: tuple[Hashable, ...]
    records: int
    gain: Gain
    got: Fraction  # the total after it
    published: int | None


class Plan(NamedTuple):
    """Steps in order. Gains need not add up: `alone` is the sum of what each group gains alone, `together` of all."""

    steps: tuple[Step, ...]
    alone: Fraction
    together: Fraction


def plan(subject: SubjectResult, groups: Groups, budget: int) -> Plan:
    """Return what to put right with a budget of so many records: always what then gains most for each record.

    Greedy: nothing says that no other choice of as many records gains more. Where no group gains alone, groups that
    share a criterion, a place in it, or a closed indicator are tried together.
    """
    planner = Planner(subject, groups)
    steps: list[Step] = []
    while (chosen := planner.best(budget)) is not None:
        steps.append(planner.take(chosen))
        budget -= steps[-1].records
    alone = sum((planner.alone[planner.number[key]] for step in steps for key in step.keys), Fraction(0))
    return Plan(tuple(steps), alone, planner.now.total.got - subject.total.got)


def merged(parts: Iterable[Changes]) -> dict[int, list[Change]]:
    """Put several changes together."""
    found: dict[int, list[Change]] = {}
    for part in parts:
        for number, changes in part.items():
            found.setdefault(number, []).extend(changes)
    return found


class Planner:
    """Groups still open, and what each would gain beside what is already chosen.

    Gains are worked out again where a chosen group shares a criterion, and all of them when the tree itself changed (a
    gate, a floor, something examined or not): else a criterion counts what it counted before.
    """

    def __init__(self, subject: SubjectResult, groups: Groups) -> None:
        self.keys, self.number = list(groups), {key: i for i, key in enumerate(groups)}
        self.records = [len(groups[key]) for key in self.keys]
        differ = Differ(subject.standard, subject.passed.sums.frame)
        self.changes = [differ.changes(subject, pairs(subject.standard, groups[key])) for key in self.keys]
        self.open = [i for i, changes in enumerate(self.changes) if changes]
        self.trials, self.now = Trials(subject), subject
        self.touched: dict[int, Touched] = {}
        self.gain: dict[int, Fraction] = {}
        self.work_out(self.open)
        self.alone = dict(self.gain)

    def work_out(self, some: Sequence[int]) -> None:
        """Work out what groups do to their criteria, and gain."""
        self.touched.update(zip(some, self.trials.touched([self.changes[i] for i in some]), strict=True))
        self.weigh(some)

    def weigh(self, some: Iterable[int]) -> None:
        """Work out what groups gain, their criteria being as they were."""
        for i in some:
            self.gain[i] = self.gained(self.trials.result(self.touched[i]))

    def gained(self, after: SubjectResult) -> Fraction:
        """Return what a result is above what is already reached."""
        return after.total.got - self.now.total.got

    def best(self, budget: int) -> list[int] | None:
        """Return the group, or the groups together, that gain most for each record; None where nothing gains."""
        able = [i for i in self.open if self.records[i] <= budget]
        first = max(able, key=lambda i: (self.gain[i] / self.records[i], self.gain[i], -i), default=None)
        if first is not None and self.gain[first] > 0:
            return [first]
        return self.best_together(budget)

    def best_together(self, budget: int) -> list[int] | None:
        """Return groups that gain only together: of each set as many as fit, or the fewest that gain at all."""
        fitting = [fit for some in self.sets() if len(fit := self.fitting(some, budget)) > 1]
        results = self.trials.results([merged(self.changes[i] for i in some) for some in fitting])
        gaining = [some for some, after in zip(fitting, results, strict=True) if self.gained(after) > 0]
        found = [*gaining, *(self.fewest(some) for some in gaining)]
        return max(found, key=lambda some: self.together(some) / sum(self.records[i] for i in some), default=None)

    def fitting(self, some: list[int], budget: int) -> list[int]:
        """Return the first groups that fit into a budget together."""
        sizes = accumulate(self.records[i] for i in some)
        return [i for i, size in zip(some, sizes, strict=True) if size <= budget]

    def together(self, some: list[int]) -> Fraction:
        """Return what groups gain together."""
        return self.gained(next(self.trials.results([merged(self.changes[i] for i in some)])))

    def fewest(self, some: list[int]) -> list[int]:
        """Return the fewest first groups that gain: with more of them the gain never falls."""
        return some[: bisect_left(range(len(some)), True, key=lambda size: self.together(some[:size]) > 0)]

    def sets(self) -> list[list[int]]:
        """Return open groups that share a criterion, a place in it or a closed indicator, the costliest first."""
        subject, found = self.trials.subject, dict[tuple[str, int], dict[int, int]]()
        closers = {key: node for node, line in self.now.lines.items() for key in line.zeroed_by}
        for i in self.open:
            for number, changes in self.changes[i].items():
                key, place = subject.standard.criteria[number].key, changes[0].place
                for name in {(key, -1), (key, place), (closers.get(key, key), -1)}:
                    found.setdefault(name, {})[i] = place
        names = sorted(
            (name for name, at in found.items() if len(at) > 1), key=lambda name: -self.now.lines[name[0]].lost
        )
        return [sorted(found[name], key=lambda i, at=found[name]: (at[i], i)) for name in names[:SETS]]  # type: ignore[misc]

    def take(self, chosen: list[int]) -> Step:
        """Put groups right, for good."""
        before, trials, made = self.now, self.trials, merged(self.changes[i] for i in chosen)
        kept = {**trials.kept, **trials.touched([made])[0]}
        self.trials = Trials(trials.subject, merged([trials.fixed, made]), kept)
        self.now = self.trials.result({})
        self.open = [i for i in self.open if i not in chosen]
        self.work_out([i for i in self.open if not made.keys().isdisjoint(self.changes[i])])
        if reshaped(before, self.now):
            self.weigh(self.open)
        gain = difference(before, self.now, (trials.subject.standard.criteria[number].key for number in made))
        keys, total = tuple(self.keys[i] for i in chosen), self.now.total
        return Step(keys, sum(self.records[i] for i in chosen), gain, total.got, total.published_got)


def reshaped(before: SubjectResult, after: SubjectResult) -> bool:
    """Say whether other gains may have grown: a line counts otherwise than before, or the total left its floor."""
    pairs_ = ((line, after.plain_lines[key]) for key, line in before.plain_lines.items())
    changed = ((old, new) for old, new in pairs_ if old is not new)
    if before.standard.entangled or before.total.got <= before.standard.floor:
        return True
    return any(
        (old.state, old.zeroed_by, old.counted) != (new.state, new.zeroed_by, new.counted) for old, new in changed
    )


class Move(NamedTuple):
    """The place of a subject among the others, before and after."""

    key: Hashable
    before: Place
    after: Place


def moves(
    entries: Iterable[Entry],
    subjects: Mapping[Hashable, SubjectResult],
    records: Iterable[Answer],
    *,
    competitors: Mapping[object, Sequence[int]] | None = None,
    last: int = 0,
    least_coverage: Fraction = Fraction(0),
) -> list[Move]:
    """Return whose total, rank or gaps move when these findings are put right, by rank afterwards.

    entries: all that are ranked; subjects: their results, of one division of the places. Only those whose places the
    records lie in are scored again.
    """
    given, found = list(entries), {subject.number: key for key, subject in subjects.items()}
    concerned: dict[Hashable, list[Answer]] = {}
    for record in records:
        passed = next(iter(subjects.values())).passed
        number = int(passed.subject[passed.sums.frame.number[record.place]])
        if number in found:
            concerned.setdefault(found[number], []).append(record)
    totals = {key: put_right(subjects[key], some).total for key, some in concerned.items()}
    later = [
        entry._replace(score=totals[entry.key].published_got, coverage=totals[entry.key].coverage)
        if entry.key in totals
        else entry
        for entry in given
    ]
    rules = {"competitors": competitors, "last": last, "least_coverage": least_coverage}
    old = {place.key: place for place in rank(given, **rules)}  # type: ignore[arg-type]
    made = (Move(new.key, old[new.key], new) for new in rank(later, **rules))  # type: ignore[arg-type]
    return [move for move in made if move.before != move.after]
