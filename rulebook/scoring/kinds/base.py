"""What every kind of rule is: how it reads its settings, forms rates in cells, and names what was lost."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, NamedTuple

import numpy as np

from rulebook.scoring.columns import Cells, Ints, Mask, View, integers
from rulebook.scoring.exact import NBSP, plain
from rulebook.scoring.params import Params

CELLS = ("observation", "place", "unit", "pooled")
COMBINERS = ("mean", "mean_by_type", "worst", "share", "sum")
UNEXAMINED, QUALIFIED, NOT_QUALIFIED, NOT_APPLICABLE = range(4)
MARK, OCCURRENCES, NUMBER, MEASURE, PAIR = "mark", "occurrences", "number", "measure", "pair"


class Mark(NamedTuple):
    """The numbers of one answer: ordinal, mark, count (or measured value × 1000) and base."""

    ordinal: int
    mark: int
    count: int  # type: ignore[assignment]
    base: int


class Term(NamedTuple):
    """One line of a sum shown to people: text, points it adds, and the ordinal of the records behind it."""

    text: str
    points: Fraction
    ordinal: int | None = None


class Ask(NamedTuple):
    """What is entered for one answer of a rule.

    form: mark (met or not), occurrences (not met and how many), number (whole), measure (a decimal), pair (so many of
    so many). label: which of several answers it is. measure: the unit after the (last) number. between: the words after
    the first number of a pair. size, base_size: what one of the first and second number is in the units kept (1000
    for measured values, 60 for minutes). tick: the answer is given by a tick on the answer it is a part of. names: what
    its numbers are called. within: the first number of a pair is a part of the second.
    """

    ordinal: int
    form: str = MARK
    label: str = ""
    measure: str = ""
    between: str = ""
    size: int = 1
    base_size: int = 1
    tick: str = ""
    names: tuple[str, ...] = ()
    within: bool = False

    @property
    def called(self) -> tuple[str, ...]:
        """Return what its numbers are called: one, of a pair two, of a mark none."""
        plain_names = {OCCURRENCES: ("数量",), NUMBER: ("数量",), MEASURE: ("实测值",), PAIR: ("数量", "共多少")}
        return self.names or plain_names.get(self.form, ())

    def written(self, count: int, base: int) -> str:
        """Write the numbers as people say them: 3 处, 61.5 dB, 8 合格，共查 10."""
        words = [plain(Fraction(count, self.size), 0)]
        words += [self.between, plain(Fraction(base, self.base_size), 0)] if self.form == PAIR else []
        return NBSP.join([*words, *([self.measure] if self.measure else [])])


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The settings that every rule declares: points, cell, combiner, and the line a share is counted from.

    Outside the points (`role`), `points` is the cap; where there is none (`capped`), rates are points as they are.
    """

    key: str
    points: Fraction
    cell: str
    combiner: str
    share_line: Fraction
    floor: Fraction
    target: str | None = None
    target_name: str = ""  # the target as people call it
    method: str = ""
    role: str = ""
    capped: bool = True


@dataclass(frozen=True, kw_only=True)
class Rule(ABC):
    """A compiled rule. Rates are shares of `frame.points`, between `frame.floor` and 1."""

    frame: Frame
    name: ClassVar[str]
    label: ClassVar[str]
    columns: ClassVar[frozenset[str]]  # which of count and base the rule reads
    by_mark: ClassVar[bool] = False  # one observation is worth 1 when qualified, else 0
    at_least_one: ClassVar[bool] = False  # not qualified without a count is one occurrence
    roles: ClassVar[frozenset[str]] = frozenset({"", "bonus", "deduction"})  # what a criterion of this kind may be
    endless: ClassVar[frozenset[str]] = frozenset()  # the roles in which it needs no cap
    closes: ClassVar[bool] = False  # its marked cells close the `target`, not the item above
    derived: ClassVar[bool] = False  # nobody has to enter its answers: they follow from those of other criteria

    @property
    @abstractmethod
    def ordinals(self) -> tuple[int, ...]:
        """Return the ordinals of the answers it reads."""

    @abstractmethod
    def rates(self, view: View) -> Cells:
        """Form one rate in each cell."""

    @abstractmethod
    def nominal(self, view: View) -> Ints:
        """Return the nominal deduction of each cell in any common unit: what losses are split by."""

    @abstractmethod
    def describe(self) -> str:
        """Say the rule in one Chinese phrase."""

    @abstractmethod
    def clean(self, mark: Mark) -> Mark:
        """Return the same examined answer as if nothing had been found."""

    @property
    def origin(self) -> int:
        """Return the rate that changes nothing: full, or 0 where points are given on top."""
        return 0 if self.frame.role == "bonus" else 1

    @property
    def unit(self) -> int:
        """Return the unit of `result`: this many make the whole points of one observation."""
        return 1

    def asks(self) -> tuple[Ask, ...]:
        """Return what is entered for each of its answers."""
        reads = {frozenset[str](): MARK, frozenset({"count"}): OCCURRENCES if self.at_least_one else NUMBER}
        return tuple(Ask(ordinal, reads.get(self.reads, PAIR)) for ordinal in self.ordinals)

    @property
    def choosy(self) -> bool:
        """Say whether some answers cannot be used; only then is `admit` asked."""
        return False

    def admit(self, mark: Ints, count: Ints, base: Ints) -> Mask | None:
        """Say which answers can be used; None where any can."""
        return None

    def unfit(self, count: int, base: int) -> str:
        """Say why an answer that is not admitted cannot be used."""
        return f"数量 {count} 与基数 {base} 不符"

    def instead(self, mark: Mark) -> Mark | None:
        """Return a further answer that stands for what a clean one took away (ballots cast for the best option)."""
        return None

    def weight(self, record: View, cell: View) -> Fraction:
        """Return what one record is charged with, beside the others of its place (`cell`): its nominal deduction."""
        return Fraction(int(self.nominal(record)[0]))

    def unsettled(self, view: View) -> list[tuple[str, Mask]]:
        """Say why cells with answers have no result, and which: 等待仲裁."""
        return []

    @property
    def reads(self) -> frozenset[str]:
        """Return which of count and base this rule reads."""
        return self.columns

    def terms(self, view: View) -> list[Term]:
        """Break the loss of one cell (a view of width 1) down into lines; empty where one line says it all."""
        return []

    def numbers(self, view: View) -> Mapping[str, int]:
        """Return the numbers used, pooled, by name."""
        return {name: int(view.data[i].sum()) for i, name in enumerate(("examined", "qualified"))}


def observed(rule: Rule, count: Ints, qualified: int = 1) -> Ints:
    """Return the result of single examined observations, clipped, in units of 1/`rule.unit`.

    A share over observations keeps only whether each reached the line.
    """
    one, zero = np.ones_like(count), np.zeros_like(count)
    found = rule.rates(View(np.stack([one, one * qualified, zero, count, zero, zero])[:, np.newaxis, :]))
    if rule.frame.combiner == "share":
        reached = found.num * rule.frame.share_line.denominator >= found.den * rule.frame.share_line.numerator
        return reached.astype(np.int64) * rule.unit
    return integers(found.num * (rule.unit // found.den))


def single_ordinal(params: Params) -> tuple[int]:
    """Take the ordinal of a rule that reads one answer: 0 unless the standard says otherwise."""
    return (params.whole("ordinal", 0, most=999),)


def read_most(params: Params, frame: Frame) -> Fraction:
    """Take `cap`, the most points a deduction may take; never more than there are down to the floor."""
    deepest = frame.points - frame.floor * frame.points
    most = min(params.positive("cap", deepest), deepest) if params.has("cap") else deepest
    if not most:
        raise params.error("满分与最低分相同，无分可扣")
    return most


def deducted(lines: list[Term], most: Fraction) -> list[Term]:
    """Add what the cap or the floor spared to the lines of a deduction."""
    spared = -most - sum((line.points for line in lines), Fraction(0))
    return [*lines, Term("扣完为止，超出的不再扣", spared)] if spared > 0 else lines


def cost(count: Ints, each: int, most: int) -> Ints:
    """Return each × count, at most `most`, however large the count is."""
    return np.asarray(np.minimum(np.minimum(count, most // each + 1) * each, most)) if each else count * 0


def counted(mark: Ints, base: Ints) -> Mask:
    """Say which answers can be used where an examined one needs a base."""
    return np.asarray((base > 0) | ((mark != QUALIFIED) & (mark != NOT_QUALIFIED)), dtype=np.bool_)


Compiler = Callable[[Params, Frame], Rule]
