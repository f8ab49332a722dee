"""Issue 2, 10: places are given to teams in turn; nobody examines a unit of their own."""

from uuid import uuid4

import pytest

from chuangwen.base.errors import Refused
from chuangwen.inspections import actions
from chuangwen.organisations.models import Role
from tests.factories.inspections import field, make_round, make_team
from tests.factories.organisations import LONG_AGO, county, make_person
from tests.factories.places import make_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return field()


@pytest.fixture
def round(made):
    """Three drawn places: two of the station below the bureau, one of the other station."""
    return actions.draw(actor=made.world.office, round=make_round(made.world, made.version), quota=3)


def given(round) -> dict[str, int]:
    return {team.name: team.visits.count() for team in round.teams.order_by("id")}


def test_places_are_given_in_turn(made, round) -> None:
    for name, person in (("一组", made.world.inspector), ("二组", made.world.second_inspector)):
        make_team(made.world, round, person, name=name)
    assert actions.assign(actor=made.world.office, round=round) == []
    assert given(round) == {"一组": 2, "二组": 1}


@pytest.mark.parametrize("where", ["station", "bureau"])
def test_a_member_of_the_owner_or_of_what_is_above_it_is_passed_over(made, round, where) -> None:
    insider = make_person(getattr(made.world, where), Role.INSPECTOR)
    make_team(made.world, round, insider, name="一组")
    left = actions.assign(actor=made.world.office, round=round)
    assert given(round) == {"一组": 1}
    assert {visit.unit for visit in left} == {made.world.station}


def test_a_member_below_the_owner_is_passed_over(made) -> None:
    place = make_place(made.world.bureau, made.type)
    round = make_round(made.world, made.version)
    actions.add_places(actor=made.world.office, round=round, places=[place], reason="重点")
    make_team(made.world, round, make_person(made.world.station, Role.INSPECTOR), name="一组")
    assert [visit.place for visit in actions.assign(actor=made.world.office, round=round)] == [place]


def test_any_post_of_a_member_counts_not_only_the_one_in_the_team(made, round) -> None:
    person = made.world.inspector
    person.memberships.create(
        tenant=person.tenant, organisation=made.world.station, role=Role.CONTACT, valid_from=LONG_AGO
    )
    team = actions.add_team(
        actor=made.world.office,
        client_id=uuid4(),
        round=round,
        name="一组",
        members=person.memberships.filter(role=Role.INSPECTOR),
    )
    actions.assign(actor=made.world.office, round=round)
    assert team.visits.count() == 1


def test_people_at_the_root_of_the_county_examine_everything(made, round) -> None:
    make_team(made.world, round, make_person(made.world.root, Role.INSPECTOR), name="一组")
    assert actions.assign(actor=made.world.office, round=round) == []


def test_by_hand_it_is_refused_with_the_reason(made, round) -> None:
    insider = make_person(made.world.station, Role.INSPECTOR, "罗敏")
    team = make_team(made.world, round, insider, name="一组")
    visit = round.visits.filter(unit=made.world.station).first()
    with pytest.raises(Refused) as refused:
        actions.reassign_visit(actor=made.world.office, visit=visit, team=team)
    assert refused.value.message == "一组的罗敏在环卫所，不测本单位的点位。改派别的组，或先调整组员。"


def test_a_member_with_a_tie_cannot_join_a_team_that_has_the_place(made, round) -> None:
    team = make_team(made.world, round, name="一组")
    actions.assign(actor=made.world.office, round=round)
    insider = make_person(made.world.station, Role.INSPECTOR)
    with pytest.raises(Refused):
        actions.edit_team(actor=made.world.office, team=team, name="一组", members=[insider.memberships.get()])
    assert team.members.get().membership.person == made.world.inspector


def test_opening_looks_at_the_ties_of_that_day(made, round) -> None:
    make_team(made.world, round, name="一组")
    actions.assign(actor=made.world.office, round=round)
    made.world.inspector.memberships.create(
        tenant=made.world.tenant, organisation=made.world.station, role=Role.CONTACT, valid_from=LONG_AGO
    )
    with pytest.raises(Refused):
        actions.open_round(actor=made.world.office, round=round)


def test_only_inspectors_and_office_people_are_members(made, round) -> None:
    with pytest.raises(Refused) as refused:
        make_team(made.world, round, made.world.contact)
    assert refused.value.message == f"{made.world.contact.name}不是测评员，不能进组。先给测评员的角色。"


def test_a_team_sent_twice_is_one_team(made, round) -> None:
    key, post = uuid4(), [made.world.inspector.memberships.get()]
    teams = [
        actions.add_team(actor=made.world.office, client_id=key, round=round, name="一组", members=post)
        for _ in range(2)
    ]
    assert teams[0] == teams[1]
    assert round.teams.count() == 1


def test_a_name_taken_is_refused(made, round) -> None:
    make_team(made.world, round, name="一组")
    with pytest.raises(Refused) as refused:
        make_team(made.world, round, made.world.second_inspector, name="一组")
    assert (refused.value.message, refused.value.field) == ("本轮已有同名的组，换个名称。", "name")


def test_a_team_removed_leaves_its_places_to_others(made, round) -> None:
    team = make_team(made.world, round)
    actions.assign(actor=made.world.office, round=round)
    actions.remove_team(actor=made.world.office, team=team)
    assert round.visits.filter(team__isnull=True).count() == 3


def test_a_member_of_a_neighbour_county_is_no_tie(made, round) -> None:
    neighbour = county("邻县", tenant=made.world.tenant)
    make_team(made.world, round, neighbour.inspector, name="一组")
    assert actions.assign(actor=made.world.office, round=round) == []
