"""Issue 2, 10: the draw is seeded, stratified, stored with its frame, and can be repeated."""

import pytest

from chuangwen.base.errors import Refused
from chuangwen.inspections import actions, queries
from tests.factories.inspections import field, make_round, make_team, round_of
from tests.factories.organisations import county
from tests.factories.places import make_place, make_type

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return county()


@pytest.fixture
def round(world):
    """Two types with criteria (12 and 1 places), a third without."""
    make_place(world.bureau, make_type(world.tenant, "礼堂"))
    return round_of(world, {"主次干道": [world.station, world.other_station] * 6, "广场": [world.bureau]})


def codes(round) -> list[str]:
    return sorted(round.visits.values_list("place__code", flat=True))


def test_the_same_seed_and_frame_give_the_same_places(world, round) -> None:
    first = codes(actions.draw(actor=world.office, round=round, quota=5, seed="20260330-7F2A"))
    again = codes(actions.draw(actor=world.office, round=round, quota=5, seed="20260330-7F2A"))
    assert (len(first), again) == (5, first)
    assert queries.repeats(actions.draw(actor=world.office, round=round, quota=5, seed="20260330-7F2A"))


def test_frame_seed_and_hash_are_kept_and_only_types_with_criteria_stand_in_it(world, round) -> None:
    made = actions.draw(actor=world.office, round=round, quota=4, seed="七")
    assert (made.seed, made.frame.count(), made.frame.filter(drawn=True).count()) == ("七", 13, 4)
    assert sorted(size for size, _ in made.draw["strata"].values()) == [1, 12]
    assert len(made.draw["hash"]) == 64
    assert made.drawn_at is not None


def test_a_place_alone_of_its_type_is_always_examined(world, round) -> None:
    for seed in "甲乙丙":
        made = actions.draw(actor=world.office, round=round, quota=2, seed=seed)
        assert made.frame.get(certain=True).place.type.name == "广场"
        assert made.visits.filter(place__type__name="广场").count() == 1


def test_places_named_are_always_examined(world, round) -> None:
    code = round.version.criteria.first().place_types.get(name="主次干道").places.order_by("-code").first().code
    for seed in "甲乙丙":
        made = actions.draw(actor=world.office, round=round, quota=3, seed=seed, must=[code])
        assert made.visits.filter(place__code=code).count() == 1
        assert queries.repeats(made)


def test_a_quota_per_type_is_kept(world, round) -> None:
    road = round.version.criteria.first().place_types.get(name="主次干道")
    made = actions.draw(actor=world.office, round=round, quota={road.code: 6}, seed="x")
    assert set(made.visits.values_list("place__type__name", flat=True)) == {"主次干道"}
    assert made.visits.count() == 6
    assert queries.repeats(made)


def test_the_draw_covers_the_units_of_a_type(world, round) -> None:
    road = round.version.criteria.first().place_types.get(name="主次干道")
    made = actions.draw(actor=world.office, round=round, quota={road.code: 2}, seed="x")
    assert sorted(made.visits.values_list("unit__name", flat=True)) == ["物业所", "环卫所"]


def test_no_seed_given_one_is_made(world, round) -> None:
    made = actions.draw(actor=world.office, round=round, quota=3)
    assert len(made.seed) == 17


def test_drawn_again_the_former_draw_goes_and_places_added_by_hand_stay(world, round) -> None:
    actions.draw(actor=world.office, round=round, quota=5, seed="a")
    place, *others = (row.place for row in round.frame.filter(drawn=False).order_by("place_code"))
    actions.add_places(actor=world.office, round=round, places=[place], reason="群众反映多")
    for wanted in (others[:3], [place, *others[3:5]]):  # drawn as well, the place added is still one place
        must = [one.code for one in wanted]
        actions.draw(actor=world.office, round=round, quota=3, must=must, at_least=0)
        assert codes(round) == sorted({place.code, *must})
        assert [visit.place for visit in round.visits.filter(origin="added")] == [place]


def test_not_drawn_again_once_open(world, round) -> None:
    actions.draw(actor=world.office, round=round, quota=3)
    make_team(world, round)
    actions.assign(actor=world.office, round=round)
    actions.open_round(actor=world.office, round=round)
    with pytest.raises(Refused) as refused:
        actions.draw(actor=world.office, round=round, quota=4)
    assert refused.value.message == f"“{round.name}”正在进行，不能再做这一步。刷新页面看现在的情况。"


@pytest.mark.parametrize(
    ("quota", "said"),
    [(0, "抽几处没有填。填总数，或按类型填。"), (14, "名册里能抽的只有 13 处，不能抽 14 处。改小一些。")],
)
def test_a_quota_that_cannot_be_is_refused(world, round, quota, said) -> None:
    with pytest.raises(Refused) as refused:
        actions.draw(actor=world.office, round=round, quota=quota)
    assert refused.value.message == said


def test_archived_places_and_those_of_a_neighbour_are_not_drawn(world, round) -> None:
    place = round.version.criteria.first().place_types.get(name="广场").places.get()
    place.archived_at = round.version.published_at
    place.save()
    made = actions.draw(actor=world.office, round=round, quota=12)
    assert made.visits.filter(place=place).count() == 0


def test_nothing_to_draw_says_what_to_do(world) -> None:
    made = field(world)
    type(made.places[0]).objects.all().delete()
    with pytest.raises(Refused) as refused:
        actions.draw(actor=world.office, round=make_round(world, made.version), quota=1)
    assert refused.value.message == "没有可抽的点位：名册里没有这套体系要测的类型。先导入点位，或换一套测评体系。"
