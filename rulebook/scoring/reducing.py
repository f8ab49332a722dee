"""Millions of answers to sums, in a few passes over whole columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rulebook.scoring.columns import Ints, Mask, sum_by
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
    def rules(self) -> tuple[tuple[Rule, ...], ...]:
        """Return the rules that read each slot."""
        criteria = self.standard.criteria
        return tuple(
            tuple(rule for rule in criteria[criterion].rules if ordinal in rule.ordinals)
            for criterion, ordinal in self.standard.slots
        )

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
    """Say whether all values lie in 0…end−1."""
    return not values.size or (int(values.min()) >= 0 and int(values.max()) < end)


def slots_of(layout: Layout, answers: Answers) -> Ints:
    """Return the slot of each answer, −1 for one that names nothing known or a number out of bounds."""
    limits = (
        len(layout.frame.places),
        len(layout.standard.criteria),
        layout.width,
        None,
        MOST + 1,
        MOST + 1,
    )
    bad: Mask | None = None
    for values, end in zip(answers, limits, strict=True):
        if end is not None and not inside(values, end):
            outside = (values < 0) | (values >= end)
            bad = outside if bad is None else bad | outside
    where = answers.criterion if layout.width == 1 else answers.criterion * np.int64(layout.width) + answers.ordinal
    if bad is not None:
        return np.where(bad, -1, layout.table[np.where(bad, 0, where)])
    return layout.table.take(where)


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
    wanted = np.array([any(overrides_admit(rule) for rule in rules) for rules in layout.rules], dtype=np.bool_)
    bad = [np.flatnonzero(slot < 0)] if slot.size and int(slot.min()) < 0 else []
    if wanted.any():
        for number, rows in by_slot(np.where(slot < 0, 0, slot) if bad else slot, wanted):
            for rule in layout.rules[number]:
                fine = rule.admit(answers.mark[rows], answers.count[rows], answers.base[rows])
                bad += [] if fine is None else [rows[~fine]]
    return np.unique(np.concatenate(bad)) if bad else np.zeros(0, dtype=np.int64)


def overrides_admit(rule: Rule) -> bool:
    """Say whether a kind of rule looks at single answers before using them."""
    return type(rule).admit is not Rule.admit


def counts_of(layout: Layout, answers: Answers, slot: Ints) -> Ints:
    """Return the counts as rules take them: at least 1 for a bad mark, where occurrences are counted."""
    if not layout.once.any():
        return answers.count
    rows = np.flatnonzero((answers.mark == NOT_QUALIFIED) & (answers.count == 0))
    rows = rows[layout.once[slot[rows]]]
    if not rows.size:
        return answers.count
    count = answers.count.copy()
    count[rows] = 1
    return count


def results_of(layout: Layout, slot: Ints, count: Ints, used: Mask | None) -> Ints | None:
    """Return the result of each observation that needs one; None if none does (see `by_mark`)."""
    rules = {number: rule for number, rule in layout.observing.items() if not rule.by_mark}
    if not rules or not count.size:
        return None
    most = int(count.max()) + 1
    if len(layout.rules) * most <= TABLE:
        table = np.zeros((len(layout.rules), most), dtype=np.int64)
        for number, rule in rules.items():
            table[number] = observed(rule, np.arange(most))
        found = table.ravel().take(slot * most + count)
    else:
        found = np.zeros(slot.size, dtype=np.int64)
        wanted = np.isin(np.arange(len(layout.rules)), list(rules))
        for number, rows in by_slot(slot, wanted):
            found[rows] = observed(rules[number], count[rows].astype(np.int64))
    return found if used is None else np.where(used, found, 0)


def add_up(layout: Layout, answers: Answers, slot: Ints) -> Ints:
    """Sum usable answers into the six columns."""
    shape = (len(layout.rules), len(layout.frame.places))
    size = shape[0] * shape[1]
    key = slot * shape[1] + answers.place
    mark = (
        answers.mark if inside(answers.mark, 4) else np.where((answers.mark > 3) | (answers.mark < 0), 0, answers.mark)
    )
    marks = np.bincount(key * 4 + mark, minlength=size * 4).reshape(*shape, 4)
    data = np.zeros((6, *shape), dtype=np.int64)
    data[1] = marks[..., QUALIFIED]
    data[0] = data[1] + marks[..., NOT_QUALIFIED]
    data[2] = marks[..., NOT_APPLICABLE]
    idle = bool(marks[..., UNEXAMINED].any() or data[2].any())
    used = (mark == QUALIFIED) | (mark == NOT_QUALIFIED) if idle else None
    count = counts_of(layout, answers, slot)
    for field, values in ((3, count), (4, answers.base)):
        reading = layout.reading("count" if field == 3 else "base")
        if reading.any():
            data[field] = sum_by(key, values if used is None else values * used, size).reshape(shape)
            data[field][~reading] = 0
    results = results_of(layout, slot, count, used)
    if results is not None:
        data[5] = sum_by(key, results, size).reshape(shape)
    for number, rule in layout.observing.items():
        if rule.by_mark:
            data[5, number] = data[1, number] * rule.unit
    return data


def reduce(standard: Standard, frame: Frame, answers: Answers) -> Sums:
    """Reduce answers to sums; those that cannot be used are returned in `rejected`, with the reason."""
    layout = Layout(standard, frame)
    slot = slots_of(layout, answers)
    bad = refused(layout, answers, slot)
    sums = empty(standard, frame)
    if bad.size < slot.size and frame.places and standard.slots:
        kept = answers if not bad.size else Answers(*(np.delete(values, bad) for values in answers))
        data = add_up(layout, kept, slot if not bad.size else np.delete(slot, bad))
        if (data[:3].any(axis=0) & layout.elsewhere).any():
            wrong = layout.elsewhere[np.where(slot < 0, 0, slot), np.where(slot < 0, 0, answers.place)]
            bad = np.union1d(bad, np.flatnonzero(wrong & (slot >= 0) & (answers.mark != UNEXAMINED)))
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
