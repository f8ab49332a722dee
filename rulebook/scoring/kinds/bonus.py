"""Kind 22: bonus 加分: points for every honour by its level; which honours count is decided by `entries`."""

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

import numpy as np

from rulebook.scoring.columns import Cells, Ints, View, cells, times
from rulebook.scoring.exact import NBSP, plain
from rulebook.scoring.kinds.base import NUMBER, QUALIFIED, Ask, Frame, Mark, Rule, Term
from rulebook.scoring.kinds.events import check_frame, look_back, within
from rulebook.scoring.params import Params


@dataclass(frozen=True)
class Level:
    """A level of honour: its ordinal, its words, and what one is worth."""

    ordinal: int
    label: str
    points: Fraction


@dataclass(frozen=True, kw_only=True)
class Bonus(Rule):
    """+points for every honour; none recorded is none. `highest` and `months` are read by `entries` alone."""

    levels: tuple[Level, ...]
    highest: bool
    months: int
    name: ClassVar[str] = "bonus"
    label: ClassVar[str] = "加分"
    columns: ClassVar[frozenset[str]] = frozenset({"count"})
    roles: ClassVar[frozenset[str]] = frozenset({"bonus"})
    endless: ClassVar[frozenset[str]] = frozenset({"bonus"})

    @property
    def ordinals(self) -> tuple[int, ...]:
        """Return one ordinal for each level."""
        return tuple(level.ordinal for level in self.levels)

    def asks(self) -> tuple[Ask, ...]:
        """Ask how many of each level."""
        alone = len(self.levels) == 1
        return tuple(Ask(one.ordinal, NUMBER, "" if alone else one.label, "项", names=("项数",)) for one in self.levels)

    @property
    def scale(self) -> int:
        """Return the smallest s for which all points × s are whole."""
        return math.lcm(*(points.denominator for points in (self.frame.points, *(one.points for one in self.levels))))

    @property
    def unit(self) -> int:
        """Return the cap (or 1 point), scaled."""
        return int(self.frame.points * self.scale)

    def rates(self, view: View) -> Cells:
        """Form Σ points × honours ÷ cap, at most 1 where there is a cap."""
        gained = self.nominal(view)
        whole = np.ones(gained.shape, dtype=np.bool_)
        return cells(np.minimum(gained, self.unit) if self.frame.capped else gained, self.unit, whole)

    def nominal(self, view: View) -> Ints:
        """Return Σ points × honours, without the cap."""
        pairs = zip(self.levels, view.count, strict=True)
        parts = [times(count, int(level.points * self.scale)) for level, count in pairs]
        return sum(parts[1:], start=parts[0])

    def terms(self, view: View) -> list[Term]:
        """Write 国家级 5.00 × 2 项 for each level, and what the cap cut off."""
        lines = []
        for level, count in zip(self.levels, view.count[:, 0].tolist(), strict=True):
            if count:
                text = f"{level.label} {plain(level.points)} × {count}{NBSP}项"
                lines.append(Term(text, level.points * count, level.ordinal))
        over = sum((line.points for line in lines), Fraction(0)) - self.frame.points
        capped = self.frame.capped and over > 0
        return [*lines, Term(f"最多加 {plain(self.frame.points)} 分，超出的不计", -over)] if capped else lines

    def describe(self) -> str:
        """Say what each level is worth and what limits it."""
        said = ["；".join(f"{level.label} {plain(level.points)} 分" for level in self.levels)]
        said += [f"{within(self.months)}的才计"] * bool(self.months)
        said += ["同一项目同一年度只取最高"] * self.highest
        said += [f"最多加 {plain(self.frame.points)} 分"] * self.frame.capped
        return "；".join(said)

    def clean(self, mark: Mark) -> Mark:
        """Return the answer with no honour."""
        return mark._replace(mark=QUALIFIED, count=0)


def compile_rule(params: Params, frame: Frame) -> Rule:
    """Read levels (label, points, ordinal), highest: true, months; or `each` for one level."""
    check_frame(params, frame)
    levels = []
    for number, row in enumerate(params.rows("levels"), start=1):
        one = Params(params.key, row)
        levels.append(Level(one.whole("ordinal", number, most=99), one.text("label"), one.positive("points")))
        one.finish()
    if params.has("each") == bool(levels):
        raise params.error("“levels”和“each”要填一样，只填一样")
    if not levels:
        levels = [Level(params.whole("ordinal", 0, most=99), params.text("label", "加分"), params.positive("each"))]
    if len({level.ordinal for level in levels}) < len(levels) or len({level.label for level in levels}) < len(levels):
        raise params.error("“levels”的序号或名称重复")
    highest = params.flag("highest")
    if highest and len(levels) == 1:
        raise params.error("只有一档，“highest”不起作用")
    return Bonus(frame=frame, levels=tuple(levels), highest=highest, months=look_back(params))
