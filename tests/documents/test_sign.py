"""Signing for a notice on the page is the receipt 签收 (issue 2: 12, 14)."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection

from chuangwen.base.errors import Refused
from chuangwen.base.models import Event
from chuangwen.documents import actions
from chuangwen.documents.queries import todo_for_unit
from chuangwen.organisations.models import Person
from tests.factories.documents import circular, finished, issued, issued_notice, notice
from tests.factories.organisations import county


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
    assert (len(moments), Event.objects.filter(name="documents.signed").count()) == (1, 1)
