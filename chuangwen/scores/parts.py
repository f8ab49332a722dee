"""What a total is formed of where methods 测评方法 or assessors 测评主体 are weighed: parts that add up to it."""

from dataclasses import dataclass
from fractions import Fraction

from rulebook import scoring
from rulebook.scoring.result import SubjectResult
from rulebook.scoring.weighing import Weighed


@dataclass(frozen=True)
class Part:
    """One method or assessor; counted differs from weight where others are 未测. Rates are per cent."""

    label: str
    weight: str
    counted: str
    rate: str
    got: str


@dataclass(frozen=True)
class Parts:
    """what: 方法 or 主体; rows add up to `got`, the total before what stands outside the points."""

    what: str
    rows: list[Part]
    got: str


def parts_of(subject: SubjectResult) -> Parts | None:
    """None where the standard weighs neither, or nothing is examined yet."""
    whole, rows = subject.inner_line, _in_order(subject)
    if not rows or whole.state != scoring.SCORED:
        return None
    digits, weights = subject.standard.digits, sum((row.weight for row in rows), Fraction(0)) or Fraction(1)
    exact = [row.counted * row.line.rate * whole.possible if row.counted and row.line else Fraction(0) for row in rows]
    got = scoring.rounded(sum(exact, Fraction(0)), digits)
    shares = scoring.largest_remainder(exact, got, digits)
    return Parts(
        "方法" if subject.methods else "主体",
        [
            Part(
                label=row.label,
                weight=percent(row.weight / weights),
                counted=percent(row.counted),
                rate=percent(row.line.rate) if row.counted and row.line else "未测",
                got=scoring.shown(share, digits) if row.counted else "",
            )
            for row, share in zip(rows, shares, strict=True)
        ],
        scoring.shown(got, digits),
    )


def _in_order(subject: SubjectResult) -> list[Weighed]:
    """Methods as the tree comes to them (a database may keep the settings of a standard in another order)."""
    order = list(dict.fromkeys(criterion.method for criterion in subject.standard.criteria))
    return sorted(subject.parts, key=lambda part: order.index(part.key) if part.key in order else len(order))


def percent(share: Fraction) -> str:
    """30, 33.3."""
    return scoring.shown(scoring.rounded(share * 100, 1), 1).removesuffix(".0")
