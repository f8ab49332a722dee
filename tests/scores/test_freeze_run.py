"""Freezing keeps the result, the standard version and the names of that day for ever (C5)."""

import uuid

import pytest

from chuangwen.base.errors import Refused
from chuangwen.base.models import Event
from chuangwen.inspections.models import Answer, NotApplicable, Round, Visit
from chuangwen.organisations.models import Organisation
from chuangwen.scores import queries
from chuangwen.scores.actions import freeze_run
from chuangwen.scores.models import Line, Run, Sum
from chuangwen.scores.pages import run_page
from tests.factories.places import make_place
from tests.factories.scoring import answer, tell

OK, BAD = Answer.Mark.QUALIFIED, Answer.Mark.NOT_QUALIFIED


@pytest.fixture
def closed(scored):
    answer(scored.first, "litter", BAD, count=3)
    answer(scored.second, "litter", OK)
    tell(scored.first, later=True)
    tell(scored.second, later=True)
    Round.objects.filter(pk=scored.round.pk).update(state=Round.State.CLOSED)
    return scored


def freeze(closed, **given: object) -> Run:
    return freeze_run(actor=closed.world.office, round=closed.round, **{"client_id": uuid.uuid4(), **given})


def test_a_frozen_run_keeps_lines_names_and_the_hash_of_its_inputs(closed) -> None:
    run = freeze(closed)
    total = Line.objects.get(run=run, subject_kind="whole", node_key="")
    assert (run.got, total.got, total.possible) == (850, 850, 1000)
    units = {line.subject_id: (line.got, line.rank) for line in Line.objects.filter(subject_kind="unit", node_key="")}
    assert units == {closed.second.unit_id: (1000, 1), closed.first.unit_id: (700, 2)}
    assert Event.objects.get(name="scores.frozen").targets.count() == 2


def test_later_changes_leave_a_frozen_run_as_it_was(closed) -> None:
    run = freeze(closed)
    before = run_page(Run.objects.get(pk=run.pk))["rankings"][0].rows
    Answer.objects.filter(visit=closed.first).update(mark=OK, count=0)
    tell(closed.first, later=True)
    Organisation.objects.filter(pk=closed.first.unit_id).update(name="改了名的局")
    after = run_page(Run.objects.get(pk=run.pk))["rankings"][0].rows
    assert after == before
    assert [row.got for row in after] == ["10.00", "7.00"]


def test_the_ranking_of_a_run_is_the_live_one_also_among_equals(scored) -> None:
    latest = make_place(scored.world.bureau, scored.second.place_type, "解放路")
    Visit.objects.filter(pk=scored.first.pk).update(place=latest)  # the unit made first has the place made last
    for visit in (Visit.objects.get(pk=scored.first.pk), scored.second):
        answer(visit, "litter", OK)
        tell(visit, later=True)
    Round.objects.filter(pk=scored.round.pk).update(state=Round.State.CLOSED)
    run = freeze(scored)
    assert [row.tied for row in queries.kept_ranking(run)] == [True, True]
    assert queries.kept_ranking(run) == queries.ranking(scored.round)


def test_the_same_form_sent_twice_gives_one_run(closed) -> None:
    client_id = uuid.uuid4()
    assert freeze(closed, client_id=client_id) == freeze(closed, client_id=client_id)
    assert Run.objects.count() == 1


def test_freezing_again_needs_a_reason(closed) -> None:
    freeze(closed)
    with pytest.raises(Refused, match="写明原因"):
        freeze(closed)
    assert freeze(closed, reason="更正一处记录").number == 2


def test_an_open_round_is_not_frozen(scored) -> None:
    with pytest.raises(Refused, match="先结束本轮"):
        freeze(scored)


def test_waiting_not_applicable_must_be_decided_first(closed) -> None:
    asked = answer(closed.first, "signs", Answer.Mark.NA_ASKED)
    NotApplicable.objects.create(tenant=closed.world.tenant, answer=asked, reason="没有标识")
    with pytest.raises(Refused, match="1 项缺项没有裁定"):
        freeze(closed)


def test_sums_that_do_not_equal_the_answers_are_never_frozen(closed) -> None:
    Sum.objects.filter(place=closed.first.place).update(count=1)
    with pytest.raises(Refused, match="对不上"):
        freeze(closed)
    assert not Run.objects.exists()
