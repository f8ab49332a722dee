"""Draws as the assessors make them: every one equally likely, places never seen made up from those seen."""

from collections import Counter
from fractions import Fraction as F
from math import comb

import numpy as np
import pytest

from rulebook.forecast.drawing import CHUNK, draws_of
from rulebook.forecast.ground import Kind

MANY = 60_000


def kind(seen, population, drawn):
    """Return a type of place."""
    return Kind("road", np.arange(seen), population, drawn)


def counted(one, draws=MANY, seed="s"):
    """Return how often each draw came, as sorted positions of the places seen."""
    found = Counter()
    for (some,) in draws_of((one,), seed, draws):
        found.update(tuple(sorted(row)) for row in some.T.tolist())
    return found


@pytest.mark.parametrize(("whole", "drawn"), [(5, 1), (6, 2), (6, 3), (6, 4), (5, 4)])
def test_every_draw_is_equally_likely_where_all_places_were_seen(whole, drawn):
    found = counted(kind(whole, whole, drawn))
    each = MANY / comb(whole, drawn)
    assert len(found) == comb(whole, drawn)
    assert all(len(set(draw)) == drawn for draw in found)
    assert max(abs(count - each) for count in found.values()) < 5 * each**0.5


def urn(seen, population, drawn):
    """Return the exact chance of every draw: seen places without replacement, others as from Pólya's urn."""
    chances = {((), ()): F(1)}
    for step in range(drawn):
        later = Counter()
        for (fresh, made), chance in chances.items():
            left = [place for place in range(seen) if place not in fresh]
            for place in left:
                later[(*fresh, place), made] += chance / (population - step)
            unseen = population - step - len(left)
            for place in [*range(seen), *made] if unseen else []:
                later[fresh, (*made, place)] += chance * F(unseen, population - step) / (seen + len(made))
        chances = later
    found = Counter()
    for (fresh, made), chance in chances.items():
        found[tuple(sorted(fresh + made))] += chance
    return found


@pytest.mark.parametrize(("seen", "population", "drawn"), [(2, 3, 2), (2, 5, 3), (3, 4, 3), (1, 4, 2), (2, 3, 3)])
def test_places_never_seen_are_made_up_as_from_an_urn(seen, population, drawn):
    found, expected = counted(kind(seen, population, drawn)), urn(seen, population, drawn)
    assert sum(expected.values()) == 1
    assert found.keys() == expected.keys()
    for draw, chance in expected.items():
        assert abs(found[draw] - MANY * chance) < 5 * float(MANY * chance) ** 0.5


@pytest.mark.parametrize(("seen", "population", "drawn"), [(2, 3, 2), (2, 5, 3), (3, 4, 3), (3, 4, 4)])
def test_the_urn_spreads_a_mean_as_the_formula_says(seen, population, drawn):
    values, one = [F(1), F(4), F(6)][:seen], kind(seen, population, drawn)
    means = [
        (chance, sum(values[place] for place in draw) / drawn) for draw, chance in urn(seen, population, drawn).items()
    ]
    middle = sum(values) / seen
    square = sum((value - middle) ** 2 for value in values) / (seen - 1)
    assert sum(chance * mean for chance, mean in means) == middle
    assert sum(chance * (mean - middle) ** 2 for chance, mean in means) == one.made * square
    assert one.stretch**2 == pytest.approx(float((one.luck + one.unseen) / one.made))


def test_a_type_of_which_all_is_drawn_is_drawn_once():
    (draws,) = draws_of((kind(4, 4, 4), kind(4, 4, 2)), "s", 7)
    assert [some.shape for some in draws] == [(4, 1), (2, 7)]


def test_the_draws_of_a_seed_are_these_on_every_machine():
    (draws,) = draws_of((kind(5, 9, 3), kind(3, 3, 2)), "2026-1", 4)
    assert [some.T.tolist() for some in draws] == [
        [[0, 2, 0], [4, 2, 2], [0, 4, 4], [0, 3, 4]],
        [[0, 2], [1, 2], [0, 2], [0, 2]],
    ]


def test_chunks_hold_as_many_draws_as_were_asked_for():
    sizes = [some[0].shape[1] for some in draws_of((kind(5, 5, 2),), "s", CHUNK + 10)]
    assert sizes == [CHUNK, 10]
