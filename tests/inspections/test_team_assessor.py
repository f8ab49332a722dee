"""A team in the field speaks for one assessor 测评主体: it is asked what is that one's, and counts with that weight."""

from fractions import Fraction

import pytest
from django.test import Client
from django.urls import reverse

from chuangwen.base.errors import Refused
from chuangwen.inspections import actions
from chuangwen.inspections.actions import Marked
from chuangwen.inspections.queries import sheet_of
from chuangwen.scores import live
from tests.factories.inspections import answer_of, field, make_team, open_round, submit
from tests.factories.results import Methods, criterion, good, methods

pytestmark = pytest.mark.django_db
ASSESSORS = {"self": {"label": "自评", "weight": "40"}, "office": {"label": "督察", "weight": "60"}}
OFFICE = 1000  # what is added to the ordinals of the second


@pytest.fixture
def made() -> Methods:
    """Litter and order at places; order is the unit's own to assess."""
    order = criterion("order", "实地考察", {"kind": "pass_rate"}, assessors=["self"])
    return methods((order,), assessors=ASSESSORS)


def speak(made: Methods, key: str) -> None:
    team = made.round.teams.get()
    posts = [member.membership for member in team.members.all()]
    actions.edit_team(actor=made.world.office, team=team, name=team.name, members=posts, assessor=key)


def asked(made: Methods) -> list[tuple[str, int]]:
    return [item.key for part in sheet_of(made.visit(made.places[0])) for item in part.items]


def test_the_checklist_is_that_of_the_assessor_the_team_speaks_for(made) -> None:
    assert asked(made) == [("litter", 0), ("order", 0)]
    speak(made, "office")
    assert asked(made) == [("litter", OFFICE)]


def test_its_records_count_with_that_ones_weight(made) -> None:
    speak(made, "office")
    visit = made.visit(made.places[0])
    submit(visit, [Marked("litter", ordinal=OFFICE, count=4)], confirmed=[])
    (station,) = made.listed(made.world.station)
    assert answer_of(visit, "litter", OFFICE).count == 4
    made.enter(good(station, "plan"))
    lines = live.whole_of(made.round, looked_at=("litter",)).lines
    assert (lines["litter"].got, lines["plan"].got) == (Fraction(8), 4)


def test_whom_a_team_speaks_for_is_not_changed_once_it_has_submitted(made) -> None:
    submit(made.visit(made.places[0]), confirmed=[1])
    with pytest.raises(Refused, match="已经交过点位，不能再换测评主体"):
        speak(made, "office")


def test_the_form_asks_for_it_where_the_standard_lists_them(made) -> None:
    client = Client()
    client.force_login(made.world.office, backend="django.contrib.auth.backends.ModelBackend")
    address, team = reverse("inspections:teams", args=[made.round.uuid]), made.round.teams.get()
    assert 'name="assessor"' in client.get(address).content.decode()
    sent = {"client_id": str(made.round.uuid), "name": "督察组", "members": [team.members.get().membership_id]}
    client.post(reverse("inspections:team", args=[made.round.uuid, team.pk]), sent | {"assessor": "office"})
    team.refresh_from_db()
    assert (team.name, team.assessor) == ("督察组", "office")
    assert "督察组<span" in client.get(address).content.decode()


def test_it_is_not_asked_where_there_are_none() -> None:
    found = field()
    round = open_round(found.world, found.version, found.places)
    client = Client()
    client.force_login(found.world.office, backend="django.contrib.auth.backends.ModelBackend")
    assert 'name="assessor"' not in client.get(reverse("inspections:teams", args=[round.uuid])).content.decode()
    assert make_team(found.world, round).assessor == ""
