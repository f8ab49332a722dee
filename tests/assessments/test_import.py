"""C7: a result table of the level above taken in: file, columns, rows, errors in words, undone, the same twice."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from chuangwen.assessments.models import Result
from chuangwen.base import history
from chuangwen.base.imports import actions as imports
from chuangwen.base.models import ImportBatch
from tests.factories.asking import surely
from tests.factories.assessments import HEAD, Ground, assessment_of, ground, read_table, take_in
from tests.factories.organisations import client_of, county
from tests.rulebook.office_tables import LEFT, UP, tables_docx, tables_xlsx

OFFICIAL = (
    ("2026年上半年省级模拟测评结果", LEFT, LEFT, LEFT, LEFT, LEFT, LEFT),
    ("一级指标", "测评标准", "点位类型", "点位", "分值", "得分", "扣分原因"),
    ("公共环境", "Ⅱ-1 无烟头、纸屑", "主次干道", "人民路", 10, 8, "东口有烟头"),
    (UP, UP, UP, UP, UP, UP, "西口有纸屑"),
    (UP, "Ⅱ-2 标识标牌是否完好", "主次干道", "人民路", 6, 6, ""),
    ("窗口服务", "排队有序、服务文明", "办事大厅", "政务服务中心", 4, "未测", ""),
    ("合计", LEFT, LEFT, LEFT, 20, 14, ""),
)


@pytest.fixture
def made(db: None) -> Ground:
    return ground()


def rows_of(assessment) -> list[tuple[str, str, str, int, int | None, str]]:
    rows = assessment.results.order_by("position")
    return list(rows.values_list("code", "node_key", "how", "possible", "got", "reason"))


@pytest.mark.parametrize(("make", "name"), [(tables_xlsx, "结果.xlsx"), (tables_docx, "结果.docx")])
def test_from_the_file_to_the_rows_without_touching_anything(made, make, name):
    client, found = client_of(made.world.office), assessment_of(made.world, made.version)
    sent = {"client_id": str(uuid4()), "file": SimpleUploadedFile(name, make(OFFICIAL))}
    columns = client.post(reverse("assessments:table-new", args=[found.uuid]), sent).headers["Location"]
    form = client.get(columns).context["page"].form
    offered = {one: form[one].value() for one in form.fields if form[one].value() not in (None, False)}
    assert [offered[f"role_0_{index}"] for index in range(7)] == [
        "name", "name", "type", "place", "possible", "got", "reason",
    ]  # fmt: skip
    page = client.get(client.post(columns, offered).headers["Location"])
    assert [line.cells[-1].text for line in page.context["page"].lines] == [
        "编号相同",
        "Ⅱ-2 标识标牌完好（编号相同）",
        "Ⅱ-3 排队有序、服务文明（名称相同）",
    ]
    batch = ImportBatch.objects.get()
    client.post(reverse("base:import-confirm", args=[batch.uuid]))
    assert rows_of(found) == [
        ("Ⅱ-1", "litter", "code", 100_000, 80_000, "东口有烟头\n西口有纸屑"),
        ("Ⅱ-2", "signs", "code", 60_000, 60_000, ""),
        ("", "queue", "name", 40_000, None, ""),
    ]
    assert [one["why"] for one in page.context["totals"]] == ["合计行，不算在内"]


def test_two_numbers_give_the_third(made):
    found = assessment_of(made.world, made.version)
    take_in(
        made.world,
        found,
        ("Ⅱ-1", "无烟头、纸屑", "", "", 5, 3.5, "", ""),
        ("Ⅱ-2", "标识标牌完好", "", "", 3, "", "扣0.5分", ""),
        ("Ⅱ-3", "排队有序、服务文明", "", "", "", 1.5, -0.5, ""),
    )
    assert [(row.shown_possible, row.shown_got, row.shown_lost) for row in found.results.all()] == [
        ("5", "3.5", "1.5"),
        ("3", "2.5", "0.5"),
        ("2", "1.5", "0.5"),
    ]


FAULTS = {
    "more than possible": (5, 6, "", "got", "得分 6 比满分 5 多。请核对。"),
    "do not agree": (5, 4, 0.5, "lost", "满分 5 减得分 4 是 1，扣分却写 0.5。请核对。"),
    "more lost than possible": (5, "", 6, "lost", "扣分 6 比满分 5 多。请核对。"),
    "nothing possible": ("", 4, "", "possible", "满分没有填，算不出得分率。填满分，或去掉这行。"),
    "no score": (5, "", "", "got", "得分和扣分都没有填。填一样就够；没有测的，得分填“未测”。"),
    "words": (5, "良好", "", "got", "“良好”不是数字。请填 0 到 1000000 之间的数。"),
    "below nothing": (5, -1, "", "got", "-1 不在 0 到 1000000 之间。请核对。"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_wrong_row_is_said_in_words_and_nothing_is_taken_in(made, case):
    possible, got, lost, key, words = FAULTS[case]
    found = assessment_of(made.world, made.version)
    good = ("Ⅱ-2", "标识标牌完好", "", "", 3, 3, "", "")
    batch = read_table(made.world, found, (HEAD, ("Ⅱ-1", "无烟头、纸屑", "", "", possible, got, lost, ""), good))
    assert [row.errors for row in batch.rows.order_by("number")] == [{key: words}, {}]
    done = imports.confirm(actor=made.world.office, batch=batch)
    assert (done.applied, found.results.count()) == (False, 0)


def test_one_thing_said_twice_in_a_file_is_told_with_the_row_before(made):
    found = assessment_of(made.world, made.version)
    same = ("Ⅱ-1", "无烟头、纸屑", "主次干道", "", 5, 4, 1, "")
    batch = read_table(made.world, found, (HEAD, same, same))
    assert [row.errors for row in batch.rows.order_by("number")] == [
        {},
        {"name": "与第 1 行是同一个指标、点位类型和点位。合成一行，或写明各是哪个点位。"},
    ]


def test_the_same_table_sent_again_changes_nothing_and_a_corrected_one_updates(made):
    found = assessment_of(made.world, made.version)
    take_in(made.world, found, ("Ⅱ-1", "无烟头、纸屑", "", "", 5, 4, 1, "烟头"))
    again = read_table(made.world, found, (HEAD, ("Ⅱ-1", "无烟头、纸屑", "", "", 5, 4, 1, "烟头")))
    assert [row.outcome for row in again.rows.all()] == ["same"]
    mended = read_table(made.world, found, (HEAD, ("Ⅱ-1", "无烟头、纸屑", "", "", 5, 4.5, 0.5, "烟头")))
    assert [(row.outcome, row.changes) for row in mended.rows.all()] == [("update", {"got": "4"})]
    imports.confirm(actor=made.world.office, batch=mended)
    assert rows_of(found) == [("Ⅱ-1", "litter", "code", 50_000, 45_000, "烟头")]


def test_one_sending_pressed_twice_is_one_file(made):
    client, found = client_of(made.world.office), assessment_of(made.world, made.version)
    sent = str(uuid4())
    for _ in range(2):
        file = SimpleUploadedFile("结果.xlsx", tables_xlsx(OFFICIAL))
        client.post(reverse("assessments:table-new", args=[found.uuid]), {"client_id": sent, "file": file})
    assert ImportBatch.objects.count() == 1


def test_an_import_is_taken_back_also_after_its_rows_were_pointed_by_hand(made):
    found = assessment_of(made.world, made.version)
    batch = take_in(made.world, found, ("9", "垃圾分类", "", "", 5, 4, 1, ""))
    Result.objects.update(node_key="litter", how="hand")
    answer = surely(client_of(made.world.office), reverse("base:import-undo", args=[batch.uuid]))
    batch.refresh_from_db()
    assert (answer.status_code, batch.state, found.results.count()) == (302, "undone", 0)
    assert [line.label for line in history.lines(found)] == ["撤回导入", "导入结果表", "新建"]


def test_a_template_of_another_import_is_refused_with_where_it_belongs(made):
    client, found = client_of(made.world.office), assessment_of(made.world, made.version)
    data = client.get(reverse("base:import-template", args=["problems-feedback"])).content
    sent = {"client_id": str(uuid4()), "file": SimpleUploadedFile("问题.xlsx", data)}
    page = client.post(reverse("assessments:table-new", args=[found.uuid]), sent)
    assert page.context["form"].errors["file"] == [
        "这份表像是上级反馈的问题表，请到“导入上级反馈的问题”上传。这里一行也没有读。"
    ]
    assert (page.context["other"].kind, ImportBatch.objects.count()) == ("problems-feedback", 0)


def test_a_table_without_scores_is_refused_at_its_columns(made):
    client, found = client_of(made.world.office), assessment_of(made.world, made.version)
    sent = {"client_id": str(uuid4())}
    sent["file"] = SimpleUploadedFile("表.xlsx", tables_xlsx((("编号", "测评标准", "分值"), ("Ⅱ-1", "干净", 5))))
    columns = client.post(reverse("assessments:table-new", args=[found.uuid]), sent).headers["Location"]
    roles = {"role_0_0": "code", "role_0_1": "name", "role_0_2": "possible", "read_0": "on"}
    page = client.post(columns, {**roles, "top_0": 1, "bottom_0": 1, "heads": ""})
    assert page.context["page"].form.non_field_errors() == ["表里满分、得分、扣分至少要指出两列，才算得出得分率。"]


def test_a_table_of_quite_another_system_says_so_in_the_preview(made):
    found = assessment_of(made.world, made.version)
    batch = read_table(made.world, found, (HEAD, ("A9", "水利工程", "", "", 5, 4, 1, "")))
    page = client_of(made.world.office).get(reverse("assessments:table", args=[batch.uuid]))
    assert (page.context["nothing"], page.context["hows"]) == (True, [("没有对上", 1)])


def test_columns_pointed_out_are_offered_the_next_time_and_only_for_result_tables(made):
    client, found = client_of(made.world.office), assessment_of(made.world, made.version)
    picture = (("编号", "测评标准", "分值", "得分", "情况"), ("Ⅱ-1", "无烟头、纸屑", 5, 4, "烟头"))
    batch = read_table(made.world, found, picture)
    address = reverse("assessments:table-columns", args=[batch.uuid])
    form = client.get(address).context["page"].form
    sent = {one: form[one].value() for one in form.fields if form[one].value() not in (None, False)}
    client.post(address, {**sent, "role_0_4": "reason"})
    again = read_table(made.world, found, picture)
    part = client.get(reverse("assessments:table-columns", args=[again.uuid])).context["page"].parts[0]
    assert [choice.field.value() for choice in part.choices] == ["code", "name", "possible", "got", "reason"]
    assert {choice.proposal.why for choice in part.choices} == {"上次这样认的"}


def test_rows_are_read_with_the_same_queries_however_many(made, django_assert_num_queries):
    found = assessment_of(made.world, made.version)
    client = client_of(made.world.office)
    pages = []
    for rows in (1, 3):
        picture = (HEAD, *((f"Ⅱ-{n}", f"标准{n}", "主次干道", f"{n}号路", 5, 4, 1, "") for n in range(rows)))
        pages.append(reverse("assessments:table", args=[read_table(made.world, found, picture).uuid]))
    client.get(pages[0])
    for page in pages:
        with django_assert_num_queries(15):
            client.get(page)


def test_the_office_of_another_county_finds_nothing_of_it(made):
    other = county("邻县", tenant=made.world.tenant)
    found = assessment_of(made.world, made.version)
    batch = read_table(made.world, found, (HEAD, ("Ⅱ-1", "无烟头、纸屑", "", "", 5, 4, 1, "")))
    client = client_of(other.office)
    for name, args in (("assessment", [found.uuid]), ("table", [batch.uuid]), ("compare", [found.uuid])):
        assert client.get(reverse(f"assessments:{name}", args=args)).status_code == 404
