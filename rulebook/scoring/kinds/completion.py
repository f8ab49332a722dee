"""Kind 10: completion 完成情况: all done gives all, a part its part, nothing gives nothing and may close a branch.

rate = min(done ÷ planned, 1), or a measured value in per cent; below `least` nothing is given.
Pattern: 全面完成得满分，部分完成按比例得分，未完成影响验收的不得分.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

import numpy as np

from rulebook.scoring.columns import Cells, Ints, Mask, View, cells, times
from rulebook.scoring.exact import plain
from rulebook.scoring.kinds.base import (
    MEASURE,
    PAIR,
    QUALIFIED,
    Ask,
    Frame,
    Mark,
    Rule,
    Term,
    counted,
    single_ordinal,
)
from rulebook.scoring.params import Params

HUNDRED = 100 * 1000  # 100 % as a measured value


@dataclass(frozen=True, kw_only=True)
class Completion(Rule):
    """Done ÷ planned (`by_plan`), or the mean of measured per cents."""

    own: tuple[int]
    by_plan: bool
    least: Fraction
    gate: str  # none, part, or empty: what closes the target
    name: ClassVar[str] = "completion"
    label: ClassVar[str] = "完成情况"
    columns: ClassVar[frozenset[str]] = frozenset({"count", "base"})
    closes: ClassVar[bool] = True

    @property
    def ordinals(self) -> tuple[int, ...]:
        """Return the one ordinal it reads."""
        return self.own

    @property
    def unit(self) -> int:
        """Return a measured 100 %."""
        return HUNDRED

    @property
    def reads(self) -> frozenset[str]:
        """Return base only where there is a plan."""
        return self.columns if self.by_plan else frozenset({"count"})

    def asks(self) -> tuple[Ask, ...]:
        """Ask what was done of what was planned, or the per cent."""
        if self.by_plan:
            return (Ask(self.own[0], PAIR, between="完成，计划", names=("完成数", "计划数")),)
        return (Ask(self.own[0], MEASURE, measure="%", size=1000, names=("完成率",)),)

    @property
    def choosy(self) -> bool:
        """Look at single answers where each needs its plan."""
        return self.by_plan

    def admit(self, mark: Ints, count: Ints, base: Ints) -> Mask | None:
        """Refuse something done without a plan."""
        return counted(mark, base) if self.by_plan else None

    def unfit(self, count: int, base: int) -> str:
        """Say that the plan is missing."""
        return "没有填计划数"

    def rates(self, view: View) -> Cells:
        """Form what was done, nothing below `least`; marked where the target is closed."""
        planned = view.base[0] if self.by_plan else times(view.examined[0], HUNDRED)
        valid = (view.examined[0] > 0) & (planned > 0)
        planned = np.where(valid, planned, 1)
        done = np.minimum(view.count[0], planned)
        reached = times(done, self.least.denominator) >= times(planned, self.least.numerator)
        done = np.where(reached, done, 0)
        closed = {"": np.zeros(valid.shape, dtype=np.bool_), "none": done == 0, "part": done < planned}[self.gate]
        return cells(done, planned, valid, valid & closed)

    def nominal(self, view: View) -> Ints:
        """Return what was not done."""
        found = self.rates(view)
        return np.where(found.valid, found.den - found.num, 0)

    def terms(self, view: View) -> list[Term]:
        """Write 完成 60%."""
        found = self.rates(view)
        if not found.valid[0] or found.num[0] == found.den[0]:
            return []
        whole = view.base[0, 0] if self.by_plan else view.examined[0, 0] * HUNDRED
        done = Fraction(int(view.count[0, 0]), int(whole))
        said = f"完成 {plain(done * 100, 0)}%"
        short = "" if found.num[0] else "，不得分" if not done else f"，不到 {plain(self.least * 100, 0)}%，不得分"
        lost = self.frame.points * (1 - Fraction(int(found.num[0]), int(found.den[0])))
        return [Term(said + short, -lost, self.own[0])]

    def describe(self) -> str:
        """Say what is given for what is done."""
        what = "完成数 ÷ 计划数" if self.by_plan else "完成的百分数"
        least = f"；不到 {plain(self.least * 100, 0)}% 的不得分" if self.least else ""
        closed = {"": "", "none": "；没有得分的", "part": "；没有全部完成的"}[self.gate]
        gate = f"{closed}，“{self.frame.target_name}”整项不得分" if closed else ""
        return f"按{what}得分，最多得满分{least}{gate}"

    def clean(self, mark: Mark) -> Mark:
        """Return the answer with all done."""
        return mark._replace(mark=QUALIFIED, count=max(mark.count, mark.base if self.by_plan else HUNDRED))


def compile_rule(params: Params, frame: Frame) -> Rule:
    """Read value: ratio or measure, least, gate: none or part (with `target`, taken with the frame)."""
    by_plan = params.choice("value", ("ratio", "measure"), "ratio") == "ratio"
    if by_plan and frame.cell == "observation":
        raise params.error("完成数 ÷ 计划数不能逐条计算，“cell”请改为 place、unit 或 pooled")
    gate = params.choice("gate", ("none", "part")) if params.has("gate") else ""
    if bool(gate) != bool(frame.target):
        raise params.error("“gate”和“target”要一起填：什么情况下，哪个指标整项不得分")
    if gate and frame.cell == "observation":
        raise params.error("影响上级的完成情况不能逐条计算，“cell”请改为 place")
    return Completion(
        frame=frame, own=single_ordinal(params), by_plan=by_plan, least=params.share("least", "0"), gate=gate
    )
