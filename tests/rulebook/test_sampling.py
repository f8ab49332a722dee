"""The draw of places: seeded, stratified, the same for ever (C4)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rulebook.sampling import Site, allocate, draw, frame_hash, replacement, sample_size

EXPECTED = ["p01", "p06", "p08", "p11", "p22", "p24", "p29", "站"]
SITES = [Site(f"p{i:02}", ("road", "market", "lane")[i % 3], f"u{i % 4}") for i in range(30)] + [
    Site("站", "station", "u1")
]


def codes(found):
    """Return the codes drawn."""
    return [place.code for place in found.drawn]


def test_a_known_seed_draws_these_places_on_every_machine():
    assert codes(draw(SITES, 8, "2026-1")) == EXPECTED


@given(st.permutations(SITES))
def test_the_order_of_the_frame_changes_nothing(mixed):
    assert draw(mixed, 8, "2026-1") == draw(SITES, 8, "2026-1")


def test_another_seed_draws_other_places():
    assert codes(draw(SITES, 8, "2026-2")) != codes(draw(SITES, 8, "2026-1"))


def test_the_only_one_of_its_type_is_always_examined():
    for seed in "abcdefgh":
        assert [place.code for place in draw(SITES, 8, seed).drawn if place.certain] == ["站"]


def test_a_place_marked_as_a_must_is_always_examined():
    sites = [site._replace(must=site.code == "p07") for site in SITES]
    assert [place.code for place in draw(sites, 8, "a").drawn if place.certain] == ["p07", "站"]


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 40), min_size=1), st.integers(0, 120))
def test_every_stratum_gets_at_least_one_and_never_more_than_it_has(sizes, wanted):
    shares = allocate(sizes, wanted)
    assert all(1 <= shares[name] <= size for name, size in sizes.items())
    assert sum(shares.values()) == min(max(wanted, len(sizes)), sum(sizes.values()))


def test_strata_get_places_in_proportion_to_their_size():
    assert allocate({"a": 60, "b": 30, "c": 10}, 20) == {"a": 12, "b": 6, "c": 2}


def test_the_draw_of_a_type_is_spread_over_its_units():
    sites = [Site(f"{unit}{i}", "road", unit) for unit in ("甲", "乙", "丙") for i in range(9)]
    assert sorted(place.unit for place in draw(sites, 6, "s").drawn) == sorted("甲甲乙乙丙丙")


def test_a_replacement_is_the_next_of_the_same_type_and_not_drawn_already():
    drawn = draw(SITES, 8, "2026-1")
    taken = codes(drawn)
    found = replacement(SITES, "2026-1", taken[0], taken)
    kinds = {site.code: site.place_type for site in SITES}
    assert found not in taken
    assert kinds[found] == kinds[taken[0]]
    bigger = codes(draw(SITES, 11, "2026-1"))
    assert found in bigger


def test_there_is_no_replacement_for_the_only_one_of_its_type():
    assert replacement(SITES, "s", "站", ["站"]) is None


def test_a_code_twice_in_the_frame_is_refused():
    with pytest.raises(ValueError, match="抽样名单里编号重复：p01"):
        draw([*SITES, Site("p01", "road")], 8, "s")


def test_the_hash_of_the_frame_changes_with_any_place_and_not_with_their_order():
    assert frame_hash(SITES) == frame_hash(SITES[::-1])
    assert frame_hash(SITES) != frame_hash([SITES[0]._replace(unit="别的"), *SITES[1:]])


@pytest.mark.parametrize(
    ("population", "precision", "size"),
    [(1200, "0.05", 292), (100, "0.05", 80), (10**6, "0.05", 385), (5, "0.01", 5), (0, "0.05", 0)],
)
def test_the_sample_size_follows_the_precision_and_the_finite_population(population, precision, size):
    assert sample_size(population, Fraction(precision)) == size
