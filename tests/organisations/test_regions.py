"""Regions: set up below one in use, closed when empty, restored below one in use."""

from uuid import uuid4

import pytest

from chuangwen.base.errors import Refused
from chuangwen.organisations import actions
from chuangwen.organisations.models import Region
from tests.factories.organisations import World, county


@pytest.fixture
def world(db: None) -> World:
    return county()


def below(world: World, parent: Region | None, name: str) -> Region:
    return actions.create_region(actor=world.office, client_id=uuid4(), name=name, parent=parent)


def refusal(act: object, **given: object) -> str:
    with pytest.raises(Refused) as refused:
        act(**given)
    return refused.value.message


def test_codes_go_on_from_the_region_above(world: World) -> None:
    street = below(world, world.region, "城关街道")
    assert [below(world, street, name).code for name in ("东门社区", "西门社区")] == [
        f"{street.code}01",
        f"{street.code}02",
    ]


def test_a_region_is_closed_from_below_and_restored_from_above(world: World) -> None:
    street = below(world, world.region, "城关街道")
    community = below(world, street, "东门社区")
    said = refusal(actions.archive_region, actor=world.office, region=street)
    assert said == "“城关街道”还有 1 个下级区域，不能停用。请先移走或结束这些，再来停用。"
    for region in (community, street):
        actions.archive_region(actor=world.office, region=region)
    community.refresh_from_db()
    said = refusal(actions.restore_region, actor=world.office, region=community)
    assert said == "上级“城关街道”已停用。请先恢复上级。"
    for region in (street, community):
        actions.restore_region(actor=world.office, region=Region.objects.get(pk=region.pk))
    assert Region.objects.filter(pk__in=[street.pk, community.pk], archived_at=None).count() == 2


def test_nothing_is_set_up_below_a_closed_region(world: World) -> None:
    street = below(world, world.region, "城关街道")
    actions.archive_region(actor=world.office, region=street)
    assert refusal(below, world=world, parent=street, name="东门社区") == (
        "“城关街道”已停用，不能再设下级。请另选上级。"
    )
