"""Kind 9: pass rate 合格率: qualified ÷ examined; cell and combiner decide the weighting."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from rulebook.scoring.columns import Cells, Ints, Mask, View, cells
from rulebook.scoring.exact import NBSP
from rulebook.scoring.kinds.base import PAIR, QUALIFIED, Ask, Frame, Mark, Rule, Term, counted, single_ordinal
from rulebook.scoring.params import Params


@dataclass(frozen=True, kw_only=True)
class PassRate(Rule):
    """Qualified marks ÷ examined marks, or qualified pieces (count) ÷ pieces examined (base)."""

    own: tuple[int]
    pieces: bool
    name: ClassVar[str] = "pass_rate"
    label: ClassVar[str] = "合格率"
    columns: ClassVar[frozenset[str]] = frozenset({"count", "base"})
    by_mark: ClassVar[bool] = True

    @property
    def reads(self) -> frozenset[str]:
        """Return count and base only where pieces are counted."""
        return self.columns if self.pieces else frozenset()

    @property
    def ordinals(self) -> tuple[int, ...]:
        """Return the one ordinal it reads."""
        return self.own

    def rates(self, view: View) -> Cells:
        """Form the rate of each cell."""
        num, den = (view.count[0], view.base[0]) if self.pieces else (view.qualified[0], view.examined[0])
        valid = den > 0
        return cells(num, np.where(valid, den, 1), valid)

    def nominal(self, view: View) -> Ints:
        """Return how many were not qualified."""
        if self.pieces:
            return view.base[0] - view.count[0]  # type: ignore[no-any-return]
        return view.examined[0] - view.qualified[0]  # type: ignore[no-any-return]

    def asks(self) -> tuple[Ask, ...]:
        """Ask a mark, or so many of so many pieces."""
        if not self.pieces:
            return (Ask(self.own[0]),)
        return (Ask(self.own[0], PAIR, between="合格，共查", names=("合格数", "共查数"), within=True),)

    @property
    def choosy(self) -> bool:
        """Look at single answers where pieces are counted."""
        return self.pieces

    def admit(self, mark: Ints, count: Ints, base: Ints) -> Mask | None:
        """Refuse pieces that were not counted, or more qualified than examined."""
        if not self.pieces:
            return None
        return counted(mark, np.where(count <= base, base, 0))

    def unfit(self, count: int, base: int) -> str:
        """Say that the pieces do not fit."""
        return f"合格数 {count} 比共查数 {base} 还多" if base else "没有填共查数"

    def terms(self, view: View) -> list[Term]:
        """Write 不合格 2 ÷ 10."""
        found = self.rates(view)
        bad, whole = int(self.nominal(view)[0]), int(found.den[0])
        lost = self.frame.points * bad / whole
        return [Term(f"不合格 {bad}{NBSP}项，占 {whole}{NBSP}项", -lost, self.own[0])] if bad and found.valid[0] else []

    def describe(self) -> str:
        """Say what is divided by what."""
        return "合格件数 ÷ 检查件数 × 分值" if self.pieces else "合格数 ÷ 已测数 × 分值"

    def clean(self, mark: Mark) -> Mark:
        """Return the answer qualified, every piece of it."""
        return mark._replace(mark=QUALIFIED, count=mark.base if self.pieces else mark.count)


def compile_rule(params: Params, frame: Frame) -> Rule:
    """Read `of`: marks or pieces."""
    pieces = params.choice("of", ("marks", "pieces"), "marks") == "pieces"
    if pieces and frame.cell == "observation":
        raise params.error("按件数计的合格率不能逐条计算：逐件平均请用 pooled，逐点位平均请用 place")
    return PassRate(frame=frame, own=single_ordinal(params), pieces=pieces)
