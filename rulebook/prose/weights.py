"""Points and weights that stand in a text: （3.4分）, 分值：5, 满分10分, 权数3.40, 权重10%, 占总分的20%."""

import re
from dataclasses import dataclass
from fractions import Fraction

from rulebook.prose.characters import normalise
from rulebook.prose.numerals import Numeral, numeral_at

POINTS, WEIGHT = "points", "weight"
NAMED = re.compile("(?<![加扣减得])(?:标准分值?|分值|满分|权数|分数)(?:为|是|共|计)?[:=]?")
WEIGHED = re.compile("(?:权重|(?<!约)占(?:总分值?|总成绩|本?项?分值|权重|比重)的?)(?:为|是)?[:=]?")
OPENED = re.compile(r"[(\[](?:本项|该项|共|计|分值:?)?")
CLOSED = re.compile(r"分?[)\]]")
AFTER = re.compile(r"分(?![钟之类期])|(?=[，;。)\]:\n、]|$)")


@dataclass(frozen=True)
class Weight:
    """A number at `start`…`end` of the text: the points of an item, or its weight (20% is 1/5)."""

    start: int
    end: int
    kind: str
    value: Fraction


def number(text: str, place: int, share: bool) -> Numeral | None:
    """Return the exact number at a place; shares only where they can be meant."""
    found = numeral_at(text, place)
    return found if found and found.exact and (share or not found.share) else None


def weight_at(text: str, place: int) -> tuple[int, str, Fraction] | None:
    """Return the end, kind and value of what begins at a place."""
    if head := OPENED.match(text, place):
        found = number(text, head.end(), share=False)
        closed = CLOSED.match(text, found.end) if found else None
        if found and closed and (closed[0][0] == "分" or "分值" in head[0]):
            return closed.end(), POINTS, found.value
    if head := NAMED.match(text, place):
        found = number(text, head.end(), share=False)
        after = AFTER.match(text, found.end) if found else None
        return (after.end(), POINTS, found.value) if found and after else None
    if head := WEIGHED.match(text, place):
        found = number(text, head.end(), share=True)
        if found and (found.share or head[0].startswith("权重")):
            return found.end, WEIGHT, found.value
    return None


def read_weights(text: str) -> list[Weight]:
    """Read all points and weights of a text from left to right; what is given or taken (扣3分, 得2分) is none."""
    normal = normalise(text)
    found: list[Weight] = []
    place = 0
    while place < len(normal.text):
        one = weight_at(normal.text, place)
        if one:
            end, kind, value = one
            found.append(Weight(normal.places[place], normal.places[end], kind, value))
        place = one[0] if one else place + 1
    return found
