"""Results of other methods entered for units: which units, all or none, once, and what is asked for."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from chuangwen.base.errors import Refused
from chuangwen.inspections import actions, queries
from chuangwen.inspections.actions import Marked, Result
from chuangwen.inspections.models import Answer, Provenance, Visit
from chuangwen.places.models import Place, PlaceType
from chuangwen.places.queries import visible_to, visible_types
from chuangwen.problems.models import Problem
from chuangwen.standards.actions import publish
from tests.factories.inspections import answer_of, field, make_round, open_round
from tests.factories.organisations import county, make_unit
from tests.factories.places import make_type
from tests.factories.results import GIVEN_ON, bad, good, methods
from tests.factories.standards import add_criterion, filled_draft

pytestmark = pytest.mark.django_db
KEYS = ["plan", "records", "satisfied"]


def test_a_unit_listed_has_every_item_of_the_other_methods_untested() -> None:
    made = methods()
    (station,) = made.listed(made.world.station)
    assert [answer.criterion.key for answer in station.answers.order_by("criterion__position")] == KEYS
    assert set(station.answers.values_list("mark", flat=True)) == {0}
    assert (station.unit, station.state, station.team) == (made.world.station, Visit.State.ENTERED, None)


def test_listed_again_it_is_the_same_visit() -> None:
    made = methods()
    first, second = made.listed(made.world.station), made.listed(made.world.station, made.world.bureau)
    assert [visit.pk for visit in first] == [second[0].pk]
    assert made.round.visits.filter(state=Visit.State.ENTERED).count() == 2


def test_the_place_of_a_unit_is_in_no_register_and_no_draw() -> None:
    made = methods()
    made.listed(made.world.station)
    place = Place.objects.get(type__code="_unit")
    assert (place.name, place.owner) == ("环卫所", made.world.station)
    assert not visible_to(made.world.office).filter(pk=place.pk).exists()
    assert not visible_types(made.world.office).filter(code="_unit").exists()
    assert set(queries.places_of_frame(made.round)) == set(made.places)


def test_a_type_of_the_office_may_have_the_same_name() -> None:
    made = methods()
    PlaceType.objects.create(tenant=made.world.tenant, code="own", name="单位本身")
    made.listed(made.world.station)
    assert PlaceType.objects.get(code="_unit").name == "单位本身（录入）"


def test_a_unit_of_another_jurisdiction_is_refused() -> None:
    made = methods()
    stranger = make_unit(county().tenant, "邻县城管局")
    with pytest.raises(Refused, match="邻县城管局不归本辖区"):
        made.listed(stranger)


def test_a_standard_looked_at_in_full_has_nothing_to_enter() -> None:
    found = field()
    round = open_round(found.world, found.version, found.places)
    assert not queries.has_entered(round)
    with pytest.raises(Refused, match="没有要录入的结果"):
        actions.list_units(actor=found.world.office, round=round, units=[found.world.station])


def test_a_result_keeps_who_gave_it_and_who_entered_it() -> None:
    made = methods()
    (station,) = made.listed(made.world.station)
    assert made.enter(good(station, "records", 2)) == 1
    answer = answer_of(station, "records")
    kept = Provenance.objects.get(answer=answer)
    assert (answer.mark, answer.count) == (Answer.Mark.NOT_QUALIFIED, 2)
    assert (kept.source, kept.given_on, kept.entered_by) == ("县统计局", GIVEN_ON, made.world.office)


def test_what_is_not_qualified_is_a_problem_only_where_the_office_says_so() -> None:
    made = methods()
    station, other = made.listed(made.world.station, made.world.other_station)
    made.enter(bad(station, "plan"))
    assert not Problem.objects.exists()
    made.enter(bad(other, "plan"), to_ledger=True)
    problem = Problem.objects.get()
    assert (problem.unit, problem.title) == (made.world.other_station, "物业所：没有做到“plan的要求”")


def test_all_or_none() -> None:
    made = methods()
    (station,) = made.listed(made.world.station)
    with pytest.raises(Refused, match="环卫所：这类点位的表上没有"):
        made.enter(good(station, "plan"), good(station, "litter"))
    assert answer_of(station, "plan").mark == 0


def test_sent_again_it_counts_once() -> None:
    made = methods()
    (station,) = made.listed(made.world.station)
    key = uuid4()
    assert [made.enter(good(station, "plan"), client_id=key) for _ in range(2)] == [1, 1]
    assert made.enter(good(station, "plan")) == 0


def test_another_result_than_the_one_there_is_refused() -> None:
    made = methods()
    (station,) = made.listed(made.world.station)
    made.enter(good(station, "plan"))
    with pytest.raises(Refused, match="环卫所的“plan的要求”已经录过"):
        made.enter(bad(station, "plan"))


def test_a_criterion_that_does_not_apply_is_decided_by_the_office_at_once() -> None:
    made = methods()
    (station,) = made.listed(made.world.station)
    made.enter(Result(station, Marked("plan", mark=3, reason="今年新设的单位")))
    answer = answer_of(station, "plan")
    assert (answer.mark, answer.not_applicable.state) == (Answer.Mark.NOT_APPLICABLE, "granted")


@pytest.mark.parametrize(
    ("given", "words"), [({"source": " "}, "谁提供的，没有填"), ({"given_on": None}, "日期在今天以后")]
)
def test_the_source_and_its_day_are_asked_for(given: dict, words: str) -> None:
    made = methods()
    (station,) = made.listed(made.world.station)
    if "given_on" in given:
        given = {"given_on": timezone.localdate() + timedelta(days=1)}
    with pytest.raises(Refused, match=words):
        made.enter(good(station, "plan"), **given)


def test_only_the_office_of_the_round_enters() -> None:
    made = methods()
    (station,) = made.listed(made.world.station)
    with pytest.raises(Refused, match="由创建办录入"):
        made.enter(good(station, "plan"), actor=made.world.inspector)


def test_results_come_in_after_the_end_but_not_after_the_release() -> None:
    made = methods()
    (station,) = made.listed(made.world.station)
    office = made.world.office
    made.round = actions.close_round(actor=office, round=made.round)
    assert made.enter(good(station, "plan")) == 1
    made.round = actions.release_round(actor=office, round=made.round)
    with pytest.raises(Refused, match="已经公开"):
        made.enter(good(station, "satisfied", 90000))


def test_a_unit_without_results_can_be_taken_off_the_list() -> None:
    made = methods()
    station, other = made.listed(made.world.station, made.world.other_station)
    made.enter(good(station, "plan"))
    actions.unlist_unit(actor=made.world.office, visit=other)
    with pytest.raises(Refused, match="环卫所已经录了结果"):
        actions.unlist_unit(actor=made.world.office, visit=station)
    with pytest.raises(Refused, match="不在录入的名单上"):
        actions.unlist_unit(actor=made.world.office, visit=made.visit(made.places[0]))
    assert list(made.round.visits.filter(state=Visit.State.ENTERED)) == [station]


def test_a_correction_opens_no_problem_of_its_own() -> None:
    made = methods()
    (station,) = made.listed(made.world.station)
    made.enter(good(station, "plan"))
    given = {"mark": Answer.Mark.NOT_QUALIFIED, "reason": "审核时看漏了", "client_id": uuid4()}
    actions.correct_answer(actor=made.world.office, answer=answer_of(station, "plan"), **given)
    assert answer_of(station, "plan").mark == Answer.Mark.NOT_QUALIFIED
    assert not Problem.objects.exists()


def test_a_standard_drafted_and_published_on_its_pages_is_entered_alike() -> None:
    world = county()
    version = filled_draft(world.jurisdiction, [make_type(world.tenant)])
    indicator = version.indicators.first()
    add_criterion(indicator, text="工作台账", method="材料审核")
    events = [{"label": "县级通报", "points": "1"}]
    add_criterion(indicator, text="通报批评", points="3", rules=[{"kind": "negative_list", "events": events}])
    round = make_round(world, publish(actor=world.office, version=version))
    assert [item.full for part in queries.sheet_of_units(round.version) for item in part.items] == [
        "工作台账",
        "通报批评",
    ]
