"""Lines of a strange table matched to lines we know: by code, by exact name, by a near name; never more than is sure.

What is only near is proposed, with the person to say whether it is so.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rulebook.tables import read_code
from rulebook.tables.plaintext import folded

CODE, NAME, NEAR, NONE = "code", "name", "near", "none"
AGREES = 0.5  # with the code the same, names at least so alike are one
NEAR_ENOUGH, AHEAD = 0.6, 0.08  # a near name: at least so alike, and so much more than the next
CANDIDATES = 20  # lines looked at more closely: those that share most signs
_SIGNS = re.compile(r"[\s，。、；：:;,.\"'“”‘’()\[\]《》<>·_-]+")


@dataclass(frozen=True)
class Known:
    """A line of ours: its key, what it is called, the names around it."""

    key: str
    label: str
    name: str
    above: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
    """key: the line meant, '' when it is not sure; proposed: what it may be; how: code, name, near or none."""

    key: str
    how: str
    proposed: str = ""


class Matcher:
    """Lines of ours that strange ones are looked up in."""

    def __init__(self, known: Iterable[Known]) -> None:
        self.known = list(known)
        self._names = {one.key: bare(one.name) for one in self.known}
        self._holding: dict[str, list[int]] = {}  # a sign or two signs together → the lines whose names hold it
        for at, one in enumerate(self.known):
            for sign in _signs(self._names[one.key]):
                self._holding.setdefault(sign, []).append(at)
        self._by_code: dict[str, list[Known]] = {}
        self._by_name: dict[str, list[Known]] = {}
        for one in self.known:
            if one.label:
                self._by_code.setdefault(code_of(one.label), []).append(one)
            self._by_name.setdefault(self._names[one.key], []).append(one)

    def find(self, code: str, name: str, above: Sequence[str] = ()) -> Match:
        """The line a code and a name mean; `above` tells lines of one name apart."""
        said = bare(name)
        coded = self._by_code.get(code_of(code), []) if code else []
        agreeing = [one for one in coded if not said or _likeness(said, self._names[one.key]) >= AGREES]
        if (only := _only(agreeing, above)) is not None:
            return Match(only.key, CODE)
        if (only := _only(self._by_name.get(said, []) if said else [], above)) is not None:
            return Match(only.key, NAME)
        near = self._nearest(said) if len(said) > 1 else None
        if near is None and len(coded) == 1:
            near = coded[0]
        return Match("", NEAR, near.key) if near else Match("", NONE)

    def _nearest(self, said: str) -> Known | None:
        """The one line whose name is nearly this, with no other nearly as near."""
        sharing = Counter(at for sign in _signs(said) for at in self._holding.get(sign, ()))
        likeness = ((_likeness(said, self._names[self.known[at].key]), at) for at, _ in sharing.most_common(CANDIDATES))
        scored = sorted(likeness, reverse=True)
        if not scored or scored[0][0] < NEAR_ENOUGH or (len(scored) > 1 and scored[0][0] - scored[1][0] < AHEAD):
            return None
        return self.known[scored[0][1]]


def bare(name: str) -> str:
    """A name as names are compared: no code before it, no signs."""
    text = folded(name)
    known = read_code(text)
    return _SIGNS.sub("", known.rest if known and known.rest else text).casefold()


def code_of(text: str) -> str:
    """A code as codes are compared: Ⅱ-3 and II-3 are one."""
    known = read_code(text, alone=True)
    return _SIGNS.sub("", known.text if known and not known.rest else folded(text)).casefold()


def _signs(name: str) -> frozenset[str]:
    """The signs of a name, and every two that stand together."""
    return frozenset(name) | {name[at : at + 2] for at in range(len(name) - 1)}


def _likeness(one: str, other: str) -> float:
    """0 to 1: what share of their signs two names have in common; one that holds the other whole is near at least."""
    mine, yours = _signs(one), _signs(other)
    share = 2 * len(mine & yours) / max(1, len(mine) + len(yours))
    if min(len(one), len(other)) > 3 and (one in other or other in one):
        return max(NEAR_ENOUGH + AHEAD, share)
    return share


def _only(found: Sequence[Known], above: Sequence[str]) -> Known | None:
    """The only one, or the only one that stands under one of these names."""
    if len(found) > 1:
        around = {bare(name) for name in above}
        found = [one for one in found if around & {bare(name) for name in one.above}]
    return found[0] if len(found) == 1 else None
