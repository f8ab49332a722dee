"""Exact numbers: reading decimals, summing fractions, rounding half away from zero."""

import math
import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

DECIMAL = re.compile(r"[-+]?\d{1,12}(\.\d{1,6})?")
NBSP = "\u00a0"


def decimal(value: object) -> Fraction:
    """Read a decimal as it was written: "0.10", 3, or a float through its shortest text.

    Raises ValueError for anything else, and for more than 12 digits before or 6 behind the point.
    """
    text = "" if isinstance(value, bool) else str(value).strip()
    if not DECIMAL.fullmatch(text):
        raise ValueError(text)
    return Fraction(text)


def total(parts: Iterable[Fraction]) -> Fraction:
    """Sum many fractions over one common denominator (far cheaper than adding them pairwise)."""
    pairs = [part.as_integer_ratio() for part in parts]
    common = math.lcm(*(den for _, den in pairs))
    return Fraction(sum(num * (common // den) for num, den in pairs), common)


def rounded(value: Fraction, digits: int) -> int:
    """Round half away from zero to a scaled integer: 2.675 with 2 digits is 268."""
    num, den = abs(value).as_integer_ratio()
    scale: int = 10**digits
    size = (2 * num * scale + den) // (2 * den)
    return -size if value < 0 else size


def shown(scaled: int, digits: int) -> str:
    """Write a scaled integer with its declared places and a true minus sign: −0.70."""
    whole, rest = divmod(abs(scaled), 10**digits)
    tail = f".{rest:0{digits}d}" if digits else ""
    return f"{'−' if scaled < 0 else ''}{whole}{tail}"


def written(value: Fraction, digits: int) -> str:
    """Write a fraction rounded to its declared places."""
    return shown(rounded(value, digits), digits)


def plain(value: Fraction, digits: int = 2) -> str:
    """Write a parameter as its author would: at least `digits` places, more if it has more, ≈ if it never ends."""
    for places in range(digits, 7):
        if (value * 10**places).denominator == 1:
            return written(value, places)
    return f"约{written(value, 6)}"


def share_words(rate: Fraction) -> str:
    """Say what share of the points a grade earns."""
    return {0: "不得分", 1: "得满分"}.get(rate) or f"得满分的 {plain(rate * 100, 0)}%"  # type: ignore[call-overload]


def largest_remainder(parts: Sequence[Fraction], target: int, digits: int) -> list[int]:
    """Round parts to scaled integers that add up to `target`, each moved as little as possible.

    The parts must add up to `target` within one rounding step for each part; ties go to the earlier part.
    """
    scaled = [part * 10**digits for part in parts]
    floors = [math.floor(value) for value in scaled]
    missing = target - sum(floors)
    order = sorted(range(len(parts)), key=lambda i: (floors[i] - scaled[i], i))
    whole, rest = divmod(missing, len(parts)) if parts else (0, 0)
    for place, i in enumerate(order):
        floors[i] += whole + (1 if place < rest else 0)
    return floors
