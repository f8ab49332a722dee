"""Places named in a pasted text: a notice, a column or rows of an Excel table."""

import re
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from chuangwen.places.models import Place

PARTED = re.compile(r"[\s,，、;；]+")


@dataclass(frozen=True)
class Named:
    """The places found, the words that are no place, and the names that several places have."""

    places: dict[int, Place] = field(default_factory=dict)
    strange: list[str] = field(default_factory=list)
    several: list[str] = field(default_factory=list)


def named(places: QuerySet[Place], text: str) -> Named:
    """Places by code or exact name: one a line, or several parted by 、，； or blanks.

    A line with tabs is a row of a table, one place, which the first cell that is a code or a name gives.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    words = {word for line in lines for word in (line, *PARTED.split(line), *_cells(line))}
    known: dict[str, list[Place]] = {}
    by_code: dict[str, list[Place]] = {}
    for place in places.filter(Q(code__in=words) | Q(name__in=words)).order_by("code"):
        by_code[place.code] = [place]
        known.setdefault(place.name, []).append(place)
    known |= by_code
    found = Named()
    for line in lines:
        for shown, choice in _entries(line, known):
            rows = next((known[word] for word in choice if word in known), [])
            if len(rows) == 1:
                found.places[rows[0].pk] = rows[0]
            else:
                (found.several if rows else found.strange).append(shown)
    return found


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("\t")]


def _entries(line: str, known: dict[str, list[Place]]) -> list[tuple[str, list[str]]]:
    """What a line names: (as it is written, the words any of which may name it)."""
    if "\t" in line:
        return [(" ".join(_cells(line)), _cells(line))]
    return [(word, [word]) for word in ([line] if line in known else PARTED.split(line)) if word]
