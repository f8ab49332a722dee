"""Kind 8: rate 频次分档: how often in so many minutes (metres, heads), then bands.

value = count ÷ base × per, base in seconds, metres or heads; a lower one is better unless it is said otherwise.
Pattern: 路口 5 分钟内闯红灯、翻护栏的次数; 500 米内随地吐痰的次数.
"""

from dataclasses import dataclass
from typing import ClassVar

from rulebook.scoring.columns import Ints, Mask
from rulebook.scoring.exact import plain
from rulebook.scoring.kinds.bands import Bands, read_table
from rulebook.scoring.kinds.base import PAIR, Ask, Frame, Rule, counted
from rulebook.scoring.kinds.measures import read_measure
from rulebook.scoring.kinds.values import Value
from rulebook.scoring.params import Params


@dataclass(frozen=True, kw_only=True)
class Rate(Bands):
    """Bands over a frequency."""

    measure: str
    size: int  # what one `measure` is in the units of base
    name: ClassVar[str] = "rate"
    label: ClassVar[str] = "频次分档"

    def asks(self) -> tuple[Ask, ...]:
        """Ask how often, in how long; then further conditions."""
        names = ("次数", f"共看{self.measure}数")
        first = Ask(self.own[0], PAIR, measure=self.measure, between="次，共", base_size=self.size, names=names)
        return (first, *super().asks()[1:])

    @property
    def choosy(self) -> bool:
        """Look at single answers: each needs its minutes."""
        return True

    def admit(self, mark: Ints, count: Ints, base: Ints) -> Mask | None:
        """Refuse a count without what it was counted over."""
        return counted(mark, base)

    def unfit(self, count: int, base: int) -> str:
        """Say that the minutes are missing."""
        return f"没有填看了多少{self.measure}"


def compile_rule(params: Params, frame: Frame) -> Rule:
    """Read per, measure 分钟, 小时, 米, 公里, 人次 …, and the bands of kind `bands`."""
    if frame.cell == "observation":
        raise params.error("频次不能逐条计算，“cell”请改为 place、unit 或 pooled")
    measure, size = read_measure(params)
    per = params.positive("per", "1")
    value = Value("ratio", per * size, " 次", f"每 {plain(per, 0)} {measure}")
    return Rate(frame=frame, measure=measure, size=size, **read_table(params, frame, value, "lower"))
