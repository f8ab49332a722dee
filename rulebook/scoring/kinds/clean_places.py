"""Kind 22: clean places 无问题点位: +x for each, times t when there are at least n of them in the round."""

from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import ClassVar

import numpy as np

from rulebook.scoring.columns import Cells, Ints, View, cells, times
from rulebook.scoring.exact import NBSP, plain
from rulebook.scoring.kinds.base import QUALIFIED, Frame, Mark, Rule, Term, single_ordinal
from rulebook.scoring.kinds.events import check_frame
from rulebook.scoring.params import Params


@dataclass(frozen=True, kw_only=True)
class CleanPlaces(Rule):
    """A qualified mark is a clean place; where none is given, `marking` makes them from the other answers."""

    own: tuple[int]
    each: Fraction
    least: int  # from this many on all of them count `factor` times; 0: never
    factor: Fraction
    name: ClassVar[str] = "clean_places"
    label: ClassVar[str] = "无问题点位加分"
    columns: ClassVar[frozenset[str]] = frozenset()
    by_mark: ClassVar[bool] = True
    derived: ClassVar[bool] = True
    roles: ClassVar[frozenset[str]] = frozenset({"bonus"})
    endless: ClassVar[frozenset[str]] = frozenset({"bonus"})

    @property
    def ordinals(self) -> tuple[int, ...]:
        """Return the one ordinal it reads."""
        return self.own

    @property
    def scale(self) -> int:
        """Return the smallest s for which all points × s are whole."""
        return lcm(self.frame.points.denominator, self.each.denominator, (self.each * self.factor).denominator)

    @property
    def unit(self) -> int:
        """Return the cap (or 1 point), scaled."""
        return int(self.frame.points * self.scale)

    def many(self, clean: Ints) -> Ints:
        """Say where there are enough clean places for the factor."""
        return (clean >= self.least) & (self.least > 0)

    def rates(self, view: View) -> Cells:
        """Form clean places × each (× factor) ÷ cap, at most 1 where there is a cap."""
        clean = view.qualified[0]
        each = int(self.each * self.scale)
        more = int(self.each * self.factor * self.scale)
        gained = np.where(self.many(clean), times(clean, more), times(clean, each))
        whole = np.ones(clean.shape, dtype=np.bool_)
        return cells(np.minimum(gained, self.unit) if self.frame.capped else gained, self.unit, whole)

    def nominal(self, view: View) -> Ints:
        """Return how many places are clean."""
        return view.qualified[0]  # type: ignore[no-any-return]

    def terms(self, view: View) -> list[Term]:
        """Write 无问题点位 2.00 × 4 处, what the factor added and the cap cut off."""
        clean = int(view.qualified[0, 0])
        if not clean:
            return []
        lines = [Term(f"无问题点位 {plain(self.each)} × {clean}{NBSP}处", self.each * clean, self.own[0])]
        if self.many(view.qualified[0])[0]:
            more = self.each * clean * (self.factor - 1)
            lines.append(Term(f"达到 {self.least}{NBSP}处，加倍为 {plain(self.factor, 0)}{NBSP}倍", more))
        over = sum((line.points for line in lines), Fraction(0)) - self.frame.points
        capped = self.frame.capped and over > 0
        return [*lines, Term(f"最多加 {plain(self.frame.points)} 分，超出的不计", -over)] if capped else lines

    def describe(self) -> str:
        """Say what each clean place adds."""
        said = [f"每处无问题的点位加 {plain(self.each)} 分"]
        said += [f"{self.least} 处以上的按 {plain(self.factor, 0)} 倍加"] * bool(self.least)
        said += [f"最多加 {plain(self.frame.points)} 分"] * self.frame.capped
        return "；".join(said)

    def clean(self, mark: Mark) -> Mark:
        """Return the place as clean."""
        return mark._replace(mark=QUALIFIED)


def compile_rule(params: Params, frame: Frame) -> Rule:
    """Read each, and from (places) with times."""
    check_frame(params, frame)
    if frame.cell == "place":
        raise params.error("无问题点位要数有几处，“cell”请改为 unit 或 pooled")
    if params.has("from") != params.has("times"):
        raise params.error("“from”和“times”要么都填，要么都不填")
    least = params.whole("from", least=2) if params.has("from") else 0
    factor = params.positive("times", "1")
    if least and factor <= 1:
        raise params.error(f"“times”要大于 1，现在是 {plain(factor, 0)}")
    return CleanPlaces(
        frame=frame, own=single_ordinal(params), each=params.positive("each"), least=least, factor=factor
    )
