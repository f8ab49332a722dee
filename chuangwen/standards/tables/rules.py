"""The rule a line's words say, as the cells of the template say it; open where they are not understood whole."""

from dataclasses import dataclass

from chuangwen.standards.proposals import read_words
from chuangwen.standards.rules import canonical, shown_items, write
from rulebook.prose import UNKNOWN
from rulebook.tables import Line


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
    reading, _ = read_words(line.rule, line.text, line.points, line.items)
    if reading.rule is None:
        return Proposed("", "", parts, why="" if reading.status == UNKNOWN else "；".join(reading.notes))
    rule = canonical(reading.rule)
    kind, phrases = write(rule)
    return Proposed(kind, phrases, "\n".join(shown_items(rule)), reading.notes)
