"""The draw of places 抽样: stratified, seeded, the same on every machine and whatever the order of the frame."""

import hashlib
import itertools
import math
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from rulebook.scoring.exact import largest_remainder


class Site(NamedTuple):
    """A place that can be drawn: its code, its type and its unit. `must` puts it among those always examined."""

    code: str
    place_type: str
    unit: str = ""
    must: bool = False


class Drawn(NamedTuple):
    """A place that was drawn; `certain` says it is always examined 逢检必到, with no luck in it."""

    code: str
    place_type: str
    unit: str
    certain: bool


class Draw(NamedTuple):
    """A draw with all that is needed to repeat it."""

    seed: str
    size: int
    frame_hash: str
    drawn: tuple[Drawn, ...]


def luck(seed: str, code: str) -> str:
    """Return the place of a code in the order of a seed: no generator, so the same for ever."""
    return hashlib.sha256(f"{seed}\n{code}".encode()).hexdigest()


def frame_hash(sites: Iterable[Site]) -> str:
    """Return the hash of a frame 抽样框, whatever its order."""
    rows = sorted(f"{site.code}\t{site.place_type}\t{site.unit}\t{int(site.must)}" for site in sites)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def checked(sites: Iterable[Site]) -> list[Site]:
    """Return the frame sorted by code; ValueError when a code stands in it twice."""
    found = sorted(sites)
    codes = [site.code for site in found]
    twice = sorted({code for code, after in itertools.pairwise(codes) if code == after})
    if twice:
        raise ValueError(f"抽样名单里编号重复：{'、'.join(twice)}")
    return found


def certain_codes(sites: Collection[Site]) -> set[str]:
    """Return the places always examined: marked so, or the only one of their type."""
    only: dict[str, list[str]] = {}
    for site in sites:
        only.setdefault(site.place_type, []).append(site.code)
    alone = {codes[0] for codes in only.values() if len(codes) == 1}
    return alone | {site.code for site in sites if site.must}


def allocate(sizes: Mapping[str, int], wanted: int) -> dict[str, int]:
    """Allocate a sample to strata in proportion to their sizes, at least 1 and at most all of each.

    With more strata than places wanted, each stratum still gets its one. Ties go to the stratum first by name.
    """
    names = sorted(name for name, size in sizes.items() if size > 0)
    wanted = min(max(wanted, len(names)), sum(sizes[name] for name in names))
    given = dict.fromkeys(names, 0)
    free = names
    while free and (rest := wanted - sum(given.values())) > 0:
        whole = sum(sizes[name] for name in free)
        parts = [Fraction(rest * sizes[name], whole) for name in free]
        shares = dict(zip(free, largest_remainder(parts, rest, 0), strict=True))
        fixed = {name: sizes[name] - given[name] for name in free if given[name] + shares[name] > sizes[name]}
        for name, share in (fixed or shares).items():
            given[name] += share
        free = [name for name in free if given[name] < sizes[name]] if fixed else []
    return at_least_one(given, sizes)


def at_least_one(given: dict[str, int], sizes: Mapping[str, int]) -> dict[str, int]:
    """Move places from the richest strata to those that got none."""
    for name in [name for name, share in given.items() if not share]:
        richest = max(given, key=lambda other: (given[other], sizes[other], other))
        given[richest] -= 1
        given[name] = 1
    return given


def stratum(site: Site) -> str:
    """Return the stratum of a place: its type."""
    return site.place_type


def order(seed: str, sites: Iterable[Site]) -> list[Site]:
    """Return the places of one stratum in the order of the seed, spread over its units.

    Each unit's first place comes before any unit's second, so that a stratum's draw covers its units.
    """
    turn: dict[str, int] = {}
    found: list[tuple[int, str, Site]] = []
    for site in sorted(sites, key=lambda one: luck(seed, one.code)):
        turn[site.unit] = turn.get(site.unit, 0) + 1
        found.append((turn[site.unit], luck(seed, site.code), site))
    return [site for _, _, site in sorted(found)]


def draw(sites: Iterable[Site], size: int, seed: str) -> Draw:
    """Draw `size` places: the certain ones first, the rest by type in proportion, at least 1 of each type.

    May return more than `size` when certain places and types are more than that.
    """
    frame = checked(sites)
    certain = certain_codes(frame)
    strata: dict[str, list[Site]] = {}
    for site in frame:
        if site.code not in certain:
            strata.setdefault(stratum(site), []).append(site)
    shares = allocate({name: len(members) for name, members in strata.items()}, size - len(certain))
    chosen = certain.union(
        *((site.code for site in order(seed, strata[name])[:share]) for name, share in shares.items())
    )
    drawn = tuple(Drawn(s.code, s.place_type, s.unit, s.code in certain) for s in frame if s.code in chosen)
    return Draw(seed, size, frame_hash(frame), drawn)


def replacement(sites: Iterable[Site], seed: str, code: str, taken: Collection[str]) -> str | None:
    """Return the next place in the order of a place's own stratum that is not taken; None when there is none."""
    frame = checked(sites)
    own = next((site for site in frame if site.code == code), None)
    if own is None:
        raise ValueError(f"抽样名单里没有编号“{code}”")
    certain = certain_codes(frame)
    members = [site for site in frame if stratum(site) == stratum(own) and site.code not in certain]
    free = [site.code for site in order(seed, members) if site.code not in taken and site.code != code]
    return free[0] if free else None


def sample_size(population: int, precision: Fraction, z: Fraction = Fraction(196, 100)) -> int:
    """Return how many of a finite population must be examined to know a rate to ± precision (95 % by default).

    Cochran with p = 1/2 and the correction for a finite population, rounded up, exactly.
    """
    if population <= 0:
        return 0
    if not 0 < precision < 1:
        raise ValueError("精度要在 0 与 1 之间")
    endless = z * z / (4 * precision * precision)
    return min(population, math.ceil(endless / (1 + (endless - 1) / population)))
