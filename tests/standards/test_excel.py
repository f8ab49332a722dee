"""C1, issue 2, 9: a standard from Excel and back."""

from uuid import uuid4

import pytest

from chuangwen.base.imports import actions as imports
from chuangwen.base.models import Event
from chuangwen.demo.files import FOLDER, STANDARDS
from chuangwen.places.models import PlaceType
from chuangwen.standards import actions
from chuangwen.standards.exchange import sample
from chuangwen.standards.models import StandardVersion
from chuangwen.standards.rules import REGISTERED
from chuangwen.standards.spec import spec_of
from chuangwen.standards.workbooks import workbook
from rulebook.scoring import content_hash
from tests.factories.organisations import World, county
from tests.factories.places import make_type
from tests.factories.standards import add_criterion, add_indicator, draft_standard, filled_draft, published_standard
from tests.factories.workbooks import opened, receive

HEAD = (
    "一级编号",
    "一级指标",
    "二级编号",
    "二级指标",
    "标准编号",
    "测评标准",
    "点位类型",
    "分值",
    "规则",
    "规则参数",
    "分项",
    "常用语",
)
LITTER = (
    "Ⅰ-1",
    "公共环境",
    "Ⅱ-1",
    "市容",
    "Ⅲ-1",
    "无烟头",
    "小区、道路",
    "2",
    "逐处扣分",
    "每处扣0.5；封顶1.5",
    "",
    "",
)
NOISE = ("", "", "", "", "Ⅲ-2", "噪声", "", "3", "分档", "A<60；B<65；其余C；A=1；B=0.5；C=0；越低越好", "", "")
WINDOW = (
    "Ⅰ-2",
    "窗口",
    "",
    "",
    "Ⅱ-2",
    "着装",
    "",
    "1",
    "逐项评等",
    "全部符合为A；其余C；A=1；C=0",
    "整齐\n统一",
    "未着装",
)


@pytest.fixture
def world(db: None) -> World:
    world = county()
    make_type(world.tenant, "小区")
    make_type(world.tenant, "道路")
    return world


@pytest.fixture
def draft(world: World) -> StandardVersion:
    return draft_standard(world.jurisdiction)


def sent(world, draft, *rows):
    return receive(world.office, "standards", HEAD, *rows, context={"version": draft.pk})


def errors(batch):
    return {row.number: row.errors for row in batch.rows.filter(outcome="bad").order_by("number")}


def test_rows_become_a_tree_only_when_confirmed(world, draft):
    batch = sent(world, draft, LITTER, NOISE, WINDOW)
    assert (errors(batch), draft.criteria.count()) == ({}, 0)
    assert imports.confirm(actor=world.office, batch=batch).applied
    spec = spec_of(draft)
    shape = [
        (
            node["label"],
            [(child["label"], [row["label"] for row in child["criteria"]]) for child in node.get("children", ())],
        )
        for node in spec["nodes"]
    ]
    assert shape == [("Ⅰ-1", [("Ⅱ-1", ["Ⅲ-1", "Ⅲ-2"])]), ("Ⅰ-2", [])]
    assert spec["nodes"][1]["criteria"][0]["rule"] == {
        "kind": "checklist",
        "needs": [{"grade": "A", "need": "all"}],
        "else": "C",
        "grades": {"A": "1", "C": "0"},
        "items": ["整齐", "统一"],
    }
    assert spec["nodes"][1]["criteria"][0]["note"] == {"section": "", "phrases": ["未着装"]}
    assert Event.objects.filter(name="standards.tree_imported").count() == 1
    actions.publish(actor=world.office, version=draft)


BAD = {
    "no text": ({5: ""}, {"text": "测评标准没有填。"}),
    "no points": ({7: ""}, {"points": "分值没有填。"}),
    "no number": ({7: "两分"}, {"points": "“两分”不是分值。请填 0 以上的数，小数不超过 6 位。"}),
    "unknown type": ({6: "小区、公路"}, {"types": "点位类型里没有“公路”。请核对写法，或先把它建好。"}),
    "no indicator": ({1: ""}, {"name1": "有编号，没有指标名称。请填上名称。"}),
    "unknown rule": (
        {8: "随便扣"},
        {"kind": f"没有“随便扣”这种规则。可填：{'、'.join(kind.label for kind in REGISTERED)}。"},
    ),
    "unreadable": ({9: "扣一点"}, {"rule": "“扣一点”看不懂。逐处扣分照这样写：每处扣0.5；封顶5。"}),
    "incomplete": ({9: "封顶1"}, {"rule": "缺少“每处扣”。"}),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_row_is_named_with_its_repair(world, draft, case):
    changes, expected = BAD[case]
    row = [changes.get(at, cell) for at, cell in enumerate(LITTER)]
    found = errors(sent(world, draft, row))[2]
    assert {key: found[key] for key in expected} == expected


def test_a_rule_without_a_branch_gets_none_when_one_indicator_has_no_label(world, draft):
    batch = sent(world, draft, ("", *LITTER[1:]))
    assert errors(batch) == {}
    assert imports.confirm(actor=world.office, batch=batch).applied
    rule = spec_of(draft)["nodes"][0]["children"][0]["criteria"][0]["rule"]
    assert rule == {"kind": "per_occurrence", "each": "0.5", "cap": "1.5"}


def test_the_same_line_twice_is_named(world, draft):
    assert errors(sent(world, draft, LITTER, LITTER)) == {3: {"text": "与第 2 行是同一条。去掉一行，或改编号。"}}


def test_a_level_left_out_is_named(world, draft):
    row = ("", "", "Ⅱ-1", "市容", *LITTER[4:])
    assert errors(sent(world, draft, row))[2]["name2"] == "上面缺一级指标。请从一级填起，中间不空。"


def test_a_published_version_takes_no_file(world):
    version = published_standard(world.jurisdiction)
    assert errors(sent(world, version, LITTER)) == {2: {"text": "选的草稿已经发布或删掉了。请另选一份草稿再导入。"}}


def test_a_draft_of_another_county_is_not_offered(world):
    other = draft_standard(county("邻县", tenant=world.tenant).jurisdiction)
    assert errors(sent(world, other, LITTER)).keys() == {2}


def test_an_import_undone_brings_the_former_tree_back(world, draft):
    add_criterion(add_indicator(draft, "原来的"), text="原来的一条")
    before = spec_of(draft)
    batch = sent(world, draft, LITTER)
    imports.confirm(actor=world.office, batch=batch)
    assert imports.undo(actor=world.office, batch=batch) == {}
    assert spec_of(StandardVersion.objects.get(pk=draft.pk)) == before


def test_an_import_is_kept_when_the_draft_was_edited_since(world, draft):
    batch = sent(world, draft, LITTER)
    imports.confirm(actor=world.office, batch=batch)
    add_indicator(draft, "新添的")
    assert imports.undo(actor=world.office, batch=batch) == {2: "导入以后草稿又改过，撤回会丢掉那些改动，所以留着。"}


def test_the_file_of_a_version_gives_the_same_rules_again(world):
    kinds = [make_type(world.tenant, "公园"), make_type(world.tenant, "广场")]
    first = filled_draft(world.jurisdiction, kinds)
    upper = first.indicators.first()
    lower = add_indicator(first, "深一级", parent=upper, label="Ⅱ-9", weight="")
    severities = [{"label": "一般", "each": "0.1"}, {"label": "严重", "each": "0.5"}]
    add_criterion(lower, kinds[:1], points="5", section="外场", phrases=["有烟头", "有痰迹"], evidence="拍照",
                  explanation="看两侧 5 米", units={"lead": ["城管局"], "assist": ["各街道", "住建局"]},
                  rules=[{"kind": "per_occurrence", "severities": severities}])  # fmt: skip
    add_criterion(
        lower,
        points="2",
        rules=[{"kind": "pass_rate", "points": "1"}, {"kind": "pass_rate", "points": "1", "ordinal": "1"}],
    )
    first = actions.publish(actor=world.office, version=first)
    draft = actions.new_draft_from(actor=world.office, client_id=uuid4(), version=first)
    batch = imports.receive(
        actor=world.office,
        kind="standards",
        data=workbook(spec_of(first)),
        name="a.xlsx",
        client_id=uuid4(),
        context={"version": draft.pk},
    )
    assert errors(batch) == {}
    imports.confirm(actor=world.office, batch=batch)
    assert spec_of(StandardVersion.objects.get(pk=draft.pk)) == first.spec
    assert content_hash(spec_of(draft)) == first.spec_hash


def test_the_file_shows_the_rule_in_words(world):
    version = published_standard(world.jurisdiction)
    rows = list(opened(workbook(spec_of(version))).worksheets[0].values)
    at = rows[0].index("规则参数")
    assert [row[at] for row in rows[1:3]] == [None, "每处扣0.50"]


@pytest.mark.parametrize("name", STANDARDS)
def test_the_demo_file_of_a_sample_can_be_imported_by_hand(world, name):
    spec = sample(STANDARDS[name])
    for code, kind in spec["place_types"].items():
        PlaceType.objects.create(tenant=world.tenant, code=code, name=kind["label"])
    draft = draft_standard(world.jurisdiction, spec["key"], spec["title"])
    data = (FOLDER / name).read_bytes()
    batch = imports.receive(
        actor=world.office, kind="standards", data=data, name="a.xlsx", client_id=uuid4(), context={"version": draft.pk}
    )
    assert errors(batch) == {}
    imports.confirm(actor=world.office, batch=batch)
    assert spec_of(draft)["nodes"] == spec["nodes"]
    assert actions.publish(actor=world.office, version=draft).state == "published"
