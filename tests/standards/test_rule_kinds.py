"""C1: every kind of rule is chosen on a form, written as a phrase, and refused in words."""

import pytest
from django.urls import reverse

from chuangwen.standards.models import Criterion, StandardVersion
from chuangwen.standards.panels import compiled
from chuangwen.standards.rules import KINDS, REGISTERED, SEVERAL, Unreadable, read, write
from rulebook.scoring import LABELS
from tests.factories.organisations import World
from tests.factories.standards import add_criterion, add_indicator, draft_standard

PHRASES = (  # beside the samples: what else a kind can say
    ("缺数扣分", "应有数随记录填；每缺1处扣0.5；封顶2；按点位取最差"),
    ("缺数扣分", "应有4；其中应有数随记录填；每缺1个扣1；两样缺的合计"),
    ("按长度折算", "每1公里应有5处；每缺1处扣0.5；封顶3；合在一起"),
    ("按长度折算", "每300米应有2处；够数才得分"),
    ("频次分档", "每10人次；越高越好；先看C#≤1；A≥8；其余为C#；A=1；C#=0；最差等次C#；上一级整项不得分；按单位平均"),
    ("完成情况", "记百分数；没有全部完成的整项Ⅰ-1不得分"),
    ("问卷得分", "满意=1；不满意=0；题目环境=0.4；题目服务=0.6；有效票数；得分率不到0.6不得分"),
    ("换算", "看比值；乘100；单位%；≥95得0；≥90且<95扣1；<90扣2.5；最低分-2.5"),
    ("换算", "越低越好；≤10得3；其余扣1；最低分-1"),
    ("评委评分", "评委5位；打分满分10；去掉最高最低"),
    ("平台指标", "指标整改率；按换算；看比值；≥0.9得5；其余得0"),
    ("平台指标", "指标答复率；按分档；A>85；其余为C；A=1；C=0；单位%"),
    ("加分", "每项加0.5；近12个月内；按单位逐个扣"),
    ("无问题点位加分", "每处无问题加0.2"),
    ("负面清单", "曝光扣2；退回扣1；反复出现乘2；逾期未改另扣1；近6个月内；量词件；按单位平均"),
    ("一票否决", "总分记0；合在一起"),
    ("逐处扣分", "每处扣0.5；当场整改乘0.5；反复出现乘2；逾期未改另扣2"),
)
REFUSED = (
    ("缺数扣分", "应有1；其中核心价值观应有2；每缺1处扣1", "“其中应有”是其中的一部分，不能大于“应有数”，现在是 2。"),
    ("缺数扣分", "应有2", "缺少“每缺一处扣”。"),
    (
        "按长度折算",
        "每500米应有3；封顶2",
        "每缺一处扣多少（“每缺一处扣”“最多扣”）只与 “不够数的”填每缺一处扣分 合用。",
    ),
    ("频次分档", "A≤0；其余C；A=1；C=0", "缺少“按什么折算”。"),
    ("完成情况", "完成不到5不得分", "“不得分的界线”是比例，要填 0 到 1，现在是 5。"),
    (
        "换算",
        "≥95得5；≥96得4；其余得0",
        "换算的各档有重叠：一个数只能落在一档里，界限写成不小于（含）到小于（不含）。",
    ),
    ("问卷得分", "优=1；良=2", "“选项”至少两个，从好到差写，分值由高到低。"),
    ("评委评分", "评委2位；相差超过200分仲裁", "“要仲裁的分差”是两位以上评委的分差，要小于满分。"),
    (
        "平台指标",
        "指标甲；截至明天；按换算；≥9得5；其余得0",
        "“截至”要填日期（如 2026-12-31）或本轮结束，现在是“明天”。",
    ),
    ("平台指标", "指标甲", "“规则”只能填分档、按比例得分、分段扣分、换算，现在没有填。"),
    ("加分", "国家级加2；每项加1", "“各级加几分”和“每项加”要填一样，只填一样。"),
    ("无问题点位加分", "每处无问题加1；满3处", "“几处起翻倍”和“按几倍加”要么都填，要么都不填。"),
    ("负面清单", "近12个月内", "缺少“事项”。"),
    ("一票否决", "取消申报资格；按点位平均", "一票否决的“一个得分由什么得出”只能填每个单位或全部合在一起。"),
    ("逐处扣分", "每处扣1；当场整改乘2", "“当场整改”的“按几倍加”要填0 以上、不到 1 的倍数，现在是 2。"),
)


@pytest.fixture
def draft(world: World) -> StandardVersion:
    return draft_standard(world.jurisdiction)


def line(label: str, rule: dict) -> dict:
    points = next(kind.points for kind in REGISTERED if kind.label == label)
    return {"key": "c", "rule": rule} | ({"points": points} if points else {})


def test_every_kind_of_the_rulebook_is_there_under_its_name():
    assert {kind.name: kind.label for kind in REGISTERED} == LABELS


def test_whatever_a_kind_can_say_is_a_phrase_that_gives_the_same_rule():
    for kind in REGISTERED:
        rule = read(kind.label, kind.example, "\n".join(kind.items))
        assert read(*write(rule), "\n".join(kind.items)) == rule
    for label, phrases in PHRASES:
        rule = read(label, phrases)
        assert (phrases, write(rule)[0], read(*write(rule))) == (phrases, label, rule)
        assert (phrases, compiled(line(label, rule))[1]) == (phrases, [])


@pytest.mark.parametrize(("label", "phrases", "words"), REFUSED)
def test_what_contradicts_itself_is_refused_naming_the_field(label, phrases, words):
    assert compiled(line(label, read(label, phrases)))[1] == [words]


def test_a_phrase_of_another_kind_is_named_with_the_way_to_write_it():
    with pytest.raises(Unreadable) as refused:
        read("评委评分", "评委3位；每处扣1")
    assert str(refused.value) == "“每处扣1”看不懂。评委评分照这样写：评委3位；相差超过10分仲裁。"


def test_every_kind_is_chosen_on_the_form_with_chinese_fields_and_saved_as_its_phrase(office, draft):
    indicator = add_indicator(draft, "指标", label="Ⅰ-1")
    for kind in REGISTERED:
        rule = read(kind.label, kind.example, "\n".join(kind.items))
        if "target" in rule:
            rule["target"] = indicator.key
        row = add_criterion(indicator, points=kind.points, rules=[rule])
        address = reverse("standards:criterion-edit", args=[row.pk])
        form = office.get(address).context["form"]
        labels = [field.label for field in (*form.rule_fields(), *form.seldom_fields())]
        assert form.kind_now == kind.name
        assert not [label for label in labels if label.isascii()]
        sent = {field.name: field.value() for field in form if field.value() not in (None, [])}
        answer = office.post(address, sent | {"text": kind.label})
        assert (kind.name, answer.status_code) == (kind.name, 302)
        row.refresh_from_db()
        assert (row.text, row.rules) == (kind.label, [rule])
        shown = office.get(reverse("standards:version", args=[draft.uuid]), {"c": row.pk}).context
        assert [one.explain for one in shown["rules"]] == [kind.explain]
        assert shown["trial"] is not None
    assert [choice for group in form.fields["kind"].choices[:-1] for choice in group[1]] == [
        (kind.name, kind.label) for kind in KINDS.values()
    ]
    assert form.fields["kind"].choices[-1] == ("data", SEVERAL)


def test_a_kind_by_entries_asks_no_points_and_a_cap_is_a_cap(office, draft):
    indicator = add_indicator(draft)
    address = reverse("standards:criterion-new", args=[draft.uuid, indicator.pk])
    sent = {"text": "负面事件", "kind": "negative_list", "p_events": "媒体曝光扣2", "points": ""}
    assert office.post(address, sent).status_code == 302
    row = Criterion.objects.get(text="负面事件")
    assert (row.role, row.points, row.method) == ("deduction", "", "")
    answer = office.post(address, sent | {"text": "否决", "kind": "veto", "p_effect": "revoke", "points": "5"})
    assert answer.context["form"].errors == {"kind": ["一票否决没有分值，不填“分值”和“加到、扣到哪里”。"]}
    needed = {
        "text": "甲",
        "kind": "bands",
        "role": "deduction",
        "p_bands": "A>1",
        "p_else": "C",
        "p_grades": "A=1\nC=0",
    }
    answer = office.post(address, needed | {"method": "实地考察"})
    assert answer.context["form"].errors == {"kind": ["要填“分值”：这条最多扣多少分。"]}


def test_another_kind_is_asked_for_with_its_own_usual_values_and_without_faults(office, draft):
    indicator = add_indicator(draft)
    row = add_criterion(indicator, points="5", rules=[{"kind": "per_occurrence", "each": "0.5", "cap": "3"}])
    sent = {
        "text": "改了字",
        "points": "6",
        "shown": "per_occurrence",
        "p_each": "0.7",
        "p_cap": "2",
        "p_measure": "处",
    }
    sent |= {"p_cell": "pooled", "show": "1"}
    address = reverse("standards:criterion-edit", args=[row.pk])
    form = office.post(address, sent | {"kind": "density"}).context["form"]
    found = {name: form[name].value() for name in ("text", "points", "shown", "p_measure", "p_cap", "p_each", "p_cell")}
    assert (form.errors, found) == (
        {},
        {
            "text": "改了字",
            "points": "6",
            "shown": "density",
            "p_measure": "米",
            "p_cap": "2",
            "p_each": "",
            "p_cell": "pooled",
        },
    )
    form = office.post(address, sent | {"kind": "bonus", "p_cell": "place"}).context["form"]
    assert form["p_cell"].value() == "pooled"


def test_settings_seldom_used_are_in_sight_once_one_of_them_is_set(office, draft):
    rule = read("分档", "A>85；其余C；A=1；C=0")
    row = add_criterion(add_indicator(draft), rules=[rule])
    address = reverse("standards:criterion-edit", args=[row.pk])
    assert office.get(address).context["form"].wants_seldom() is False
    Criterion.objects.update(rules=[rule | {"worst": "C"}])
    assert office.get(address).context["form"].wants_seldom() is True


def test_a_new_rule_of_grades_begins_with_the_usual_shares(office, draft):
    row = add_criterion(add_indicator(draft), rules=[{}])
    address = reverse("standards:criterion-edit", args=[row.pk])
    form = office.post(address, {"show": "1", "kind": "bands", "text": "甲"}).context["form"]
    assert (form["p_grades"].value(), form["p_else"].value()) == ("A=1\nB=0.6\nC=0", "C")
