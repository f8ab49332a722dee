"""Taking an import back: unused rows go, used ones are named and stay."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chuangwen.base import files
from chuangwen.base.errors import Refused
from chuangwen.base.imports import actions
from chuangwen.base.models import Event, ImportBatch
from chuangwen.places.models import Place, PlaceType
from tests.factories.organisations import World, county
from tests.factories.places import make_place, make_type
from tests.factories.workbooks import receive

HEAD = ("编码", "名称")


@pytest.fixture
def world(db: None) -> World:
    return county()


def test_new_rows_go_and_updated_ones_are_as_before(world):
    kind = make_type(world.tenant, "公路")
    batch = receive(world.office, "place-types", HEAD, ("a", "公园"), (kind.code, "主次干道"))
    actions.confirm(actor=world.office, batch=batch)
    assert actions.undo(actor=world.office, batch=batch) == {}
    assert list(PlaceType.objects.values_list("pk", "name")) == [(kind.pk, "公路")]
    assert ImportBatch.objects.get().state == "undone"


def test_a_row_in_use_stays_and_the_rest_is_undone(world):
    batch = receive(world.office, "place-types", HEAD, ("a", "公园"), ("b", "车站"))
    actions.confirm(actor=world.office, batch=batch)
    make_place(world.bureau, PlaceType.objects.get(code="a"))
    assert actions.undo(actor=world.office, batch=batch) == {2: "已有点位用到它，要留着。"}
    assert list(PlaceType.objects.values_list("code", flat=True)) == ["a"]
    assert dict(batch.rows.values_list("number", "undone")) == {2: False, 3: True}
    assert Event.objects.get(name="base.import_undone").data == {"undone": 1, "kept": 1}


def test_a_row_with_an_attachment_stays(world):
    batch = receive(world.office, "place-types", HEAD, ("a", "公园"))
    actions.confirm(actor=world.office, batch=batch)
    kind = PlaceType.objects.get()
    files.attach(b"x", target=kind, role="evidence", actor=world.office, media_type="text/plain")
    assert actions.undo(actor=world.office, batch=batch) == {2: "已有附件挂在它上面，要留着。"}


def test_two_thousand_rows_are_undone_by_blocks(world):
    batch = receive(world.office, "place-types", HEAD, *((f"c{number}", f"类{number}") for number in range(2000)))
    actions.confirm(actor=world.office, batch=batch)
    make_place(world.bureau, PlaceType.objects.get(code="c7"))
    with CaptureQueriesContext(connection) as captured:
        assert actions.undo(actor=world.office, batch=batch) == {9: "已有点位用到它，要留着。"}
    assert PlaceType.objects.count() == 1
    assert len(captured) < 250


def test_a_row_changed_since_stays_as_it_is(world):
    kind = make_type(world.tenant, "公路")
    batch = receive(world.office, "place-types", HEAD, (kind.code, "主次干道"), ("a", "公园"))
    actions.confirm(actor=world.office, batch=batch)
    PlaceType.objects.filter(pk=kind.pk).update(name="干道")
    PlaceType.objects.filter(code="a").update(name="大公园")
    stay = actions.undo(actor=world.office, batch=batch)
    assert stay == {2: "导入以后又改过，留着不动。", 3: "导入以后又改过，留着不动。"}
    assert sorted(PlaceType.objects.values_list("name", flat=True)) == ["大公园", "干道"]


def test_undoing_twice_gives_the_same_answer(world):
    batch = receive(world.office, "place-types", HEAD, ("a", "公园"), ("b", "车站"))
    actions.confirm(actor=world.office, batch=batch)
    make_place(world.bureau, PlaceType.objects.get(code="a"))
    first = actions.undo(actor=world.office, batch=batch)
    assert actions.undo(actor=world.office, batch=batch) == first
    assert Event.objects.filter(name="base.import_undone").count() == 1


def test_coordinates_and_owner_of_an_updated_place_come_back(world):
    place = make_place(world.bureau, make_type(world.tenant, "公路"), "老名")
    head = ("编码", "名称", "责任单位", "经度", "纬度")
    batch = receive(world.office, "places", head, (place.code, "新名", "示例县住建局", 114, 30))
    actions.confirm(actor=world.office, batch=batch)
    assert Place.objects.values_list("name", "owner", "longitude_e6").get() == (
        "新名", world.other_bureau.pk, 114_000_000,
    )  # fmt: skip
    actions.undo(actor=world.office, batch=batch)
    assert Place.objects.values_list("name", "owner", "longitude_e6").get() == ("老名", world.bureau.pk, None)


def test_a_preview_has_nothing_to_undo(world):
    batch = receive(world.office, "place-types", HEAD, ("a", "公园"))
    with pytest.raises(Refused) as refused:
        actions.undo(actor=world.office, batch=batch)
    assert refused.value.message == "这份文件还没有导入，没有可撤回的。"
