"""Confirming an import: twice, four at once, after the register moved; in bulk."""

import threading
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from chuangwen.base.errors import Refused
from chuangwen.base.imports import actions
from chuangwen.base.models import Event, ImportBatch, ImportRow
from chuangwen.places.models import Place
from tests.factories.organisations import World, county
from tests.factories.places import make_place, make_type
from tests.factories.workbooks import receive

HEAD = ("编码", "名称", "类型", "责任单位")


def road(number: int) -> tuple[str, str, str, str]:
    return (f"D{number:05d}", f"路段{number}", "主次干道", "示例县城管局")


@pytest.fixture
def world(db: None) -> World:
    world = county()
    make_type(world.tenant, "主次干道")
    return world


def test_a_file_sent_twice_is_one_batch(world):
    client_id = uuid4()
    first = receive(world.office, "places", HEAD, road(1), client_id=client_id)
    second = receive(world.office, "places", HEAD, road(1), client_id=client_id)
    assert (first.pk, ImportRow.objects.count()) == (second.pk, 1)


def test_confirming_twice_writes_once(world):
    batch = receive(world.office, "places", HEAD, road(1))
    assert actions.confirm(actor=world.office, batch=batch).applied
    assert actions.confirm(actor=world.office, batch=ImportBatch.objects.get(pk=batch.pk)).applied
    assert Place.objects.count() == 1
    assert Event.objects.filter(name="places.places_imported").count() == 1


@pytest.mark.django_db(transaction=True)
def test_four_confirms_at_once_write_once_and_all_answer_the_same():
    world = county()
    make_type(world.tenant, "主次干道")
    batch = receive(world.office, "places", HEAD, *map(road, range(20)))
    barrier, answers = threading.Barrier(4), []

    def confirm() -> None:
        barrier.wait()
        try:
            answers.append(actions.confirm(actor=world.office, batch=ImportBatch.objects.get(pk=batch.pk)).applied)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=confirm) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [True] * 4
    assert Place.objects.count() == 20
    assert Event.objects.filter(name="places.places_imported").count() == 1


def test_a_register_that_moved_since_the_preview_is_shown_again_first(world):
    batch = receive(world.office, "places", HEAD, road(1))
    place = make_place(world.bureau, make_type(world.tenant), "别名")
    Place.objects.filter(pk=place.pk).update(code="D00001")
    done = actions.confirm(actor=world.office, batch=batch)
    assert (done.applied, done.message) == (False, "检查以后，有人改过原有的内容，已重新核对。请看过下面的行，再导入。")
    row = batch.rows.get()
    assert (row.outcome, row.changes["name"], ImportBatch.objects.get().state) == ("update", "别名", "preview")
    assert actions.confirm(actor=world.office, batch=batch).applied
    assert Place.objects.get().name == "路段1"


def test_an_abandoned_import_cannot_be_confirmed(world):
    batch = receive(world.office, "places", HEAD, road(1))
    actions.abandon(actor=world.office, batch=batch)
    with pytest.raises(Refused) as refused:
        actions.confirm(actor=world.office, batch=batch)
    assert refused.value.message == "这次导入已经放弃。要再导入，请重选文件。"
    assert Place.objects.count() == 0


def test_checking_asks_the_same_number_of_queries_for_one_and_three_rows(world):
    receive(world.office, "places", HEAD, road(1))  # the person's scope is read once
    counts = []
    for rows in (1, 3):
        with CaptureQueriesContext(connection) as captured:
            receive(world.office, "places", HEAD, *map(road, range(rows)))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_five_thousand_places_go_in_by_blocks_not_by_rows(world):
    """Issue 2, 8: 5,000 places in one file."""
    with CaptureQueriesContext(connection) as captured:
        batch = receive(world.office, "places", HEAD, *map(road, range(5000)))
        assert actions.confirm(actor=world.office, batch=batch).applied
    assert Place.objects.count() == 5000
    assert batch.rows.exclude(before=None).count() == 5000
    assert len(captured) < 500
