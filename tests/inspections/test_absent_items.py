"""Issue 2, 11: "not applicable" 缺项 needs a reason and the office's approval; until then it counts as not examined."""

import pytest
from django.urls import reverse

from chuangwen.base.errors import Refused
from chuangwen.base.models import Event
from chuangwen.inspections import actions
from chuangwen.inspections.actions import Marked
from chuangwen.inspections.models import Answer, NotApplicable
from chuangwen.scores.models import Sum
from tests.factories.inspections import answer_of, field, open_round, submit

pytestmark = pytest.mark.django_db
Mark = Answer.Mark


@pytest.fixture
def made():
    return field()


@pytest.fixture
def answer(made):
    visit = open_round(made.world, made.version, made.places[:1]).visits.get()
    submit(visit, [Marked("signs", mark=Mark.NOT_APPLICABLE, reason="没有标识牌")])
    return answer_of(visit, "signs")


def sums(answer: Answer) -> tuple[int, int]:
    row = Sum.objects.get(round=answer.round, place=answer.place, criterion=answer.criterion)
    return row.examined, row.not_applicable


def test_asked_it_counts_as_not_examined(answer) -> None:
    assert answer.mark == Mark.NA_ASKED
    assert answer.not_applicable.reason == "没有标识牌"
    assert sums(answer) == (0, 0)


def test_granted_it_is_left_out(made, answer) -> None:
    granted = actions.decide_absent(actor=made.world.office, answer=answer, grant=True)
    assert granted.mark == Mark.NOT_APPLICABLE
    assert sums(answer) == (0, 1)
    event = Event.objects.get(name="inspections.na_decided")
    assert (event.data["round"], event.data["visit"]) == (answer.round_id, answer.visit_id)


def test_refused_it_is_not_examined_and_the_reason_is_kept(made, answer) -> None:
    refused = actions.decide_absent(actor=made.world.office, answer=answer, grant=False, words="西门有标识牌")
    wish = NotApplicable.objects.get()
    assert (refused.mark, wish.words, wish.decided_by) == (Mark.NOT_EXAMINED, "西门有标识牌", made.world.office)


def test_a_refusal_needs_words(made, answer) -> None:
    with pytest.raises(Refused) as refused:
        actions.decide_absent(actor=made.world.office, answer=answer, grant=False)
    assert refused.value.field == "words"


def test_decided_again_the_same_way_nothing_happens_and_otherwise_it_is_refused(made, answer) -> None:
    for _ in range(2):
        actions.decide_absent(actor=made.world.office, answer=answer, grant=True)
    assert Event.objects.filter(name="inspections.na_decided").count() == 1
    with pytest.raises(Refused) as refused:
        actions.decide_absent(actor=made.world.office, answer=answer, grant=False, words="有")
    assert refused.value.message == f"{made.world.office.name}已经裁定：认定。要改，请用更正。"


def test_an_inspector_does_not_decide(made, answer) -> None:
    with pytest.raises(Refused):
        actions.decide_absent(actor=made.world.inspector, answer=answer, grant=True)


def test_the_office_decides_in_the_words_of_the_field(made, answer, client) -> None:
    client.force_login(made.world.office, backend="django.contrib.auth.backends.ModelBackend")
    listed = client.get(reverse("inspections:answers", args=[answer.round.uuid]), {"mark": "asked"}).content.decode()
    assert "认定的按缺项计，不予认定的按未查计" in listed and ">不予认定</a>" in listed
    where = reverse("inspections:na-refuse", args=[answer.uuid])
    assert client.post(where, {"words": ""}).context["form"].errors == {
        "words": ["不予认定的理由没有填。写给测评员看。"]
    }
    client.post(where, {"words": "西门口就有"})
    page = client.get(reverse("inspections:visit", args=[answer.visit.uuid])).content.decode()
    assert "不予认定：西门口就有" in page
