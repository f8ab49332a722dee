"""Issue 2, 8: the pages of units, regions, people and areas, as owner, colleague and stranger."""

from uuid import uuid4

import pytest

from chuangwen.organisations.models import Area, Organisation, Region, Role
from tests.factories.organisations import World, client_of, county, make_person, make_region, make_unit


@pytest.fixture
def world(db: None) -> World:
    return county()


def names(answer: object) -> list[str]:
    return [branch.unit.name for branch in answer.context["branches"]]  # type: ignore[attr-defined]


def test_the_tree_opens_at_the_top_and_unfolds_by_links(world: World) -> None:
    client = client_of(world.office)
    first = client.get("/units/")
    assert names(first) == ["示例县", "示例县创建办", "示例县城管局", "示例县住建局", "示例县督查室"]
    toggled = next(row.toggled for row in first.context["branches"] if row.unit == world.bureau)
    assert "环卫所" in names(client.get(f"/units/?open={toggled}"))
    assert names(client.get("/units/?open=0")) == ["示例县"]


def test_a_contact_sees_the_own_unit_as_top_and_no_office_verbs(world: World) -> None:
    answer = client_of(world.contact).get("/units/")
    assert names(answer) == ["示例县城管局", "环卫所"]
    assert "新设单位" not in answer.content.decode()


def test_units_are_found_by_former_name_and_filtered_by_region_with_what_is_below(world: World) -> None:
    street = make_region(world.tenant, "街道", world.region)
    inner = make_unit(world.tenant, "街上的", world.root, region=street)
    inner.states.update(name="旧名头")
    client = client_of(world.office)
    assert [unit for unit, _ in client.get("/units/?q=旧名").context["found"]] == [inner]
    by_region = client.get(f"/units/?region={world.region.pk}").context["found"]
    assert [unit for unit, _ in by_region] == [world.root, inner]


@pytest.mark.parametrize("address", ["/units/?open=1,2,3", "/units/?q=单位"])
def test_the_units_pages_ask_the_same_queries(world: World, same_queries, address: str) -> None:
    same_queries(lambda: make_unit(world.tenant, "单位", world.root), address, client_of(world.office))


def test_a_units_page_asks_the_same_queries_for_one_and_three_contacts(world: World, same_queries) -> None:
    address = f"/units/{world.bureau.pk}/"
    same_queries(lambda: make_person(world.bureau, Role.CONTACT), address, client_of(world.office))


def test_a_new_unit_by_form_stands_on_its_page(world: World) -> None:
    form = {"client_id": str(uuid4()), "name": "新站", "parent": f"{world.bureau.name}（{world.bureau.code}）"}
    answer = client_of(world.office).post("/units/new/", form)
    unit = Organisation.objects.get(name="新站")
    assert (answer.headers["Location"], unit.parent) == (f"/units/{unit.pk}/", world.bureau)


def test_an_unknown_parent_is_answered_with_the_nearest(world: World) -> None:
    form = {"client_id": str(uuid4()), "name": "新站", "parent": "城管"}
    page = client_of(world.office).post("/units/new/", form).content.decode()
    assert f"没有叫“城管”的单位。是不是示例县城管局（{world.bureau.code}）？" in page


def test_moving_under_itself_is_told_at_the_field(world: World) -> None:
    form = {"parent": world.station.code, "day": "2026-03-01"}
    page = client_of(world.office).post(f"/units/{world.bureau.pk}/move/", form).content.decode()
    assert "“环卫所”是它的下级，不能移到那里。请另选上级。" in page


def test_a_refused_closing_says_why_on_the_units_page(world: World) -> None:
    answer = client_of(world.office).post(f"/units/{world.bureau.pk}/archive/", follow=True)
    assert "还有 1 个下级单位、1 个在任人员，不能撤销" in answer.content.decode()


def test_a_region_moves_with_what_is_below_it(world: World) -> None:
    street, other = make_region(world.tenant, "东街", world.region), make_region(world.tenant, "西街", world.region)
    community = make_region(world.tenant, "社区", street)
    form = {"name": "东大街", "kind": "街道", "parent": other.code}
    assert client_of(world.office).post(f"/regions/{street.pk}/", form).status_code == 302
    street, community = Region.objects.get(pk=street.pk), Region.objects.get(pk=community.pk)
    assert (street.name, street.path) == ("东大街", other.path + f"{street.pk:08d}")
    assert community.path == street.path + f"{community.pk:08d}"


def test_an_area_is_set_up_with_units_by_line_and_its_leader_sees_them_at_once(world: World) -> None:
    form = {
        "client_id": str(uuid4()),
        "name": "二片",
        "leader": world.leader.memberships.get().pk,
        "units": f"{world.other_bureau.code}\n环卫所",
        "valid_from": "2026-01-01",
    }
    assert client_of(world.office).post("/areas/new/", form).headers["Location"] == "/areas/"
    parts = Area.objects.get(name="二片").parts.order_by("id").values_list("organisation__name", flat=True)
    assert list(parts) == ["示例县住建局", "环卫所"]
    assert client_of(world.leader).get(f"/units/{world.other_station.pk}/").status_code == 200


def test_a_leaders_list_of_areas_belongs_to_the_office(world: World, same_queries) -> None:
    def make_one() -> None:
        Area.objects.create(
            tenant=world.tenant, jurisdiction=world.jurisdiction, name=uuid4().hex, valid_from="2026-01-01"
        )

    same_queries(make_one, "/areas/", client_of(world.office))
    assert client_of(world.leader).get("/areas/").status_code == 403


def test_the_offices_papers_and_deadlines_are_set_on_a_page(world: World) -> None:
    form = {"issuer": "示例县文明委", "document_word": "示文明委", "deadline_days": 5, "cutoff_hour": 17}
    assert client_of(world.office).post("/jurisdiction/", form).status_code == 302
    world.jurisdiction.refresh_from_db()
    assert (world.jurisdiction.document_word, world.jurisdiction.deadline_days) == ("示文明委", 5)
