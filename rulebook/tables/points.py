"""Points and weights: the number of a cell, or what a text says of itself: （3.4分）, 分值3.4, 权重10%."""

import re
from dataclasses import dataclass

from rulebook.tables.plaintext import folded

_NUMBER = r"(\d{1,6}(?:\.\d{1,6})?)"
_CELL = re.compile(rf"[(\[]?\s*(?:共|计|满分|分值|\+)?\s*:?\s*{_NUMBER}\s*(分|%)?\s*[)\]]?")
_WORDS = r"(分值|标准分|满分|权重|权数|配分|赋分|总分|共计|共|计)"
_BRACKET = re.compile(rf"[(\[]\s*(?:{_WORDS}\s*(?:为|:)?\s*)?{_NUMBER}\s*(分|%)?\s*[)\]]")
_SAID = re.compile(rf"{_WORDS}\s*(?:为|:)?\s*{_NUMBER}\s*(分|%)?")


@dataclass(frozen=True)
class Said:
    """A number of points or a weight, and where in the text it stands."""

    number: str
    is_weight: bool
    start: int
    end: int


def number(text: str) -> str:
    """The number a cell of points says: 3.40, 3.4分, （3.4分）, 10%; '' when it says anything else."""
    found = _CELL.fullmatch(folded(text).strip())
    return trimmed(found[1]) if found else ""


def trimmed(text: str) -> str:
    """Without noughts in front: 05 → 5."""
    return re.sub(r"^0+(?=\d)", "", text)


def said(text: str) -> list[Said]:
    """Every statement a text makes of its own points or weight; a bare number in brackets counts at its end only."""
    plain = folded(text)
    found: dict[int, Said] = {}
    for match in _BRACKET.finditer(plain):
        bare = not match[1] and not match[3]
        at_end = not plain[match.end() :].strip(" \n。；;")
        listed = bare and "." not in match[2] and not plain[: match.start()].strip()
        if (not bare or at_end) and not listed:
            found[match.start()] = _said(match)
    for match in _SAID.finditer(plain):
        inside = any(one.start <= match.start() < one.end for one in found.values())
        if not inside and (match[3] or match[1] in ("分值", "标准分", "权重", "权数")):
            found[match.start()] = _said(match)
    return [found[start] for start in sorted(found)]


def _said(match: re.Match[str]) -> Said:
    weight = match[3] == "%" or match[1] == "权重"
    return Said(trimmed(match[2]), weight, match.start(), match.end())


def without(text: str, statements: list[Said]) -> str:
    """The text with the statements cut out: a name without its points."""
    for one in reversed(statements):
        text = text[: one.start] + text[one.end :]
    return text.strip()
