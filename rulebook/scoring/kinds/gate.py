"""Kind 6: gate 前提条件: not met → this item, or a named branch, gets 0."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

import numpy as np

from rulebook.scoring.columns import Cells, Ints, View, cells, times
from rulebook.scoring.exact import plain
from rulebook.scoring.kinds.base import QUALIFIED, Frame, Mark, Rule, Term, single_ordinal
from rulebook.scoring.params import Params


@dataclass(frozen=True, kw_only=True)
class Gate(Rule):
    """The cell passes when at least `least` of its observations were qualified; not examined: no effect."""

    own: tuple[int]
    least: Fraction
    name: ClassVar[str] = "gate"
    label: ClassVar[str] = "前提条件"
    columns: ClassVar[frozenset[str]] = frozenset()
    by_mark: ClassVar[bool] = True
    roles: ClassVar[frozenset[str]] = frozenset({""})
    closes: ClassVar[bool] = True

    @property
    def ordinals(self) -> tuple[int, ...]:
        """Return the one ordinal it reads."""
        return self.own

    def rates(self, view: View) -> Cells:
        """Form 1 or 0 in each cell; a cell of 0 is marked."""
        examined, valid = view.examined[0], view.examined[0] > 0
        passed = times(view.qualified[0], self.least.denominator) >= times(examined, self.least.numerator)
        return cells(passed.astype(np.int64), 1, valid, valid & ~passed.astype(np.bool_))

    def nominal(self, view: View) -> Ints:
        """Return how many observations were not qualified."""
        return view.examined[0] - view.qualified[0]  # type: ignore[no-any-return]

    def terms(self, view: View) -> list[Term]:
        """Write that the condition was not met."""
        failed = bool(self.rates(view).marked[0])
        return [Term("前提条件不符合，本项不得分", -self.frame.points, self.own[0])] if failed else []

    def describe(self) -> str:
        """Say what happens when the condition is not met."""
        what = "本项" if self.frame.target is None else f"“{self.frame.target_name}”整项"
        line = "不符合" if self.least == 1 else f"符合的不足 {plain(self.least * 100, 0)}%"
        return f"{line}的，{what}不得分"

    def clean(self, mark: Mark) -> Mark:
        """Return the condition as met."""
        return mark._replace(mark=QUALIFIED)


def compile_rule(params: Params, frame: Frame) -> Rule:
    """Read `least`, the share that must be qualified; `target` was taken with the frame."""
    least = params.positive("least", "1")
    if least > 1:
        raise params.error("“least”是比例，不能大于 1")
    return Gate(frame=frame, own=single_ordinal(params), least=least)
