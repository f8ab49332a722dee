"""Kind 4: a deduction for every occurrence 逐处扣分, with floor, cap and classes of severity; kind 17: its modifiers.

A modified occurrence is answered under an ordinal of its own: fixed on the spot (+100) and repeated (+200) instead of
its plain one, overdue (+300) beside it. Pattern: 当场整改的减半扣; 同一问题再次出现加倍扣; 逾期每件另扣 2 分.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, NamedTuple

import numpy as np

from rulebook.scoring.columns import Cells, Ints, View, cells, times
from rulebook.scoring.exact import NBSP, plain
from rulebook.scoring.kinds.base import (
    OCCURRENCES,
    QUALIFIED,
    Ask,
    Frame,
    Mark,
    Rule,
    Term,
    cost,
    deducted,
    read_most,
    single_ordinal,
)
from rulebook.scoring.params import Params


@dataclass(frozen=True)
class Severity:
    """A class of severity: its ordinal, its words, and what one occurrence costs."""

    ordinal: int
    label: str
    each: Fraction
    asked: str = ""  # of a modified one: its words on a checklist
    tick: str = ""  # and the tick that says it there (see Ask)


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

    def asks(self) -> tuple[Ask, ...]:
        """Ask how many of each class."""
        alone = sum(not one.asked for one in self.severities) == 1
        labels = [one.asked or ("" if alone else one.label) for one in self.severities]
        rows = zip(self.severities, labels, strict=True)
        return tuple(Ask(one.ordinal, OCCURRENCES, label, self.measure, tick=one.tick) for one, label in rows)

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
            loss = loss + cost(count, int(severity.each * self.scale), most)
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
        return deducted(lines, self.most)

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


class Modifier(NamedTuple):
    """How an occurrence costs more or less: at ordinal + step, `times` its deduction or `plus` so much."""

    step: int
    how: str
    word: str
    asked: str
    fits: Callable[[Fraction], bool]
    wanted: str
    tick: str = ""


MODIFIERS: Mapping[str, Modifier] = {
    "fixed_on_spot": Modifier(
        100, "times", "当场整改", "其中当场整改的", lambda n: 0 <= n < 1, "0 以上、不到 1 的倍数", "fixed_on_spot"
    ),
    "repeated": Modifier(200, "times", "反复出现", "反复出现的", lambda n: n > 1, "大于 1 的倍数"),
    "overdue": Modifier(300, "plus", "逾期未改另扣", "逾期未改的", lambda n: n > 0, "大于 0 的扣分"),
}


def read_modifiers(params: Params, plain_ones: tuple[Severity, ...]) -> tuple[Severity, ...]:
    """Take `modifiers` and return the classes, then a modified one of each; also for a negative list."""
    table, found = Params(params.key, params.table("modifiers")), list(plain_ones)
    for name, modifier in MODIFIERS.items():
        if not table.has(name):
            continue
        one = Params(params.key, table.take(name))
        number = one.number(modifier.how)
        one.finish()
        if not modifier.fits(number):
            raise params.error(f"“{name}”的“{modifier.how}”要填{modifier.wanted}，现在是 {plain(number, 0)}")
        for kind in plain_ones:
            head = f"{kind.label}，" if len(plain_ones) > 1 else ""
            each = number if modifier.how == "plus" else kind.each * number
            asked = head + modifier.asked
            found.append(Severity(kind.ordinal + modifier.step, head + modifier.word, each, asked, modifier.tick))
    table.finish()
    if len(found) > len(plain_ones) and any(kind.ordinal > 99 for kind in plain_ones):
        raise params.error("填了“modifiers”的，“ordinal”不能大于 99")
    return tuple(found)


def compile_rule(params: Params, frame: Frame) -> Rule:
    """Read each | severities, modifiers, cap 最多扣, floor 最低分 (taken with the frame), measure 量词."""
    severities = read_severities(params)
    if len({s.ordinal for s in severities}) < len(severities):
        raise params.error("“severities”的序号重复")
    severities = read_modifiers(params, severities)
    if frame.cell == "observation" and len(severities) > 1:
        raise params.error("分轻重、有“modifiers”的逐处扣分不能逐条计算，“cell”请改为 place")
    return PerOccurrence(
        frame=frame,
        severities=severities,
        most=read_most(params, frame),
        measure=params.text("measure", "处"),
    )
