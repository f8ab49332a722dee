"""Kind 15: per step 分段扣分: from a line, a deduction for each whole step, or in proportion."""

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

import numpy as np

from rulebook.scoring.columns import Cells, Ints, View, cells, times
from rulebook.scoring.exact import plain
from rulebook.scoring.kinds.base import QUALIFIED, Ask, Frame, Mark, Rule, Term, read_most, single_ordinal
from rulebook.scoring.kinds.values import Value, read_better, read_value
from rulebook.scoring.params import Params


@dataclass(frozen=True, kw_only=True)
class PerStep(Rule):
    """Full at the line; −each for every step the value is worse, at most `most`."""

    own: tuple[int]
    value: Value
    line: Fraction
    step: Fraction
    each: Fraction
    most: Fraction
    whole: bool
    higher: bool
    name: ClassVar[str] = "per_step"
    label: ClassVar[str] = "分段扣分"
    columns: ClassVar[frozenset[str]] = frozenset({"count", "base"})

    @property
    def ordinals(self) -> tuple[int, ...]:
        """Return the one ordinal it reads."""
        return self.own

    @property
    def unit(self) -> int:
        """Return the denominator of a single observation's rate."""
        cost = self.each / self.frame.points
        least = math.lcm(cost.denominator, (self.most / self.frame.points).denominator)
        if self.whole:
            return least
        common = math.lcm((self.line / self.step).denominator, (1 / self.step).denominator)
        return least * common * self.value.factor.denominator * 1000

    def short(self, view: View) -> tuple[Ints, Ints, Ints]:
        """Return how many steps short each cell is (numerator ≥ 0, denominator), and where it is known."""
        num, den, valid = self.value.read(view)
        lines, size = self.line / self.step, 1 / self.step
        common = math.lcm(lines.denominator, size.denominator)
        gap = times(den, int(lines * common)) - times(num, int(size * common))
        return np.maximum(gap if self.higher else -gap, 0), times(den, common), valid

    def rates(self, view: View) -> Cells:
        """Form 1 − min(each × steps, most) ÷ points."""
        short, per, valid = self.short(view)
        cost, most = self.each / self.frame.points, self.most / self.frame.points
        common = math.lcm(cost.denominator, most.denominator)
        if self.whole:
            short, per = short // per, np.ones_like(per)
        den = times(per, common)
        lost = np.minimum(times(short, int(cost * common)), times(per, int(most * common)))
        return cells(den - lost, den, valid)

    def nominal(self, view: View) -> Ints:
        """Return the loss of each cell in millionths of a step (whole steps first)."""
        short, per, valid = self.short(view)
        return np.where(valid, short // per if self.whole else times(short, 10**6) // per, 0)

    def asks(self) -> tuple[Ask, ...]:
        """Ask the value."""
        return (self.value.ask(self.own[0]),)

    def terms(self, view: View) -> list[Term]:
        """Write 实测值 93.4%，低于 95% 一步扣 1.00."""
        num, den, valid = self.value.read(view)
        if not valid[0]:
            return []
        short, per, _ = self.short(view)
        steps = Fraction(int(short[0]), int(per[0]))
        steps = Fraction(math.floor(steps)) if self.whole else steps
        value = self.value.write(Fraction(int(num[0]), int(den[0])))
        text = f"{self.value.word} {value}，{'差' if self.higher else '超'} {plain(steps, 0)} 档"
        return [Term(text, -min(steps * self.each, self.most), self.own[0])] if steps else []

    def describe(self) -> str:
        """Say the line, the step and its cost."""
        worse = "低于" if self.higher else "高于"
        rest = "不足一档不扣" if self.whole else "不足一档按比例扣"
        line, step = self.value.write(self.line), self.value.write(self.step)
        return f"{worse} {line} 的，每 {step} 扣 {plain(self.each)} 分，{rest}，最多扣 {plain(self.most)} 分"

    def clean(self, mark: Mark) -> Mark:
        """Return the answer with a value on the line, or the better one it had."""
        per = mark.base if self.value.source == "ratio" else 1000
        exact = self.line * per / self.value.factor
        good = max(math.ceil(exact), mark.count) if self.higher else min(math.floor(exact), mark.count)
        return mark._replace(mark=QUALIFIED, count=mark.count if self.value.source == "pass_rate" else max(good, 0))


def compile_rule(params: Params, frame: Frame) -> Rule:
    """Read value, line, step, each, mode: whole or proportion, better: higher or lower, cap."""
    if not frame.points:
        raise params.error("分段扣分的分值要大于 0")
    value = read_value(params, frame)
    return PerStep(
        frame=frame,
        own=single_ordinal(params),
        value=value,
        line=params.number("line"),
        step=params.positive("step", "1"),
        each=params.positive("each"),
        most=read_most(params, frame),
        whole=params.choice("mode", ("whole", "proportion")) == "whole",
        higher=read_better(params, value),
    )
