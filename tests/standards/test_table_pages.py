"""C1: the pages of a table import: file, columns, rows beside their source; used like a person, through their forms."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from chuangwen.base.models import ImportBatch
from chuangwen.standards import actions
from chuangwen.standards.models import StandardVersion
from chuangwen.standards.spec import spec_of
from tests.factories.asking import surely
from tests.factories.organisations import World, client_of, county
from tests.factories.standards import draft_standard
from tests.factories.table_imports import kept_table, mapped
from tests.rulebook.office_tables import LEFT, UP, Picture, tables_docx, tables_xlsx
from tests.rulebook.shapes import BANDS, NATIONAL

HEAD = ("测评项目", "测评标准", "分值")
ROWS = (("环境", "干净", 5), (UP, "整洁", "另计"), ("秩序", "1)有序；2)通畅", 3), ("", "", 9))
GONE = "要写的草稿已经发布或删掉了"


@pytest.fixture
def draft(world: World) -> StandardVersion:
    return draft_standard(world.jurisdiction)


def upload(client: Client, draft: StandardVersion, data: bytes, name: str = "体系.xlsx", client_id: str = ""):
    sent = {"client_id": client_id or str(uuid4()), "file": SimpleUploadedFile(name, data)}
    return client.post(reverse("standards:table-new", args=[draft.uuid]), sent)


def columns_of(batch: ImportBatch) -> str:
    return reverse("standards:table-columns", args=[batch.uuid])


def as_offered(client: Client, address: str, **changes: object) -> dict[str, object]:
    """What a browser sends when nothing on the page is touched but `changes`."""
    form = client.get(address).context["page"].form
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in {**values, **changes}.items() if value not in (None, False)}


def rows_page(client: Client, world: World, draft: StandardVersion, picture: Picture = (HEAD, *ROWS), ask: str = ""):
    batch = mapped(world.office, kept_table(world.office, draft, picture))
    return client.get(reverse("standards:table", args=[batch.uuid]) + ask)


@pytest.mark.parametrize(("make", "name"), [(tables_xlsx, "体系.xlsx"), (tables_docx, "体系.docx")])
def test_from_the_file_to_the_draft_without_touching_anything(office, draft, make, name):
    answer = upload(office, draft, make(NATIONAL), name)
    address = answer.headers["Location"]
    answer = office.post(address, as_offered(office, address))
    page = office.get(answer.headers["Location"]).context["page"]
    assert (page.indicators, page.lines, page.points, page.bad) == (9, 4, "10", 0)
    batch = ImportBatch.objects.get()
    answer = office.post(reverse("base:import-confirm", args=[batch.uuid]), follow=True)
    version = reverse("standards:version", args=[draft.uuid])
    assert (answer.context["onward"], draft.criteria.count()) == (("看这份草稿", version), 4)


def test_the_columns_are_shown_as_they_stand_with_a_choice_over_each(office, world, draft):
    page = office.get(columns_of(kept_table(world.office, draft, BANDS[:-1]))).context["page"]
    (part,) = page.parts
    assert [(choice.column.name, choice.field.value(), choice.width) for choice in part.choices] == [
        ("测评内容", "level1", 1),
        ("测评标准", "text", 1),
        ("分值", "points", 1),
        ("测评方式", "method", 1),
    ]
    shown = [(row.number, row.is_head, [(place.text, place.columns) for place in row.places]) for row in part.rows[:3]]
    assert shown[0] == (2, True, [("测评内容", 1), ("测评标准", 1), ("分值", 1), ("测评方式", 1)])
    assert shown[1] == (3, False, [("一、公共环境（5分）", 4)])
    assert (part.rows[2].places[0].rows, part.more) == (2, 0)


def test_a_changed_mapping_is_read_and_offered_the_next_time(office, world, draft):
    address = columns_of(kept_table(world.office, draft, (HEAD, *ROWS)))
    office.post(address, as_offered(office, address, role_0_2="remarks", share="on"))
    batch = ImportBatch.objects.get()
    assert batch.rows.get(number=1).cells["explanation"] == "5"
    again = office.get(columns_of(kept_table(world.office, draft, (HEAD, *ROWS)))).context["page"]
    assert [(choice.field.value(), choice.proposal.why) for choice in again.parts[0].choices] == [
        ("level1", "上次这样认的"),
        ("text", "上次这样认的"),
        ("remarks", "上次这样认的"),
    ]
    assert again.form["share"].value() is True


FAULTS = {
    "no text": ({"role_0_1": "remarks"}, "表里没有指出哪一列是测评标准。"),
    "twice": ({"role_0_2": "text"}, "表里有 2 列都说是“测评标准”，只能有一列。"),
    "nothing": ({"read_0": False}, "没有要读的表。至少勾选一张。"),
    "no level": ({"role_0_0": ""}, "表里没有指标的列。请选一级指标写在哪里，或指出哪一列是指标。"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_mapping_that_cannot_be_read_is_said_on_the_page(office, world, draft, case):
    changes, words = FAULTS[case]
    batch = kept_table(world.office, draft, (HEAD, *ROWS))
    answer = office.post(columns_of(batch), as_offered(office, columns_of(batch), **changes))
    assert words in answer.content.decode()
    assert batch.rows.count() == 0


def test_a_head_pointed_out_is_looked_at_again_before_it_is_read(office, world, draft):
    picture = (("附件", LEFT, LEFT), ("甲", "乙", "丙"), ("环境", "主次干道干净整洁没有垃圾", 5))
    batch = kept_table(world.office, draft, picture)
    answer = office.post(columns_of(batch), as_offered(office, columns_of(batch), top_0=2, bottom_0=2))
    page = answer.context["page"]
    assert (page.moved, [choice.column.name for choice in page.parts[0].choices]) == (True, ["甲", "乙", "丙"])
    sent = {name: page.form[name].value() for name in page.form.fields}
    sent |= {"role_0_0": "level1", "role_0_1": "text", "role_0_2": "points", "read_0": "on"}
    answer = office.post(columns_of(batch), {name: value for name, value in sent.items() if value not in (None, False)})
    cells = [(row.cells["name1"], row.cells["text"], row.cells["points"]) for row in batch.rows.all()]
    assert (answer.status_code, cells) == (302, [("环境", "主次干道干净整洁没有垃圾", "5")])


def test_sheets_numbered_by_their_names_are_the_first_level(office, draft):
    sheets = {
        "一、环境": (HEAD, ("道路", "平整", 2)),
        "二、秩序": (HEAD, ("车辆", "有序", 2)),
        "封面": (("单位", "时间"),),
    }
    address = upload(office, draft, tables_xlsx(sheets)).headers["Location"]
    office.post(address, as_offered(office, address))
    batch = ImportBatch.objects.get()
    names = [(row.cells["label1"], row.cells["name1"], row.cells["name2"]) for row in batch.rows.order_by("number")]
    assert names == [("一", "环境", "道路"), ("二", "秩序", "车辆")]


def test_the_rows_stand_as_a_tree_beside_their_source(office, world, draft):
    page = rows_page(office, world, draft).context["page"]
    assert [(name, number) for name, _, number in page.tabs] == [
        ("all", 3),
        ("bad", 0),
        ("open", 3),
        ("notes", 2),
        ("left", 1),
    ]
    assert [(entry.headings, entry.cells["at"], entry.cells["source"], entry.open_) for entry in page.entries] == [
        (["环境"], "表1 第 2 行", "环境｜干净｜5", ["规则"]),
        ([], "表1 第 3 行", "整洁｜另计", ["分值", "规则"]),
        (["秩序"], "表1 第 4 行", "秩序｜1)有序；2)通畅｜3", ["规则"]),
    ]
    assert [entry.notes for entry in page.entries] == [
        [],
        ["分值写的是“另计”，不是一个数"],
        ["3 分管着 2 项，没有写每项几分，合成一条"],
    ]
    assert (page.points, page.open_points, page.open_rules) == ("8", 1, 3)


def test_what_became_no_standard_has_its_own_tab_with_the_reason(office, world, draft):
    answer = rows_page(office, world, draft, ask="?tab=left")
    assert [(one["at"], one["text"], one["why"]) for one in answer.context["page"].left_out] == [
        ("表1 第 5 行", "9", "有内容，认不出是哪一条测评标准的")
    ]
    assert "有内容，认不出是哪一条测评标准的" in answer.content.decode()


def test_a_row_is_changed_on_the_page_and_its_rule_said_in_words(office, world, draft):
    address = rows_page(office, world, draft, ask="?tab=all&edit=2").wsgi_request.path
    page = office.get(f"{address}?tab=all&edit=2").context["page"]
    assert [one.key for one in page.entries[1].edits][:7] == "label text method types points kind rule".split()
    batch = ImportBatch.objects.get()
    mend = reverse("base:import-mend", args=[batch.uuid, 2])
    sent = {"points": "2", "kind": "逐处扣分", "rule": "每处扣0.5；封顶1"}
    answer = office.post(f"{mend}?tab=all", sent, follow=True)
    assert answer.wsgi_request.path == address
    entry = answer.context["page"].entries[1]
    assert (entry.cells["points"], entry.words, entry.open_) == ("2", "逐处扣 0.50 分；最多扣 1.00 分", [])
    office.post(mend, {"kind": ""})
    assert office.get(address).context["page"].entries[1].words == ""


def test_a_proposed_rule_stands_in_words_and_one_not_understood_with_its_own(office, world, draft):
    head = (*HEAD, "评分标准")
    rows = (("环境", "干净", 5, "每发现一处扣0.5分"), (UP, "整洁", 5, "人员不到位，各扣1分"))
    answer = rows_page(office, world, draft, (head, *rows))
    first, second = answer.context["page"].entries
    assert (first.words, first.open_, second.words, second.open_) == (
        "逐处扣 0.50 分；最多扣 5.00 分",
        [],
        "",
        ["规则"],
    )
    html = answer.content.decode()
    assert "原话：人员不到位，各扣1分" in html
    assert "“各”会改变怎样计分，没有识别" in html


def test_a_bad_row_keeps_the_button_shut_and_opens_on_its_tab(office, world, draft):
    answer = rows_page(office, world, draft, (HEAD, ("环境", "干净", 5), (UP, "干净", 5)))
    assert (answer.context["page"].tab, answer.context["page"].bad) == ("bad", 1)
    assert "写进草稿（还有 1&nbsp;条要改）" in answer.content.decode()
    batch = ImportBatch.objects.get()
    office.post(reverse("base:import-drop", args=[batch.uuid, 2]))
    office.post(reverse("base:import-confirm", args=[batch.uuid]))
    assert draft.criteria.count() == 1


def test_long_files_are_paged_and_the_first_heading_goes_on_from_the_page_before(office, world, draft):
    rows = (("环境" if not number else UP, f"第{number}条", 1) for number in range(120))
    page = rows_page(office, world, draft, (HEAD, *rows), ask="?cursor=50").context["page"]
    assert ([entry.row.number for entry in page.entries], page.entries[0].headings) == (list(range(51, 101)), [])
    assert (page.slice.previous, page.slice.next) == ("0", "100")


def test_the_pages_ask_as_often_for_three_rows_as_for_one(world, draft, same_queries: Callable) -> None:
    office, batch, rows = client_of(world.office), kept_table(world.office, draft, (HEAD, *ROWS)), iter(range(1, 9))
    mapped(world.office, batch)
    batch.rows.all().delete()
    cells = {"name1": "环境", "text": "干净", "points": "1", "kind": "合格率", "at": "表1 第 2 行"}
    same_queries(
        lambda: batch.rows.create(number=next(rows), cells=cells, outcome="new"),
        reverse("standards:table", args=[batch.uuid]),
        office,
    )


def test_a_bad_file_is_said_at_its_field_and_keeps_nothing(office, draft):
    answer = upload(office, draft, b"%PDF-1.7")
    assert answer.context["form"].errors["file"][0].startswith("这不是 Excel 工作簿（.xlsx）或 Word 文档（.docx）")
    assert ImportBatch.objects.count() == 0


def test_a_file_sent_twice_leads_to_the_same_page(office, draft):
    once, twice = (
        upload(office, draft, tables_xlsx(NATIONAL), client_id="5ab2e8c4-6a0f-4e0f-9d0d-0f6d7f1f3a11") for _ in "ab"
    )
    assert (once.headers["Location"], ImportBatch.objects.count()) == (twice.headers["Location"], 1)


def test_a_draft_that_is_gone_is_said_with_what_to_do(office, world, draft):
    batch = mapped(world.office, kept_table(world.office, draft))
    actions.discard_draft(actor=world.office, version=draft)
    for name in ("standards:table-columns", "standards:table"):
        assert GONE in office.get(reverse(name, args=[batch.uuid])).content.decode()
    assert GONE in office.post(columns_of(batch), {"split": "auto"}).content.decode()


def test_pages_of_another_state_lead_on(office, world, draft):
    batch = kept_table(world.office, draft)
    assert office.get(reverse("standards:table", args=[batch.uuid])).headers["Location"] == columns_of(batch)
    surely(office, reverse("base:import-abandon", args=[batch.uuid]))
    after = reverse("base:import", args=[batch.uuid])
    assert office.get(columns_of(batch)).headers["Location"] == after
    assert (office.get(after).status_code, "已放弃" in office.get(after).content.decode()) == (200, True)


def test_a_stale_page_is_refused_and_shows_the_columns_as_they_are(office, world, draft):
    batch = kept_table(world.office, draft, (HEAD, *ROWS))
    sent = as_offered(office, columns_of(batch), heads="0:3-4")
    answer = office.post(columns_of(batch), sent)
    assert (answer.status_code, batch.rows.count()) == (200, 0)


def test_somebody_elses_draft_and_batch_are_not_found(office, world, draft):
    stranger = county("邻县", tenant=world.tenant)
    assert upload(office, draft_standard(stranger.jurisdiction), tables_xlsx(NATIONAL)).status_code == 404
    batch = kept_table(stranger.office, draft_standard(stranger.jurisdiction))
    assert [
        office.get(reverse(f"standards:{name}", args=[batch.uuid])).status_code for name in ("table", "table-columns")
    ] == [404, 404]


def test_the_kind_is_begun_from_a_draft_only(office, world, draft):
    assert office.get(reverse("base:import-new", args=["standards-tables"])).status_code == 404
    assert office.get(reverse("base:import-template", args=["standards-tables"])).status_code == 404
    titles = [spec.kind for spec in office.get(reverse("base:transfers")).context["specs"]]
    assert "standards-tables" not in titles
    assert (
        reverse("standards:table-new", args=[draft.uuid])
        in office.get(reverse("standards:version", args=[draft.uuid])).content.decode()
    )
    assert spec_of(draft)["nodes"] == []
