"""Draws with a fewest of each type, quotas by hand, and the size for a wanted precision (C4)."""

import itertools
import math
from fractions import Fraction as F

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rulebook.sampling import (
    Site,
    allocate,
    at_least,
    draw,
    likely_rate,
    precision_of,
    sample_size,
    size_for,
    sizes_for,
    smallest,
)

TYPES = ("road", "market", "lane")
SITES = [Site(f"p{i:02}", TYPES[i % 3], f"u{i % 4}") for i in range(30)] + [Site("站", "station", "u1")]
UNEVEN = [Site(f"{kind[0]}{i}", kind) for kind, size in zip(TYPES, (30, 7, 4), strict=True) for i in range(size)]
rows = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("uv"), st.booleans()), min_size=1, max_size=24)
frames = rows.map(lambda found: [Site(f"p{i}", *row) for i, row in enumerate(found)])


def of_type(found, kind):
    """Return the places drawn of one type."""
    return [place for place in found.drawn if place.place_type == kind]


def test_the_fewest_of_each_type_are_taken_from_the_types_that_have_most():
    assert [len(of_type(draw(UNEVEN, 12, "s"), kind)) for kind in TYPES] == [9, 2, 1]
    assert [len(of_type(draw(UNEVEN, 12, "s", least=3), kind)) for kind in TYPES] == [6, 3, 3]


def test_a_type_may_have_a_fewest_of_its_own_and_certain_places_count_towards_it():
    found = draw([*UNEVEN, Site("m9", "market", must=True)], 12, "s", least={"lane": 2, "market": 3})
    assert [len(of_type(found, kind)) for kind in TYPES] == [7, 3, 2]
    assert [place.code for place in of_type(found, "market") if place.certain] == ["m9"]


@given(frames, st.integers(0, 30), st.integers(0, 5), st.sampled_from(["1", "2", "3"]))
def test_a_draw_keeps_every_fewest_and_its_size_where_the_two_can_be_kept(sites, size, least, seed):
    found = draw(sites, size, seed, least)
    assert found == draw(sites[::-1], size, seed, least)
    smallest = 0
    for kind in {site.place_type for site in sites}:
        members = sum(site.place_type == kind for site in sites)
        sure = sum(place.certain for place in of_type(found, kind))
        fewest = min(members, max(least, sure + 1 if least else sure))
        assert len(of_type(found, kind)) >= fewest
        smallest += fewest
    assert len(found.drawn) == min(len(sites), max(size, smallest))


@given(frames, st.dictionaries(st.sampled_from("abcd"), st.integers(0, 9)))
def test_quotas_by_hand_are_draws_of_each_type_alone(sites, quotas):
    found = draw(sites, quotas, "s").drawn
    alone = [
        place
        for kind, size in quotas.items()
        if size and (members := [site for site in sites if site.place_type == kind])
        for place in draw(members, size, "s").drawn
    ]
    assert list(found) == sorted(alone)


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 40), min_size=1), st.integers(0, 120), st.data())
def test_every_stratum_gets_its_least_and_the_sum_is_what_was_wanted(sizes, wanted, data):
    least = data.draw(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 9)))
    shares = allocate(sizes, wanted, least)
    needed = {name: min(least.get(name, 1), size) for name, size in sizes.items()}
    assert all(needed[name] <= shares[name] <= size for name, size in sizes.items())
    assert sum(shares.values()) == min(max(wanted, sum(needed.values())), sum(sizes.values()))


@pytest.mark.parametrize(("rate", "size"), [("0.5", 292), ("0.9", 125), ("0.99", 16), ("1", 1)])
def test_a_rate_known_from_before_makes_the_sample_smaller(rate, size):
    assert sample_size(1200, F("0.05"), rate=F(rate)) == size


def test_a_few_lucky_observations_do_not_make_the_rate_certain():
    assert likely_rate(0, 0) == F(1, 2)
    assert round(float(likely_rate(5, 5)), 3) == 0.783
    assert round(float(likely_rate(400, 400)), 3) == 0.995


def halves(size):
    """Return a population half of which is qualified, as near as can be."""
    return [1] * (size // 2) + [0] * (size - size // 2)


@pytest.mark.parametrize("drawn", [{"a": 2, "b": 1}, {"a": 3, "b": 4}, {"a": 4, "b": 6}])
def test_the_precision_is_that_of_all_possible_draws(drawn):
    sites = [Site(f"{kind}{i}", kind) for kind, size in (("a", 4), ("b", 6)) for i in range(size)]
    values = {"a": halves(4), "b": halves(6)}
    means = [
        F(4, 10) * F(sum(one), len(one)) + F(6, 10) * F(sum(other), len(other))
        for one in itertools.combinations(values["a"], drawn["a"])
        for other in itertools.combinations(values["b"], drawn["b"])
    ]
    middle = sum(means) / len(means)
    variance = sum((value - middle) ** 2 for value in means) / len(means)
    exact = F(196, 100) * F(math.isqrt(math.floor(variance * 10**12)), 10**6)
    assert 0 <= precision_of(sites, drawn) - exact <= F(2, 10**4)


@settings(deadline=None)
@given(frames, st.sampled_from(["0.05", "0.1", "0.3"]), st.integers(1, 3), st.sampled_from(["0.5", "0.8"]))
def test_one_place_fewer_than_the_size_for_a_precision_would_not_do(sites, precision, least, rate):
    rates, wanted = {"a": F(rate)}, F(precision)
    size = size_for(sites, wanted, least, rates)
    assert precision_of(sites, size, least, rates) <= wanted
    fewer = precision_of(sites, size - 1, least, rates)
    smallest = len(draw(sites, 0, "s", least).drawn)
    assert size <= smallest or fewer > wanted or fewer > wanted - F(1, 10**4)


def test_the_size_for_every_type_gives_each_its_own_sample():
    sites = [Site(f"{kind}{i}", kind) for kind, size in (("a", 100), ("b", 1200)) for i in range(size)]
    assert sizes_for(sites, F("0.05")) == {"a": 80, "b": 292}
    assert sizes_for(sites, F("0.05"), {"b": F("0.9")}) == {"a": 80, "b": 125}


def test_certain_places_leave_the_others_of_their_type_more_room():
    sites = [Site(f"p{i}", "a", must=i < 50) for i in range(100)]
    assert sizes_for(sites, F("0.05")) == {"a": 50 + sample_size(50, F("0.1"))}
    assert precision_of(sites, {"a": 100}) == 0


def test_nothing_is_said_of_the_precision_where_a_type_has_no_place():
    assert precision_of(SITES, 2, least={"road": 0, "lane": 0, "market": 0}) is None


def test_a_precision_outside_0_and_1_is_refused():
    with pytest.raises(ValueError, match="精度要在 0 与 1 之间"):
        size_for(SITES, F(1))


@given(frames, st.integers(0, 30), st.integers(1, 3))
def test_so_many_of_each_type_at_least_count_the_places_always_examined(sites, size, number):
    least = at_least(sites, number)
    found = draw(sites, size, "s", least)
    kinds = {site.place_type for site in sites}
    whole = {kind: sum(site.place_type == kind for site in sites) for kind in kinds}
    sure = {kind: sum(site.place_type == kind and site.must for site in sites) for kind in kinds}
    assert all(len(of_type(found, kind)) >= min(whole[kind], number) for kind in kinds)
    assert smallest(sites, least) == sum(min(whole[kind], max(number, sure[kind])) for kind in kinds)
    assert len(found.drawn) == min(len(sites), max(size, smallest(sites, least)))


@given(frames, st.integers(0, 30))
def test_by_the_number_alone_so_many_are_drawn_and_all_that_must_be(sites, size):
    found = draw(sites, size, "s", least=0)
    must = {site.code for site in sites if site.must}
    assert {place.code for place in found.drawn if place.certain} == must
    assert len(found.drawn) == min(len(sites), max(size, len(must)))
