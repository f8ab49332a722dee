"""Issue 2, 8 and 15: a register of places from Excel."""

import pytest

from chuangwen.base.errors import Refused
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


def row(**changes: object) -> tuple[object, ...]:
    """The good row with some cells changed, by header."""
    return tuple(changes.get(header, value) for header, value in zip(HEAD, GOOD, strict=True))


def place_values() -> list[tuple]:
    fields = ("code", "name", "type__name", "owner__name", "address", "longitude_e6", "latitude_e6")
    return list(Place.objects.order_by("code").values_list(*fields))


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


BAD = {
    "no code": ({"编码": ""}, {"code": "编码没有填。"}),
    "no name": ({"名称": None}, {"name": "名称没有填。"}),
    "long code": ({"编码": "D" * 41}, {"code": "编码有 41 个字，最多 40 个。请改短。"}),
    "unknown type": ({"类型": "主次干路"}, {"type": "点位类型里没有“主次干路”，最接近的是“主次干道”。"}),
    "unlike any type": ({"类型": "xyz"}, {"type": "点位类型里没有“xyz”。请核对写法，或先把它建好。"}),
    "unknown unit": (
        {"责任单位": "城管局"},
        {"owner": "单位目录里没有“城管局”，最接近的是“示例县城管局”。"},
    ),
    "unknown region": ({"区域": "某处"}, {"region": "区域目录里没有“某处”。请核对写法，或先把它建好。"}),
    "cleared name": ({"名称": "清空"}, {"name": "名称不能清空。"}),
    "no number": ({"经度": "东经114"}, {"longitude": "“东经114”不是数字。请填 -180 到 180 之间的数。"}),
    "out of range": ({"纬度": 114.5}, {"latitude": "114.5 不在 -90 到 90 之间。请核对。"}),
    "too fine": ({"纬度": "30.1234567"}, {"latitude": "30.1234567 小数太多，最多 6 位。"}),
    "not a number": ({"纬度": "NaN"}, {"latitude": "NaN 不在 -90 到 90 之间。请核对。"}),
    "half a point": ({"纬度": None}, {"latitude": "经度和纬度要么都填，要么都空着。"}),
}


@pytest.mark.parametrize(("changes", "wrong"), BAD.values(), ids=BAD)
def test_a_bad_row_says_what_is_wrong_and_how_to_mend_it(world, changes, wrong):
    batch = receive(world.office, "places", HEAD, row(**changes))
    assert (batch.rows.get().outcome, batch.rows.get().errors) == ("bad", wrong)


def test_one_bad_row_keeps_every_row_out(world):
    batch = receive(world.office, "places", HEAD, GOOD, row(编码="D2", 类型="主次干路"))
    assert actions.confirm(actor=world.office, batch=batch).message == "还有 1 行要改，一行也没有导入。"
    assert Place.objects.count() == 0
    assert ImportBatch.objects.get().state == "preview"


def test_an_ambiguous_unit_name_is_said_with_its_codes(world):
    make_unit(world.tenant, "环卫所", world.other_bureau, code="Z9")
    found = receive(world.office, "places", HEAD, row(责任单位="环卫所")).rows.get()
    codes = "、".join(sorted([world.station.code, "Z9"]))
    assert found.errors == {"owner": f"单位目录里有 2 个“环卫所”，编码是 {codes}。请填编码。"}
    assert receive(world.office, "places", HEAD, row(责任单位="Z9")).rows.get().outcome == "new"


def test_the_same_code_twice_names_both_rows(world):
    batch = receive(world.office, "places", HEAD, GOOD, row(编码="D2"), row(名称="人民路二段"))
    assert dict(batch.rows.values_list("number", "errors")) == {
        2: {"code": "与第 4 行编码相同。同一个就去掉这行，不同就改编码。"},
        3: {},
        4: {"code": "与第 2 行编码相同。同一个就去掉这行，不同就改编码。"},
    }


def test_a_blank_cell_stays_and_the_word_clears(world):
    region = make_region(world.tenant, "城东街道", world.region)
    place = make_place(world.bureau, make_type(world.tenant, "公园"), "老名", region)
    place.address, place.longitude_e6, place.latitude_e6 = "旧址", 1, 2
    place.save()
    batch = receive(world.office, "places", HEAD, (place.code, "新名", "", "清空", "", "清空", "", ""))
    assert batch.rows.get().changes == {"name": "老名", "region": "城东街道", "address": "旧址"}
    actions.confirm(actor=world.office, batch=batch)
    place.refresh_from_db()
    assert (place.name, place.region, place.address, place.type.name) == ("新名", None, "", "公园")
    assert (place.owner, place.longitude_e6, place.latitude_e6) == (world.bureau, 1, 2)


def test_a_row_that_says_what_is_already_there_is_no_change(world):
    actions.confirm(actor=world.office, batch=receive(world.office, "places", HEAD, GOOD))
    again = receive(world.office, "places", HEAD, GOOD)
    assert again.rows.get().outcome == "same"


def test_a_place_of_another_office_is_not_touched_by_its_code(world):
    stranger = make_unit(world.tenant, "外县")
    make_place(stranger, make_type(world.tenant, "车站"))
    code = Place.objects.get().code
    assert receive(world.office, "places", HEAD, row(编码=code)).rows.get().errors == {
        "code": f"编码 {code} 已给了别的单位的点位，不归本办管。请换一个编码。"
    }


def test_a_file_without_the_code_column_is_refused(world):
    with pytest.raises(Refused) as refused:
        receive(world.office, "places", ("名称", "类型"), ("人民路", "主次干道"))
    assert refused.value.message == "表里没有“编码”这一列，认不出每行是哪一个。请加上这一列，或下载模板对照。"


def test_only_the_office_imports(world):
    with pytest.raises(Refused) as refused:
        receive(world.contact, "places", HEAD, GOOD)
    assert refused.value.message == "导入点位由创建办来做。请把表交给创建办。"
    assert ImportBatch.objects.count() == 0
