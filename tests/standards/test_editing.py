"""C1: a draft made and edited on pages, published, taken on."""

import json
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from chuangwen.base.errors import Refused
from chuangwen.base.models import Event
from chuangwen.standards import actions
from chuangwen.standards.drafts import digest
from chuangwen.standards.exchange import write_yaml
from chuangwen.standards.models import Criterion, Indicator, Standard, StandardVersion
from chuangwen.standards.spec import spec_of
from tests.factories.asking import surely
from tests.factories.organisations import World
from tests.factories.places import make_type
from tests.factories.standards import add_criterion, add_indicator, draft_standard, filled_draft, published_standard

FROZEN = "这一版已经发布，不再改动。要改，请另起新版本。"
LINE = {"text": "无烟头", "points": "2", "method": "实地考察", "kind": "per_occurrence", "p_each": "0.5", "p_cap": "1"}


@pytest.fixture
def indicator(world: World) -> Indicator:
    return add_indicator(draft_standard(world.jurisdiction))


def post(client: Client, page: str, /, *args: object, **data: object):
    return client.post(reverse(f"standards:{page}", args=args), data)


def test_a_standard_is_made_once_however_often_it_is_sent(office):
    sent = {"client_id": str(uuid4()), "name": "城市测评", "code": "city"}
    answers = [post(office, "standard-new", **sent) for _ in range(3)]
    version = StandardVersion.objects.get()
    assert {answer.headers["Location"] for answer in answers} == {reverse("standards:version", args=[version.uuid])}
    assert (version.standard.code, version.state, version.number) == ("city", "draft", 1)
    assert Event.objects.filter(name="standards.standard_created").count() == 1


def test_a_code_in_use_is_refused_at_its_field(office, world):
    draft_standard(world.jurisdiction, "city")
    answer = post(office, "standard-new", client_id=str(uuid4()), name="又一套", code="city")
    assert answer.context["form"].errors == {"code": ["编码 city 已有别的测评体系在用。请换一个。"]}
    assert Standard.objects.count() == 1


def test_settings_keep_what_is_the_default_unsaid(office, indicator):
    version = indicator.version
    sent = {"name": "改名", "label": "2027版", "digits": "2", "na_policy": "full", "untested": "renormalise"}
    post(office, "settings", version.uuid, **sent, source="某文件", least_coverage="0.6")
    kept = StandardVersion.objects.get(pk=version.pk)
    assert (kept.standard.name, kept.label, kept.source) == ("改名", "2027版", "某文件")
    assert kept.options == {"na_policy": "full", "least_coverage": "0.6"}


def test_an_indicator_is_added_below_another_and_changed(office, indicator):
    version = indicator.version
    address = reverse("standards:indicator-new", args=[version.uuid])
    office.post(f"{address}?i={indicator.pk}", {"client_id": str(uuid4()), "label": "Ⅱ-1", "name": "市容"})
    made = Indicator.objects.get(name="市容")
    assert (made.parent_id, made.version_id) == (indicator.pk, version.pk)
    post(office, "indicator-edit", made.pk, label="Ⅱ-1", name="市容环境", points="3")
    made.refresh_from_db()
    assert (made.name, made.points) == ("市容环境", "3")


def test_a_fifth_level_is_refused(world, indicator):
    for number in range(3):
        indicator = add_indicator(indicator.version, f"第{number + 2}级", parent=indicator)
    with pytest.raises(Refused, match="指标最多 4 级"):
        add_indicator(indicator.version, "第5级", parent=indicator)


def test_a_criterion_is_added_with_its_rule_from_plain_fields(office, world, indicator):
    kind = make_type(world.tenant)
    sent = {**LINE, "place_types": [kind.pk], "phrases": "有烟头\n\n有痰迹", "p_cell": "unit", "p_combiner": "worst"}
    post(office, "criterion-new", indicator.version.uuid, indicator.pk, client_id=str(uuid4()), **sent)
    made = Criterion.objects.get()
    assert made.rules == [{"kind": "per_occurrence", "each": "0.5", "cap": "1", "cell": "unit", "combiner": "worst"}]
    assert (made.phrases, list(made.place_types.all())) == (["有烟头", "有痰迹"], [kind])


BAD = {
    "no text": ({"text": ""}, {"text": ["内容没有填。"]}),
    "no points": ({"points": ""}, {"points": ["分值没有填。"]}),
    "bad points": ({"points": "两分"}, {"points": ["“两分”不是分值。请填 0 以上的数，小数不超过 6 位。"]}),
    "rule unfinished": ({"p_each": ""}, {"kind": ["缺少“每处扣”。"]}),
    "unreadable line": ({"p_severities": "很严重"}, {"p_severities": ["分轻重：“很严重”看不懂。照这样写：严重 0.5。"]}),
    "broken data": ({"kind": "data", "p_data": "{"}, {"p_data": ["写法不对：要有 rules，引号、逗号、括号要成对。"]}),
}


@pytest.mark.parametrize("case", BAD)
def test_a_wrong_field_is_said_where_it_is(office, indicator, case):
    changes, errors = BAD[case]
    answer = post(office, "criterion-new", indicator.version.uuid, indicator.pk, **{**LINE, **changes})
    assert answer.context["form"].errors == errors
    assert Criterion.objects.count() == 0


def test_another_kind_shows_its_own_fields_and_writes_nothing(office, indicator):
    sent = {**LINE, "kind": "capped_ratio", "show": "1"}
    answer = post(office, "criterion-new", indicator.version.uuid, indicator.pk, **sent)
    assert [field.name for field in answer.context["form"].rule_fields()][:2] == ["p_required", "p_number"]
    assert answer.context["form"]["text"].value() == "无烟头"
    assert Criterion.objects.count() == 0


def test_the_form_of_every_criterion_saved_untouched_changes_nothing(office, world):
    version = filled_draft(world.jurisdiction, [make_type(world.tenant)])
    last = version.indicators.last()
    two = [{"kind": "pass_rate", "points": "1"}, {"kind": "gate", "points": "1", "ordinal": "1"}]
    add_criterion(last, points="2", rules=two)
    before = spec_of(version)
    for row in version.criteria.all():
        form = office.get(reverse("standards:criterion-edit", args=[row.pk])).context["form"]
        sent = {field.name: field.value() for field in form if field.value() not in (None, [])}
        assert post(office, "criterion-edit", row.pk, **sent).status_code == 302
    assert spec_of(version) == before
    assert not Event.objects.filter(name="standards.criterion_changed").exists()


def test_a_rule_still_open_may_stay_open_and_keeps_its_parts_when_it_is_chosen(office, indicator):
    row = add_criterion(indicator, points="2", rules=[{"items": ["有计划", "有制度"]}])
    sent = {"text": "改过", "points": "3", "method": "材料审核", "lead": "市文明办、市教育局", "assist": "各区"}
    form = office.get(reverse("standards:criterion-edit", args=[row.pk])).context["form"]
    assert (form.kind_now, form.fields["kind"].choices[0], form.rule_fields()) == ("", ("", "还没有定"), [])
    post(office, "criterion-edit", row.pk, **sent, kind="")
    row.refresh_from_db()
    assert (row.text, row.rules) == ("改过", [{"items": ["有计划", "有制度"]}])
    assert row.units == {"lead": ["市文明办", "市教育局"], "assist": ["各区"]}
    shown = post(office, "criterion-edit", row.pk, **sent, kind="checklist", show="1").context["form"]
    assert shown.initial["p_items"] == "有计划\n有制度"
    grades = {"p_needs": "全部符合为A", "p_else": "C", "p_grades": "A=1\nC=0", "p_items": "有计划\n有制度"}
    post(office, "criterion-edit", row.pk, **sent, kind="checklist", **grades)
    row.refresh_from_db()
    assert (row.rules[0]["kind"], row.rules[0]["items"]) == ("checklist", ["有计划", "有制度"])


def test_several_rules_are_edited_as_data(office, indicator):
    row = add_criterion(indicator, points="2")
    rules = [{"kind": "pass_rate"}, {"kind": "gate", "ordinal": "1"}]
    data = json.dumps({"rules": rules, "combine": "min"})
    post(office, "criterion-edit", row.pk, **{**LINE, "kind": "data", "p_data": data})
    row.refresh_from_db()
    assert (row.rules, row.combine) == (rules, "min")


def test_a_form_opened_before_somebody_else_changed_the_row_keeps_what_was_typed(office, indicator):
    row = add_criterion(indicator, text="原来的")
    sent = {**LINE, "seen": digest(row)}
    actions.change_criterion(actor=row.version.steps.last().actor, criterion=row, fields={"text": "别处改的"})
    answer = post(office, "criterion-edit", row.pk, **sent)
    assert answer.context["form"].non_field_errors() == [
        "这一行刚在别处改过，现在是“别处改的”，1.00分。填的还在，要用它就再改一次。"
    ]
    assert answer.context["form"]["text"].value() == "无烟头"
    post(office, "criterion-edit", row.pk, **{**sent, "seen": answer.context["seen"]})
    row.refresh_from_db()
    assert row.text == "无烟头"


def test_a_published_criterion_is_refused_with_words(office, world):
    row = published_standard(world.jurisdiction).criteria.first()
    edited = post(office, "criterion-edit", row.pk, **LINE)
    assert edited.context["form"].non_field_errors() == [FROZEN]


def test_publishing_and_taking_on_from_the_page(office, world):
    version = filled_draft(world.jurisdiction)
    surely(office, reverse("standards:publish", args=[version.uuid]))
    post(office, "new-draft", version.uuid, client_id=str(uuid4()))
    rows = StandardVersion.objects.order_by("number")
    assert [(row.number, row.state) for row in rows] == [(1, "published"), (2, "draft")]
    assert spec_of(rows[1]) == rows[0].spec
    again = post(office, "new-draft", version.uuid, client_id=str(uuid4()))
    assert again.context["form"].non_field_errors() == ["这套体系已有一份草稿。请接着改那一份，或先删掉它。"]


def test_a_draft_given_up_takes_an_otherwise_empty_standard_with_it(office, world):
    first = filled_draft(world.jurisdiction)
    second = actions.new_draft_from(
        actor=world.office, client_id=uuid4(), version=published_standard(world.jurisdiction, code="kept")
    )
    for version in (first, second):
        surely(office, reverse("standards:discard", args=[version.uuid]))
    assert list(Standard.objects.values_list("code", flat=True)) == ["kept"]
    actions.discard_draft(actor=world.office, version=first)
    assert Event.objects.filter(name="standards.draft_discarded").count() == 2


def test_a_yaml_file_fills_a_draft(office, world):
    spec = published_standard(world.jurisdiction).spec
    draft = draft_standard(world.jurisdiction)
    address = reverse("standards:import-yaml", args=[draft.uuid])
    office.post(address, {"file": SimpleUploadedFile("a.yaml", write_yaml(spec).encode())})
    assert spec_of(draft)["nodes"] == spec["nodes"]
    answer = office.post(address, {"file": SimpleUploadedFile("a.yaml", b"a: [")})
    assert "写法不对" in answer.context["form"].errors["file"][0]
