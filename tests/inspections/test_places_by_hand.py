"""Issue 2, 10: places added by hand, and a place replaced by the next of its stratum, each with a reason."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chuangwen.base.errors import Refused
from chuangwen.inspections import actions, queries
from chuangwen.inspections.models import Visit
from chuangwen.places.models import Place
from tests.factories.inspections import Field, field, make_round, make_team, submit
from tests.factories.places import make_place, make_type

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Field:
    found = field()
    found.places += [make_place(found.world.station, found.type) for _ in range(4)]
    return found


@pytest.fixture
def round(made):
    """Open, two of seven places drawn."""
    round = actions.draw(actor=made.world.office, round=make_round(made.world, made.version), quota=2, seed="s")
    make_team(made.world, round)
    actions.assign(actor=made.world.office, round=round)
    return actions.open_round(actor=made.world.office, round=round)


def test_a_replacement_is_the_next_of_the_seeded_order(made, round) -> None:
    visit = round.visits.order_by("pk").first()
    drawn = set(round.visits.values_list("place_id", flat=True))
    expected = round.frame.exclude(place_id__in=drawn).order_by("position").first()
    fresh = actions.replace_place(actor=made.world.office, visit=visit, reason="正在拆迁")
    visit.refresh_from_db()
    assert (fresh.place_id, fresh.reason, fresh.team) == (expected.place_id, "正在拆迁", visit.team)
    assert (visit.state, fresh.origin, fresh.replaces) == (Visit.State.REPLACED, Visit.Origin.REPLACEMENT, visit)
    assert queries.repeats(round)


def test_sent_twice_there_is_one_replacement(made, round) -> None:
    visit = round.visits.order_by("pk").first()
    twice = [actions.replace_place(actor=made.world.office, visit=visit, reason="拆迁") for _ in range(2)]
    assert twice[0] == twice[1]
    assert round.visits.count() == 3


def test_a_visit_that_comes_in_meanwhile_is_not_replaced(made, round) -> None:
    visit = round.visits.order_by("pk").first()

    def comes_in_first(execute, sql, params, many, context):
        """What another connection commits between our look and our write."""
        if sql.startswith("UPDATE") and Visit.State.REPLACED in params:
            rows = Visit.objects.filter(pk=visit.pk, state=Visit.State.ASSIGNED)
            rows.update(state=Visit.State.SUBMITTED)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(comes_in_first), pytest.raises(Refused) as refused:
        actions.replace_place(actor=made.world.office, visit=visit, reason="拆迁")
    assert refused.value.message == f"{visit.place.name}刚刚交了，不能再替换。"


def test_when_the_stratum_is_used_up_it_says_so(made, round) -> None:
    visit = round.visits.order_by("pk").first()
    for _ in range(5):
        visit = actions.replace_place(actor=made.world.office, visit=visit, reason="拆迁")
    with pytest.raises(Refused) as refused:
        actions.replace_place(actor=made.world.office, visit=visit, reason="拆迁")
    assert refused.value.message == "这一类没有备用点位了。可以指定别的点位，或如实留作未测。"


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_replacement_needs_its_reason(made, round, reason) -> None:
    with pytest.raises(Refused) as refused:
        actions.replace_place(actor=made.world.office, visit=round.visits.first(), reason=reason)
    assert refused.value.field == "reason"


def test_a_place_submitted_is_not_replaced(made, round) -> None:
    visit = round.visits.order_by("pk").first()
    submit(visit)
    with pytest.raises(Refused) as refused:
        actions.replace_place(actor=made.world.office, visit=visit, reason="拆迁")
    assert refused.value.message == f"{visit.place.name}已经交了，不能再替换。"


def test_a_replaced_place_takes_nothing_in(made, round) -> None:
    visit = round.visits.order_by("pk").first()
    actions.replace_place(actor=made.world.office, visit=visit, reason="拆迁")
    with pytest.raises(Refused) as refused:
        submit(visit)
    assert refused.value.message == f"{visit.place.name}已经换成别的点位，不用测了。请看“今日点位”里的新点位。"


def test_a_place_added_by_hand_is_marked_as_such_and_added_once(made, round) -> None:
    place = round.frame.filter(drawn=False).first().place
    team = round.teams.get()
    twice = [
        actions.add_places(actor=made.world.office, round=round, places=[place], reason="群众反映多", team=team)
        for _ in range(2)
    ]
    assert twice[0] == twice[1]
    assert [(visit.origin, visit.reason) for visit in twice[0]] == [(Visit.Origin.ADDED, "群众反映多")]


def test_a_place_of_the_round_is_not_added_again(made, round) -> None:
    visit = round.visits.first()
    with pytest.raises(Refused) as refused:
        actions.add_places(actor=made.world.office, round=round, places=[visit.place], reason="重点", team=visit.team)
    assert refused.value.message == f"{visit.place.name}（抽中）已在本轮里。"


def test_a_type_the_standard_does_not_test_is_refused(made, round) -> None:
    place = make_place(made.world.station, make_type(made.world.tenant, "礼堂"))
    with pytest.raises(Refused) as refused:
        actions.add_places(actor=made.world.office, round=round, places=[place], reason="重点", team=round.teams.get())
    assert refused.value.message == f"{place.name}（礼堂）不在这套体系要测的类型里，或已停用、不归本辖区。"


def test_in_an_open_round_an_added_place_needs_its_team(made, round) -> None:
    place = round.frame.filter(drawn=False).first().place
    with pytest.raises(Refused) as refused:
        actions.add_places(actor=made.world.office, round=round, places=[place], reason="重点")
    assert refused.value.field == "team"


def sent(made, round, places: str):
    """The page of the office, with what was pasted."""
    client = Client()
    client.force_login(made.world.office, backend="django.contrib.auth.backends.ModelBackend")
    fields = {"places": places, "reason": "市里抽定", "team": round.teams.get().pk}
    return client.post(reverse("inspections:place-add", args=[round.uuid]), fields)


@pytest.mark.parametrize("form", ["{0.code}、{1.name}", "{0.code}\n{1.code}\n{1.name}", "{0.code}\t旧名\n无\t{1.name}"])
def test_several_places_are_pasted_at_once(made, round, form) -> None:
    two = [row.place for row in round.frame.filter(drawn=False)[:2]]
    assert sent(made, round, form.format(*two)).status_code == 302
    added = round.visits.filter(origin=Visit.Origin.ADDED, reason="市里抽定")
    assert {visit.place for visit in added} == set(two)


def test_every_line_that_is_no_place_is_named_and_nothing_is_written(made, round) -> None:
    place = round.frame.filter(drawn=False).first().place
    answer = sent(made, round, f"{place.code}\n东门菜场\n9999 8888")
    said = "名册里没有这些，或这套体系不测它们的类型：东门菜场、9999、8888。核对编码或全名。"
    assert answer.context["form"].errors == {"places": [said]}
    assert round.visits.filter(origin=Visit.Origin.ADDED).count() == 0


def test_a_name_of_several_places_asks_for_the_code(made, round) -> None:
    for _ in range(2):
        make_place(made.world.station, made.type, name="同名路")
    answer = sent(made, round, "同名路")
    assert answer.context["form"].errors == {"places": ["同名的不止一处：同名路。请填编码。"]}


def test_many_places_are_put_in_with_the_queries_of_one(made, round) -> None:
    rows = Place.objects.filter(pk__in=round.frame.filter(drawn=False).values("place"))
    places, asked = list(rows.select_related("type", "owner")), []
    for some in (places[:1], places[1:4]):
        with CaptureQueriesContext(connection) as captured:
            actions.add_places(
                actor=made.world.office, round=round, places=some, reason="市里抽定", team=round.teams.get()
            )
        asked.append(len(captured))
    assert asked[0] == asked[1]
