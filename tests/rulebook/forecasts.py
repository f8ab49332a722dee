"""What the tests of the forecast share: dense random answers, every possible draw, and the engine's score of a draw."""

import itertools
import random

import numpy as np
from hypothesis import strategies as st

from rulebook.forecast import Stratum
from rulebook.scoring import Answers, Frame, compile_standard, reduce, score
from rulebook.scoring.sums import Sums
from tests.rulebook.strategies import TYPES

PLACES = {f"p{i}": (TYPES[i % 3], f"u{i % 4}") for i in range(9)}
plans = st.fixed_dictionaries({}, optional={kind: st.integers(0, 3).map(lambda n: Stratum(3, n)) for kind in TYPES})
wide_plans = st.fixed_dictionaries(
    {},
    optional={kind: st.tuples(st.integers(0, 9), st.integers(0, 4)).map(lambda row: Stratum(*row)) for kind in TYPES},
)
seeds = st.integers(0, 2**32)
shares = st.sampled_from([0.6, 0.97, 1])


def dense(spec, seed, share, where=None):
    """Return standard and sums of answers at nearly every place, criterion and ordinal (or all, with a share of 1)."""
    luck, standard, where = random.Random(seed), compile_standard(spec), where or PLACES
    frame = Frame.of((key, *rest) for key, rest in where.items())
    rows = []
    for place, criterion in itertools.product(where, standard.criteria):
        for ordinal in criterion.ordinals:
            if luck.random() <= share:
                mark = luck.choice([1, 1, 1, 2, 2, 3 if share < 1 else 1])
                count = luck.choice([0, 0, 1, 2, 250, 400, 900])
                rows.append((place, criterion.key, ordinal, mark, count, luck.choice([900, 1000, 2000])))
    return standard, reduce(standard, frame, Answers.of(standard, frame, rows))


def all_draws(kinds):
    """Yield every possible draw from types all of whose places were seen: place numbers."""
    each = [itertools.combinations(kind.places.tolist(), kind.drawn) for kind in kinds]
    for draw in itertools.product(*each):
        yield list(itertools.chain(*draw))


def scored(standard, sums, places):
    """Return the result of some places alone, by number; one that is named twice counts twice."""
    given = [sums.frame.places[place] for place in places]
    frame = Frame.of((i, *place[1:]) for i, place in enumerate(given))
    return score(standard, Sums(frame, sums.data[:, :, np.array(places, dtype=np.int64)]))
