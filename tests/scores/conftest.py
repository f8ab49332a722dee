"""Two rounds: an open one with a place of either bureau, and one that is over with its problems handed out."""

from types import SimpleNamespace

import pytest

from tests.factories import documents
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


@pytest.fixture
def made(db) -> documents.Finished:
    """Three places of one type with 1, 2 and 3 pieces of litter, two of the station: 28.5 to 29.5 points a place."""
    return documents.finished()
