"""Millions of answers to sums, in a few passes over whole columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rulebook.scoring.columns import Ints, Mask, integers, sum_by
from rulebook.scoring.kinds.base import NOT_APPLICABLE, NOT_QUALIFIED, QUALIFIED, UNEXAMINED, Rule, observed
from rulebook.scoring.standard import Standard
from rulebook.scoring.sums import MOST, Answer, Answers, Frame, Rejected, Sums, empty, fault

TABLE = 1 << 22  # the largest table of results per (slot, count)


@dataclass(frozen=True)
class Layout:
    """Where the answers of a standard go: tables by slot."""

    standard: Standard
    frame: Frame

    @cached_property
    def width(self) -> int:
        """Return one more than the largest ordinal."""
        return max((ordinal for _, ordinal in self.standard.slots), default=0) + 1

    @cached_property
    def table(self) -> Ints:
        """Return the slot of criterion × width + ordinal, −1 where there is none."""
        table = np.full(len(self.standard.criteria) * self.width, -1, dtype=np.int64)
        for slot, (criterion, ordinal) in enumerate(self.standard.slots):
            table[criterion * self.width + ordinal] = slot
        return table

    @cached_property
    def plain(self) -> bool:
        """Say whether the number of a criterion is its slot, every criterion having only the ordinal 0."""
        return self.width == 1

    @cached_property
    def rules(self) -> tuple[tuple[Rule, ...], ...]:
        """Return the rules that read each slot."""
        criteria = self.standard.criteria
        return tuple(criteria[criterion].readers(ordinal) for criterion, ordinal in self.standard.slots)

    @cached_property
    def observing(self) -> dict[int, Rule]:
        """Return the rule that forms a result per observation in a slot."""
        return {
            slot: rule for slot, rules in enumerate(self.rules) for rule in rules if rule.frame.cell == "observation"
        }

    def reading(self, name: str) -> Mask:
        """Say which slots have a rule that reads a column."""
        return np.array([any(name in rule.reads for rule in rules) for rules in self.rules], dtype=np.bool_)

    @cached_property
    def once(self) -> Mask:
        """Say in which slots a bad mark without a count is one occurrence."""
        return np.array([any(rule.at_least_one for rule in rules) for rules in self.rules], dtype=np.bool_)

    @cached_property
    def elsewhere(self) -> Mask:
        """Say for (slot, place) where a criterion is not examined at all."""
        absent = np.ones((len(self.rules), len(self.frame.places)), dtype=np.bool_)
        for slot, (criterion, _) in enumerate(self.standard.slots):
            absent[slot, self.frame.concerned(self.standard.criteria[criterion])] = False
        return absent


def inside(values: Ints, end: int) -> bool:
    """Say whether all values lie in 0…end−1; read as unsigned, a negative one is huge."""
    return not values.size or int(values.view(f"u{values.itemsize}").max()) < end


def slots_of(layout: Layout, answers: Answers) -> Ints:
    """Return the slot of each answer, −1 for one that names nothing known or a number out of bounds."""
    most_base = MOST + 1 if layout.reading("base").any() else None
    limits = (len(layout.frame.places), len(layout.standard.criteria), layout.width, None, MOST + 1, most_base)
    bad: Mask | None = None
    for values, end in zip(answers, limits, strict=True):
        if end is not None and not inside(values, end):
            outside = (values < 0) | (values >= end)
            bad = outside if bad is None else bad | outside
    if layout.plain and bad is None:
        return answers.criterion
    where = answers.criterion * np.int64(layout.width)
    where += answers.ordinal
    if bad is not None:
        return np.where(bad, -1, layout.table[np.where(bad, 0, where)])
    return layout.table.take(where, out=where, mode="clip")  # all inside: only so is nothing copied


def by_slot(slot: Ints, wanted: Mask) -> Iterator[tuple[int, Ints]]:
    """Yield each wanted slot with the rows of its answers."""
    rows = np.flatnonzero(wanted.take(slot)) if not wanted.all() else np.arange(slot.size)
    found = slot[rows].astype(np.int32)
    order = np.argsort(found, kind="stable")
    edges = np.searchsorted(found[order], np.arange(wanted.size + 1))
    for number in np.flatnonzero(wanted).tolist():
        if edges[number] < edges[number + 1]:
            yield number, rows[order[edges[number] : edges[number + 1]]]


def refused(layout: Layout, answers: Answers, slot: Ints) -> Ints:
    """Return the rows that rules cannot use."""
    wanted = np.array([any(rule.choosy for rule in rules) for rules in layout.rules], dtype=np.bool_)
    bad = [] if inside(slot, slot.size + len(layout.rules)) else [np.flatnonzero(slot < 0)]
    if wanted.any():
        for number, rows in by_slot(np.where(slot < 0, 0, slot) if bad else slot, wanted):
            for rule in layout.rules[number]:
                fine = rule.admit(answers.mark[rows], answers.count[rows], answers.base[rows])
                bad += [] if fine is None else [rows[~fine]]
    return np.unique(np.concatenate(bad)) if bad else np.zeros(0, dtype=np.int64)


def once_rows(layout: Layout, answers: Answers, slot: Ints, odd: Ints) -> Ints:
    """Return the rows of bad marks without a count that are one occurrence."""
    rows = odd[(answers.mark[odd] == NOT_QUALIFIED) & (answers.count[odd] == 0)]
    return integers(rows[layout.once[slot[rows]]])


def results_of(layout: Layout, slot: Ints, count: Ints) -> Ints:
    """Return how the result of observations with a count differs from that of one without (see `by_mark`)."""
    rules = {number: rule for number, rule in layout.observing.items() if not rule.by_mark}
    most = int(count.max(initial=0)) + 1
    if len(layout.rules) * most <= TABLE:
        table = np.zeros((len(layout.rules), most), dtype=np.int64)
        for number, rule in rules.items():
            found = observed(rule, np.arange(most))
            table[number] = found - found[0]
        return integers(table.ravel().take(slot * most + count))
    differences = np.zeros(slot.size, dtype=np.int64)
    for number, rows in by_slot(slot, np.isin(np.arange(len(layout.rules)), list(rules))):
        whole = count[rows].astype(np.int64)
        differences[rows] = observed(rules[number], whole) - observed(rules[number], whole[:1] * 0)
    return differences


@dataclass(frozen=True)
class Adder:
    """Adds usable answers up; only rows that are not plainly qualified, or have a number, are looked at twice."""

    layout: Layout
    answers: Answers
    slot: Ints

    @property
    def shape(self) -> tuple[int, int]:
        """Return (slots, places)."""
        return len(self.layout.rules), len(self.layout.frame.places)

    @cached_property
    def key(self) -> Ints:
        """Return slot × places + place of each answer."""
        key = self.slot * np.int64(self.shape[1])
        key += self.answers.place
        return key

    @cached_property
    def single(self) -> bool:
        """Say whether few of the cells are filled, each by one answer: then they are written, not counted."""
        size = self.shape[0] * self.shape[1]
        if 3 * self.key.size > size:
            return False
        seen = np.zeros(size, dtype=np.bool_)
        seen[self.key] = True
        return int(np.count_nonzero(seen)) == self.key.size

    def count_marks(self, data: Ints, odd: Ints) -> None:
        """Fill in how many answers are examined, qualified and not applicable, by (slot, place)."""
        mark, key, size = self.answers.mark[odd], self.key, self.shape[0] * self.shape[1]
        bad, absent = mark == NOT_QUALIFIED, mark == NOT_APPLICABLE
        every, wrong, gone, none = (
            np.bincount(keys, minlength=size).reshape(self.shape) if keys.size else np.zeros(self.shape, dtype=np.int64)
            for keys in (key, key[odd[bad]], key[odd[absent]], key[odd[~(bad | absent)]])
        )
        data[0] = every - gone - none
        data[1] = data[0] - wrong
        data[2] = gone

    def write_marks(self, data: Ints, odd: Ints) -> None:
        """The same where every cell has one answer."""
        examined, qualified, absent = (column.reshape(-1) for column in data[:3])
        mark, key = self.answers.mark[odd], self.key[odd]
        examined[self.key] = 1
        qualified[self.key] = 1
        qualified[key] = 0
        examined[key[mark != NOT_QUALIFIED]] = 0
        absent[key[mark == NOT_APPLICABLE]] = 1

    def put(self, column: Ints, rows: Ints, values: Ints) -> None:
        """Fill in the sums of the values of some rows by (slot, place)."""
        if self.single:
            column.reshape(-1)[self.key[rows]] = values
        else:
            sums = sum_by(self.key[rows], values, self.shape[0] * self.shape[1])
            column[:] = integers(sums).reshape(self.shape)

    def numbered(self, values: Ints, reading: Mask) -> Ints:
        """Return the examined rows that have a number, in slots whose rule reads it."""
        rows = np.flatnonzero(values)
        mark = self.answers.mark[rows]
        wanted = (mark == QUALIFIED) | (mark == NOT_QUALIFIED)
        if not reading.all():
            wanted &= reading.take(self.slot[rows])
        return integers(rows[wanted])

    def add_up(self) -> Ints:
        """Return the six columns."""
        layout, data = self.layout, np.zeros((6, *self.shape), dtype=np.int64)
        odd = np.flatnonzero(self.answers.mark != QUALIFIED)
        (self.write_marks if self.single else self.count_marks)(data, odd)
        if (reading := layout.reading("base")).any():
            rows = self.numbered(self.answers.base, reading)
            self.put(data[4], rows, self.answers.base[rows])
        if (reading := layout.reading("count")).any():
            self.add_counts(data, odd, reading)
        return data

    def add_counts(self, data: Ints, odd: Ints, reading: Mask) -> None:
        """Fill in the counts, and the results of observations."""
        layout, rows = self.layout, self.numbered(self.answers.count, reading)
        once = once_rows(layout, self.answers, self.slot, odd)
        count = self.answers.count[rows]
        if once.size:
            rows, count = np.concatenate([rows, once]), np.concatenate([count, np.ones_like(once)])
        self.put(data[3], rows, count)
        if any(not rule.by_mark for rule in layout.observing.values()):
            self.put(data[5], rows, results_of(layout, self.slot[rows], count))

    def add_results(self, data: Ints) -> None:
        """Complete the results: by the mark alone, or what an observation without a count is worth."""
        for number, rule in self.layout.observing.items():
            if rule.by_mark:
                data[5, number] = data[1, number] * rule.unit
            else:
                data[5, number] += data[0, number] * int(observed(rule, np.zeros(1, dtype=np.int64))[0])


def add_up(layout: Layout, answers: Answers, slot: Ints) -> Ints:
    """Sum usable answers into the six columns."""
    adder = Adder(layout, answers, slot)
    data = adder.add_up()
    adder.add_results(data)
    return data


def misplaced(layout: Layout, answers: Answers, slot: Ints, data: Ints) -> Ints:
    """Return the rows whose criterion is not examined at that type of place; by cells first where rows are many."""
    if not layout.elsewhere.any():
        return np.zeros(0, dtype=np.int64)
    if slot.size > layout.elsewhere.size and not (data[:3].any(axis=0) & layout.elsewhere).any():
        return np.zeros(0, dtype=np.int64)
    wrong = layout.elsewhere[np.where(slot < 0, 0, slot), np.where(slot < 0, 0, answers.place)]
    return integers(np.flatnonzero(wrong & (slot >= 0) & (answers.mark != UNEXAMINED)))


def reduce(standard: Standard, frame: Frame, answers: Answers) -> Sums:
    """Reduce answers to sums; those that cannot be used are returned in `rejected`, with the reason."""
    layout = Layout(standard, frame)
    slot = slots_of(layout, answers)
    bad = refused(layout, answers, slot)
    sums = empty(standard, frame)
    if bad.size < slot.size and frame.places and standard.slots:
        kept = answers if not bad.size else Answers(*(np.delete(values, bad) for values in answers))
        data = add_up(layout, kept, slot if not bad.size else np.delete(slot, bad))
        if (wrong := misplaced(layout, answers, slot, data)).size:
            bad = np.union1d(bad, wrong)
            kept = Answers(*(np.delete(values, bad) for values in answers))
            data = add_up(layout, kept, np.delete(slot, bad))
        sums = Sums(frame, data)
    return Sums(frame, sums.data, tuple(reasons(standard, frame, answers, bad)))


def reasons(standard: Standard, frame: Frame, answers: Answers, bad: Ints) -> Iterator[Rejected]:
    """Say for each row left out why."""
    for row in bad.tolist():
        place, criterion, *numbers = (int(values[row]) for values in answers)
        if not 0 <= place < len(frame.places):
            yield Rejected(row, "本轮没有这个点位")
        elif not 0 <= criterion < len(standard.criteria):
            yield Rejected(row, "测评体系里没有这条标准")
        else:
            found = frame.places[place]
            answer = Answer(found.key, standard.criteria[criterion].key, *numbers)
            yield Rejected(row, fault(standard, answer, found.place_type))
