"""Issue 2, 8: units with dated states; A2: a tree of any depth."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from chuangwen.base.errors import Refused
from chuangwen.base.models import Event
from chuangwen.organisations import actions
from chuangwen.organisations.models import Organisation, OrganisationState
from chuangwen.organisations.queries import name_on
from tests.factories.organisations import World, county, make_unit
from tests.factories.places import make_place, make_type

SPRING = date(2026, 3, 1)


@pytest.fixture
def world(db: None) -> World:
    return county()


def create(world: World, **fields: object) -> Organisation:
    given = {"actor": world.office, "client_id": uuid4(), "name": "新所", "parent": world.bureau}
    return actions.create_unit(**{**given, **fields})


def states(unit: Organisation) -> list[tuple]:
    rows = OrganisationState.objects.filter(organisation=unit).order_by("valid_from")
    return list(rows.values_list("valid_from", "valid_to", "name", "parent_id"))


def test_a_new_unit_stands_in_the_tree_with_its_first_state_and_one_event(world: World) -> None:
    unit = create(world)
    assert unit.path == world.bureau.path + f"{unit.pk:08d}"
    assert unit.code == f"{world.bureau.code}01"
    assert states(unit) == [(timezone.localdate(), None, "新所", world.bureau.pk)]
    assert list(Event.objects.values_list("name", flat=True)) == ["organisations.unit_created"]


def test_a_form_sent_twice_makes_one_unit(world: World) -> None:
    key = uuid4()
    first, second = create(world, client_id=key), create(world, client_id=key)
    assert first == second
    assert Organisation.objects.filter(name="新所").count() == 1


def test_a_code_that_is_taken_is_refused_at_its_field(world: World) -> None:
    with pytest.raises(Refused, match=f"编码 {world.station.code} 已经有单位用了") as refused:
        create(world, code=world.station.code)
    assert refused.value.field == "code"


def test_renaming_keeps_the_former_name_until_the_day(world: World) -> None:
    actions.rename_unit(actor=world.office, unit=world.bureau, name="示例县城市管理局", day=SPRING)
    assert states(world.bureau)[-2:] == [
        (date(2020, 1, 1), SPRING, "示例县城管局", world.root.pk),
        (SPRING, None, "示例县城市管理局", world.root.pk),
    ]
    before, after = SPRING - timedelta(1), SPRING
    assert name_on([world.bureau.pk], before)[world.bureau.pk].name == "示例县城管局"
    assert name_on([world.bureau.pk], after)[world.bureau.pk].name == "示例县城市管理局"


def test_renaming_twice_on_one_day_corrects_that_days_state(world: World) -> None:
    for name in ("错名", "对名"):
        actions.rename_unit(actor=world.office, unit=world.bureau, name=name, day=SPRING)
    assert [row[2] for row in states(world.bureau)] == ["示例县城管局", "对名"]


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2019, 1, 1), "从 2020年1月1日算起"), (date(2999, 1, 1), "日期在今天以后")],
)
def test_a_day_before_the_present_state_or_after_today_is_refused(world: World, day: date, words: str) -> None:
    with pytest.raises(Refused, match=words):
        actions.rename_unit(actor=world.office, unit=world.bureau, name="别名", day=day)


def test_a_move_takes_the_whole_subtree_along_and_dates_it(world: World) -> None:
    cell = make_unit(world.tenant, "班组", world.station)
    actions.move_unit(actor=world.office, unit=world.bureau, parent=world.other_bureau, day=SPRING)
    for unit in (world.bureau, world.station, cell):
        unit.refresh_from_db()
    assert world.bureau.path == world.other_bureau.path + f"{world.bureau.pk:08d}"
    assert cell.path == world.bureau.path + f"{world.station.pk:08d}{cell.pk:08d}"
    assert OrganisationState.objects.get(organisation=cell, valid_to=None).path == cell.path
    assert states(world.bureau)[-1] == (SPRING, None, "示例县城管局", world.other_bureau.pk)


def test_moving_asks_the_same_number_of_queries_for_a_large_subtree(world: World) -> None:
    def queries_for(children: int) -> int:
        top = make_unit(world.tenant, "总站", world.bureau)
        for _ in range(children):
            make_unit(world.tenant, "站", top)
        with CaptureQueriesContext(connection) as captured:
            actions.move_unit(actor=world.office, unit=top, parent=world.other_bureau, day=SPRING)
        return len(captured)

    assert queries_for(1) == queries_for(30)


def test_a_unit_cannot_move_under_itself_or_what_is_below_it(world: World) -> None:
    with pytest.raises(Refused, match="它自己"):
        actions.move_unit(actor=world.office, unit=world.bureau, parent=world.bureau, day=SPRING)
    with pytest.raises(Refused, match="它的下级"):
        actions.move_unit(actor=world.office, unit=world.bureau, parent=world.station, day=SPRING)


def test_a_unit_with_people_and_children_is_not_closed_and_the_message_says_which(world: World) -> None:
    with pytest.raises(Refused, match="1 个下级单位、1 个在任人员"):
        actions.archive_unit(actor=world.office, unit=world.bureau)


def test_an_empty_unit_is_closed_restored_and_its_history_says_so(world: World) -> None:
    unit = create(world)
    actions.archive_unit(actor=world.office, unit=unit)
    assert Organisation.objects.get(pk=unit.pk).archived_at is not None
    with pytest.raises(Refused, match="已撤销，不能再改"):
        actions.rename_unit(actor=world.office, unit=unit, name="别名", day=timezone.localdate())
    unit.refresh_from_db()
    actions.restore_unit(actor=world.office, unit=unit)
    assert Organisation.objects.get(pk=unit.pk).archived_at is None


def test_a_unit_with_open_places_is_not_closed(world: World) -> None:
    unit = create(world)
    make_place(unit, make_type(world.tenant))
    with pytest.raises(Refused, match="1 处点位"):
        actions.archive_unit(actor=world.office, unit=unit)
