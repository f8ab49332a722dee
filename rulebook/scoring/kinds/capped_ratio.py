"""Kind 3: capped ratio 按比例得分: n ÷ required × points, at most full."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

import numpy as np

from rulebook.scoring.columns import Cells, Ints, View, cells, times
from rulebook.scoring.exact import plain
from rulebook.scoring.kinds.base import MEASURE, NUMBER, PAIR, QUALIFIED, Ask, Frame, Mark, Rule, single_ordinal
from rulebook.scoring.params import Params


@dataclass(frozen=True, kw_only=True)
class CappedRatio(Rule):
    """The count ÷ a required count: fixed for a cell, or the base given with the answers."""

    own: tuple[int]
    required: Fraction | None  # None: the answers' base
    step: int  # what a count of 1 is worth: 1, or 1000 where values are measured
    name: ClassVar[str] = "capped_ratio"
    label: ClassVar[str] = "按比例得分"
    columns: ClassVar[frozenset[str]] = frozenset({"count", "base"})

    @property
    def ordinals(self) -> tuple[int, ...]:
        """Return the one ordinal it reads."""
        return self.own

    @property
    def unit(self) -> int:
        """Return the required count × step as an integer."""
        return 1 if self.required is None else (self.required * self.step).numerator

    @property
    def worth(self) -> int:
        """Return what each unit of count adds, in `unit`."""
        return 1 if self.required is None else (self.required * self.step).denominator

    def asks(self) -> tuple[Ask, ...]:
        """Ask what there is, and what there should be where it is given with the answers."""
        if self.required is None:
            return (Ask(self.own[0], PAIR, between="，应有", size=self.step, names=("实有数", "应有数")),)
        return (Ask(self.own[0], MEASURE if self.step == 1000 else NUMBER, size=self.step, names=("实有数",)),)

    def rates(self, view: View) -> Cells:
        """Form min(count, required) ÷ required."""
        count, base, examined = view.count[0], view.base[0], view.examined[0] > 0
        if self.required is None:
            needed = times(base, self.step)
            return cells(np.minimum(count, needed), np.where(needed > 0, needed, 1), examined & (needed > 0))
        enough = np.minimum(count, self.unit // self.worth + 1) * self.worth
        return cells(np.minimum(enough, self.unit), self.unit, examined)

    def nominal(self, view: View) -> Ints:
        """Return what is missing in each cell."""
        found = self.rates(view)
        return found.den - found.num

    def describe(self) -> str:
        """Say what is divided by what."""
        required = "应有数" if self.required is None else plain(self.required, 0)
        return f"实有数 ÷ {required} × 分值，最多得满分"

    def clean(self, mark: Mark) -> Mark:
        """Return the answer with all that is required."""
        enough = mark.base * self.step if self.required is None else -(-self.unit // self.worth)
        return mark._replace(mark=QUALIFIED, count=max(mark.count, enough))


def compile_rule(params: Params, frame: Frame) -> Rule:
    """Read `required` (a number, or "base"), and `number`: a plain count or a measured value."""
    own = single_ordinal(params)
    step = 1000 if params.choice("number", ("count", "measure"), "count") == "measure" else 1
    by_base = params.says("required", "base")
    if by_base and frame.cell == "observation":
        raise params.error("应有数随记录填写时不能逐条计算，“cell”请改为 place")
    required = None if by_base else params.positive("required")
    return CappedRatio(frame=frame, own=own, required=required, step=step)
