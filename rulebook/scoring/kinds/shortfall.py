"""Kind 5: shortfall 缺数扣分: a required number, of which some of a sub-kind; a deduction for each one missing.

In a cell with n present, m of them of the sub-kind (an answer of its own, at the next ordinal):
missing = max(N − n, M − m), or their sum; rate = 1 − min(missing × each, most) ÷ points.
Pattern: 每条线路各五站，每站至少 2 条公益广告，其中核心价值观至少 1 条，少一条扣 4 分.
"""

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

import numpy as np

from rulebook.scoring.columns import Cells, Ints, View, cells, times
from rulebook.scoring.exact import NBSP, plain
from rulebook.scoring.kinds.base import NUMBER, PAIR, QUALIFIED, Ask, Frame, Mark, Rule, Term, cost, deducted, read_most
from rulebook.scoring.params import Params

BEYOND = 1 << 40  # more than can be required: what nobody knows to be enough


@dataclass(frozen=True, kw_only=True)
class Shortfall(Rule):
    """−each for every one missing, at most `most` points in a cell.

    With one of the two numbers not examined, the cell has a result where the best and the worst case agree. What is
    not applicable is not demanded.
    """

    own: tuple[int, ...]
    required: tuple[int | None, ...]  # of all, of the sub-kind; None: the base of the answers
    part: str  # what the sub-kind is called
    adding: bool
    each: Fraction
    most: Fraction
    measure: str
    name: ClassVar[str] = "shortfall"
    label: ClassVar[str] = "缺数扣分"
    columns: ClassVar[frozenset[str]] = frozenset({"count", "base"})

    @property
    def ordinals(self) -> tuple[int, ...]:
        """Return the ordinal of all, and that of the sub-kind."""
        return self.own

    @property
    def reads(self) -> frozenset[str]:
        """Return base only where the required number is given with the answers."""
        return self.columns if None in self.required else frozenset({"count"})

    @property
    def scale(self) -> int:
        """Return the smallest s for which every deduction × s is whole."""
        return math.lcm(self.frame.points.denominator, self.most.denominator, self.each.denominator)

    @property
    def unit(self) -> int:
        """Return the full points, scaled."""
        return int(self.frame.points * self.scale)

    def asks(self) -> tuple[Ask, ...]:
        """Ask how many there are, and how many of the sub-kind."""
        labels = ("", f"其中{self.part}") if len(self.own) > 1 else ("",)
        rows = zip(self.own, self.required, labels, strict=True)
        return tuple(
            Ask(ordinal, NUMBER, label, self.measure, names=("实有数",))
            if required is not None
            else Ask(ordinal, PAIR, label, self.measure, between="，应有", names=("实有数", "应有数"))
            for ordinal, required, label in rows
        )

    def demanded(self, view: View) -> Ints:
        """Return what is required, of all and of the sub-kind, shape (parts, cells); 0 where it is not applicable."""
        rows = [
            view.base[row] if required is None else np.full(view.count.shape[1], required)
            for row, required in enumerate(self.required)
        ]
        return np.asarray(np.where((view.examined == 0) & (view.not_applicable > 0), 0, np.array(rows)))

    def missing(self, view: View, *, worst: bool) -> Ints:
        """Return how many of all and of the sub-kind are missing, shape (parts, cells), what is open taken one way."""
        seen = view.examined > 0
        open_ = ~seen & (view.not_applicable == 0)
        short = np.asarray(np.maximum(self.demanded(view) - view.count, 0))
        if len(self.own) == 1:
            return short
        fixed = [BEYOND if required is None else required for required in self.required]
        if worst:  # all that is there is of the sub-kind, or none of it
            guess = [np.maximum(fixed[0] - view.count[1], 0), np.full_like(short[1], fixed[1])]
        else:
            guess = [np.zeros_like(short[0]), np.maximum((self.required[1] or 0) - view.count[0], 0)]
        return np.asarray(np.where(open_, np.array(guess), short))

    def together(self, short: Ints) -> Ints:
        """Return how many are missing in all."""
        return np.asarray(short.sum(axis=0) if self.adding else short.max(axis=0))

    def lost(self, view: View, *, worst: bool) -> Ints:
        """Return the deduction of each cell, scaled."""
        each, most = int(self.each * self.scale), int(self.most * self.scale)
        return cost(self.together(self.missing(view, worst=worst)), each, most)

    def rates(self, view: View) -> Cells:
        """Form 1 − min(each × missing, most) ÷ points where the best and the worst case agree."""
        lost = self.lost(view, worst=True)
        valid = view.touched & (lost == self.lost(view, worst=False)).astype(np.bool_)
        return cells(self.unit - lost, self.unit, valid)

    def nominal(self, view: View) -> Ints:
        """Return each × what is known to be missing, unclipped."""
        short = np.where(view.examined > 0, self.demanded(view) - view.count, 0)
        return times(self.together(np.maximum(short, 0)), int(self.each * self.scale))

    def terms(self, view: View) -> list[Term]:
        """Write 应有 2 处，实有 1 处，缺 1 处 × 4.00."""
        wanted, short = self.demanded(view)[:, 0].tolist(), self.missing(view, worst=False)[:, 0].tolist()
        chosen = range(len(self.own)) if self.adding else [short.index(max(short))]
        lines = []
        for row in chosen:
            if short[row]:
                what = f"其中{self.part}" if row else ""
                said = (
                    f"{what}应有 {wanted[row]}{NBSP}{self.measure}，实有 {int(view.count[row, 0])}{NBSP}{self.measure}"
                )
                text = f"{said}，缺 {short[row]}{NBSP}{self.measure} × {plain(self.each)}"
                lines.append(Term(text, -self.each * short[row], self.own[row]))
        return deducted(lines, self.most)

    def describe(self) -> str:
        """Say what is required and what each one missing costs."""
        numbers = ["按记录填的应有数" if one is None else f"应有 {one} {self.measure}" for one in self.required]
        part = f"，其中{self.part}{numbers[1]}" if len(numbers) > 1 else ""
        both = ("，两样缺的合计" if self.adding else "，两样取缺得多的") if part else ""
        each = f"每缺 1 {self.measure}扣 {plain(self.each)} 分"
        return f"{numbers[0]}{part}；{each}{both}；最多扣 {plain(self.most)} 分"

    def clean(self, mark: Mark) -> Mark:
        """Return the answer with all that is required."""
        required = self.required[self.own.index(mark.ordinal)]
        return mark._replace(mark=QUALIFIED, count=max(mark.count, mark.base if required is None else required))


def read_required(params: Params, name: str) -> int | None:
    """Take a required number; None for the word base."""
    return None if params.says(name, "base") else params.whole(name, least=1)


def compile_rule(params: Params, frame: Frame) -> Rule:
    """Read required, of_which, of_which_label, each, missing: max or sum, cap, measure 量词."""
    first, parted = params.whole("ordinal", 0, most=998), params.has("of_which")
    required = [read_required(params, "required"), *([read_required(params, "of_which")] if parted else [])]
    if not parted and (params.has("missing") or params.has("of_which_label")):
        raise params.error("没有填“of_which”，“missing”和“of_which_label”不起作用")
    if parted and None not in required and required[1] > required[0]:  # type: ignore[operator]
        raise params.error(f"“of_which”是其中的一部分，不能大于“required”，现在是 {required[1]}")
    if frame.cell == "observation" and (parted or None in required):
        raise params.error("有“of_which”或应有数随记录填写时不能逐条计算，“cell”请改为 place")
    return Shortfall(
        frame=frame,
        own=(first, first + 1) if parted else (first,),
        required=tuple(required),
        part=params.text("of_which_label", "所要的类别"),
        adding=params.choice("missing", ("max", "sum"), "max") == "sum",
        each=params.positive("each"),
        most=read_most(params, frame),
        measure=params.text("measure", "处"),
    )
