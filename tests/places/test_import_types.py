"""Place types from Excel."""

import pytest

from chuangwen.base.imports import actions
from chuangwen.places.models import PlaceType
from tests.factories.organisations import World, county
from tests.factories.places import make_type
from tests.factories.workbooks import receive

HEAD = ("编码", "名称")


@pytest.fixture
def world(db: None) -> World:
    return county()


def test_types_are_added_and_renamed_by_code(world):
    kind = make_type(world.tenant, "公路")
    batch = receive(world.office, "place-types", HEAD, (kind.code, "主次干道"), ("market", "农贸市场"))
    assert actions.confirm(actor=world.office, batch=batch).applied
    assert list(PlaceType.objects.order_by("id").values_list("code", "name")) == [
        (kind.code, "主次干道"),
        ("market", "农贸市场"),
    ]


def test_a_name_another_type_has_is_named_with_its_code(world):
    kind = make_type(world.tenant, "公路")
    assert receive(world.office, "place-types", HEAD, ("road", "公路")).rows.get().errors == {
        "name": f"编码 {kind.code} 的类型已叫“公路”。同一类就用那个编码，不同就改名。"
    }


def test_the_same_name_twice_in_a_file_names_both_rows(world):
    batch = receive(world.office, "place-types", HEAD, ("a", "公园"), ("b", "公园"))
    assert dict(batch.rows.values_list("number", "errors")) == {
        2: {"name": "与第 3 行名称相同。同一个就去掉这行，不同就改名称。"},
        3: {"name": "与第 2 行名称相同。同一个就去掉这行，不同就改名称。"},
    }


def test_undo_removes_new_types_that_no_place_has(world):
    batch = receive(world.office, "place-types", HEAD, ("a", "公园"))
    actions.confirm(actor=world.office, batch=batch)
    assert actions.undo(actor=world.office, batch=batch) == {}
    assert PlaceType.objects.count() == 0
