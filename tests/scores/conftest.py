"""A county with an open round: the bureau and the other bureau own one place each, two criteria types."""

from types import SimpleNamespace

import pytest

from tests.factories.organisations import county
from tests.factories.places import make_place, make_type
from tests.factories.published import make_round, publish_spec, small_spec
from tests.factories.scoring import make_visit


@pytest.fixture
def scored(db):
    """world, round, and one submitted visit per bureau; no answers yet."""
    world = county()
    window, road = make_type(world.tenant, "窗口"), make_type(world.tenant, "主次干道")
    version = publish_spec(world.jurisdiction, small_spec(window.code, road.code))
    round = make_round(version)
    first = make_visit(round, make_place(world.bureau, window, "大厅"))
    second = make_visit(round, make_place(world.other_bureau, road, "人民路"))
    return SimpleNamespace(world=world, round=round, first=first, second=second)
