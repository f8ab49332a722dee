"""Engine: answers to sums, score and losses, against one np.bincount per needed column, keys included.

python bench/engine.py [answers] [criteria] [places]
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rulebook.scoring import Answers, Frame, Standard, compile_standard, emit, reduce, score

Columns = tuple[NDArray[Any], ...]
UNITS, TYPES, RUNS = 300, 20, 5
RULES: tuple[dict[str, object], ...] = (
    {"kind": "pass_rate", "cell": "place"},
    {"kind": "pass_rate", "cell": "observation"},
    {"kind": "per_occurrence", "each": "0.1", "cell": "place"},
    {"kind": "per_occurrence", "each": "0.05", "cap": "0.3", "cell": "observation"},
    {"kind": "capped_ratio", "required": "3", "cell": "unit"},
)


def standard_of(criteria: int) -> Standard:
    """Return a standard with as many criteria, over ten nodes, of five kinds."""
    rows = [
        {"key": f"c{i}", "points": "0.5", "rule": RULES[i % len(RULES)], "place_types": []} for i in range(criteria)
    ]
    nodes = [{"key": f"n{n}", "criteria": rows[n::10]} for n in range(10) if rows[n::10]]
    return compile_standard({"key": "bench", "title": "基准", "nodes": nodes})


def answers_of(size: int, criteria: int, places: int) -> Answers:
    """Return random answers: nine in ten qualified, the others with 1 to 4 occurrences."""
    generator = np.random.default_rng(20260409)
    mark = np.where(generator.random(size) < 0.9, 1, 2)
    count = np.where(mark == 2, generator.integers(1, 5, size), 0)
    return Answers(
        generator.integers(0, places, size),
        generator.integers(0, criteria, size),
        np.zeros(size, dtype=np.int64),
        mark,
        count,
        np.zeros(size, dtype=np.int64),
    )


def floor(answers: Answers, columns: Columns, criteria: int, places: int) -> list[NDArray[np.int64]]:
    """Make the keys, and one bincount for each of the four columns these rules need."""
    key = answers.criterion * places + answers.place
    size = criteria * places
    examined = np.bincount(key, minlength=size)
    return [examined, *(np.bincount(key, weights=values, minlength=size) for values in columns)]


def best(work: Callable[[], object]) -> float:
    """Return the shortest time of a few runs, in seconds."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def main(size: int = 4_000_000, criteria: int = 200, places: int = 2000) -> None:
    """Print our time, the floor and their ratio."""
    standard = standard_of(criteria)
    frame = Frame.of((i, f"t{i % TYPES}", i % UNITS) for i in range(places))
    answers = answers_of(size, criteria, places)
    sums = reduce(standard, frame, answers)
    columns = (answers.mark == 1, answers.count, np.minimum(answers.count, 6))  # qualified, count, result
    line = best(lambda: floor(answers, columns, criteria, places))

    def ours() -> object:
        result = score(standard, reduce(standard, frame, answers))
        return result.total, emit(result.whole.passed)

    once = best(ours)
    print(f"{size:,} answers × {criteria} criteria × {places} places")
    print(f"ours   {once:.3f} s (sums, score, losses of every criterion and place)")
    print(f"floor  {line:.3f} s (keys and four bincounts)")
    print(f"ratio  {once / line:.2f}")
    print(
        f"part   sums {best(lambda: reduce(standard, frame, answers)):.3f} s, "
        f"score {best(lambda: score(standard, sums).total):.3f} s, "
        f"{UNITS} units {best(lambda: [u.total for u in score(standard, sums).units.values()]):.3f} s"
    )


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
