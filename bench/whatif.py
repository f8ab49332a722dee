"""What if: one problem put right, and the list of open problems, against one pass over the sums of one criterion.

python bench/whatif.py [answers] [criteria] [places] [problems]
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.engine import TYPES, UNITS, answers_of, standard_of
from rulebook.scoring import Answer, Answers, Frame, Standard, cheapest, gains, plan, put_right, reduce, score

ROUNDS, AIM_MS = 200, 5


def records_of(standard: Standard, frame: Frame, answers: Answers, number: int) -> list[Answer]:
    """Return the first findings of different criteria and places, as problems hold them."""
    found: dict[tuple[int, int], Answer] = {}
    rows = zip(answers.place, answers.criterion, answers.mark, answers.count, strict=True)
    for place, criterion, mark, count in rows:
        if len(found) == number:
            break
        if mark == 2:
            answer = Answer(frame.places[place].key, standard.criteria[criterion].key, 0, 2, int(count), 0)
            found[int(place), int(criterion)] = answer
    return list(found.values())


def middle(works: list[Callable[[], object]]) -> tuple[float, float]:
    """Return p50 and p95 of some works, each done once, in milliseconds."""
    times = []
    for work in works:
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    cuts = statistics.quantiles(times, n=20)
    return statistics.median(times), cuts[-1]


def main(size: int = 400_000, criteria: int = 1200, places: int = 2000, problems: int = 2000) -> None:
    """Print our time, the floor and their ratio."""
    standard = standard_of(criteria)
    frame = Frame.of((i, f"t{i % TYPES}", i % UNITS) for i in range(places))
    answers = answers_of(size, criteria, places)
    whole = score(standard, reduce(standard, frame, answers)).whole
    records = records_of(standard, frame, answers, problems)
    data, each = whole.passed.sums.data, records[:ROUNDS]
    slots = [standard.slot_of[standard.number[record.criterion], 0] for record in each]
    whole.total, put_right(whole, records[:1]), data[:, slots[0]].sum()  # everything worked out once
    ours = middle([lambda one=one: put_right(whole, [one]).total for one in each])
    floor = middle([lambda slot=slot: data[:, slot].sum(axis=1) for slot in slots])
    print(f"{size:,} answers × {criteria} criteria × {places} places")
    print(f"ours   p50 {ours[0]:.2f} p95 {ours[1]:.2f} ms (one problem put right, the new total; aim {AIM_MS} ms)")
    print(f"floor  p50 {floor[0]:.3f} p95 {floor[1]:.3f} ms (the six sums of its criterion over all places, read once)")
    print(f"ratio  {ours[0] / floor[0]:.0f}")
    gained = middle([lambda one=one: gains(whole, [[one]]) for one in each])
    print(f"part   one gain, exact and published: p50 {gained[0]:.2f} p95 {gained[1]:.2f} ms")
    groups = {number: [record] for number, record in enumerate(records)}
    listed, planned = (
        middle([work, work])[0] for work in (lambda: cheapest(whole, groups), lambda: plan(whole, groups, 20))
    )
    print(
        f"list   {len(groups):,} problems, cheapest first: {listed / 1000:.2f} s; "
        f"20 of them planned: {planned / 1000:.2f} s"
    )


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
