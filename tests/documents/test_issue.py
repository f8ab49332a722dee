"""Issuing 签发: the number, and everything frozen; voiding keeps the number (I1, issue 2: 14)."""

from datetime import date
from uuid import uuid4

import pytest
from django.utils import timezone

from chuangwen.base import files
from chuangwen.base.errors import Refused
from chuangwen.base.models import Event
from chuangwen.documents import actions, composing
from chuangwen.documents.models import Document, DocumentNumber
from chuangwen.documents.word import figures_in
from chuangwen.problems.actions import take_step
from tests.factories.documents import circular, finished, issued, issued_notice, notice
from tests.factories.organisations import county

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year


def test_14_the_number_is_given_at_issuing_and_follows_the_last():
    world = county()
    assert [issued_notice(world).number_text for _ in range(3)] == [
        f"示文明办〔{YEAR}〕{serial}号" for serial in (1, 2, 3)
    ]


def test_a_new_year_begins_again_at_one():
    world = county()
    issued_notice(world)
    assert issued(notice(world), world, dated_on=date(YEAR + 1, 1, 4)).number_text == f"示文明办〔{YEAR + 1}〕1号"


def test_14_the_issued_file_stays_when_the_data_changes_and_comes_out_the_same_again():
    made = finished()
    paper = issued(circular(made), made.world)
    before = files.read(paper.file)
    take_step(actor=made.world.office, problem=made.problems[0], verb="withdraw", client_id=uuid4(), words="重复")
    made.world.station.name = "改了名的单位"
    made.world.station.save()
    again = Document.objects.get(pk=paper.pk)
    assert files.read(again.file) == before == composing.file_of(again)
    assert figures_in(before) == {row.name: row.text for row in again.figures.all()}


def test_14_a_number_given_by_hand_is_taken_as_written_and_the_next_follows_it():
    world = county()
    by_hand = issued(notice(world), world, number=f"示文明办[{YEAR}]第07号")
    assert by_hand.number_text == f"示文明办〔{YEAR}〕7号"
    assert (by_hand.numbers.get().by_hand, issued_notice(world).number_text) == (True, f"示文明办〔{YEAR}〕8号")


def test_14_a_number_somebody_has_is_refused_with_who_has_it():
    world = county()
    issued_notice(world)
    paper = notice(world)
    with pytest.raises(Refused, match=r"1号在 .* 给了《整改通知书（示例县城管局）》。请换一个文号。"):
        issued(paper, world, number=f"示文明办〔{YEAR}〕1号")
    paper.refresh_from_db()
    assert (paper.state, paper.number_text, DocumentNumber.objects.count()) == ("draft", "", 1)


def test_another_office_may_have_the_same_number():
    world = county()
    neighbour = county("邻县", tenant=world.tenant)
    assert issued_notice(world).number_text == issued_notice(neighbour).number_text


@pytest.mark.parametrize("text", ["7号", "示文明办2026年7号", "示文明办〔2026〕0号", "示文明办〔26〕7号"])
def test_what_is_no_number_is_refused(text):
    world = county()
    with pytest.raises(Refused, match="不是发文字号"):
        issued(notice(world), world, number=text)


def test_14_a_voided_number_stays_with_its_reason_and_is_never_given_again():
    world = county()
    paper = issued_notice(world)
    actions.void(actor=world.office, document=paper, client_id=uuid4(), reason="发文对象写错")
    number = DocumentNumber.objects.get()
    assert (number.document_id, number.void_reason) == (paper.pk, "发文对象写错")
    assert issued_notice(world).number_text == f"示文明办〔{YEAR}〕2号"
    with pytest.raises(Refused, match="已作废（发文对象写错），作废的文号不再用"):
        issued(notice(world), world, number=f"示文明办〔{YEAR}〕1号")


def test_voiding_asks_for_a_reason_and_happens_once():
    world = county()
    paper = issued_notice(world)
    with pytest.raises(Refused, match="理由没有写"):
        actions.void(actor=world.office, document=paper, client_id=uuid4(), reason=" ")
    actions.void(actor=world.office, document=paper, client_id=uuid4(), reason="写错")
    with pytest.raises(Refused, match="现在是“已作废”"):
        actions.void(actor=world.office, document=paper, client_id=uuid4(), reason="又写错")


def test_15_issued_twice_it_has_one_number_and_one_event():
    world, key = county(), uuid4()
    paper = notice(world)
    numbers = {issued(paper, world, client_id=key).number_text for _ in range(2)}
    assert (len(numbers), DocumentNumber.objects.count()) == (1, 1)
    assert Event.objects.filter(name="documents.issued").count() == 1


def test_a_paper_issued_by_a_colleague_meanwhile_says_so():
    world = county()
    paper = notice(world)
    issued(paper, world)
    with pytest.raises(Refused, match="这份公文现在是“已签发”"):
        issued(paper, world)


def test_10_a_circular_waits_until_its_round_is_released():
    made = finished(released=False)
    paper = circular(made)
    with pytest.raises(Refused, match="还没有公开"):
        issued(paper, made.world)


def test_without_a_document_word_the_number_is_given_by_hand():
    world = county()
    paper = notice(world)
    world.jurisdiction.document_word = ""
    world.jurisdiction.save()
    with pytest.raises(Refused, match="还没有定发文代字"):
        issued(paper, world)
    assert issued(paper, world, number="示创建办〔2026〕3号").number_text == "示创建办〔2026〕3号"


def test_a_notice_names_whom_to_ask_before_it_goes_out():
    world = county()
    paper = notice(world)
    paper.content["phone"] = ""
    paper.save()
    with pytest.raises(Refused, match="联系人或电话没有填"):
        issued(paper, world)
