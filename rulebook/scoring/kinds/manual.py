"""Kind 13: manual grade 评委评分: one or more assessors; who differ too much need an arbiter.

A difference above `gap` among the values given asks for arbitration before any trimming: the place has no result until
the arbiter's value stands, which then is the result. Otherwise the mean, or with `trim` the mean without the highest
and the lowest once four have answered. Pattern: 两人背靠背打分，相差超过 10 分的由组长仲裁; 去掉最高分、最低分取平均.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, NamedTuple

import numpy as np

from rulebook.scoring.columns import Cells, Ints, Mask, View, cells, common, products, times
from rulebook.scoring.exact import NBSP, plain
from rulebook.scoring.kinds.base import MEASURE, NOT_QUALIFIED, QUALIFIED, Ask, Frame, Mark, Rule, Term
from rulebook.scoring.params import Params

TRIMMED_FROM = 4  # so many values, before the highest and the lowest are left out


class Values(NamedTuple):
    """The assessors' values, shape (assessors, cells), as thousandths × `unit`; and where they were given."""

    given: Ints
    seen: Mask
    unit: Ints

    @property
    def highest(self) -> Ints:
        """Return the highest of each cell."""
        return np.asarray(np.where(self.seen, self.given, -1).max(axis=0))

    @property
    def lowest(self) -> Ints:
        """Return the lowest of each cell."""
        return np.asarray(np.where(self.seen, self.given, self.highest).min(axis=0))


@dataclass(frozen=True, kw_only=True)
class Manual(Rule):
    """The mean of the assessors' values ÷ full."""

    own: tuple[int, ...]  # the arbiter first where there is one, then the assessors
    full: Fraction
    gap: Fraction | None
    trim: bool
    name: ClassVar[str] = "manual"
    label: ClassVar[str] = "评委评分"
    columns: ClassVar[frozenset[str]] = frozenset({"count"})

    @property
    def ordinals(self) -> tuple[int, ...]:
        """Return the arbiter's ordinal, where there is one, then the assessors'."""
        return self.own

    @property
    def arbiters(self) -> int:
        """Return how many of the ordinals are the arbiter's."""
        return 0 if self.gap is None else 1

    @property
    def most(self) -> int:
        """Return the full value as it is kept."""
        return int(self.full * 1000)

    def asks(self) -> tuple[Ask, ...]:
        """Ask each assessor, and the arbiter."""
        names = [f"仲裁（相差超过 {plain(self.gap, 0)} 分时填）"] if self.gap is not None else []
        whole = len(self.own) - len(names)
        names += [f"评委 {number}" if whole > 1 else "" for number in range(1, whole + 1)]
        return tuple(
            Ask(ordinal, MEASURE, name, "分", size=1000, names=("评分",))
            for ordinal, name in zip(self.own, names, strict=True)
        )

    @property
    def choosy(self) -> bool:
        """Look at single answers: none above full."""
        return True

    def admit(self, mark: Ints, count: Ints, base: Ints) -> Mask | None:
        """Refuse values above full."""
        return np.asarray((count <= self.most) | ((mark != QUALIFIED) & (mark != NOT_QUALIFIED)), dtype=np.bool_)

    def unfit(self, count: int, base: int) -> str:
        """Say that the value is too high."""
        return f"评分 {plain(Fraction(count, 1000), 0)} 超过满分 {plain(self.full, 0)}"

    def values(self, view: View) -> Values:
        """Return what the assessors gave, each the mean of the answers at the place."""
        examined = view.examined[self.arbiters :]
        times_ = np.maximum(examined, 1)
        unit = common(times_)
        return Values(products(view.count[self.arbiters :], unit // times_), examined > 0, unit)

    def disputed(self, view: View) -> Mask:
        """Say where the values differ by more than the gap and no arbiter has answered."""
        if self.gap is None:
            return np.zeros(view.count.shape[1], dtype=np.bool_)
        found = self.values(view)
        apart = times(found.highest - found.lowest, self.gap.denominator)
        return (
            found.seen.any(axis=0) & (apart > times(found.unit, int(1000 * self.gap.numerator))) & ~self.settled(view)
        )

    def settled(self, view: View) -> Mask:
        """Say where the arbiter has answered."""
        if self.gap is None:
            return np.zeros(view.count.shape[1], dtype=np.bool_)
        return np.asarray(view.examined[0] > 0, dtype=np.bool_)

    def rates(self, view: View) -> Cells:
        """Form the mean ÷ full, or the arbiter's value ÷ full."""
        found, settled = self.values(view), self.settled(view)
        answered = found.seen.sum(axis=0)
        trimmed = self.trim & (answered >= TRIMMED_FROM)
        whole = np.where(found.seen, found.given, 0).sum(axis=0)
        num = np.where(trimmed, whole - found.highest - found.lowest, whole)
        den = products(found.unit, np.maximum(answered - 2 * trimmed, 1))
        num = np.where(settled, view.count[0], num)
        den = np.where(settled, np.maximum(view.examined[0], 1), den)
        return cells(num, times(den, self.most), settled | ((answered > 0) & ~self.disputed(view)))

    def nominal(self, view: View) -> Ints:
        """Return what all values fall short of full."""
        return np.asarray((view.examined * self.most - view.count).sum(axis=0))

    def weight(self, record: View, cell: View) -> Fraction:
        """Charge what counts: the arbiter's value alone, otherwise the values that were not left out."""
        row = int(np.argmax(record.examined[:, 0]))
        if bool(self.settled(cell)[0]) != (row < self.arbiters):
            return Fraction(0)
        found = self.values(cell)
        order = [number for number in np.argsort(found.given[:, 0], kind="stable").tolist() if found.seen[number, 0]]
        left_out = {order[0], order[-1]} if self.trim and len(order) >= TRIMMED_FROM else set()
        if row >= self.arbiters and row - self.arbiters in left_out:
            return Fraction(0)
        return super().weight(record, cell)

    def unsettled(self, view: View) -> list[tuple[str, Mask]]:
        """Say where arbitration is asked for."""
        return [("等待仲裁", self.disputed(view))]

    def terms(self, view: View) -> list[Term]:
        """Write 评委 90、92、88，平均 90，满分 100."""
        cell, settled = self.rates(view), bool(self.settled(view)[0])
        if not cell.valid[0] or cell.num[0] == cell.den[0]:
            return []
        found = self.values(view)
        unit = 1000 * int(found.unit[0])
        given = [plain(Fraction(int(value), unit), 0) for value in found.given[found.seen[:, 0], 0].tolist()]
        rate = Fraction(int(cell.num[0]), int(cell.den[0]))
        way = "去掉最高、最低后平均" if self.trim and len(given) >= TRIMMED_FROM else "平均"
        shown = (
            f"仲裁 {plain(rate * self.full, 0)}"
            if settled
            else f"评委 {'、'.join(given)}，{way} {plain(rate * self.full)}"
        )
        lost = self.frame.points * (1 - rate)
        return [Term(f"{shown}，满分 {plain(self.full, 0)}", -lost, self.own[0] if settled else None)]

    def describe(self) -> str:
        """Say who grades and what becomes of the grades."""
        whole = len(self.own) - self.arbiters
        who = f"{whole}{NBSP}位评委评分（满分 {plain(self.full, 0)}）" + ("取平均" if whole > 1 else "")
        trim = f"，{TRIMMED_FROM}{NBSP}位以上去掉最高分、最低分" if self.trim else ""
        gap = f"；相差超过 {plain(self.gap, 0)} 分的由仲裁定分" if self.gap is not None else ""
        return f"{who}{trim}{gap}"

    def clean(self, mark: Mark) -> Mark:
        """Return the full value."""
        return mark._replace(mark=QUALIFIED, count=self.most)


def compile_rule(params: Params, frame: Frame) -> Rule:
    """Read assessors, full, gap, trim."""
    if frame.cell != "place":
        raise params.error("评委评分要逐处算，“cell”只能是 place")
    first, whole = params.whole("ordinal", 0, most=900), params.whole("assessors", 1, least=1, most=50)
    full = params.positive("full", "100")
    if (full * 1000).denominator != 1:
        raise params.error("“full”最多三位小数")
    gap = params.number("gap", least="0") if params.has("gap") else None
    trim = params.flag("trim")
    if gap is not None and (whole < 2 or gap >= full):
        raise params.error("“gap”是两位以上评委的分差，要小于满分")
    if trim and whole < TRIMMED_FROM:
        raise params.error(f"“trim”要有 {TRIMMED_FROM} 位以上评委")
    own = range(first if gap is not None else first + 1, first + whole + 1)
    return Manual(frame=frame, own=tuple(own), full=full, gap=gap, trim=trim)
