"""The pages of an import: what they show, who may open them, that a form can be sent twice."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from chuangwen.base.imports import actions
from chuangwen.base.imports.spec import spec_of
from chuangwen.base.models import ImportBatch
from chuangwen.places.models import PlaceType
from tests.factories.asking import surely
from tests.factories.organisations import World, client_of, county, make_person
from tests.factories.places import make_place, make_type
from tests.factories.workbooks import opened, receive, workbook

HEAD = ("编码", "名称")


@pytest.fixture
def world(db: None) -> World:
    return county()


def post_file(client: Client, *rows: tuple, **given: object):
    file = SimpleUploadedFile("类型.xlsx", workbook(*rows))
    return client.post(
        reverse("base:import-new", args=["place-types"]), {"client_id": uuid4(), "file": file, **given}, follow=True
    )


def test_choosing_a_file_leads_to_its_preview(world):
    response = post_file(client_of(world.office), HEAD, ("a", "公园"), ("b", ""))
    assert response.redirect_chain == [(reverse("base:import", args=[ImportBatch.objects.get().uuid]), 302)]
    page = response.content.decode()
    assert page.count("改好之前一行也不会导入") == 1
    assert page.count("导入 2&nbsp;行（还有 1&nbsp;行要改）") == 1
    assert page.count("名称没有填。") == 1


def test_the_same_form_sent_twice_is_one_import(world):
    client, client_id = client_of(world.office), uuid4()
    for _ in range(2):
        assert post_file(client, HEAD, ("a", "公园"), client_id=client_id).status_code == 200
    assert ImportBatch.objects.count() == 1


def test_a_file_that_cannot_be_read_is_said_at_the_field(world):
    client = client_of(world.office)
    file = SimpleUploadedFile("类型.csv", b"a,b")
    response = client.post(reverse("base:import-new", args=["place-types"]), {"client_id": uuid4(), "file": file})
    assert response.context["form"].errors["file"][0].startswith("这不是 Excel 工作簿（.xlsx）")
    assert ImportBatch.objects.count() == 0


def test_a_cell_is_mended_on_the_page_and_the_file_imported(world):
    client = client_of(world.office)
    batch = receive(world.office, "place-types", HEAD, ("a", "公园"), ("b", ""))
    client.post(reverse("base:import-mend", args=[batch.uuid, 3]), {"name": "车站"})
    response = client.post(reverse("base:import-confirm", args=[batch.uuid]), follow=True)
    assert response.context["batch"].state == "applied"
    assert list(PlaceType.objects.order_by("code").values_list("code", "name")) == [("a", "公园"), ("b", "车站")]


def test_columns_in_which_nothing_stands_are_left_out_until_somebody_mends_a_cell_there(world):
    head = ("编码", "名称", "类型", "区域", "责任单位", "地址", "经度", "纬度")
    make_type(world.tenant, "公园")
    batch = receive(world.office, "places", head, ("D1", "东园", "公园", "", world.bureau.code, "", "", ""))
    client, address = client_of(world.office), reverse("base:import", args=[batch.uuid])

    def shown() -> list[str]:
        return [column.header for column in client.get(address).context["page"].columns]

    assert shown() == ["编码", "名称", "类型", "责任单位"]
    assert client.get(address).content.decode().count("4&nbsp;列空着，下面不列") == 1
    client.post(reverse("base:import-mend", args=[batch.uuid, 2]), {"longitude": "114.1", "latitude": "30"})
    assert shown() == ["编码", "名称", "类型", "责任单位", "经度", "纬度"]


def test_the_result_says_what_undoing_left(world):
    client = client_of(world.office)
    batch = receive(world.office, "place-types", HEAD, ("a", "公园"), ("b", "车站"))
    client.post(reverse("base:import-confirm", args=[batch.uuid]))
    make_place(world.bureau, PlaceType.objects.get(code="a"))
    page = surely(client, reverse("base:import-undo", args=[batch.uuid]), follow=True).content.decode()
    assert page.count("撤回了 1&nbsp;行，恢复到导入以前；有 1&nbsp;行留着") == 1
    assert page.count("<h1>撤回一部分：") == 1
    assert page.count("已有点位用到它，要留着。") == 1


def test_undoing_that_takes_nothing_back_says_so(world):
    client = client_of(world.office)
    batch = receive(world.office, "place-types", HEAD, ("a", "公园"))
    client.post(reverse("base:import-confirm", args=[batch.uuid]))
    make_place(world.bureau, PlaceType.objects.get(code="a"))
    page = surely(client, reverse("base:import-undo", args=[batch.uuid]), follow=True).content.decode()
    assert page.count("<h1>没有撤回：") == 1
    assert page.count("这 1&nbsp;行一行也没有撤回，导入的内容都留着") == 1
    assert "新增 1" not in page
    assert client.get(reverse("base:transfers")).content.decode().count(">没有撤回<") == 1


def test_an_import_given_up_says_nothing_was_written(world):
    client = client_of(world.office)
    batch = receive(world.office, "place-types", HEAD, ("a", "公园"))
    page = surely(client, reverse("base:import-abandon", args=[batch.uuid]), follow=True).content.decode()
    assert page.count("一行也没有导入，原有的内容没有变") == 1
    assert "新增 1" not in page


def test_of_many_columns_those_to_be_mended_are_shown_and_the_others_folded(world):
    """One at the end of the row: it would be folded if nothing were wrong with it."""
    spec = spec_of("problems-ledger")
    given = {"label": "暗访", "criterion_text": "街面干净", "responsible": "王芳", **spec.examples[0]}
    heads = [column.header for column in spec.columns]

    def shown(row: dict[str, str]) -> list[list[str]]:
        cells = [row.get(column.key, "") for column in spec.columns]
        batch = receive(world.office, "problems-ledger", heads, cells)
        page = client_of(world.office).get(reverse("base:import", args=[batch.uuid]) + "?tab=all").context["page"]
        [line] = page.lines
        return [
            [column.key for column in page.columns],
            [cell.column.key for cell in line.folded],
            [cell.column.key for cell in line.cells if cell.bad],
        ]

    first, then = ["number", "found_on", "label", "place_text", "what", "criterion_text"], ["responsible", "deadline"]
    assert shown(given) == [[*first, "unit"], [*then, "state", "closed_on", "measures"], []]
    wrong = {**given, "closed_on": "某天"}
    assert shown(wrong) == [[*first, "closed_on"], ["unit", *then, "state", "measures"], ["closed_on"]]


def test_dropping_a_row_keeps_the_reader_on_the_tab(world):
    client = client_of(world.office)
    batch = receive(world.office, "place-types", HEAD, ("a", "公园"), ("b", "车站"))
    response = client.post(reverse("base:import-drop", args=[batch.uuid, 3]) + "?tab=new&x=1")
    assert response.url == reverse("base:import", args=[batch.uuid]) + "?tab=new"
    assert batch.rows.count() == 1


def test_bad_rows_are_given_as_a_workbook_that_can_be_imported_again(world):
    batch = receive(world.office, "place-types", HEAD, ("a", "公园"), ("b", ""), ("=c", ""))
    response = client_of(world.office).get(reverse("base:import-errors", args=[batch.uuid]))
    rows = [[cell.value for cell in row] for row in opened(response.content)["点位类型"]]
    assert rows == [
        ["原行号", "编码", "名称", "哪里不对，怎样改"],
        [3, "b", None, "名称没有填。"],
        [4, "=c", None, "名称没有填。"],
    ]


def test_the_template_is_given_to_who_may_import(world):
    url = reverse("base:import-template", args=["places"])
    make_type(world.tenant, "公园")
    sheet = opened(client_of(world.office).get(url).content)["可选值"]
    assert [[cell.value for cell in row][:1] for row in sheet] == [["类型"], ["公园"], *[[None]] * (sheet.max_row - 2)]
    assert client_of(world.contact).get(url).status_code == 403


@pytest.mark.parametrize("name", ["import", "import-errors"])
def test_a_stranger_and_a_colleague_do_not_see_an_import(world, name):
    url = reverse(f"base:{name}", args=[receive(world.office, "place-types", HEAD, ("a", "公园")).uuid])
    colleague = make_person(world.office_unit, "office")
    people = [world.office, colleague, world.contact, world.system, county("邻县").office]
    assert [client_of(person).get(url).status_code for person in people] == [200, 404, 404, 404, 404]


@pytest.mark.parametrize("name", ["confirm", "undo", "abandon"])
def test_a_stranger_cannot_act_on_an_import(world, name):
    batch = receive(world.office, "place-types", HEAD, ("a", "公园"))
    url = reverse(f"base:import-{name}", args=[batch.uuid])
    assert client_of(county("邻县").office).post(url).status_code == 404
    batch.refresh_from_db()
    assert batch.state == "preview"


def test_an_unknown_kind_is_not_there(world):
    assert client_of(world.office).get(reverse("base:import-new", args=["nothing"])).status_code == 404


def test_one_and_three_rows_ask_the_same_queries(world, same_queries):
    batch = receive(world.office, "place-types", HEAD, *((f"c{number}", "") for number in range(3)))
    numbers = iter(range(100, 200))

    def make_one() -> None:
        batch.rows.create(number=next(numbers), outcome="bad", errors={"name": "名称没有填。"}, cells={"code": "x"})

    same_queries(make_one, reverse("base:import", args=[batch.uuid]), client_of(world.office))


def test_past_imports_are_listed_with_state_and_counts(world, same_queries):
    def make_one() -> None:
        actions.confirm(
            actor=world.office, batch=receive(world.office, "place-types", HEAD, (str(uuid4()), str(uuid4())))
        )

    same_queries(make_one, reverse("base:transfers"), client_of(world.office))
    page = client_of(world.office).get(reverse("base:transfers"))
    assert [(row.get_state_display(), row.counts["new"]) for row in page.context["slice"].rows] == [("已导入", 1)] * 3
