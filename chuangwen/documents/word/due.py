"""Until when the problems of a paper are to be put right: each by its own date, none said for all of them."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from .paper import chinese_date
from .wording import wording


class Listed(Protocol):
    """A row of a list of problems: its deadline, or the word for where it stands when no deadline runs (已销号)."""

    @property
    def deadline(self) -> date | None: ...

    @property
    def settled(self) -> str: ...


def due_cell(row: Listed, dated: date) -> str:
    """The deadline as the list shows it; the year where it is not the paper's."""
    return row.settled or (date_beside(row.deadline, dated) if row.deadline else wording()["due"]["unset"])


def to_put_right(rows: Iterable[Listed]) -> list[Listed]:
    """The rows somebody has yet to put right."""
    return [row for row in rows if not row.settled]


def until(rows: Iterable[Listed], dated: date) -> str:
    """The clause that says by when the rows still to be put right are due, as their own column says it."""
    words, due = wording()["due"], to_put_right(rows)
    ahead = sorted({row.deadline for row in due if row.deadline and row.deadline >= dated})
    parts = []
    if len(ahead) == 1:
        parts.append(words["one"].format(day=chinese_date(ahead[0])))
    elif ahead:
        first, last = ahead[0], ahead[-1]
        parts.append(words["several"].format(first=chinese_date(first), last=date_beside(last, first)))
    if any(row.deadline and row.deadline < dated for row in due):
        parts.append(words["passed" if ahead else "all_passed"])
    if any(row.deadline is None for row in due):
        parts.append(words["undated"])
    return "；".join(parts)


def date_beside(day: date, other: date) -> str:
    """4月15日 beside a date of the same year."""
    return f"{day.month}月{day.day}日" if day.year == other.year else chinese_date(day)
