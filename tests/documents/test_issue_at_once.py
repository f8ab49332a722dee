"""Four at once: four numbers without a gap, or one paper issued once (issue 2: 14, 15)."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from django.db import connection

from chuangwen.base.errors import Refused
from chuangwen.documents import actions
from chuangwen.documents.models import Document, DocumentNumber
from chuangwen.organisations.models import Person
from tests.factories.documents import finished, notice
from tests.factories.organisations import county

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(person: Person, sent: list[tuple[Document, UUID]]) -> list[str]:
    def send(order: tuple[Document, UUID]) -> str:
        try:
            actor, (paper, key) = Person.objects.get(pk=person.pk), order
            return actions.issue(actor=actor, document=paper, client_id=key, signer="周文清").number_text
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(send, sent))


def test_14_four_papers_get_four_numbers_without_a_gap() -> None:
    world = county()
    papers = [notice(world) for _ in range(4)]
    numbers = at_once(world.office, [(paper, uuid4()) for paper in papers])
    assert len(set(numbers)) == 4
    assert sorted(DocumentNumber.objects.values_list("serial", flat=True)) == [1, 2, 3, 4]


def test_15_one_paper_sent_four_times_has_one_number() -> None:
    world, key = county(), uuid4()
    paper = notice(world)
    numbers = at_once(world.office, [(paper, key)] * 4)
    assert (len(set(numbers)), DocumentNumber.objects.count()) == (1, 1)


def test_15_two_who_draft_the_circular_of_a_round_at_once_make_one() -> None:
    made = finished()
    said: list[str] = []

    def draft(_: int) -> None:
        try:
            actor = Person.objects.get(pk=made.world.office.pk)
            actions.draft_circular(actor=actor, round=made.round, client_id=uuid4())
        except Refused as refused:
            said.append(refused.message)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(draft, range(3)))
    assert (Document.objects.filter(kind="circular").count(), len(said)) == (1, 2)
