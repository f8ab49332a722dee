"""Small parsers over tokens, put together into grammars; each yields every way to read on from a place.

A parser takes the tokens and a place and yields `Read`s: where it stopped, and what it claimed on the way. What no
claim covers cannot be passed over, so a whole text is read or it is not.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from rulebook.prose.numerals import Numeral
from rulebook.prose.tokens import Token

Tokens = tuple[Token, ...]


@dataclass(frozen=True)
class Claim:
    """Tokens `start`…`end` are understood: as a setting with its value, as subject matter, or as neutral."""

    start: int
    end: int
    role: str
    setting: str = ""
    value: Any = None


@dataclass(frozen=True)
class Read:
    """How far a parser came, and its claims in order."""

    end: int
    claims: tuple[Claim, ...] = ()

    def values(self, setting: str) -> list[Any]:
        """Return the values of one setting, in the order of the text."""
        return [claim.value for claim in self.claims if claim.setting == setting]

    def first(self, setting: str) -> Any:
        """Return the first value of a setting; None when it was not said."""
        return next(iter(self.values(setting)), None)


Parser = Callable[[Tokens, int], Iterator[Read]]
Meaning = Callable[[Token], Any]

MOST_WAYS = 3000
SUBJECT, NEUTRAL, SETTING = "subject", "neutral", "setting"
ABOUT = frozenset(
    "text of reference mark comma list find period and etc fill met all these std rate passed examined not here "
    "opinion".split()
)
NEGATIONS = ("不", "未", "没", "没有", "无", "非")
CLAUSE = ABOUT - {"comma"}
LEADING = ABOUT | {"stop", "colon"}


class Tangled(Exception):
    """A text that can be read in more ways than anybody would mean."""


def check_few(reads: list[Read]) -> None:
    """Give a text up that can be read in too many ways."""
    if len(reads) > MOST_WAYS:
        raise Tangled


def word(*kinds: str, text: str = "", setting: str = "", value: Any = None) -> Parser:
    """Read one token of these kinds (with this text)."""

    def parse(tokens: Tokens, place: int) -> Iterator[Read]:
        if place < len(tokens) and tokens[place].kind in kinds and (not text or tokens[place].text in text.split()):
            role = SETTING if setting else NEUTRAL
            yield Read(place + 1, (Claim(place, place + 1, role, setting, value),))

    return parse


def meant(kind: str, setting: str, meaning: Meaning) -> Parser:
    """Read one token of a kind and take what it means as a setting; a meaning of None does not fit."""

    def parse(tokens: Tokens, place: int) -> Iterator[Read]:
        if place < len(tokens) and tokens[place].kind == kind:
            value = meaning(tokens[place])
            if value is not None:
                role = SETTING if setting else NEUTRAL
                yield Read(place + 1, (Claim(place, place + 1, role, setting, value),))

    return parse


def noted(setting: str) -> Parser:
    """Read nothing, and note that a grammar came by here."""
    return lambda tokens, place: iter((Read(place, (Claim(place, place, NEUTRAL, setting, True),)),))


def seq(*parts: Parser) -> Parser:
    """Read parts one after the other."""

    def parse(tokens: Tokens, place: int) -> Iterator[Read]:
        reads = [Read(place)]
        for part in parts:
            reads = [Read(on.end, so_far.claims + on.claims) for so_far in reads for on in part(tokens, so_far.end)]
            if not reads:
                return
            check_few(reads)
        yield from reads

    return parse


def alt(*choices: Parser) -> Parser:
    """Read any of the choices."""

    def parse(tokens: Tokens, place: int) -> Iterator[Read]:
        for choice in choices:
            yield from choice(tokens, place)

    return parse


def opt(*parts: Parser) -> Parser:
    """Read the parts, or nothing."""
    return alt(seq(*parts), lambda tokens, place: iter((Read(place),)))


def many(part: Parser, least: int = 0) -> Parser:
    """Read a part again and again; as often as it goes first, then less often."""

    def parse(tokens: Tokens, place: int) -> Iterator[Read]:
        rounds = [[Read(place)]]
        while rounds[-1]:
            further = [(so, on) for so in rounds[-1] for on in part(tokens, so.end) if on.end > so.end]
            rounds.append([Read(on.end, so.claims + on.claims) for so, on in further])
            check_few(rounds[-1])
        for reads in reversed(rounds[least:]):
            yield from reads

    return parse


def tag(part: Parser, setting: str, meaning: Callable[[Read], Any]) -> Parser:
    """Take all a part read as one setting, keeping what in it is subject matter; a meaning of None does not fit."""

    def parse(tokens: Tokens, place: int) -> Iterator[Read]:
        for read in part(tokens, place):
            value = meaning(read)
            if value is not None:
                about = tuple(claim for claim in read.claims if claim.role == SUBJECT)
                yield Read(read.end, (Claim(place, read.end, SETTING, setting, value), *about))

    return parse


def phrase(pattern: str, setting: str) -> Parser:
    """Read tokens of any kind whose words together are a fixed phrase, at most eight of them."""
    words = re.compile(pattern)

    def parse(tokens: Tokens, place: int) -> Iterator[Read]:
        for end in range(min(place + 8, len(tokens)), place, -1):
            if words.fullmatch("".join(token.text for token in tokens[place:end])):
                yield Read(end, (Claim(place, end, SETTING, setting, True),))
                return

    return parse


def closing(tokens: Tokens, place: int, kinds: frozenset[str]) -> int:
    """Return the place behind a bracket that holds nothing but these kinds; the bracket's own place if it does not."""
    for number in range(place + 1, len(tokens)):
        if tokens[number].kind == "close":
            return number + 1
        if tokens[number].kind not in kinds:
            break
    return place


def run(kinds: frozenset[str], setting: str = "", least: int = 1) -> Parser:
    """Read text that is no part of the rule itself, as far as it goes; brackets count when all in them is such text."""

    def parse(tokens: Tokens, place: int) -> Iterator[Read]:
        end = place
        while end < len(tokens):
            if tokens[end].kind in kinds:
                end += 1
            elif tokens[end].kind == "open" and (on := closing(tokens, end, kinds)) > end:
                end = on
            else:
                break
        while end > place and tokens[end - 1].kind == "and":  # 或 right before 扣 joins more than subject matter
            end -= 1
        if end - place >= least and (end == place or tokens[place].kind != "and"):
            words = "".join(token.text for token in tokens[place:end])
            yield Read(end, (Claim(place, end, SUBJECT, setting, words),) if end > place else ())

    return parse


def beginnings(part: Parser, cuts: frozenset[str]) -> Parser:
    """Read the beginnings of a run that end before a token of these kinds or behind punctuation."""

    def parse(tokens: Tokens, place: int) -> Iterator[Read]:
        for read in part(tokens, place):
            for end in range(read.end - 1, place, -1):
                last = tokens[end - 1]
                clause = last.kind in ("comma", "stop", "colon")
                if clause or (tokens[end].kind in cuts and not last.text.endswith(NEGATIONS)):
                    yield cut(tokens, read, end)

    return parse


def cut(tokens: Tokens, read: Read, end: int) -> Read:
    """Return a read that stops earlier."""
    kept = [claim for claim in read.claims if claim.end <= end]
    for claim in read.claims:
        if claim.start < end < claim.end and claim.role == SUBJECT:
            words = "".join(token.text for token in tokens[claim.start : end])
            kept.append(replace(claim, end=end, value=words))
    return Read(end, tuple(kept))


def number_of(token: Token) -> Fraction | None:
    """Return the value of an exact plain number."""
    number = token.number
    return number.value if isinstance(number, Numeral) and number.exact and not number.share else None


def share_of(token: Token) -> Fraction | None:
    """Return the value of an exact share: 10%, 八成, 半数."""
    number = token.number
    return number.value if isinstance(number, Numeral) and number.exact and number.share else None
