"""Issue 2, 10: a round is prepared, opened, closed and released, in this order only."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from chuangwen.base import history
from chuangwen.base.errors import Refused
from chuangwen.base.models import Event
from chuangwen.base.templatetags.words import day
from chuangwen.inspections import actions
from chuangwen.inspections.models import Round
from chuangwen.problems.models import Problem
from chuangwen.standards.models import StandardVersion
from tests.factories.inspections import Field, field, make_round, make_team, open_round, submit
from tests.factories.organisations import county

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Field:
    return field()


def test_the_same_form_sent_twice_is_one_round(made) -> None:
    key = uuid4()
    twice = [make_round(made.world, made.version, client_id=key, name="第1轮暗访") for _ in range(2)]
    assert twice[0] == twice[1]
    assert Event.objects.filter(name="inspections.round_created").count() == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "第1轮暗访"}, ("已有同名的轮次，换个名称。", "name")),
        ({"ends_on": date(2026, 3, 1)}, ("结束日期早于开始日期。", "ends_on")),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(made, fields, said) -> None:
    make_round(made.world, made.version, name="第1轮暗访")
    with pytest.raises(Refused) as refused:
        make_round(made.world, made.version, **fields)
    assert (refused.value.message, refused.value.field) == said


def test_a_draft_of_a_standard_is_not_used(made) -> None:
    StandardVersion.objects.update(state=StandardVersion.State.DRAFT)
    made.version.refresh_from_db()
    with pytest.raises(Refused) as refused:
        make_round(made.world, made.version)
    assert refused.value.message == "这份测评体系还是草稿。先发布，再用来测评。"


def test_the_standard_of_a_neighbour_is_not_used(made) -> None:
    neighbour = field(county("邻县", tenant=made.world.tenant))
    with pytest.raises(Refused) as refused:
        make_round(made.world, neighbour.version)
    assert refused.value.field == "version"


def test_a_round_cannot_be_made_in_another_ground(made) -> None:
    neighbour = county("邻县", tenant=made.world.tenant)
    with pytest.raises(Refused):
        make_round(made.world, made.version, jurisdiction=neighbour.jurisdiction)
    assert Round.objects.count() == 0


def test_in_preparation_it_is_changed_and_later_no_more(made) -> None:
    round = open_round(made.world, made.version, made.places)
    with pytest.raises(Refused):
        actions.edit_round(actor=made.world.office, round=round, name="别的名字")
    draft = make_round(made.world, made.version)
    assert actions.edit_round(actor=made.world.office, round=draft, name="别的名字").name == "别的名字"


def test_the_last_day_of_a_round_under_way_is_moved_and_its_history_says_why(made) -> None:
    round, today = open_round(made.world, made.version, made.places), timezone.localdate()
    later = today + timedelta(days=7)
    before = round.ends_on
    moved = actions.move_end(actor=made.world.office, round=round, ends_on=later, reason="连日有雨")
    assert (moved.ends_on, Round.objects.get(pk=round.pk).ends_on) == (later, later)
    actions.move_end(actor=made.world.office, round=round, ends_on=later, reason="再按一次")
    [line] = [line for line in history.lines(round) if line.label == "改结束日期"]
    assert line.words == f"{day(before)}改为{day(later)}：连日有雨"


def test_the_last_day_is_not_moved_into_the_past_nor_before_or_after_the_round_is_under_way(made) -> None:
    round, yesterday = open_round(made.world, made.version, made.places), timezone.localdate() - timedelta(days=1)
    with pytest.raises(Refused) as refused:
        actions.move_end(actor=made.world.office, round=round, ends_on=yesterday, reason="早收")
    said = f"{day(yesterday)}已经过了。改为今天或以后；现在就不收了的，在本轮页面按“结束”。"
    assert (refused.value.message, refused.value.field) == (said, "ends_on")
    draft = make_round(made.world, made.version, name="还没开始的")
    ended = actions.close_round(actor=made.world.office, round=round)
    for other in (draft, ended):
        with pytest.raises(Refused):
            actions.move_end(actor=made.world.office, round=other, ends_on=timezone.localdate(), reason="晚了")


def test_what_was_handed_out_keeps_its_deadline_when_the_last_day_moves(made) -> None:
    round = open_round(made.world, made.version, made.places, hand_out_at_once=True)
    submit(round.visits.get(place=made.places[0]), [actions.Marked("litter", count=2)])
    before = Problem.objects.get().deadline
    later = timezone.localdate() + timedelta(days=30)
    actions.move_end(actor=made.world.office, round=round, ends_on=later, reason="连日有雨")
    assert before is not None
    assert Problem.objects.get().deadline == before


def test_it_opens_only_with_places_and_teams(made) -> None:
    round = make_round(made.world, made.version)
    with pytest.raises(Refused) as refused:
        actions.open_round(actor=made.world.office, round=round)
    assert refused.value.message == "还没有点位。先抽样，或指定点位，再开始。"
    actions.draw(actor=made.world.office, round=round, quota=3)
    with pytest.raises(Refused) as refused:
        actions.open_round(actor=made.world.office, round=round)
    assert refused.value.message == "还有 3 处点位没有分到组。先分组，再开始。"


def test_each_step_once_in_its_order(made) -> None:
    office, round = made.world.office, open_round(made.world, made.version, made.places)
    with pytest.raises(Refused):
        actions.release_round(actor=office, round=round)
    for step in (actions.close_round, actions.close_round, actions.release_round, actions.release_round):
        round = step(actor=office, round=round)
    assert round.state == Round.State.RELEASED
    assert round.released_at is not None
    names = Event.objects.filter(name__in=("inspections.round_closed", "inspections.round_released"))
    assert sorted(names.values_list("name", flat=True)) == ["inspections.round_closed", "inspections.round_released"]


def test_it_is_not_released_while_an_absent_item_waits(made) -> None:
    office, round = made.world.office, open_round(made.world, made.version, made.places[:1])
    asked = actions.Marked("signs", mark=3, reason="没有标识牌")
    submit(round.visits.get(), [asked])
    actions.close_round(actor=office, round=round)
    with pytest.raises(Refused) as refused:
        actions.release_round(actor=office, round=round)
    assert refused.value.message == "还有 1 项缺项没有定。先裁定，再公开。"


def test_a_team_can_join_an_open_round(made) -> None:
    round = open_round(made.world, made.version, made.places)
    make_team(made.world, round, made.world.second_inspector)
    assert round.teams.count() == 2
