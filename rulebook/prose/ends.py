"""Quantities with their units, and the ends phrases put to them: ≥85%, 85%以上（含）, 不足60分, 80%—90%, 80%≤…＜90%."""

from dataclasses import dataclass
from fractions import Fraction

from rulebook.prose.intervals import OPEN, SAID, USUAL, End
from rulebook.prose.numerals import Between, Numeral, numerals
from rulebook.prose.parsing import CLAUSE, Parser, Read, alt, meant, opt, run, seq, tag, word
from rulebook.prose.tokens import Token, compared

WAYS = {"from": ("low", True), "above": ("low", False), "below": ("high", False), "to": ("high", True)}
MIRRORED = {"from": "to", "above": "below", "below": "above", "to": "from"}  # 80 ≤ x is x ≥ 80


@dataclass(frozen=True)
class Quantity:
    """A number with its unit; a share is counted in per cent."""

    value: Fraction
    unit: str


@dataclass(frozen=True)
class Side:
    """One side of a band, low or high, as a phrase says it."""

    side: str
    end: End
    unit: str


def sound(number: Numeral) -> bool:
    """Say whether a number can be meant: exact, and as a share no more than the whole."""
    return number.exact and (not number.share or number.value <= 1)


def exactly(token: Token) -> Numeral | None:
    """Return an exact number or share."""
    return token.number if isinstance(token.number, Numeral) and sound(token.number) else None


def ordered(token: Token) -> Between | None:
    """Return two exact numbers in order."""
    number = token.number
    return number if isinstance(number, Between) and number.exact and sound(number.high) else None


def quantity(number: Numeral, unit: str) -> Quantity:
    """Return a number with its unit, a share in per cent."""
    return Quantity(number.value * 100, "%") if number.share else Quantity(number.value, unit)


def side(way: str, of: Quantity, known: int, marks: list[Token]) -> list[Side] | None:
    """Make one side; （含） and （不含） settle it, and must name the same number if they name one."""
    name, closed = WAYS[way]
    for mark in marks:
        if any(quantity(number, of.unit).value != of.value for number in numerals(mark.text)):
            return None
        closed, known = mark.kind == "included", SAID
    return [Side(name, End(of.value, closed, known), of.unit)]


def compared_side(read: Read) -> list[Side] | None:
    """Read ≥85%, 超过85%, 达到85%."""
    return side(read.first("way"), read.first("quantity"), SAID, read.values("mark"))


def after_side(read: Read) -> list[Side] | None:
    """Read 85%以上, 85%（含）以上, 85%及以上, 5处以内, 达到85%以上."""
    word_after: str = read.first("after")
    way = "to" if word_after.endswith(("下", "内")) else "from"
    known = SAID if word_after[0] in "及或含" else USUAL
    if read.first("way") not in (None, way):
        return None
    return side(way, read.first("quantity"), known, read.values("mark"))


def exact_sides(read: Read) -> list[Side]:
    """Read a value alone: 100%, 0处."""
    of: Quantity = read.first("quantity")
    return [Side(name, End(of.value, True), of.unit) for name in ("low", "high")]


def between_sides(read: Read) -> list[Side] | None:
    """Read 80%—90%, 80%（含）—90%, 80分至89分; the unit behind the second number is that of both."""
    between: Between | None = read.first("between")
    unit = str(read.first("unit") or "")
    if between:
        low, high = quantity(between.low, unit), quantity(between.high, unit)
    else:
        low, high = read.first("low"), read.first("high")
        low = Quantity(low.value, low.unit or high.unit)
    lower, upper = side("from", low, OPEN, read.values("low_mark")), side("to", high, OPEN, read.values("mark"))
    fits = lower and upper and low.value < high.value and low.unit == high.unit
    return [*lower, *upper] if lower and upper and fits else None


def chained_sides(read: Read) -> list[Side] | None:
    """Read 80%≤满意度＜90%."""
    first, second = read.values("way")
    low, high = read.values("quantity")
    lower, upper = side(MIRRORED[first], low, SAID, []), side(second, high, SAID, [])
    return both_sides([*(lower or ()), *(upper or ())])


def both_sides(sides: list[Side]) -> list[Side] | None:
    """Accept two phrases as the two sides of one band."""
    if len(sides) != 2 or sides[0].unit != sides[1].unit:
        return None
    by_name = {one.side: one.end.value for one in sides}
    return sides if len(by_name) == 2 and by_name["low"] < by_name["high"] else None


def marked(setting: str) -> Parser:
    """Read （含） or （不含）."""
    return alt(meant("included", setting, lambda token: token), meant("excluded", setting, lambda token: token))


def counted(setting: str) -> Parser:
    """Read a number with its unit, if it has one."""
    return tag(
        seq(meant("number", "number", exactly), opt(UNIT)),
        setting,
        lambda read: quantity(read.first("number"), str(read.first("unit") or "")),
    )


UNIT = alt(meant("measure", "unit", lambda token: token.text), meant("point", "unit", lambda token: token.text))
QUANTITY = counted("quantity")
WAY = meant("compare", "way", compared)
MARK = opt(marked("mark"))
AFTER = meant("after", "after", lambda token: token.text)
COMPARED = tag(seq(WAY, QUANTITY, MARK), "sides", compared_side)
BEHIND = tag(seq(opt(WAY), QUANTITY, MARK, AFTER, MARK), "sides", after_side)
EXACT = tag(QUANTITY, "sides", exact_sides)
BETWEEN = tag(
    seq(
        opt(word("text", text="在")),
        alt(
            seq(meant("between", "between", ordered), opt(UNIT)),
            seq(counted("low"), opt(marked("low_mark")), word("dash"), counted("high")),
        ),
        MARK,
        opt(word("of")),
        opt(word("text", text="之间 区间 之间的 以内 范围内 区间内")),
    ),
    "sides",
    between_sides,
)
CHAINED = tag(
    seq(
        QUANTITY,
        WAY,
        opt(alt(run(CLAUSE, "name"), meant("grade", "inner", lambda token: token.text))),
        WAY,
        QUANTITY,
    ),
    "sides",
    chained_sides,
)
ONE_SIDE = alt(BEHIND, COMPARED)
TWO_SIDES = tag(
    seq(ONE_SIDE, opt(word("of")), opt(word("comma", "list", "and")), opt(word("exception", text="但 但是")), ONE_SIDE),
    "sides",
    lambda read: both_sides([one for sides in read.values("sides") for one in sides]),
)
ENDS = alt(ONE_SIDE, TWO_SIDES, BETWEEN, EXACT)
