"""The rule a line's words say, as the cells of the template say it; open where they are not understood whole."""

import re
from dataclasses import dataclass, replace

from chuangwen.standards.rules import canonical, shown_items, write
from rulebook.prose import UNKNOWN, Reading
from rulebook.prose import read as read_prose
from rulebook.tables import Line, folded, said, without

# Stand-ins for the parts while a sentence of grades is read: their own words may hold numbers that say nothing of it.
STAND_IN = "制度健全"
_COUNTED = re.compile(r"(?:上述|以上)\s*(\d{1,2})\s*项")


@dataclass(frozen=True)
class Proposed:
    """Cells kind, rule and items; what the words left open (`notes`), or why they make no rule (`why`)."""

    kind: str
    rule: str
    items: str
    notes: tuple[str, ...] = ()
    why: str = ""


def proposed(line: Line) -> Proposed:
    """A proposal for a line with points: from the words of its rule, without any from its own text."""
    parts = "\n".join(line.items)
    if not line.points:
        return Proposed("", "", parts)
    counted = {int(found) for found in _COUNTED.findall(folded(line.rule))}
    if line.items and counted - {len(line.items)}:
        return Proposed("", "", parts, why=f"写的是上述 {max(counted)} 项，读出 {len(line.items)} 项")
    reading = _read(line)
    if reading.rule is None:
        return Proposed("", "", parts, why="" if reading.status == UNKNOWN else "；".join(reading.notes))
    rule = canonical(reading.rule)
    kind, phrases = write(rule)
    return Proposed(kind, phrases, "\n".join(shown_items(rule)), reading.notes)


def _read(line: Line) -> Reading:
    """What prose makes of it; a checklist gets the line's own parts, or there is none."""
    words = line.rule or without(line.text, said(line.text))
    if not line.items:
        return read_prose(words, line.points)
    numbered = "".join(f"{number}){STAND_IN}；\n" for number, _ in enumerate(line.items, 1))
    reading = read_prose(numbered + line.rule, line.points)
    if reading.rule and len(reading.rule.get("items", ())) == len(line.items):
        return replace(reading, rule={**reading.rule, "items": list(line.items)})
    alone = read_prose(words, line.points)
    return replace(alone, rule=None) if alone.kind == "checklist" else alone
