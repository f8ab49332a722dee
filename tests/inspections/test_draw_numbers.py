"""The number asked for is the number drawn: places always examined stand within it, every type only where it fits."""

import pytest
from django.test import Client
from django.urls import reverse

from chuangwen.base.errors import Refused
from chuangwen.inspections import actions, queries
from chuangwen.inspections.models import Visit
from tests.factories.inspections import round_of
from tests.factories.organisations import client_of, county

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return county()


@pytest.fixture
def round(world):
    """Eight types with criteria: twenty streets, three of each other."""
    return round_of(world, {f"第{number}类": [world.station] * (3 if number else 20) for number in range(8)})


def streets(round) -> list[str]:
    rows = queries.places_of_frame(round).filter(type__name="第0类")
    return list(rows.order_by("code").values_list("code", flat=True))


@pytest.fixture
def office(world) -> Client:
    return client_of(world.office)


def page(name: str, round) -> str:
    return reverse(f"inspections:{name}", args=[round.uuid])


def test_places_always_examined_stand_within_the_number(world, round) -> None:
    must = streets(round)[:2]
    round = actions.draw(actor=world.office, round=round, quota=9, must=must)
    assert round.visits.count() == 9
    assert round.visits.values("place_type").distinct().count() == 8
    certain = round.visits.filter(origin=Visit.Origin.CERTAIN).values_list("place__code", flat=True)
    assert sorted(certain) == must
    assert queries.repeats(round)


def test_fewer_than_the_types_is_refused_with_the_number_it_would_be(world, round) -> None:
    with pytest.raises(Refused) as refused:
        actions.draw(actor=world.office, round=round, quota=6, must=streets(round)[:5])
    assert refused.value.message == "每类至少 1 处、必到的算在内，要抽 12 处，多于填写的 6 处。"
    assert round.visits.count() == 0


def test_by_the_number_alone_it_is_the_number(world, round) -> None:
    round = actions.draw(actor=world.office, round=round, quota=6, must=streets(round)[:5], at_least=0)
    assert round.visits.count() == 6
    assert round.visits.filter(origin=Visit.Origin.CERTAIN).count() == 5
    assert queries.repeats(round)


def test_more_places_always_examined_than_the_number_are_refused(world, round) -> None:
    with pytest.raises(Refused) as refused:
        actions.draw(actor=world.office, round=round, quota=4, must=streets(round)[:5], at_least=0)
    assert refused.value.message == "逢检必到的有 5 处，多于要抽的 4 处。必到的算在总数内。"


def test_in_numbers_by_type_the_places_always_examined_stand_within_their_type(world, round) -> None:
    must = streets(round)[:2]
    kind = round.version.criteria.first().place_types.get(name="第0类").code
    actions.draw(actor=world.office, round=round, quota={kind: 2}, must=must)
    assert sorted(round.visits.values_list("place__code", flat=True)) == must
    with pytest.raises(Refused) as refused:
        actions.draw(actor=world.office, round=round, quota={kind: 1}, must=must)
    said = "第0类填的是 1 处，必到的已有 2 处。必到的算在各类的数内，改大这一类的数。"
    assert (refused.value.message, refused.value.field) == (said, "must")


def test_the_page_says_before_drawing_and_offers_both_ways(round, office) -> None:
    asked = {"quota": "6", "every": "1", "must": "、".join(streets(round)[:5])}
    answer = office.post(page("round-draw", round), asked)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert '<button class="btn" name="quota" value="12">每类至少 1 处，抽 12\u00a0处</button>' in said
    assert '<button class="btn" name="every" value="0">只按总数，抽 6\u00a0处</button>' in said
    assert said.index('<button class="btn" name="every"') > said.index('<select name="every"')  # the last one counts
    assert round.visits.count() == 0
    office.post(page("round-draw", round), {**asked, "every": ["1", "0"]})
    assert round.visits.count() == 6


@pytest.mark.parametrize("between", ["、", "，", " ", "\n", ",\u3000"])
def test_codes_are_parted_in_any_way(round, office, between) -> None:
    office.post(page("round-draw", round), {"quota": "12", "must": between.join(streets(round)[:3])})
    assert round.frame.filter(must=True).count() == 3


def test_drawn_again_the_page_opens_with_what_was_asked(round, office) -> None:
    must = streets(round)[:2]
    office.post(page("round-draw", round), {"quota": "6", "every": "0", "must": " ".join(must)})
    form = office.get(page("round-draw", round)).context["form"]
    assert (form["quota"].value(), form["every"].value(), form["must"].value()) == (6, 0, "、".join(must))


def test_types_without_a_place_are_folded(round, office) -> None:
    office.post(page("round-draw", round), {"quota": "1", "every": "0", "must": streets(round)[0]})
    assert "没有抽到的 7\u00a0类" in office.get(page("round-drawn", round)).content.decode()
    shown = office.get(page("round", round))
    assert ([row.type.name for row in shown.context["page"].taken]) == ["第0类"]
    assert "没有列入的 7\u00a0类" in shown.content.decode()
