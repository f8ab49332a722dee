"""Signing for a notice on the page is the receipt 签收 (issue 2: 12, 14)."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection

from chuangwen.base.errors import Refused
from chuangwen.base.models import Event
from chuangwen.documents import actions
from chuangwen.documents.figures import listed_in
from chuangwen.documents.queries import todo_for_unit
from chuangwen.organisations.models import Person
from chuangwen.problems.models import Problem, ProblemStep
from tests.factories.documents import circular, finished, issued, issued_notice, notice
from tests.factories.organisations import county
from tests.factories.problems import act, handed_out, photo


def sign(person, paper, key=None):
    return actions.sign(actor=person, document=paper, client_id=key or uuid4())


@pytest.mark.django_db
def test_14_the_contact_signs_and_who_and_when_is_kept():
    world = county()
    paper = issued_notice(world)
    assert [todo.title for todo in todo_for_unit(world.contact)] == ["整改通知书（示例县城管局）"]
    signed = sign(world.contact, paper)
    assert signed.signed_by_label == f"示例县城管局 {world.contact.name}"
    event = Event.objects.get(name="documents.signed")
    assert (event.actor, event.on_behalf_of_id, event.at >= signed.signed_at) == (world.contact, None, True)
    assert todo_for_unit(world.contact) == []


@pytest.mark.django_db
def test_a_bureaus_contact_signs_for_its_station():
    world = county()
    assert sign(world.contact, issued_notice(world, world.station)).signed_by_label.startswith("示例县城管局")


@pytest.mark.django_db
def test_12_the_office_signs_on_behalf_and_it_says_so():
    world = county()
    signed = sign(world.office, issued_notice(world))
    assert signed.signed_by_label == f"示例县创建办代示例县城管局 {world.office.name}"
    assert Event.objects.get(name="documents.signed").on_behalf_of_id == world.bureau.pk


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["other_contact", "leader", "station_contact", "inspector"])
def test_nobody_else_signs(who):
    world = county()
    paper = issued_notice(world)
    with pytest.raises(Refused, match="不用你签收"):
        sign(getattr(world, who), paper)


@pytest.mark.django_db
def test_drafts_void_papers_and_circulars_are_not_signed_for():
    made = finished()
    world = made.world
    with pytest.raises(Refused, match="现在是“草稿”"):
        sign(world.office, notice(world))
    void = issued_notice(world)
    actions.void(actor=world.office, document=void, client_id=uuid4(), reason="写错")
    with pytest.raises(Refused, match="现在是“已作废”"):
        sign(world.contact, void)
    with pytest.raises(Refused, match="不用你签收"):
        sign(world.office, issued(circular(made), world))


@pytest.mark.django_db
def test_signed_before_it_says_by_whom():
    world = county()
    paper = issued_notice(world)
    sign(world.contact, paper)
    with pytest.raises(Refused, match=f"示例县城管局 {world.contact.name} 已在 .* 签收，不用再签"):
        sign(world.office, paper)


def listed(paper) -> list[Problem]:
    return list(Problem.objects.filter(uuid__in=listed_in(paper)).order_by("id"))


@pytest.mark.django_db
def test_the_problems_that_wait_are_signed_for_with_it_each_with_its_own_event():
    world = county()
    paper = issued(notice(world, count=3), world)
    ahead = listed(paper)[0]
    act(world.contact, ahead, "sign", responsible="马强")
    act(world.contact, ahead, "report", words="已清运。", photos=[photo("green")])
    other = handed_out(world)
    sign(world.contact, paper)
    assert [row.state for row in listed(paper)] == ["review", "fixing", "fixing"]
    assert Problem.objects.get(pk=other.pk).state == "handed_out"
    steps = ProblemStep.objects.filter(problem__in=listed(paper)[1:], verb="sign")
    assert {(step.actor, step.words) for step in steps} == {(world.contact, f"见整改通知书 {paper.number_text}")}
    assert Event.objects.filter(name="problems.sign").count() == 3
    assert Event.objects.get(name="documents.signed").data == {"problems": 2}


@pytest.mark.django_db
def test_signed_on_behalf_the_problems_are_too():
    world = county()
    paper = issued_notice(world)
    sign(world.office, paper)
    assert ProblemStep.objects.get(verb="sign").on_behalf_of == world.bureau


@pytest.mark.django_db
def test_a_problem_given_to_another_unit_meanwhile_is_left_alone():
    world = county()
    paper = issued_notice(world)
    act(world.office, listed(paper)[0], "reassign", words="三定方案", unit=world.other_bureau)
    sign(world.contact, paper)
    assert [row.state for row in listed(paper)] == ["handed_out"]


@pytest.mark.django_db
def test_sent_again_nothing_more_is_signed():
    world, key = county(), uuid4()
    paper = issued(notice(world, count=2), world)
    for _ in range(2):
        sign(world.contact, paper, key)
    assert ProblemStep.objects.filter(verb="sign").count() == 2


@pytest.mark.django_db(transaction=True)
def test_15_four_at_once_are_one_signature_and_the_same_answer():
    world, key = county(), uuid4()
    paper = issued_notice(world)

    def send(_: int):
        try:
            return sign(Person.objects.get(pk=world.contact.pk), paper, key).signed_at
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        moments = set(pool.map(send, range(4)))
    events = [Event.objects.filter(name=name).count() for name in ("documents.signed", "problems.sign")]
    assert (len(moments), events) == (1, [1, 1])
