"""Totals weighed into one 加权: of methods, of assessors, of districts; what was not examined is left out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from rulebook.scoring.exact import plain, total
from rulebook.scoring.tree import NOTHING, SCORED, Line

Trees = tuple[tuple[Fraction, Mapping[str, Line]], ...]  # lines by key, each tree with what it counts


class Part(NamedTuple):
    """What is weighed: its key, words, declared weight, the line of its total, and the trees it is made of."""

    key: str
    label: str
    weight: Fraction
    line: Line | None
    trees: Trees


@dataclass(frozen=True)
class Weighed:
    """A method 测评方法, assessor 测评主体 or district 片区, and what it counted over what was examined."""

    key: str
    label: str
    weight: Fraction
    counted: Fraction
    line: Line | None
    trees: Trees


def weigh(parts: Iterable[Part]) -> tuple[Weighed, ...]:
    """Return each part with the share it counts: its weight over the weights of those examined."""
    rows = list(parts)
    known = [part.line is not None and part.line.state == SCORED for part in rows]
    whole = total(part.weight for part, scored in zip(rows, known, strict=True) if scored)
    shares = [part.weight / whole if scored and whole else NOTHING for part, scored in zip(rows, known, strict=True)]
    return tuple(
        Weighed(part.key, part.label, part.weight, share, part.line, part.trees)
        for part, share in zip(rows, shares, strict=True)
    )


def trees_of(parts: Iterable[Weighed]) -> Trees:
    """Return the trees of all parts that count."""
    return tuple((part.counted * share, lines) for part in parts if part.counted for share, lines in part.trees)


def joined(root: Line, parts: Iterable[Weighed]) -> Line:
    """Return a total as the weighed mean of its parts; as it is where there is none."""
    counted = [(part.counted, part.line) for part in parts if part.counted and part.line]
    if not counted:
        return root
    if root.zeroed_by:
        return root._replace(got=NOTHING, bonus=NOTHING, counted={})
    got = total(share * line.rate for share, line in counted)
    more = total(share * line.bonus / line.possible for share, line in counted if line.possible)
    return root._replace(got=root.possible * got, bonus=root.possible * more, counted={})


def left_out(what: str, parts: Iterable[Weighed]) -> list[str]:
    """Say in Chinese where weights were renormalised."""
    rows = list(parts)
    whole = total(part.weight for part in rows) or Fraction(1)
    if all(part.counted == part.weight / whole for part in rows):
        return []
    said = "，".join(f"{part.label} {plain(part.counted * 100, 0)}%" for part in rows if part.counted)
    return [f"有的{what}未测，权重按已测的折算：{said}"] if said else []
