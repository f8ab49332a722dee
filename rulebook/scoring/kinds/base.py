"""What every kind of rule is: how it reads its settings, forms rates in cells, and names what was lost."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, NamedTuple

import numpy as np

from rulebook.scoring.columns import Cells, Ints, Mask, View, integers
from rulebook.scoring.params import Params

CELLS = ("observation", "place", "unit", "pooled")
COMBINERS = ("mean", "mean_by_type", "worst", "share", "sum")
UNEXAMINED, QUALIFIED, NOT_QUALIFIED, NOT_APPLICABLE = range(4)


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

    @property
    def choosy(self) -> bool:
        """Say whether some answers cannot be used; only then is `admit` asked."""
        return False

    def admit(self, mark: Ints, count: Ints, base: Ints) -> Mask | None:
        """Say which answers can be used; None where any can."""
        return None

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


Compiler = Callable[[Params, Frame], Rule]
