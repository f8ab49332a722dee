"""Engine: answers to sums, score and losses, against one np.bincount per needed column, keys included.

Twice: five plain kinds, and the mix of kinds, settings and place types of the shipped county sample. Then the memory
per answer: what is held (the columns given, the sums kept), and the most that was taken while it was worked out.

python bench/engine.py [answers] [criteria] [places]
"""

import sys
import time
import tracemalloc
from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rulebook.scoring import Answers, Frame, Standard, compile_standard, emit, reduce, score

Columns = tuple[NDArray[Any], ...]
UNITS, TYPES, RUNS = 300, 20, 5
SAMPLE = Path(__file__).resolve().parents[1] / "chuangwen/standards/samples/county.yaml"
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


def realistic(criteria: int, places: int) -> tuple[Standard, Frame]:
    """Return the county sample, its criteria repeated up to the number, and as many places of each of its types."""
    spec = yaml.safe_load(SAMPLE.read_text(encoding="utf-8"))
    parents = [node for top in spec["nodes"] for node in below(top) if node.get("criteria")]
    own = [(node, row) for node in parents for row in node["criteria"]]
    for copy in range(1, 1 + -(-(criteria - len(own)) // len(own))):
        for node, row in own[: criteria - len(own) * copy]:
            node["criteria"].append(deepcopy(row) | {"key": f"{row['key']}-{copy}"})
    types = sorted(spec["place_types"])
    return compile_standard(spec), Frame.of((i, types[i % len(types)], i % UNITS) for i in range(places))


def below(node: Mapping[str, Any]) -> list[Any]:
    """Return a node of a standard's text and all nodes under it."""
    return [node, *(one for child in node.get("children", []) for one in below(child))]


def realistic_answers(standard: Standard, frame: Frame, size: int) -> Answers:
    """Return random answers to what the rules ask, each criterion at places of its own types only."""
    generator = np.random.default_rng(20260409)
    asked = [
        (criterion, ask, frame.concerned(criterion)) for criterion in standard.criteria for ask in criterion.asks()
    ]
    share = np.array([places.size for *_, places in asked], dtype=float)
    sizes = generator.multinomial(size, share / share.sum())
    parts = []
    for (criterion, ask, places), rows in zip(asked, sizes.tolist(), strict=True):
        mark = np.where(generator.random(rows) < 0.9, 1, 2)
        base = np.full(rows, 20 * ask.base_size) if ask.form == "pair" else np.zeros(rows, dtype=np.int64)
        number = generator.integers(1, 21, rows) * ask.size
        count = {"mark": mark * 0, "occurrences": np.where(mark == 2, number // ask.size % 4 + 1, 0)}.get(
            ask.form, number
        )
        where = np.full(rows, standard.number[criterion.key])
        parts.append(
            (places[generator.integers(0, places.size, rows)], where, np.full(rows, ask.ordinal), mark, count, base)
        )
    order = generator.permutation(int(sizes.sum()))
    return Answers(*(np.concatenate(column).astype(np.int64)[order] for column in zip(*parts, strict=True)))


def floor(answers: Answers, columns: Columns, criteria: int, places: int) -> list[NDArray[np.int64]]:
    """Make the keys, and one bincount for each of the columns these rules need."""
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


def compare(standard: Standard, frame: Frame, answers: Answers, columns: Columns) -> None:
    """Print our time, the floor, their ratio and the memory."""
    sums, places = reduce(standard, frame, answers), len(frame.places)
    if sums.rejected:
        raise SystemExit(f"{len(sums.rejected)} answers cannot be used: {sums.rejected[0].reason}")
    line = best(lambda: floor(answers, columns, len(standard.criteria), places))

    def ours() -> object:
        result = score(standard, reduce(standard, frame, answers))
        return result.total, emit(result.whole.passed)

    once = best(ours)
    print(f"ours   {once:.3f} s (sums, score, losses of every criterion and place)")
    print(f"floor  {line:.3f} s (keys and {1 + len(columns)} bincounts)")
    print(f"ratio  {once / line:.2f} (aim 3)")
    print(
        f"part   sums {best(lambda: reduce(standard, frame, answers)):.3f} s, "
        f"score {best(lambda: score(standard, sums).total):.3f} s, "
        f"{UNITS} units {best(lambda: [u.total for u in score(standard, sums).units.values()]):.3f} s"
    )
    size, given = answers.place.size, sum(column.nbytes for column in answers)
    print(
        f"memory an answer: columns {given / size:.0f} bytes, sums kept {sums.data.nbytes / size:.1f}; "
        f"most taken while it runs {most(ours) / size:.0f}, by the floor "
        f"{most(lambda: floor(answers, columns, len(standard.criteria), places)) / size:.0f} bytes"
    )


def most(work: Callable[[], object]) -> int:
    """Return the most memory a run takes on top of what was there, in bytes."""
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def main(size: int = 4_000_000, criteria: int = 200, places: int = 2000) -> None:
    """Print both mixes."""
    print(f"{size:,} answers × {criteria} criteria × {places} places, five plain kinds")
    frame = Frame.of((i, f"t{i % TYPES}", i % UNITS) for i in range(places))
    answers = answers_of(size, criteria, places)
    columns: Columns = (answers.mark == 1, answers.count, np.minimum(answers.count, 6))  # qualified, count, result
    compare(standard_of(criteria), frame, answers, columns)

    standard, frame = realistic(criteria, places)
    kinds = {rule.name for criterion in standard.criteria for rule in criterion.rules}
    print(f"\nthe same with the {len(kinds)} kinds and {len(frame.types)} place types of the county sample")
    answers = realistic_answers(standard, frame, size)
    columns = (answers.mark == 1, answers.count, np.minimum(answers.count, 6), answers.base)
    compare(standard, frame, answers, columns)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
