"""Kind 25: ranks 名次 inside groups, gaps above and below, competitors from outside, the last k flagged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple


class Entry(NamedTuple):
    """A subject to rank: its published score (scaled; None: no score), its coverage, and what bars it (a veto)."""

    key: object
    score: int | None
    coverage: Fraction = Fraction(1)
    group: object = ""
    barred: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A rank. `above` and `below` are gaps to the next better and worse score, outside competitors included.

    Scores and gaps are scaled integers; a gap is None where nobody is better or worse. The rank is None for a
    subject that is barred, without a score or below the least coverage, with the reason; competitors take no rank.
    """

    key: object
    group: object
    score: int | None
    rank: int | None
    tied: bool
    above: int | None
    below: int | None
    last: bool
    reason: str = ""


def rank(
    entries: Iterable[Entry],
    *,
    competitors: Mapping[object, Iterable[int]] | None = None,
    last: int = 0,
    least_coverage: Fraction = Fraction(0),
) -> list[Place]:
    """Rank entries inside their groups by published score; ties share the better rank (1 1 3).

    `competitors` are published scores entered by hand, by group. Ranked first, best first in each group; those
    without a rank follow in their order.
    """
    groups: dict[object, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.group, []).append(entry)
    found: list[Place] = []
    for group, members in groups.items():
        outside = list((competitors or {}).get(group, ()))
        scored = [one for one in members if one.score is not None and not one.barred]
        able = [one for one in scored if one.coverage >= least_coverage]
        found += ranked(able, outside, last)
        found += [unranked(one) for one in members if one not in able]
    return found


def ranked(members: list[Entry], outside: list[int], last: int) -> list[Place]:
    """Rank the members of one group."""
    scores = sorted((one.score for one in members if one.score is not None), reverse=True)
    everyone = sorted({*scores, *outside})
    line = scores[-last] if 0 < last <= len(scores) else None
    found = []
    for one in sorted(members, key=lambda one: -(one.score or 0)):
        score = one.score or 0
        better = [other for other in everyone if other > score]
        worse = [other for other in everyone if other < score]
        found.append(
            Place(
                one.key,
                one.group,
                score,
                rank=scores.index(score) + 1,
                tied=scores.count(score) > 1,
                above=better[0] - score if better else None,
                below=score - worse[-1] if worse else None,
                last=line is not None and score <= line and score < scores[0],
            )
        )
    return found


def unranked(entry: Entry) -> Place:
    """Return the place of a subject that cannot be ranked."""
    reason = "未测，没有得分" if entry.score is None else "测评覆盖面不够，不参加排名"
    reason = f"{entry.barred}，不参加排名" if entry.barred else reason
    return Place(entry.key, entry.group, entry.score, None, False, None, None, False, reason)
