"""Doors beside the URL map: another office's round, two roles in one person, names in an export's last sheet."""

import uuid

import pytest
from django.http import QueryDict
from django.urls import reverse

from chuangwen.base import history
from chuangwen.base.errors import Refused
from chuangwen.documents import actions as documents
from chuangwen.inspections.models import Answer, Round
from chuangwen.organisations.models import Area
from chuangwen.organisations.workbooks.units import unit_words
from chuangwen.places.workbooks import words as place_words
from chuangwen.scores.actions import freeze_run
from chuangwen.scores.models import Run
from tests.factories.documents import issued, notice
from tests.factories.inspections import field, open_round, submit
from tests.factories.organisations import LONG_AGO, client_of, county, hold
from tests.factories.places import make_place, make_type
from tests.factories.published import make_round, publish_spec, small_spec
from tests.factories.scoring import answer, make_visit, tell

pytestmark = pytest.mark.django_db


def released_round_above():
    """(the world below, a frozen run of the office above with a place of a unit below)."""
    above = county("示例市")
    below = county("示例县", above=above)
    kind = make_type(above.tenant, "窗口")
    round = make_round(publish_spec(above.jurisdiction, small_spec(kind.code)))
    visit = make_visit(round, make_place(below.station, kind, "大厅"))
    answer(visit, "litter", Answer.Mark.NOT_QUALIFIED, count=3)
    tell(visit, later=True)
    Round.objects.filter(pk=round.pk).update(state=Round.State.RELEASED)
    round.refresh_from_db()
    return below, freeze_run(actor=above.office, round=round, client_id=uuid.uuid4())


def test_an_office_below_sees_its_units_but_not_the_whole_result_of_the_round_above() -> None:
    below, run = released_round_above()
    client = client_of(below.office)
    assert client.get(reverse("scores:round", args=[run.round.uuid])).context["whole"] is False
    assert client.get(reverse("scores:run", args=[run.uuid])).status_code == 404
    listed = client.get(reverse("scores:scores")).context["rows"]
    seen = [(round.pk, kept.whole, [line.subject_id for _, line in kept.units]) for round, kept in listed]
    assert seen == [(run.round_id, False, [below.station.pk])]


def test_an_office_below_cannot_freeze_the_round_above() -> None:
    below, run = released_round_above()
    form = {"client_id": uuid.uuid4(), "reason": "再算"}
    answered = client_of(below.office).post(reverse("scores:freeze", args=[run.round.uuid]), form)
    assert (answered.status_code, Run.objects.count()) == (404, 1)
    with pytest.raises(Refused):
        freeze_run(actor=below.office, round=run.round, client_id=uuid.uuid4(), reason="再算")


def test_an_inspector_who_is_a_contact_too_learns_nothing_of_a_round_under_way() -> None:
    made = field()
    round = open_round(made.world, made.version, made.places)
    own = make_place(made.world.office_unit, made.type)
    hold(made.world.inspector, own.owner, "contact")
    submit(round.visits.first())
    client = client_of(made.world.inspector)
    assert client.get(reverse("scores:scores")).context["rows"] == []
    asked = {"unit": round.visits.first().unit_id}
    assert client.get(reverse("scores:round", args=[round.uuid]), asked).status_code == 404


def test_an_office_does_not_edit_the_area_its_own_person_answers_for_elsewhere() -> None:
    world = county()
    neighbour = county("邻县", tenant=world.tenant)
    post = hold(world.office, neighbour.root, "leader")
    area = Area.objects.create(
        tenant=world.tenant, jurisdiction=neighbour.jurisdiction, name="二片", leader=post, valid_from=LONG_AGO
    )
    assert client_of(world.office).get(reverse("organisations:area", args=[area.pk])).status_code == 404


def test_an_export_names_nothing_of_another_installation() -> None:
    world, foreign = county(), county("别县")
    kind = make_type(foreign.tenant, "秘密类型")
    asked = QueryDict(f"type={kind.pk}&owner={foreign.station.pk}&region={foreign.region.pk}")
    assert (place_words(world.office, asked), unit_words(world.office, asked)) == ("", "")
    mine = make_type(world.tenant, "公园")
    assert place_words(world.office, QueryDict(f"type={mine.pk}")) == "类型 公园"


def test_a_draft_given_up_leaves_no_line_on_its_units_page() -> None:
    world = county()
    paper = notice(world)
    documents.void(actor=world.office, document=paper, client_id=uuid.uuid4(), reason="写错了")
    assert history.lines(paper.unit) == []
    second = issued(notice(world), world)
    documents.void(actor=world.office, document=second, client_id=uuid.uuid4(), reason="写错了")
    assert [line.label for line in history.lines(second.unit)] == ["作废", "签发"]
