"""Draws of places as the assessors make them: without replacement, of each type, very many at once.

Where every place of a type was seen, a draw is a partial shuffle of them (the first steps of Fisher and Yates, or the
last where most are drawn). Where not, a place never seen is made up from the seen ones as by Pólya's urn: it equals any
of those seen or made up before with the same chance, so that places not seen hang together as much as is unknown.

Random bits come from the generator's raw words alone, which NumPy keeps for ever: a seed gives the same draws anywhere.
"""

import hashlib
from collections.abc import Iterator, Sequence

import numpy as np

from rulebook.forecast.ground import Kind
from rulebook.scoring.columns import Ints

CHUNK = 4096
SHORT = 6  # steps of a shuffle up to which only the swaps are kept
Draws = tuple[
    Ints, ...
]  # by type: (places drawn, draws) positions among the places seen, or one draw that never varies


class Luck:
    """Random integers by seed."""

    def __init__(self, seed: str) -> None:
        self._bits = np.random.PCG64(int.from_bytes(hashlib.sha256(seed.encode()).digest()[:16], "big"))

    def below(self, ends: Ints, draws: int) -> Ints:
        """Return integers from 0 to ends − 1, a row for each end (or one end for each place of a row)."""
        words = self._bits.random_raw(-(-ends.shape[0] * draws // 2)).view(np.uint32)
        words = words[: ends.shape[0] * draws].astype(np.uint64).reshape(ends.shape[0], draws)
        words *= ends.astype(np.uint64)
        words >>= np.uint64(32)
        return np.asarray(words.astype(np.int64))


def all_seen(kind: Kind, luck: Luck, draws: int) -> Ints:
    """Draw from a type whose places were all seen."""
    whole, drawn = kind.population, kind.drawn
    steps = min(drawn, whole - drawn)
    picks = luck.below(whole - np.arange(steps)[:, np.newaxis], draws)
    if steps == drawn <= SHORT:
        return first_of(picks)
    order = np.repeat(np.arange(whole), draws).reshape(whole, draws)
    flat, columns = order.reshape(-1), np.arange(draws)
    for step in range(steps):
        at = (picks[step] + step) * draws + columns
        chosen = flat[at]
        flat[at] = order[step]
        order[step] = chosen
    return order[:drawn] if steps == drawn else order[steps:]


def first_of(picks: Ints) -> Ints:
    """Return what the first steps of a shuffle bring, remembering only the swaps: faster where the steps are few."""
    at = picks + np.arange(picks.shape[0])[:, np.newaxis]
    found, moved = at.copy(), at.copy()  # what lay where a step picked; what it left there
    for step in range(picks.shape[0]):
        moved[step] = step
        for before in range(step):
            np.copyto(found[step], moved[before], where=at[step] == at[before])
            np.copyto(moved[step], moved[before], where=at[before] == step)
    return found


def some_seen(kind: Kind, luck: Luck, draws: int) -> Ints:
    """Draw from a type of which some places were never seen."""
    whole, drawn, seen = kind.population, kind.drawn, kind.seen
    order = np.repeat(np.arange(seen + 1), draws).reshape(
        seen + 1, draws
    )  # the last row only takes what is not swapped
    flat, columns = order.reshape(-1), np.arange(draws)
    made = np.zeros((drawn + 1, draws), dtype=np.int64)
    known = np.zeros(draws, dtype=np.int64)  # how many of the draw so far were seen
    found = np.zeros((drawn, draws), dtype=np.int64)
    picks = luck.below(whole - np.arange(drawn)[:, np.newaxis], draws)
    for step in range(drawn):
        fresh = picks[step] < seen - known
        here, there = known * draws + columns, (known + np.where(fresh, picks[step], 0)) * draws + columns
        chosen = flat[there]
        flat[there], flat[here] = flat[here], chosen
        urn = luck.below((seen + step - known)[np.newaxis], draws)[0]
        again = made.reshape(-1)[np.maximum(urn - seen, 0) * draws + columns]
        copy = np.where(urn < seen, urn, again)
        made.reshape(-1)[(step - known) * draws + columns] = copy
        found[step] = np.where(fresh, chosen, copy)
        known = known + fresh
    return found


def draws_of(kinds: Sequence[Kind], seed: str, draws: int) -> Iterator[Draws]:
    """Yield draws in chunks; types without luck are drawn once."""
    luck = Luck(seed)
    for start in range(0, draws, CHUNK):
        size = min(CHUNK, draws - start)
        yield tuple(
            np.arange(kind.seen)[:, np.newaxis]
            if kind.settled
            else (all_seen if kind.seen == kind.population else some_seen)(kind, luck, size)
            for kind in kinds
        )
