"""A normalised text as tokens: numbers, their measures, the words of rules, and text between them."""

from dataclasses import dataclass
from typing import NamedTuple

from rulebook.prose.lexicon import AFTER, COMPARED, DASHES, MARK, MEASURE, POINT, SIGN, WORDS
from rulebook.prose.numerals import Between, Numeral, between_at, numeral_at

COUNTED = frozenset({"number", "between", "every", "slash"})
MEASURED = frozenset({"number", "between", "measure", "point", "included", "excluded"})
BEGINNING = frozenset({"", "stop", "colon"})
# Right before 扣 or 不得分 these change what it means.
DOUBTED = "不免勿没无莫各均共再另多少至最约加倒先还又也亦可拟请已曾非是暂"
DENIED = ("不", "未", "没", "非", "无", "不足", "达不到", "不到")  # right before a comparison: 不达到, 不足至少
FORBIDDEN = ("不得", "不应", "不宜", "不能", "不会", "不予", "未予", "不准", "不该", "不必")
ACTIONS = frozenset({"minus", "deduct", "zero", "full", "get", "plus", "every", "fill", "veto"})
FINE_BEFORE = ("缺少", "较少", "过少", "过多", "较多", "很多", "不少")


@dataclass(frozen=True)
class Token:
    """A word at `start`…`end` of the normalised text; numbers carry what they are, comparisons their way."""

    kind: str
    start: int
    end: int
    text: str
    number: Numeral | Between | None = None


class Place(NamedTuple):
    """Where the tokeniser stands: the text, the place in it, and the tokens before."""

    text: str
    start: int
    before: list[Token]

    @property
    def last(self) -> str:
        """Return the kind of the token before; nothing at the beginning."""
        return self.before[-1].kind if self.before else ""

    def token(self, kind: str, end: int, number: Numeral | Between | None = None) -> Token:
        """Return a token that begins here."""
        return Token(kind, self.start, end, self.text[self.start : end], number)


def behind_number(place: Place) -> Token | None:
    """Read what a word can only be behind a number: a measure, points, 以上, a dash."""
    tries = [("measure", MEASURE)] if place.last in COUNTED else []
    tries += [("point", POINT)] if place.last in ("number", "between", "measure") else []
    tries += [("after", AFTER), ("dash", DASHES)] if place.last in MEASURED else [("minus", SIGN)]
    tries += [("mark", MARK)] if place.last in BEGINNING else []
    for kind, pattern in tries:
        if match := pattern.match(place.text, place.start):
            return place.token(kind, match.end())
    return None


def number_here(place: Place) -> Token | None:
    """Read a number, or two with a dash between."""
    between = between_at(place.text, place.start)
    if between:
        return place.token("between", between.end, between)
    number = numeral_at(place.text, place.start)
    return place.token("number", number.end, number) if number else None


def word_here(place: Place) -> Token | None:
    """Read the longest word of the lexicon that begins here."""
    best: Token | None = None
    for kind, pattern in WORDS:
        match = pattern.match(place.text, place.start)
        if match and match.end() > (best.end if best else place.start):
            best = place.token(kind, match.end())
    return best


def compared(token: Token) -> str:
    """Return the way of a comparison: above, from, below, to."""
    ends = {way: match.end() for way, pattern in COMPARED.items() if (match := pattern.match(token.text + "1"))}
    return max(ends, key=lambda way: ends[way])


def doubted(place: Place, token: Token) -> bool:
    """Say whether the character before an action or a comparison changes what it means: 不扣, 各扣, 不达到 …"""
    text = place.text[: place.start]
    if place.last != "text" or text.endswith(FINE_BEFORE):
        return False
    if token.kind == "compare":
        return text.endswith(DENIED)
    return token.kind in ACTIONS and (text[-1:] in DOUBTED or text.endswith(FORBIDDEN))


def token_here(place: Place) -> Token:
    """Read the token that begins here."""
    found = behind_number(place)
    if found is None:
        word, number = word_here(place), number_here(place)
        found = number if number and (word is None or number.end > word.end) else word
    if found is None:
        return place.token("text", place.start + 1)
    return place.token("doubted", found.end) if doubted(place, found) else found


def tokenise(text: str) -> tuple[Token, ...]:
    """Read a normalised text into tokens; neighbouring pieces of text become one."""
    found: list[Token] = []
    start = 0
    while start < len(text):
        token = token_here(Place(text, start, found))
        if token.kind == "text" and found and found[-1].kind == "text":
            first = found.pop()
            token = Token("text", first.start, token.end, text[first.start : token.end])
        found.append(token)
        start = token.end
    return tuple(found)
