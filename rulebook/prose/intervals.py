"""Bands worked out from their ends: which band every value falls into, or why that cannot be said.

An end counts itself in or out because the text says so (≥, 超过, 不足, 含), by the usual meaning of 以上, 以下 and 以内
(all include), or the text leaves it open (80%—90%). What is said goes before what is usual. A value that no band or
two bands claim with equal right is a doubt, never a guess.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from rulebook.prose.phrases import Doubt
from rulebook.scoring.exact import plain

SAID, USUAL, OPEN = 2, 1, 0
GREATEST = {"%": Fraction(100), "分": Fraction(100)}
CONTINUOUS = frozenset(
    "% 分 米 公里 千米 厘米 平方米 分钟 小时 个小时 秒 天 日 分贝 dB db 度 元 微克 毫克 吨 个百分点 百分点".split()
)


@dataclass(frozen=True)
class End:
    """One end of a band: its value, whether the value itself is in, and how that is known."""

    value: Fraction
    closed: bool
    known: int = SAID


@dataclass(frozen=True)
class Band:
    """An outcome, and the ends of what gives it; None where there is no end on that side."""

    outcome: Any
    low: End | None = None
    high: End | None = None


@dataclass(frozen=True)
class Line:
    """All bands from the lowest value to the highest, and what lies between each two."""

    bands: tuple[Band, ...]
    cuts: tuple["Cut", ...]


@dataclass(frozen=True)
class Cut:
    """The lower band ends at `high`, the upper begins at `low` (of whole numbers the next); who has the value."""

    high: Fraction
    low: Fraction
    uppers: bool
    lowers: bool


def one_by_one(unit: str) -> bool:
    """Say whether a unit counts whole things: 处, 次, 人 …"""
    return unit != "" and unit not in CONTINUOUS


def trimmed(band: Band, unit: str) -> Band:
    """Drop ends at which the numbers themselves end: 0, and 100%."""
    low = None if band.low and band.low.value == 0 and band.low.closed else band.low
    high = None if band.high and band.high.value == GREATEST.get(unit) and band.high.closed else band.high
    return replace(band, low=low, high=high)


def nested(band: Band, bands: Sequence[Band]) -> Band:
    """End a half-line where a narrower one of its direction begins: ＞80 beside ＞85 is 80…85."""
    if band.low and not band.high:
        more = [b.low for b in bands if b.low and not b.high and b.low.value > band.low.value]
        if more:
            first = min(more, key=lambda end: end.value)
            return replace(band, high=End(first.value, not first.closed, first.known))
    if band.high and not band.low:
        less = [b.high for b in bands if b.high and not b.low and b.high.value < band.high.value]
        if less:
            last = max(less, key=lambda end: end.value)
            return replace(band, low=End(last.value, not last.closed, last.known))
    return band


def outside(end: End, stated: bool) -> End:
    """Return the end of what is left beyond an end; where 其余 was not written, an open end is a doubt."""
    if end.known == OPEN and not stated:
        raise Doubt(f"{plain(end.value, 0)} 正好算哪一档没有写清")
    return End(end.value, not end.closed)


def filled(bands: Sequence[Band], rest: Any, stated: bool) -> list[Band]:
    """Put the remaining outcome wherever no band is."""
    found: list[Band] = []
    if bands[0].low:
        found.append(Band(rest, None, outside(bands[0].low, stated)))
    for lower, upper in itertools.pairwise([*bands, Band(None)]):
        found.append(lower)
        if lower.high and upper.low and lower.high.value < upper.low.value:
            found.append(Band(rest, outside(lower.high, stated), outside(upper.low, stated)))
    if bands[-1].high:
        found.append(Band(rest, outside(bands[-1].high, stated), None))
    return found


def cut(lower: Band, upper: Band, unit: str) -> Cut:
    """Return what lies between two neighbours."""
    high, low = lower.high, upper.low
    if high is None or low is None or low.value < high.value:
        raise Doubt("几档的范围有重叠")
    doubt = Doubt(f"{plain(low.value, 0)}{unit} 正好算哪一档没有写清")
    if low.value > high.value:
        if one_by_one(unit) and low.value - high.value == 1 and high.closed and low.closed:
            return Cut(high.value, low.value, True, True)
        raise Doubt(f"{plain(high.value, 0)}{unit} 到 {plain(low.value, 0)}{unit} 之间没有写")
    if high.known == low.known and (high.closed == low.closed or high.known == OPEN):
        raise doubt
    if OPEN in (high.known, low.known):
        if high.known == USUAL and high.closed:  # 80%以下 beside 80%—90%: 80 itself is written in both
            raise doubt
        uppers = low.closed if high.known == OPEN else not high.closed
    else:
        uppers = low.closed if low.known > high.known else not high.closed
    return Cut(low.value, low.value, uppers, not uppers)


def lined_up(bands: Sequence[Band], unit: str, rest: Any = None, stated: bool = False) -> Line:
    """Bring bands into one line without gap or overlap; `rest` is what all other values give."""
    trim = [trimmed(band, unit) for band in bands]
    split = [nested(band, trim) for band in trim]

    def place(band: Band) -> tuple[bool, Fraction, bool, Fraction]:
        low, high = band.low, band.high
        return low is not None, low.value if low else Fraction(0), high is None, high.value if high else Fraction(0)

    ordered = sorted(split, key=place)
    whole = filled(ordered, rest, stated) if rest is not None else ordered
    if whole[0].low or whole[-1].high:
        raise Doubt("没有写其余的得多少")
    return Line(tuple(whole), tuple(cut(a, b, unit) for a, b in itertools.pairwise(whole)))
