"""Forecast: very many simulated draws of a formal assessment, against one random key for each place and draw.

python bench/forecast.py [draws] [place types]
"""

import random
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.engine import best
from rulebook.forecast import Stratum, forecast
from rulebook.forecast.drawing import CHUNK, draws_of
from rulebook.forecast.ground import kinds_of
from rulebook.scoring import Answers, Frame, Standard, compile_standard, reduce
from rulebook.scoring.sums import Sums

EACH, AIM = 4, 2
SIZES = (42, 32, 7, 23, 18, 6, 5, 12, 20, 16, 40, 14, 8, 30, 10, 25, 60, 36)  # of types, over and over
PLAIN: tuple[dict[str, str], ...] = (
    {"kind": "pass_rate", "cell": "place"},
    {"kind": "per_occurrence", "each": "0.1", "cell": "place", "combiner": "mean"},
)
CROOKED = {"kind": "per_occurrence", "each": "0.1", "cell": "place", "combiner": "worst"}


def standard_of(types: int, rules: tuple[dict[str, str], ...]) -> Standard:
    """Return a standard with a few criteria for each type of place."""
    rows = [
        {"key": f"c{kind}-{at}", "points": "0.5", "rule": rules[at % len(rules)], "place_types": [f"t{kind}"]}
        for kind in range(types)
        for at in range(EACH)
    ]
    names = {f"t{kind}": f"类型{kind}" for kind in range(types)}
    nodes = [{"key": "n", "criteria": rows}]
    return compile_standard({"key": "bench", "title": "基准", "place_types": names, "nodes": nodes})


def seen(standard: Standard, plan: dict[str, Stratum]) -> Sums:
    """Return what was seen: every place of every type, three in ten with 1 to 4 occurrences."""
    frame = Frame.of((f"{key}-{i}", key, i % 30) for key, stratum in plan.items() for i in range(stratum.population))
    luck, rows = random.Random(20260409), []
    by_type = {key: [one.key for one in standard.criteria if key in one.place_types] for key in plan}
    for place in frame.places:
        for key in by_type[place.place_type]:
            count = luck.randint(1, 4) if luck.random() < 0.3 else 0
            rows.append((place.key, key, 0, 2 if count else 1, count, 0))
    return reduce(standard, frame, Answers.of(standard, frame, rows))


def keys(plan: dict[str, Stratum], draws: int) -> None:
    """Make one random key for each place and draw, in chunks as small as ours."""
    generator = np.random.default_rng(20260409)
    for start in range(0, draws, CHUNK):
        for stratum in plan.values():
            generator.random((stratum.population, min(CHUNK, draws - start)))


def main(draws: int = 100_000, types: int = 54) -> None:
    """Print our time, the floor and their ratio."""
    plan = {f"t{i}": Stratum(SIZES[i % len(SIZES)], max(1, SIZES[i % len(SIZES)] // 4)) for i in range(types)}
    standard = standard_of(types, PLAIN)
    sums = seen(standard, plan)
    kinds = kinds_of(sums, plan)
    line = best(lambda: keys(plan, draws))
    ours = best(lambda: forecast(standard, sums, plan, draws=draws, seed="bench"))
    drawn = best(lambda: [None for _ in draws_of(kinds, "bench", draws)])
    places, taken = (sum(getattr(one, name) for one in plan.values()) for name in ("population", "drawn"))
    print(f"{draws:,} draws of {taken} of {places} places of {types} types, {len(standard.criteria)} criteria")
    print(f"ours   {ours:.3f} s (what was seen read, draws made, every draw scored, picture and shares)")
    print(f"floor  {line:.3f} s (one random key for each place and draw)")
    print(f"ratio  {ours / line:.2f} (aim {AIM}); the draws alone {drawn / line:.2f}")
    crooked = standard_of(types, (*PLAIN, CROOKED))
    found = seen(crooked, plan)
    bent = best(lambda: forecast(crooked, found, plan, draws=draws, seed="bench"))
    print(f"part   the same where one criterion in three takes the worst place: {bent:.3f} s, ratio {bent / line:.2f}")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
