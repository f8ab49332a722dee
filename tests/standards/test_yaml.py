"""C1: a standard as YAML, and the samples that come with the product."""

from datetime import date
from uuid import uuid4

import pytest

from chuangwen.base.errors import Refused
from chuangwen.places.models import PlaceType
from chuangwen.standards import actions
from chuangwen.standards.exchange import MAX_BYTES, read_yaml, sample, write_yaml
from chuangwen.standards.models import StandardVersion
from chuangwen.standards.spec import spec_of
from rulebook.scoring import compile_standard, content_hash
from tests.factories.places import make_type
from tests.factories.standards import draft_standard, published_standard


def test_what_is_exported_is_imported_as_the_same_rules(world):
    first = published_standard(world.jurisdiction, [make_type(world.tenant)])
    draft = actions.new_draft_from(actor=world.office, client_id=uuid4(), version=first)
    actions.replace_tree(actor=world.office, version=draft, spec=read_yaml(write_yaml(first.spec).encode()))
    assert content_hash(spec_of(draft)) == first.spec_hash


SAMPLES = {"city": (57, 24, "100"), "window": (21, 1, "100")}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_holds_every_kind_of_rule_and_adds_up(name):
    standard = compile_standard(sample(name))
    assert (len(standard.criteria), len(standard.place_types), str(standard.root.points)) == SAMPLES[name]
    assert {rule.name for row in standard.criteria for rule in row.rules} == {
        "bands", "capped_ratio", "checklist", "gate", "pass_rate", "per_occurrence", "per_step",
    }  # fmt: skip
    assert "样例" in standard.title


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_can_be_published(world, name):
    spec = sample(name)
    for code, kind in spec["place_types"].items():
        PlaceType.objects.create(tenant=world.tenant, code=code, name=kind["label"])
    draft = draft_standard(world.jurisdiction, spec["key"], spec["title"])
    actions.replace_tree(actor=world.office, version=draft, spec=spec)
    version = actions.publish(actor=world.office, version=draft)
    assert version.spec == spec


REFUSED = {
    "no tree": ("a: 1", "没有“nodes”"),
    "broken": ("a: [1", "第 1 行附近的写法不对"),
    "alias": ("a: &x [1]\nb: *x", "写法不对"),
    "python object": ("!!python/object/apply:os.system [ls]", "写法不对"),
    "key twice": ("nodes: [{key: a, name: A, criteria: [{key: a}]}]", "key“a”用了两次"),
    "no key": ("nodes: [{name: A}]", "key 没有填"),
    "slash": ("nodes: [{key: a/b}]", "不能有“/”"),
    "five levels": (
        "nodes: [{key: a, children: [{key: b, children: [{key: c, children: [{key: d, children: [{key: e}]}]}]}]}]",
        "“e”是第 5 级，指标最多 4 级",
    ),
    "top criteria": ("criteria: [{key: c}]\nnodes: [{key: a}]", "要放在指标下面"),
    "unknown type": ("nodes: [{key: a, criteria: [{key: b, place_types: [ZZ]}]}]", "点位类型里没有这些编码：ZZ"),
    "not a table": ("nodes: [1]", "写法不对"),
    "rules not a list": ("nodes: [{key: a, criteria: [{key: b, rules: 3}]}]", "写法不对"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_cannot_be_kept_is_refused(world, case):
    text, said = REFUSED[case]
    draft = draft_standard(world.jurisdiction)
    with pytest.raises(Refused, match=said):
        actions.replace_tree(actor=world.office, version=draft, spec=read_yaml(text.encode()))
    assert StandardVersion.objects.get(pk=draft.pk).indicators.count() == 0


def test_a_file_too_big_is_refused():
    with pytest.raises(Refused, match="最多 4 MB"):
        read_yaml(b"a" * (MAX_BYTES + 1))


def test_a_file_in_another_encoding_is_refused():
    with pytest.raises(Refused, match="UTF-8"):
        read_yaml("名称".encode("gbk"))


ODD = {
    "place_types": ({"place_types": 1}, "“c”的 place_types 要列出编码，每个一次"),
    "types twice": ({"place_types": ["a", "a"]}, "“c”的 place_types 要列出编码，每个一次"),
    "phrases": ({"note": {"phrases": True}}, "“c”的 phrases 要逐句列出"),
    "rule": ({"rule": {"kind": "checklist", "needs": "1e9"}}, "“c”的规则：评等：“1e9”看不懂。照这样写：全部符合为A"),
    "NUL": ({"text": "a\0b"}, "有的文字里夹着看不见的控制符，请删掉"),
    "half a sign": ({"text": "\ud800"}, "有的内容不是文字和数字（如没加引号的日期），请加上引号"),
    "date": ({"rule": {"kind": "gate", "on": date(2026, 4, 9)}},
             "有的内容不是文字和数字（如没加引号的日期），请加上引号"),
}  # fmt: skip


@pytest.mark.parametrize("case", ODD)
def test_a_value_of_another_shape_is_said_and_nothing_is_written(world, case):
    line, said = ODD[case]
    spec = {"nodes": [{"key": "n", "criteria": [{"key": "c", "text": "无烟头", "rule": {"kind": "gate"}, **line}]}]}
    draft = draft_standard(world.jurisdiction)
    with pytest.raises(Refused) as refused:
        actions.replace_tree(actor=world.office, version=draft, spec=spec)
    assert refused.value.message == f"这份文件读不进来：{said}。请改好再导入。"


def test_place_types_as_a_list_are_no_names_of_codes(world):
    with pytest.raises(Refused, match="place_types 要写成“编码: 名称”"):
        actions.replace_tree(
            actor=world.office,
            version=draft_standard(world.jurisdiction),
            spec={"place_types": ["a"], "nodes": [{"key": "n"}]},
        )
