"""Kind 4: a deduction for every occurrence 逐处扣分, with floor, cap and classes of severity."""

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

import numpy as np

from rulebook.scoring.columns import Cells, Ints, View, cells, times
from rulebook.scoring.exact import NBSP, plain
from rulebook.scoring.kinds.base import QUALIFIED, Frame, Mark, Rule, Term, single_ordinal
from rulebook.scoring.params import Params


@dataclass(frozen=True)
class Severity:
    """A class of severity: its ordinal, its words, and what one occurrence costs."""

    ordinal: int
    label: str
    each: Fraction


@dataclass(frozen=True, kw_only=True)
class PerOccurrence(Rule):
    """−each for every occurrence, at most `most` points in a cell."""

    severities: tuple[Severity, ...]
    most: Fraction
    measure: str
    name: ClassVar[str] = "per_occurrence"
    label: ClassVar[str] = "逐处扣分"
    columns: ClassVar[frozenset[str]] = frozenset({"count"})
    at_least_one: ClassVar[bool] = True
    endless: ClassVar[frozenset[str]] = frozenset({"deduction"})

    @property
    def ordinals(self) -> tuple[int, ...]:
        """Return one ordinal for each class of severity."""
        return tuple(severity.ordinal for severity in self.severities)

    @property
    def scale(self) -> int:
        """Return the smallest s for which every deduction × s is whole."""
        amounts = (self.frame.points, self.most, *(s.each for s in self.severities))
        return math.lcm(*(amount.denominator for amount in amounts))

    @property
    def unit(self) -> int:
        """Return the full points, scaled."""
        return int(self.frame.points * self.scale)

    def rates(self, view: View) -> Cells:
        """Form 1 − min(Σ each × count, most) ÷ points; examined as soon as one class was."""
        most = int(self.most * self.scale)
        loss = np.zeros(view.count.shape[1], dtype=np.int64)
        for severity, count in zip(self.severities, view.count, strict=True):
            each = int(severity.each * self.scale)
            loss = loss + np.minimum(count, most // each + 1) * each
        return cells(self.unit - np.minimum(loss, most), self.unit, view.touched)

    def nominal(self, view: View) -> Ints:
        """Return Σ each × count, unclipped."""
        each = [int(severity.each * self.scale) for severity in self.severities]
        parts = [times(count, cost) for cost, count in zip(each, view.count, strict=True)]
        return sum(parts[1:], start=parts[0])

    def terms(self, view: View) -> list[Term]:
        """Write 逐处扣 0.10 × 7 处 for each class, and what the floor spared."""
        lines = []
        for severity, count in zip(self.severities, view.count[:, 0].tolist(), strict=True):
            if count:
                text = f"{severity.label} {plain(severity.each)} × {count}{NBSP}{self.measure}"
                lines.append(Term(text, -severity.each * count, severity.ordinal))
        spared = -self.most - sum((line.points for line in lines), Fraction(0))
        return [*lines, Term("扣完为止，超出的不再扣", spared)] if spared > 0 else lines

    def describe(self) -> str:
        """Say what each occurrence costs and where it ends."""
        each = "；".join(f"{s.label} {plain(s.each)} 分" for s in self.severities)
        return f"{each}；最多扣 {plain(self.most)} 分" if self.frame.capped else each

    def clean(self, mark: Mark) -> Mark:
        """Return the answer with nothing found."""
        return mark._replace(mark=QUALIFIED, count=0)


def read_severities(params: Params) -> tuple[Severity, ...]:
    """Take `each`, or a list of classes `severities`; the two exclude each other."""
    rows = params.rows("severities")
    if not rows:
        (ordinal,) = single_ordinal(params)
        return (Severity(ordinal, params.text("label", "逐处扣"), params.positive("each")),)
    if params.has("each"):
        raise params.error("“each”与“severities”只能填一样")
    found = []
    for number, row in enumerate(rows, start=1):
        one = Params(params.key, row)
        ordinal = one.whole("ordinal", number, most=999)
        found.append(Severity(ordinal, one.text("label", "逐处扣"), one.positive("each")))
        one.finish()
    return tuple(found)


def compile_rule(params: Params, frame: Frame) -> Rule:
    """Read each | severities, cap 最多扣, floor 最低分 (taken with the frame), measure 量词."""
    severities = read_severities(params)
    if len({s.ordinal for s in severities}) < len(severities):
        raise params.error("“severities”的序号重复")
    if frame.cell == "observation" and len(severities) > 1:
        raise params.error("分轻重的逐处扣分不能逐条计算，“cell”请改为 place")
    deepest = frame.points - frame.floor * frame.points
    most = min(params.positive("cap", deepest) if params.has("cap") else deepest, deepest)
    if not most:
        raise params.error("满分与最低分相同，无分可扣")
    return PerOccurrence(frame=frame, severities=severities, most=most, measure=params.text("measure", "处"))
