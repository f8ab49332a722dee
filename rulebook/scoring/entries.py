"""Entries 登记: honours, negative events and vetoes with their dates; which of them count, why others do not.

The engine never sees a date: what counts becomes answers of the subject's own place. Kinds 22 (highest only per item
and year), 23 and 24 (within a look-back of so many months from a stated day).
"""

import calendar
from collections.abc import Iterable
from datetime import date as Date
from fractions import Fraction
from typing import NamedTuple

from rulebook.scoring.kinds.base import NOT_QUALIFIED, QUALIFIED, Rule
from rulebook.scoring.kinds.bonus import Bonus, Level
from rulebook.scoring.standard import Standard
from rulebook.scoring.sums import Answer


class Entry(NamedTuple):
    """One entry: whose (the place of the subject), what for, when, and who approved it (empty: nobody yet)."""

    id: object
    place: object
    criterion: str
    ordinal: int
    on: Date
    item: str = ""
    approver: str = ""


class Verdict(NamedTuple):
    """Whether an entry counts; the reason says why it does not."""

    entry: Entry
    reason: str = ""

    @property
    def counts(self) -> bool:
        """Say whether it counts."""
        return not self.reason


def months_before(day: Date, months: int) -> Date:
    """Return the same day so many months before, or the last of that month."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return Date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))


def judge(standard: Standard, entries: Iterable[Entry], as_of: Date, since: Date | None = None) -> list[Verdict]:
    """Say of each entry, in the order given, whether it counts on a day, for a period that began on another.

    A look-back holds the same day so many months before, and reaches beyond the period. `highest`: of one item and
    calendar year of a subject only the highest level counts; of equals the earliest, then the first given.
    """
    rows = list(entries)
    reasons = [unusable(standard, entry, as_of, since) for entry in rows]
    seen: set[object] = set()
    for i, entry in enumerate(rows):
        if entry.id is not None and entry.id in seen and not reasons[i]:
            reasons[i] = "同一条登记已经计过"
        seen.add(entry.id)
    best: dict[tuple[object, ...], int] = {}
    for i, entry in enumerate(rows):
        if not reasons[i] and getattr(rule_of(standard, entry), "highest", False):
            key = (entry.place, entry.criterion, entry.item, entry.on.year)
            other = best.setdefault(key, i)
            if worth(standard, rows[i]) > worth(standard, rows[other]):
                best[key] = i
    for i, entry in enumerate(rows):
        first = best.get((entry.place, entry.criterion, entry.item, entry.on.year), i)
        if not reasons[i] and first != i:
            reasons[i] = f"同一项目同一年只取最高一档，已计{level_of(standard, rows[first]).label}"
    return [Verdict(*pair) for pair in zip(rows, reasons, strict=True)]


def unusable(standard: Standard, entry: Entry, as_of: Date, since: Date | None) -> str:
    """Return why an entry alone does not count."""
    number = standard.number.get(entry.criterion)
    if number is None or not hasattr(standard.criteria[number].rules[0], "months"):
        return f"测评体系里“{entry.criterion}”不是按登记计分的"
    rule = standard.criteria[number].rules[0]
    if entry.ordinal not in rule.ordinals:
        return f"“{entry.criterion}”没有第 {entry.ordinal} 档"
    if not entry.approver:
        return "还没有审核"
    if entry.on > as_of:
        return f"在计分日 {as_of.isoformat()} 以后"
    months = int(getattr(rule, "months", 0))
    if months and entry.on < months_before(as_of, months):
        return f"在计分日以前 {months} 个月以外"
    if since and not months and entry.on < since:
        return f"在本期开始 {since.isoformat()} 以前"
    if getattr(rule, "highest", False) and not entry.item:
        return "没有写项目，不知道与哪一条重复"
    return ""


def rule_of(standard: Standard, entry: Entry) -> Rule:
    """Return the rule an entry is counted by."""
    return standard.criteria[standard.number[entry.criterion]].rules[0]


def worth(standard: Standard, entry: Entry) -> tuple[Fraction, int]:
    """Return what an honour is worth, then how early it is."""
    return level_of(standard, entry).points, -entry.on.toordinal()


def level_of(standard: Standard, entry: Entry) -> Level:
    """Return the level of an honour."""
    rule = rule_of(standard, entry)
    levels = rule.levels if isinstance(rule, Bonus) else ()
    return next(level for level in levels if level.ordinal == entry.ordinal)


def answers_of(standard: Standard, verdicts: Iterable[Verdict]) -> list[Answer]:
    """Return one answer for each place, criterion and level, with how many entries count."""
    counts: dict[tuple[object, str, int], int] = {}
    for entry in (verdict.entry for verdict in verdicts if verdict.counts):
        key = (entry.place, entry.criterion, entry.ordinal)
        counts[key] = counts.get(key, 0) + 1
    return [
        Answer(*key, QUALIFIED if standard.criteria[standard.number[key[1]]].role == "bonus" else NOT_QUALIFIED, count)
        for key, count in counts.items()
    ]
