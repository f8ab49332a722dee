"""C1: all that a standard can say goes through the database, YAML, Excel and the forms unchanged."""

from uuid import uuid4

import pytest
from django.urls import reverse

from chuangwen.base.imports import actions as imports
from chuangwen.base.models import Event
from chuangwen.places.models import PlaceType
from chuangwen.standards import actions, settings
from chuangwen.standards.checking import faults_of
from chuangwen.standards.comparing import settings as differing
from chuangwen.standards.exchange import read_yaml, write_yaml
from chuangwen.standards.models import StandardVersion
from chuangwen.standards.rules import Unreadable
from chuangwen.standards.spec import spec_of
from chuangwen.standards.workbooks import workbook
from tests.factories.organisations import World
from tests.factories.standards import draft_standard
from tests.factories.workbooks import opened

OPTIONS = {
    "subject": "village",
    "divide_by": "unit",
    "digits": 3,
    "na_policy": "full",
    "untested": "leave_out",
    "least_coverage": "0.6",
    "methods": {"材料审核": "材料审核", "实地考察": "实地考察"},
    "assessors": {"self": {"label": "自评", "weight": "20"}, "督察": {"label": "督察", "weight": "80"}},
    "assessors_combine": "total",
    "districts": {"东城": {"label": "东城", "weight": "1"}, "w": {"label": "西城", "weight": "2"}},
    "bonus_cap": "5",
    "floor": "-10",
    "publish_levels": ["0", "1", "criterion"],
}
SAID = """测评对象：村
分对象：一个责任单位一个
公布3位小数
缺项给满分
未测满分和得分都不计
覆盖面不到0.6不排名
方法：材料审核
方法：实地考察
主体：self：自评=20
主体：督察=80
主体各算总分再合成
片区：东城=1
片区：w：西城=2
加分最多计5
总分最低-10
公布到：总分
公布到：1级
公布到：测评标准"""


def row(key: str, rule: dict, **fields: object) -> dict:
    types = fields.pop("place_types", [])
    method = fields.pop("method", "实地考察")
    said = {"method": method} if method else {}
    return {"key": key, "label": key, "text": f"标准{key}", **said, "place_types": types, **fields, "rule": rule}


def tree() -> list[dict]:
    low, high = {"kind": "pass_rate", "points": "1", "method": "材料审核"}, {"kind": "pass_rate", "points": "1"}
    both = row("c2", {}, points="2", precedence=["实地考察", "材料审核"])
    both |= {"rules": [low, high | {"method": "实地考察", "ordinal": "1"}], "combine": "sum"}
    del both["rule"]
    grades = {"bands": [{"grade": "A", "from": "9"}], "else": "C", "grades": {"A": "1", "C": "0"}}
    events = [{"label": "曝光", "points": "2"}]
    return [
        {
            "key": "n1",
            "label": "Ⅰ-1",
            "name": "分值",
            "criteria": [
                row("c1", {"kind": "pass_rate"}, points="8", assessors=["督察"], place_types=["XQ"]),
                both,
                row("c3", {"kind": "bonus", "each": "1"}, points="2", to="parent", method="材料审核"),
            ],
        },
        {
            "key": "n2",
            "label": "Ⅰ-2",
            "name": "加减",
            "criteria": [
                row(
                    "c4",
                    {"kind": "negative_list", "events": events, "modifiers": {"overdue": {"plus": "1"}}},
                    method="",
                ),
                row("c5", {"kind": "veto", "effect": "zero", "months": "12"}, method=""),
                row("c6", {"kind": "per_occurrence", "each": "1"}, points="3", role="deduction"),
                row("c7", {"kind": "bands", **grades, "cell": "place"}, points="3", role="bonus", place_types=["XQ"]),
            ],
        },
    ]


@pytest.fixture
def spec(world: World) -> dict:
    PlaceType.objects.create(tenant=world.tenant, code="XQ", name="小区")
    types = {"XQ": {"label": "小区", "weight": "2"}}
    return {"key": "everything", "title": "样样都有", **OPTIONS, "place_types": types, "nodes": tree()}


@pytest.fixture
def draft(world: World, spec: dict) -> StandardVersion:
    found = draft_standard(world.jurisdiction, code="everything", name="样样都有")
    actions.replace_tree(actor=world.office, version=found, spec=read_yaml(write_yaml(spec).encode()))
    return StandardVersion.objects.get(pk=found.pk)


def test_rows_and_yaml_keep_everything_and_it_can_be_published(world, draft, spec):
    assert spec_of(draft) == spec
    assert faults_of(draft) == []
    assert actions.publish(actor=world.office, version=draft).spec == spec


def test_excel_keeps_everything_settings_in_the_first_row(world, draft, spec):
    head, first, second, *_ = opened(workbook(spec)).worksheets[0].values
    assert (first[head.index("体系设置")], second[head.index("体系设置")]) == (SAID, None)
    other = draft_standard(world.jurisdiction, code="other", name="另一套")
    batch = imports.receive(
        actor=world.office, kind="standards", data=workbook(spec), name="a.xlsx", client_id=uuid4(),
        context={"version": other.pk},
    )  # fmt: skip
    assert [row.errors for row in batch.rows.all()] == [{}] * 7
    imports.confirm(actor=world.office, batch=batch)
    unweighed = {"XQ": {"label": "小区"}}
    found = spec_of(StandardVersion.objects.get(pk=other.pk))
    assert found == {**spec, "key": "other", "title": "另一套", "place_types": unweighed}


def test_every_form_saved_untouched_changes_nothing(office, draft, spec):
    addresses = [reverse("standards:settings", args=[draft.uuid])]
    addresses += [reverse("standards:criterion-edit", args=[one.pk]) for one in draft.criteria.all()]
    for address in addresses:
        form = office.get(address).context["form"]
        sent = {field.name: field.value() for field in form if field.value() not in (None, [])}
        answer = office.post(address, sent)
        assert (answer.status_code, answer.context and answer.context["form"].errors) == (302, None)
    assert spec_of(StandardVersion.objects.get(pk=draft.pk)) == spec
    assert not Event.objects.filter(name__in=["standards.criterion_changed", "standards.settings_changed"]).exists()


def test_settings_are_phrases_that_give_the_same_settings():
    assert (settings.write(OPTIONS), settings.read(SAID)) == (SAID, OPTIONS)
    with pytest.raises(Unreadable, match="“随便算”看不懂"):
        settings.read("公布2位小数；随便算")


def test_settings_that_contradict_are_said_at_their_field(office, draft):
    address = reverse("standards:settings", args=[draft.uuid])
    form = office.get(address).context["form"]
    sent = {field.name: field.value() for field in form if field.value() not in (None, [])}
    wrong = {"digits": "9", "methods": "材料审核=40\n实地考察", "assessors": "自评=1"}
    errors = office.post(address, sent | wrong).context["form"].errors
    assert errors == {"methods": ["“测评方法的权重”的权重要么都填，要么都不填，合计不能为 0。"]}
    both = {"methods": "材料审核=40\n实地考察=60"}
    assert office.post(address, sent | both).context["form"].errors == {
        "assessors_combine": ["测评方法填了权重，测评主体就不能也按总分合成：“几个主体怎样合成”请改为“逐条合成”。"]
    }
    assert office.post(address, sent | {"digits": "九"}).context["form"].errors == {
        "digits": ["公布几位小数：“九”不是整数。"]
    }


def test_two_versions_name_the_settings_that_differ(spec):
    assert differing(spec, {**spec, "na_policy": "zero", "assessors_combine": "", "bonus_cap": None}) == [
        ("缺项", "给满分", "不给分"),
        ("几个主体怎样合成", "各算总分再合成", "照默认"),
        ("加分最多计", "5", "照默认"),
    ]
