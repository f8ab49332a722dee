"""C1: tables of the field from the file to the draft, and back out of it."""

from collections import Counter
from uuid import uuid4

import pytest

from chuangwen.base.errors import Refused
from chuangwen.base.imports import actions as imports
from chuangwen.base.models import Event, ImportBatch
from chuangwen.standards import actions
from chuangwen.standards.checking import faults_of
from chuangwen.standards.models import StandardVersion, TableHead
from chuangwen.standards.spec import spec_of
from chuangwen.standards.tables import Mapping, Part, keep_file
from chuangwen.standards.workbooks.columns import lines_of
from rulebook.tables import Options
from tests.factories.organisations import World, county
from tests.factories.places import make_type
from tests.factories.standards import add_criterion, add_indicator, draft_standard, published_standard
from tests.factories.table_imports import kept_table, mapped, offered
from tests.rulebook.office_tables import UP, tables_docx, tables_xlsx
from tests.rulebook.shapes import ENTERPRISE, NATIONAL, SHAPES, TWO_ROWS, system_of

COUNTS = {  # shape: indicators, criteria, points of all of them
    "national": (9, 4, "10"),
    "responsibility": (2, 3, "0"),
    "enterprise": (6, 3, "30"),
    "unit": (2, 3, "16"),
    "company": (3, 3, "3"),
    "campus": (2, 3, "7"),
    "two rows": (3, 3, "0"),
    "points in text": (2, 4, "11"),
    "bands": (4, 3, "9"),
}


@pytest.fixture
def world(db: None) -> World:
    world = county()
    make_type(world.tenant, "政务大厅")
    return world


@pytest.fixture
def draft(world: World) -> StandardVersion:
    return draft_standard(world.jurisdiction)


def written(world: World, draft: StandardVersion, picture, make=tables_xlsx) -> ImportBatch:
    batch = mapped(world.office, kept_table(world.office, draft, picture, make))
    assert imports.confirm(actor=world.office, batch=batch).applied
    return batch


def lines(draft: StandardVersion):
    return lines_of(spec_of(StandardVersion.objects.get(pk=draft.pk)))


@pytest.mark.parametrize("make", [tables_xlsx, tables_docx])
@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_the_field_becomes_a_draft(world, draft, shape, make):
    written(world, draft, SHAPES[shape], make)
    found = lines(draft)
    points = sum(float(line.row["points"] or 0) for line in found)
    assert (draft.indicators.count(), len(found), f"{points:g}") == COUNTS[shape]


def test_the_national_table_keeps_codes_methods_places_items_and_its_own_words(world, draft):
    written(world, draft, NATIONAL)
    first, rate, window, _ = lines(draft)
    assert [(node["label"], node["name"]) for node in first.path] == [
        ("Ⅰ-1", "政务环境"),
        ("Ⅱ-1", "学习教育"),
        ("Ⅲ-1", "健全制度"),
    ]
    assert (first.row["points"], first.row["method"]) == ("3.4", "问卷调查、实地考察、材料审核")
    assert first.row["rule"]["items"][:2] == ["列入议事日程，制定计划（问卷调查）", "建立学习制度（实地考察）"]
    assert first.row["text"].endswith("其余情形为C#。")
    assert (rate.row["text"], rate.row["points"]) == ("A>85%，B>80%，C≤80%", "2.68")
    assert (window.row["method"], len(window.row["place_types"])) == ("实地考察", 1)
    assert window.row["explanation"] == "考察点位：办税厅"


def test_units_and_rules_in_a_column_of_their_own_are_kept_with_the_criterion(world, draft):
    written(world, draft, TWO_ROWS)
    assert [line.row["note"]["units"] for line in lines(draft)] == [
        {"lead": ["市城管局"], "assist": ["各街道"]},
        {"lead": ["市城管局"], "assist": ["市住建局", "各街道"]},
        {"lead": ["市公安局"]},
    ]
    other = draft_standard(world.jurisdiction)
    written(world, other, ENTERPRISE)
    assert [line.row["explanation"] for line in lines(other)] == [
        "计分办法：没有年度目标不得分",
        "计分办法：少一个部门扣1分",
        "计分办法：没有机构不得分",
    ]


@pytest.mark.parametrize("make", [tables_xlsx, tables_docx])
def test_a_system_of_120_criteria_with_its_rules_is_read_in_one_go_and_published(world, draft, make):
    batch = mapped(world.office, kept_table(world.office, draft, system_of(120), make))
    assert (batch.counts["new"], batch.counts["bad"], batch.reading["checks"]) == (120, 0, [])
    minor = [one["why"] for one in batch.reading["left_out"]]
    assert minor == [*["表头又出现一次"] * 6, "合计行，只用来核对", "表下的注"]
    assert imports.confirm(actor=world.office, batch=batch).applied
    found = lines(draft)
    assert (len(found), sum(float(line.row["points"]) for line in found)) == (120, 120)
    assert [node["label"] for node in found[-1].path] == ["Ⅰ-4", "Ⅱ-12", "Ⅲ-60"]
    kinds = Counter(line.row["rule"]["kind"] for line in found)
    assert kinds == {"checklist": 30, "per_occurrence": 30, "bands": 12, "gate": 48}
    assert actions.publish(actor=world.office, version=draft).state == "published"


def test_nothing_is_written_before_it_is_confirmed_and_undoing_brings_the_former_tree_back(world, draft):
    add_criterion(add_indicator(draft, "原来的"), text="原来的一条")
    before = spec_of(draft)
    batch = mapped(world.office, kept_table(world.office, draft))
    assert spec_of(StandardVersion.objects.get(pk=draft.pk)) == before
    assert imports.confirm(actor=world.office, batch=batch).applied
    assert imports.confirm(actor=world.office, batch=batch).applied
    assert (draft.criteria.count(), Event.objects.filter(name="standards.tree_imported").count()) == (3, 1)
    assert imports.undo(actor=world.office, batch=batch) == {}
    assert spec_of(StandardVersion.objects.get(pk=draft.pk)) == before


def test_what_is_open_is_a_fault_of_the_draft_and_what_is_complete_is_not(world, draft):
    picture = (("测评项目", "测评标准", "分值"), ("环境", "干净", 5), (UP, "整洁", ""))
    batch = mapped(world.office, kept_table(world.office, draft, picture))
    imports.mend(actor=world.office, batch=batch, number=1, cells={"kind": "逐处扣分", "rule": "每处扣0.5"})
    assert imports.confirm(actor=world.office, batch=batch).applied
    assert [fault.message for fault in faults_of(draft)] == ["分值没有填", "规则还没有定"]


def test_a_rule_typed_wrong_is_said_at_its_row_and_nothing_is_written(world, draft):
    batch = mapped(world.office, kept_table(world.office, draft))
    imports.mend(actor=world.office, batch=batch, number=2, cells={"kind": "逐处扣分", "rule": "扣一点"})
    imports.mend(actor=world.office, batch=batch, number=3, cells={"kind": "逐处扣分", "rule": "封顶5"})
    errors = dict(batch.rows.exclude(errors={}).values_list("number", "errors"))
    assert errors[2]["rule"].startswith("“扣一点”看不懂。")
    assert errors[3] == {"rule": "缺少“每处扣”。"}
    assert not imports.confirm(actor=world.office, batch=batch).applied
    assert draft.criteria.count() == 0


def test_the_same_words_twice_under_one_indicator_are_named(world, draft):
    picture = (("测评项目", "测评标准", "分值"), ("环境", "干净", 5), (UP, "干净", 5))
    batch = mapped(world.office, kept_table(world.office, draft, picture))
    assert dict(batch.rows.exclude(errors={}).values_list("number", "errors")) == {
        2: {"text": "与第 1 条是同一条。去掉一条，或改编号。"}
    }


def test_a_mapping_is_remembered_for_the_office_and_for_nobody_else(world, draft):
    batch = kept_table(world.office, draft)
    file, mapping = offered(batch)
    mapping = Mapping([Part(True, ["remarks", "text", "points", "method"])], Options(split="one", top="title"))
    actions.map_columns(actor=world.office, batch=batch, file=file, mapping=mapping)
    again = offered(kept_table(world.office, draft))[1]
    assert (again.parts[0].roles, again.options) == (mapping.parts[0].roles, mapping.options)
    stranger = county("邻县", tenant=world.tenant)
    other = kept_table(stranger.office, draft_standard(stranger.jurisdiction))
    assert offered(other)[1].parts[0].roles == ["level1", "text", "points", "method"]
    assert TableHead.objects.count() == 1


def test_columns_may_be_pointed_out_again_until_the_rows_are_in(world, draft):
    batch = mapped(world.office, kept_table(world.office, draft))
    file, mapping = offered(batch)
    mapping.parts[0].roles[2] = ""
    actions.map_columns(actor=world.office, batch=batch, file=file, mapping=mapping)
    assert set(batch.rows.values_list("cells__points", flat=True)) == {""}
    assert imports.confirm(actor=world.office, batch=batch).applied
    with pytest.raises(Refused, match="这份文件已经导入。"):
        actions.map_columns(actor=world.office, batch=batch, file=file, mapping=mapping)


def test_a_draft_published_or_given_up_meanwhile_takes_nothing(world, draft):
    batch = mapped(world.office, kept_table(world.office, draft))
    file, mapping = offered(batch)
    actions.discard_draft(actor=world.office, version=draft)
    assert not imports.confirm(actor=world.office, batch=batch).applied
    with pytest.raises(Refused, match="选的草稿已经发布或删掉了。"):
        actions.map_columns(actor=world.office, batch=batch, file=file, mapping=mapping)


def test_an_older_page_a_mapping_without_lines_and_an_empty_batch_are_refused(world, draft):
    batch = kept_table(world.office, draft)
    file, mapping = offered(batch)
    with pytest.raises(Refused, match="页面上的列和文件对不上了"):
        actions.map_columns(actor=world.office, batch=batch, file=file, mapping=Mapping([Part(True, ["text"])]))
    mapping.parts[0].read = False
    with pytest.raises(Refused, match="一条测评标准也没有"):
        actions.map_columns(actor=world.office, batch=batch, file=file, mapping=mapping)
    with pytest.raises(Refused, match="没有要导入的行。"):
        imports.confirm(actor=world.office, batch=batch)


def test_a_file_sent_twice_is_one_batch(world, draft):
    sent = {"version": draft, "data": tables_xlsx(NATIONAL), "name": "a.xlsx", "client_id": uuid4()}
    first, second = (keep_file(actor=world.office, **sent) for _ in range(2))
    assert (first.pk, ImportBatch.objects.count()) == (second.pk, 1)


def test_only_the_office_begins_and_a_published_version_is_no_draft(world):
    version = published_standard(world.jurisdiction)
    with pytest.raises(Refused, match="由创建办来做"):
        kept_table(world.contact, version)
    batch = kept_table(world.office, version)
    with pytest.raises(Refused, match="选的草稿已经发布或删掉了。"):
        mapped(world.office, batch)


def test_words_too_long_for_their_field_are_kept_in_the_explanation(world, draft):
    long, methods = "文件" * 120, "材料审核、实地考察、问卷调查、网上申报、整体观察"
    picture = (("测评项目", "测评标准", "材料要求", "测评方法"), ("环境", "干净", long, methods))
    batch = written(world, draft, picture)
    (line,) = lines(draft)
    assert (line.row["method"], line.row["explanation"]) == (
        "材料审核、实地考察、问卷调查、网上申报",
        f"材料要求：{long}",
    )
    assert batch.rows.get().cells["notes"] == "测评方法太长，只写得下“材料审核、实地考察、问卷调查、网上申报”"
