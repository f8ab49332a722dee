"""Mending a preview: one cell at a time, the whole file checked again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from chuangwen.base.errors import Refused
from chuangwen.base.imports import actions
from chuangwen.base.models import ImportBatch
from chuangwen.places.models import PlaceType
from tests.factories.organisations import World, county
from tests.factories.workbooks import receive

HEAD = ("编码", "名称")


@pytest.fixture
def world(db: None) -> World:
    return county()


@pytest.fixture
def batch(world: World) -> ImportBatch:
    return receive(world.office, "place-types", HEAD, ("a", "公园"), ("a", "广场"), ("c", ""))


def outcomes(batch: ImportBatch) -> dict[int, str]:
    return dict(batch.rows.values_list("number", "outcome"))


def test_mending_one_cell_mends_the_other_row_it_clashed_with(world, batch):
    assert outcomes(batch) == {2: "bad", 3: "bad", 4: "bad"}
    actions.mend(actor=world.office, batch=batch, number=3, cells={"code": " ｂ "})
    assert outcomes(batch) == {2: "new", 3: "new", 4: "bad"}
    assert batch.rows.get(number=3).cells == {"code": "b", "name": "广场"}


def test_a_dropped_row_is_left_out(world, batch):
    actions.drop(actor=world.office, batch=batch, number=3)
    actions.drop(actor=world.office, batch=batch, number=4)
    assert actions.confirm(actor=world.office, batch=batch).applied
    assert list(PlaceType.objects.values_list("code", "name")) == [("a", "公园")]


def test_the_counts_follow(world, batch):
    actions.mend(actor=world.office, batch=batch, number=4, cells={"name": "车站"})
    batch.refresh_from_db()
    assert batch.counts == {"bad": 2, "new": 1, "update": 0, "same": 0, "all": 3}


def test_a_column_the_kind_does_not_know_is_not_kept(world, batch):
    actions.mend(actor=world.office, batch=batch, number=4, cells={"name": "车站", "archived_at": "x"})
    assert batch.rows.get(number=4).cells == {"code": "c", "name": "车站"}


def test_a_row_already_dropped_is_named(world, batch):
    actions.drop(actor=world.office, batch=batch, number=3)
    with pytest.raises(Refused) as refused:
        actions.mend(actor=world.office, batch=batch, number=3, cells={"name": "x"})
    assert refused.value.message == "第 3 行已经去掉了。"


def test_nothing_is_mended_after_the_import(world):
    batch = receive(world.office, "place-types", HEAD, ("a", "公园"))
    actions.confirm(actor=world.office, batch=batch)
    with pytest.raises(Refused) as refused:
        actions.mend(actor=world.office, batch=batch, number=2, cells={"name": "x"})
    assert refused.value.message == "这份文件已经导入。"


def test_a_preview_nobody_confirmed_in_a_week_is_forgotten(world, batch):
    recent = receive(world.office, "place-types", HEAD, ("x", "广场"))
    ImportBatch.objects.filter(pk=batch.pk).update(created_at=timezone.now() - timedelta(days=7, minutes=1))
    assert actions.forget_previews() == 1
    batch.refresh_from_db()
    assert (batch.state, batch.rows.count()) == ("dropped", 0)
    recent.refresh_from_db()
    assert (recent.state, recent.rows.count()) == ("preview", 1)
