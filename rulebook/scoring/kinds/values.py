"""The number that bands and steps are read from: a measured mean, a ratio, or a pass rate."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from rulebook.scoring.columns import Ints, Mask, View, times
from rulebook.scoring.exact import plain
from rulebook.scoring.kinds.base import MARK, MEASURE, PAIR, Ask, Frame
from rulebook.scoring.params import Params

SOURCES = ("measure", "ratio", "pass_rate")
WORDS = {"measure": "实测值", "ratio": "比值", "pass_rate": "合格率"}


@dataclass(frozen=True)
class Value:
    """Where a number comes from; `factor` turns it into the unit of the standard (100 for per cent)."""

    source: str
    factor: Fraction
    suffix: str
    word: str  # what the number is called

    def read(self, view: View, row: int = 0) -> tuple[Ints, Ints, Mask]:
        """Return numerators, denominators (never 0) and where there is a value at all."""
        examined = view.examined[row]
        num, den = {
            "measure": (view.count[row], times(examined, 1000)),
            "ratio": (view.count[row], view.base[row]),
            "pass_rate": (view.qualified[row], examined),
        }[self.source]
        valid = (den > 0) & (examined > 0)
        den = np.where(valid, den, 1)
        return times(num, self.factor.numerator), times(den, self.factor.denominator), valid

    def write(self, value: Fraction) -> str:
        """Write a value with its unit."""
        return f"{plain(value, 0)}{self.suffix}"

    def ask(self, ordinal: int, label: str = "") -> Ask:
        """Return what is entered for it."""
        form = {"measure": MEASURE, "ratio": PAIR, "pass_rate": MARK}[self.source]
        if form == MEASURE:
            return Ask(ordinal, form, label, measure=self.suffix, size=1000)
        if form == PAIR:
            return Ask(ordinal, form, label, between="符合，共", names=("符合的", "总数"), within=True)
        return Ask(ordinal, form, label)


def read_value(params: Params, frame: Frame) -> Value:
    """Take `value`, `times` and `suffix`."""
    source = params.choice("value", SOURCES, "measure")
    if frame.cell == "observation" and source != "measure":
        raise params.error(f"{WORDS[source]}不能逐条计算，“cell”请改为 place、unit 或 pooled")
    return Value(source, params.positive("times", "1"), params.text("suffix", ""), WORDS[source])


def read_better(params: Params, value: Value, default: str = "higher") -> bool:
    """Take `better`: whether a higher value is. Of a pass rate it always is: one finding more never raises a score."""
    higher = params.choice("better", ("higher", "lower"), default) == "higher"
    if value.source == "pass_rate" and not higher:
        raise params.error("合格率总是越高越好，“better”不能填 lower")
    return higher
