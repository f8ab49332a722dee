"""Places or units named in a pasted text: a notice, a column or rows of an Excel table."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

PARTED = re.compile(r"[\s,，、;；]+")


@dataclass(frozen=True)
class Named:
    """The rows found, the words that are none of them, and the names that several have."""

    rows: dict[int, Any] = field(default_factory=dict)
    strange: list[str] = field(default_factory=list)
    several: list[str] = field(default_factory=list)


def named(among: QuerySet, text: str) -> Named:
    """Rows with a code and a name by either, exactly: one a line, or several parted by 、，； or blanks.

    A line with tabs is a row of a table, one of them, which the first cell that is a code or a name gives.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    words = {word for line in lines for word in (line, *PARTED.split(line), *_cells(line))}
    known: dict[str, list[Any]] = {}
    by_code: dict[str, list[Any]] = {}
    for row in among.filter(Q(code__in=words) | Q(name__in=words)).order_by("code"):
        by_code[row.code] = [row]
        known.setdefault(row.name, []).append(row)
    known |= by_code
    found = Named()
    for line in lines:
        for shown, choice in _entries(line, known):
            rows = next((known[word] for word in choice if word in known), [])
            if len(rows) == 1:
                found.rows[rows[0].pk] = rows[0]
            else:
                (found.several if rows else found.strange).append(shown)
    return found


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("\t")]


def _entries(line: str, known: dict[str, list[Any]]) -> list[tuple[str, list[str]]]:
    """What a line names: (as it is written, the words any of which may name it)."""
    if "\t" in line:
        return [(" ".join(_cells(line)), _cells(line))]
    return [(word, [word]) for word in ([line] if line in known else PARTED.split(line)) if word]
