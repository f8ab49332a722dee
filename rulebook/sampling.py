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


Quota = int | Mapping[str, int]  # how many in all, or how many of each type, by hand
Least = int | Mapping[str, int]  # the fewest of any type, or of each type named (others 1)


def fewest(least: Least, place_type: str) -> int:
    """Return the fewest of one type."""
    return least if isinstance(least, int) else least.get(place_type, 1)


class Draw(NamedTuple):
    """A draw with all that is needed to repeat it."""

    seed: str
    size: Quota
    frame_hash: str
    drawn: tuple[Drawn, ...]
    least: Least = 1


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


def certain_codes(sites: Collection[Site], least: Least = 1) -> set[str]:
    """Return the places always examined: marked so, or the only one of a type that gets one at least."""
    only: dict[str, list[str]] = {}
    for site in sites:
        only.setdefault(site.place_type, []).append(site.code)
    alone = {codes[0] for name, codes in only.items() if len(codes) == 1 and fewest(least, name) > 0}
    return alone | {site.code for site in sites if site.must}


def allocate(sizes: Mapping[str, int], wanted: int, least: Mapping[str, int] | None = None) -> dict[str, int]:
    """Allocate a sample to strata in proportion to their sizes, at least `least` (1) and at most all of each.

    When the least of all strata are more than wanted, each still gets its own. Ties go to the stratum first by name.
    """
    names = sorted(name for name, size in sizes.items() if size > 0)
    needed = {name: min(1 if least is None else least.get(name, 1), sizes[name]) for name in names}
    wanted = min(max(wanted, sum(needed.values())), sum(sizes[name] for name in names))
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
    return lifted(given, sizes, needed)


def lifted(given: dict[str, int], sizes: Mapping[str, int], needed: Mapping[str, int]) -> dict[str, int]:
    """Move places, one by one, from the strata that have most above their least to those below it."""
    for name in given:
        while given[name] < needed[name]:
            richest = max(given, key=lambda other: (given[other] - needed[other], sizes[other], other))
            given[richest] -= 1
            given[name] += 1
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


class Strata(NamedTuple):
    """A frame divided: the codes always examined, and by type how many those are and the places left to luck."""

    certain: set[str]
    sure: dict[str, int]
    free: dict[str, list[Site]]

    @classmethod
    def of(cls, frame: Collection[Site], size: Quota = 0, least: Least = 1) -> "Strata":
        """Divide a frame; a type given no places by hand is left out, whatever is in it."""
        wanted = [site for site in frame if isinstance(size, int) or size.get(stratum(site), 0) > 0]
        certain = certain_codes(wanted, least)
        sure: dict[str, int] = {}
        free: dict[str, list[Site]] = {}
        for site in wanted:
            sure.setdefault(stratum(site), 0)
            free.setdefault(stratum(site), [])
            if site.code in certain:
                sure[stratum(site)] += 1
            else:
                free[stratum(site)].append(site)
        return cls(certain, sure, free)

    def shares(self, size: Quota, least: Least) -> dict[str, int]:
        """Return how many of each type are drawn by luck: always 1 where any are left, unless its least is 0."""
        sizes = {name: len(members) for name, members in self.free.items()}
        lows = {name: fewest(least, name) for name in sizes}
        needed = {name: max(1, low - self.sure[name]) if low > 0 else 0 for name, low in lows.items()}
        if isinstance(size, int):
            return allocate(sizes, size - len(self.certain), needed)
        return {
            name: min(max(size[name] - self.sure[name], needed[name]), whole) for name, whole in sizes.items() if whole
        }


def draw(sites: Iterable[Site], size: Quota, seed: str, least: Least = 1) -> Draw:
    """Draw places: the certain ones first, then by luck, in proportion to the types or as many of each as given.

    size: how many in all, or how many of each type; a type not given, or given 0, is not drawn from at all.
    least: the fewest of each type, certain ones counted; unless it is 0, one at least is drawn by luck.
    May return more than `size` when certain places and the fewest of each type are more than that.
    """
    frame = checked(sites)
    strata = Strata.of(frame, size, least)
    shares = strata.shares(size, least)
    chosen = strata.certain.union(
        *((site.code for site in order(seed, strata.free[name])[:share]) for name, share in shares.items())
    )
    drawn = tuple(Drawn(s.code, s.place_type, s.unit, s.code in strata.certain) for s in frame if s.code in chosen)
    return Draw(seed, size, frame_hash(frame), drawn, least)


def at_least(sites: Iterable[Site], number: int = 1) -> dict[str, int]:
    """Return the least that gives each type so many places, those always examined counted among them."""
    sure: dict[str, int] = {}
    for site in sites:
        sure[site.place_type] = sure.get(site.place_type, 0) + site.must
    return {name: 0 if have >= number else number for name, have in sure.items() if have or number > 1}


def smallest(sites: Iterable[Site], least: Least = 1) -> int:
    """Return how many places a draw comes to when it is asked for none: the certain ones and the fewest of each."""
    strata = Strata.of(checked(sites), least=least)
    return len(strata.certain) + sum(strata.shares(0, least).values())


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


HALF, Z95 = Fraction(1, 2), Fraction(196, 100)


def likely_rate(qualified: int, examined: int, z: Fraction = Z95) -> Fraction:
    """Return the rate to plan with after earlier observations: the middle of Wilson's interval, 1/2 without any.

    Few observations pull it towards 1/2, so that a lucky 5 of 5 does not make the next sample too small.
    """
    return (qualified + z * z / 2) / (examined + z * z)


def sample_size(population: int, precision: Fraction, z: Fraction = Z95, rate: Fraction = HALF) -> int:
    """Return how many of a finite population must be examined to know a rate to ± precision (95 % by default).

    Cochran with the correction for a finite population, rounded up, exactly. p = 1/2 is the largest sample;
    `rate` is what is known better (see `likely_rate`). A mean of shares between 0 and 1 never needs more.
    """
    if population <= 0:
        return 0
    if not 0 < precision < 1:
        raise ValueError("精度要在 0 与 1 之间")
    endless = z * z * rate * (1 - rate) / (precision * precision)
    return min(population, max(1, math.ceil(endless * population / (population - 1 + endless)))) if endless else 1


def sizes_for(
    sites: Iterable[Site], precision: Fraction, rates: Mapping[str, Fraction] | None = None, z: Fraction = Z95
) -> dict[str, int]:
    """Return how many of each type make the rate of every type known to ± precision: quotas for `draw`.

    `rates` are those known by type. Certain places are known without error, which leaves the others more room.
    """
    frame = checked(sites)
    strata, found = Strata.of(frame), {}
    for name, members in strata.free.items():
        whole, sure = len(members) + strata.sure[name], strata.sure[name]
        room = precision * whole / len(members) if members else Fraction(1)
        by_luck = sample_size(len(members), room, z, (rates or {}).get(name, HALF)) if room < 1 else 0
        found[name] = sure + by_luck
    return found


def squared_error(strata: Strata, shares: Mapping[str, int], rates: Mapping[str, Fraction]) -> Fraction | None:
    """Return the variance of the rate of all places, estimated from such a draw; None where a type has no place."""
    whole = len(strata.certain) + sum(len(members) for members in strata.free.values())
    found = Fraction(0)
    for name, members in strata.free.items():
        size, drawn, rate = len(members), shares.get(name, 0), rates.get(name, HALF)
        if size and not drawn:
            return None
        if drawn < size:
            spread = Fraction(size, size - 1) * rate * (1 - rate)
            found += Fraction(size, whole) ** 2 * (Fraction(1, drawn) - Fraction(1, size)) * spread
    return found


def precision_of(
    sites: Iterable[Site],
    size: Quota,
    least: Least = 1,
    rates: Mapping[str, Fraction] | None = None,
    z: Fraction = Z95,
) -> Fraction | None:
    """Return to ± what the rate of all places is known from such a draw, rounded up to a hundredth of a per cent.

    None where a type has places and none of them is drawn: nothing is known of it.
    """
    strata = Strata.of(checked(sites), size, least)
    error = squared_error(strata, strata.shares(size, least), rates or {})
    if error is None:
        return None
    scaled = math.ceil(z * z * error * 10**8)
    return Fraction(math.isqrt(scaled - 1) + 1 if scaled else 0, 10**4)


def size_for(
    sites: Iterable[Site],
    precision: Fraction,
    least: Least = 1,
    rates: Mapping[str, Fraction] | None = None,
    z: Fraction = Z95,
) -> int:
    """Return how many places in all make the rate of all places known to ± precision; one fewer would not do.

    The draw is the one `draw` makes of that size: in proportion, with its fewest of each type.
    """
    if not 0 < precision < 1:
        raise ValueError("精度要在 0 与 1 之间")
    frame, known = checked(sites), rates or {}
    strata = Strata.of(frame, least=least)

    def enough(size: int) -> bool:
        error = squared_error(strata, strata.shares(size, least), known)
        return error is not None and z * z * error <= precision * precision

    least_of_all = smallest(frame, least)
    size = min(len(frame), max(least_of_all, sample_size(len(frame), precision, z)))
    while size < len(frame) and not enough(size):
        size += 1
    while size > least_of_all and enough(size - 1):
        size -= 1
    return size
