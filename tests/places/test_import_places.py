"""Issue 2, 8 and 15: a register of places from Excel."""

import pytest

from chuangwen.base.imports import actions
from chuangwen.base.models import Event, ImportBatch
from chuangwen.places.models import Place
from tests.factories.organisations import World, county, make_region, make_unit
from tests.factories.places import make_place, make_type
from tests.factories.workbooks import receive

HEAD = ("编码", "名称", "类型", "区域", "责任单位", "地址", "经度", "纬度")
GOOD = ("D1", "人民路", "主次干道", "", "示例县城管局", "东段", 114.123456, 30.5)


@pytest.fixture
def world(db: None) -> World:
    world = county()
    make_type(world.tenant, "主次干道")
    make_type(world.tenant, "农贸市场")
    return world


def errors(world: World, *row: object) -> dict[str, str]:
    """What is wrong with one row."""
    batch = receive(world.office, "places", HEAD, row)
    return batch.rows.get().errors


def place_values() -> list[tuple]:
    rows = Place.objects.order_by("code")
    return list(rows.values_list("code", "name", "type__name", "owner__name", "address", "longitude_e6", "latitude_e6"))


def test_a_preview_writes_no_place(world):
    batch = receive(world.office, "places", HEAD, GOOD)
    assert batch.rows.get().outcome == "new"
    assert Place.objects.count() == 0


def test_confirm_writes_every_row_with_one_event(world):
    batch = receive(world.office, "places", HEAD, GOOD, ("D2", "和平路", "主次干道", "", "环卫所"))
    assert actions.confirm(actor=world.office, batch=batch).applied
    assert place_values() == [
        ("D1", "人民路", "主次干道", "示例县城管局", "东段", 114123456, 30500000),
        ("D2", "和平路", "主次干道", "环卫所", "", None, None),
    ]
    event = Event.objects.get(name="places.places_imported")
    assert (event.data["new"], event.targets.filter(kind="places.place").count()) == (2, 2)


def test_confirming_twice_writes_once(world):
    batch = receive(world.office, "places", HEAD, GOOD)
    assert actions.confirm(actor=world.office, batch=batch).applied
    assert actions.confirm(actor=world.office, batch=ImportBatch.objects.get(pk=batch.pk)).applied
    assert Place.objects.count() == 1
    assert Event.objects.filter(name="places.places_imported").count() == 1
