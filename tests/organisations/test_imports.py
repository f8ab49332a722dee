"""Issue 2, 5 and 8: units, regions and 300 contacts from Excel."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from chuangwen.base.errors import Refused
from chuangwen.base.imports import actions
from chuangwen.base.models import ImportBatch
from chuangwen.organisations.models import Membership, Organisation, OrganisationState, Person, Region
from tests.factories.organisations import World, county
from tests.factories.workbooks import receive

UNITS = ("编码", "名称", "上级单位编码", "类别")
PEOPLE = ("姓名", "账号", "电话", "单位", "角色", "职务", "起始日期")


@pytest.fixture
def world(db: None) -> World:
    return county()


def errors(batch: ImportBatch) -> dict[int, dict[str, str]]:
    return {row.number: row.errors for row in batch.rows.order_by("number") if row.errors}


def confirm(world: World, batch: ImportBatch) -> None:
    assert errors(batch) == {}
    done = actions.confirm(actor=batch.created_by, batch=batch)
    assert done.applied, done.message


def test_parents_may_stand_below_their_children_in_the_same_file(world: World) -> None:
    rows = [("C3", "三级", "C2", "站"), ("C2", "二级", "C1", "所"), ("C1", "一级", "", "局")]
    confirm(world, receive(world.office, "units", UNITS, *rows))
    made = {unit.code: unit for unit in Organisation.objects.filter(code__startswith="C")}
    assert made["C1"].parent == world.root
    assert made["C3"].path == made["C2"].path + f"{made['C3'].pk:08d}"
    assert made["C2"].path == made["C1"].path + f"{made['C2'].pk:08d}"
    assert made["C1"].path == world.root.path + f"{made['C1'].pk:08d}"
    states = OrganisationState.objects.filter(organisation__in=made.values(), valid_to=None)
    assert {state.organisation_id: state.path for state in states} == {unit.pk: unit.path for unit in made.values()}


def test_a_circle_is_named_and_nothing_is_written(world: World) -> None:
    batch = receive(world.office, "units", UNITS, ("C1", "甲", "C2", ""), ("C2", "乙", "C1", ""))
    assert errors(batch) == {
        2: {"parent": "上级绕成了圈：C1 → C2 → C1。请改其中一行的上级。"},
        3: {"parent": "上级绕成了圈：C2 → C1 → C2。请改其中一行的上级。"},
    }


def test_two_units_that_change_places_end_as_the_file_says(world: World) -> None:
    upper, lower = world.bureau, world.station
    rows = [(upper.code, upper.name, lower.code, ""), (lower.code, lower.name, world.root.code, "")]
    confirm(world, receive(world.office, "units", UNITS, *rows))
    upper.refresh_from_db()
    lower.refresh_from_db()
    assert lower.path == world.root.path + f"{lower.pk:08d}"
    assert upper.path == lower.path + f"{upper.pk:08d}"


def test_a_renamed_unit_keeps_its_former_name_and_blank_cells_leave_the_rest(world: World) -> None:
    Organisation.objects.filter(pk=world.bureau.pk).update(kind="局")
    confirm(world, receive(world.office, "units", UNITS, (world.bureau.code, "新名城管局", "", "")))
    unit = Organisation.objects.get(pk=world.bureau.pk)
    assert (unit.name, unit.kind, unit.parent) == ("新名城管局", "局", world.root)
    names = unit.states.order_by("valid_from").values_list("name", "valid_to")
    assert list(names) == [("示例县城管局", timezone.localdate()), ("新名城管局", None)]


def test_a_code_or_parent_of_a_neighbour_is_refused(world: World) -> None:
    neighbour = county("邻县", tenant=world.tenant)
    rows = [(neighbour.bureau.code, "改名", "", ""), ("N1", "新", neighbour.bureau.code, "")]
    found = errors(receive(world.office, "units", UNITS, *rows))
    assert {number: list(cells) for number, cells in found.items()} == {2: ["code"], 3: ["parent"]}


def test_undoing_takes_unused_units_back_and_names_the_used(world: World) -> None:
    batch = receive(world.office, "units", UNITS, ("C1", "甲", "", ""), ("C2", "乙", "C1", ""), ("C3", "丙", "", ""))
    confirm(world, batch)
    unit = Organisation.objects.get(code="C3")
    Membership.objects.filter(pk=world.contact.memberships.get().pk).update(organisation=unit)
    batch.refresh_from_db()
    assert actions.undo(actor=world.office, batch=batch) == {4: "已有任职用到它，要留着。"}
    assert list(Organisation.objects.filter(code__startswith="C").values_list("code", flat=True)) == ["C3"]


def test_undoing_gives_a_moved_unit_its_place_back(world: World) -> None:
    path = world.station.path
    batch = receive(world.office, "units", UNITS, (world.station.code, "改名所", world.other_bureau.code, ""))
    confirm(world, batch)
    batch.refresh_from_db()
    assert actions.undo(actor=world.office, batch=batch) == {}
    world.station.refresh_from_db()
    assert (world.station.name, world.station.path) == ("环卫所", path)


def test_regions_come_in_any_order_too(world: World) -> None:
    head = ("编码", "名称", "上级区域编码", "类别")
    confirm(
        world, receive(world.office, "regions", head, ("S11", "东门社区", "S1", "社区"), ("S1", "城关街道", "", "街道"))
    )
    street, community = Region.objects.get(code="S1"), Region.objects.get(code="S11")
    assert (street.parent, community.path) == (world.region, street.path + f"{community.pk:08d}")


def test_300_contacts_get_accounts_without_passwords(world: World) -> None:
    rows = [(f"联络{n:03d}", "", f"1380000{n:04d}", "示例县城管局", "联络员", "主任", "2026-03-01") for n in range(300)]
    confirm(world, receive(world.office, "people", PEOPLE, *rows))
    people = Person.objects.filter(name__startswith="联络").order_by("name")
    code = world.bureau.code.lower()
    assert [person.username for person in people] == [f"{code}-{n:02d}" for n in range(1, 301)]
    assert not any(person.has_usable_password() for person in people)
    posts = Membership.objects.filter(person__in=people)
    assert set(posts.values_list("organisation", "role", "title", "valid_from")) == {
        (world.bureau.pk, "contact", "主任", date(2026, 3, 1))
    }


def test_the_result_shows_the_accounts_that_were_made(world: World) -> None:
    batch = receive(world.office, "people", ("姓名", "单位", "角色"), ("赵新", world.bureau.code, "联络员"))
    confirm(world, batch)
    client = Client()
    client.force_login(world.office, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/imports/{batch.uuid}/").context["page"]
    account = Person.objects.get(name="赵新").username
    assert [[cell.text for cell in line.cells] for line in page.lines] == [
        ["赵新", account, world.bureau.code, "联络员"]
    ]


def test_an_account_in_the_file_updates_the_person_and_the_post(world: World) -> None:
    account = world.contact.username
    confirm(
        world, receive(world.office, "people", PEOPLE, ("", account, "13900000000", "示例县城管局", "联络员", "科长"))
    )
    person = Person.objects.get(pk=world.contact.pk)
    assert (person.name, person.phone, person.memberships.get().title) == (world.contact.name, "13900000000", "科长")


def test_the_same_list_again_says_who_is_there_already(world: World) -> None:
    row = ("赵新", "", "", "示例县城管局", "联络员")
    confirm(world, receive(world.office, "people", PEOPLE, row))
    account = Person.objects.get(name="赵新").username
    assert errors(receive(world.office, "people", PEOPLE, row)) == {
        2: {"username": f"这个单位已有同名的人，账号 {account}。是同一人就填这个账号，不是就另填一个。"}
    }


def test_the_office_cannot_import_administrators_or_touch_their_accounts(world: World) -> None:
    rows = [
        ("赵新", "", "", "示例县城管局", "系统管理员"),
        ("改名", world.system.username, "", "示例县城管局", "联络员"),
    ]
    found = errors(receive(world.office, "people", PEOPLE, *rows))
    assert {number: list(cells) for number, cells in found.items()} == {2: ["role"], 3: ["username"]}


def test_an_account_longer_than_its_column_is_said_before_anything_is_written(world: World) -> None:
    found = errors(receive(world.office, "people", PEOPLE, ("赵新", "a" * 61, "", "示例县城管局", "联络员")))
    assert found == {2: {"username": "账号有 61 个字，最多 60 个。请改短。"}}


def test_undoing_people_keeps_those_who_have_activated(world: World) -> None:
    rows = [("甲新", "", "", "示例县城管局", "联络员"), ("乙新", "", "", "示例县城管局", "联络员")]
    batch = receive(world.office, "people", PEOPLE, *rows)
    confirm(world, batch)
    person = Person.objects.get(name="甲新")
    person.set_password("x")
    person.save()
    batch.refresh_from_db()
    assert actions.undo(actor=world.office, batch=batch) == {2: "本人已激活，要留着。停用请到人员页。"}
    assert not Person.objects.filter(name="乙新").exists()


def test_a_contact_imports_nothing(world: World) -> None:
    with pytest.raises(Refused):
        receive(world.contact, "units", UNITS, ("C1", "甲", "", ""))


def test_an_import_makes_no_administrator_of_somebody_with_another_role(world: World) -> None:
    row = ("", world.contact.username, "", "示例县城管局", "审计管理员")
    assert list(errors(receive(world.system, "people", PEOPLE, row))[2]) == ["role"]
