"""Kind 7: density 按长度折算: so many for every length walked, scaled to the length that was walked, rounded up.

required = ⌈N × walked ÷ L⌉; then count ÷ required at most full (ratio), all or nothing (all), or − each for every one
missing (each). Pattern: 主次干道 500 米内不少于 3 处公益广告; 行走 300 米看到 5 处.
"""

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

import numpy as np

from rulebook.scoring.columns import Cells, Ints, Mask, View, cells, times
from rulebook.scoring.exact import NBSP, plain
from rulebook.scoring.kinds.base import (
    PAIR,
    QUALIFIED,
    Ask,
    Frame,
    Mark,
    Rule,
    Term,
    cost,
    counted,
    deducted,
    read_most,
    single_ordinal,
)
from rulebook.scoring.kinds.measures import read_length
from rulebook.scoring.params import Params


@dataclass(frozen=True, kw_only=True)
class Density(Rule):
    """The count against what the metres walked (`base`) require; `each` 0 where nothing is deducted one by one."""

    own: tuple[int]
    required: int
    length: Fraction  # in `measure`
    measure: str
    metres: int  # in one `measure`
    result: str  # ratio, all or each
    each: Fraction
    most: Fraction
    name: ClassVar[str] = "density"
    label: ClassVar[str] = "按长度折算"
    columns: ClassVar[frozenset[str]] = frozenset({"count", "base"})

    @property
    def ordinals(self) -> tuple[int, ...]:
        """Return the one ordinal it reads."""
        return self.own

    @property
    def scale(self) -> int:
        """Return the smallest s for which every deduction × s is whole."""
        return math.lcm(self.frame.points.denominator, self.most.denominator, self.each.denominator)

    def asks(self) -> tuple[Ask, ...]:
        """Ask how many, on how long a way."""
        names = ("处数", f"走的{self.measure}数")
        return (Ask(self.own[0], PAIR, measure=self.measure, between="处，走了", base_size=self.metres, names=names),)

    @property
    def choosy(self) -> bool:
        """Look at single answers: each needs its length."""
        return True

    def admit(self, mark: Ints, count: Ints, base: Ints) -> Mask | None:
        """Refuse a count without the length walked."""
        return counted(mark, base)

    def unfit(self, count: int, base: int) -> str:
        """Say that the length is missing."""
        return f"没有填走了多少{self.measure}"

    def needed(self, walked: Ints) -> Ints:
        """Return how many the length walked requires."""
        per = Fraction(self.required) / (self.length * self.metres)
        return np.asarray(-(-times(walked, per.numerator) // per.denominator))

    def rates(self, view: View) -> Cells:
        """Form the rate of each cell by its `result`."""
        count, valid = view.count[0], (view.examined[0] > 0) & (view.base[0] > 0)
        needed = np.where(valid, self.needed(view.base[0]), 1)
        if self.result == "ratio":
            return cells(np.minimum(count, needed), needed, valid)
        if self.result == "all":
            return cells((count >= needed).astype(np.int64), 1, valid)
        full, each, most = (int(value * self.scale) for value in (self.frame.points, self.each, self.most))
        return cells(full - cost(np.maximum(needed - count, 0), each, most), full, valid)

    def nominal(self, view: View) -> Ints:
        """Return how many are missing."""
        return np.asarray(np.maximum(self.needed(view.base[0]) - view.count[0], 0))

    def terms(self, view: View) -> list[Term]:
        """Write 走 300 米应有 2 处，实有 1 处."""
        found, missing = self.rates(view), int(self.nominal(view)[0])
        if not found.valid[0] or not missing:
            return []
        walked = f"{plain(Fraction(int(view.base[0, 0]), self.metres), 0)}{NBSP}{self.measure}"
        said = f"走 {walked}应有 {int(self.needed(view.base[0])[0])}{NBSP}处，实有 {int(view.count[0, 0])}{NBSP}处"
        if self.result == "each":
            text = f"{said}，缺 {missing}{NBSP}处 × {plain(self.each)}"
            return deducted([Term(text, -self.each * missing, self.own[0])], self.most)
        lost = self.frame.points * (1 - Fraction(int(found.num[0]), int(found.den[0])))
        return [Term(said if self.result == "ratio" else f"{said}，不得分", -lost, self.own[0])]

    def describe(self) -> str:
        """Say what is required, and what comes of less."""
        rest = {
            "ratio": "按实有数 ÷ 应有数得分，最多得满分",
            "all": "够数得满分，不够不得分",
            "each": f"每缺 1 处扣 {plain(self.each)} 分，最多扣 {plain(self.most)} 分",
        }[self.result]
        per = f"每 {plain(self.length, 0)} {self.measure}应有 {self.required} 处"
        return f"{per}，按走的长度折算，不足 1 处的进为 1 处；{rest}"

    def clean(self, mark: Mark) -> Mark:
        """Return the answer with all that its length requires."""
        needed = int(self.needed(np.array([mark.base]))[0])
        return mark._replace(mark=QUALIFIED, count=max(mark.count, needed))


def compile_rule(params: Params, frame: Frame) -> Rule:
    """Read required, length, measure 米 or 公里, result: ratio, all or each (with `each` and cap)."""
    if frame.cell == "observation":
        raise params.error("按长度折算不能逐条计算，“cell”请改为 place、unit 或 pooled")
    result = params.choice("result", ("ratio", "all", "each"), "ratio")
    if result != "each" and (params.has("each") or params.has("cap")):
        raise params.error("每缺一处扣多少（“each”“cap”）只与 result: each 合用")
    measure, metres = read_length(params)
    return Density(
        frame=frame,
        own=single_ordinal(params),
        required=params.whole("required", least=1),
        length=params.positive("length"),
        measure=measure,
        metres=metres,
        result=result,
        each=params.positive("each") if result == "each" else Fraction(0),
        most=read_most(params, frame) if result == "each" else Fraction(0),
    )
