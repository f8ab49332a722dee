"""Every kind of rule on the checklist: its lines, names and units of its numbers, what typed numbers are kept as."""

from typing import Any

import pytest

from chuangwen.standards.checklists import Item, Wrong, items_of
from chuangwen.standards.models import Criterion
from rulebook import scoring

GRADES: dict[str, Any] = {"grades": {"A": "1", "B": "0"}, "else": "B"}
BANDS = {"bands": [{"grade": "A", "from": "60"}], **GRADES}
STEPS = {"kind": "per_step", "line": "95", "each": "1", "mode": "whole"}


def lines(rule: dict[str, Any]) -> list[Item]:
    line: dict[str, Any] = {"key": "c", "text": "内容", "points": "5", "rule": rule}
    if rule["kind"] == "veto":
        del line["points"]
    if rule["kind"] == "negative_list":
        line["role"] = "deduction"
    other = {"key": "other", "points": "5", "rule": {"kind": "pass_rate"}}
    standard = scoring.compile_standard({"key": "s", "nodes": [{"key": "n", "criteria": [other, line]}]})
    return items_of(Criterion(pk=1, key="c", label="3.2", text="内容"), standard.criteria[1])


KINDS = [
    ({"kind": "checklist", "items": ["甲", "乙"], "needs": [{"grade": "A", "need": "all"}], **GRADES},
     [("甲", "mark", (), ""), ("乙", "mark", (), "")]),
    ({"kind": "bands", "suffix": "dB", **BANDS}, [("内容", "measure", ("实测值",), "dB")]),
    ({"kind": "bands", "value": "ratio", **BANDS}, [("内容", "pair", ("符合的", "总数"), "")]),
    ({"kind": "bands", "value": "pass_rate", **BANDS}, [("内容", "mark", (), "")]),
    ({"kind": "capped_ratio", "required": "4"}, [("内容", "number", ("实有数",), "")]),
    ({"kind": "capped_ratio", "required": "4", "number": "measure"}, [("内容", "measure", ("实有数",), "")]),
    ({"kind": "capped_ratio", "required": "base", "cell": "place"}, [("内容", "pair", ("实有数", "应有数"), "")]),
    ({"kind": "per_occurrence", "each": "1", "measure": "张"}, [("内容", "occurrences", ("数量",), "张")]),
    ({"kind": "per_occurrence", "severities": [{"label": "轻", "each": "1"}, {"label": "重", "each": "2"}]},
     [("轻", "occurrences", ("数量",), "处"), ("重", "occurrences", ("数量",), "处")]),
    ({"kind": "gate"}, [("内容", "mark", (), "")]),
    ({"kind": "pass_rate"}, [("内容", "mark", (), "")]),
    ({"kind": "pass_rate", "of": "pieces"}, [("内容", "pair", ("合格数", "共查数"), "")]),
    (STEPS, [("内容", "measure", ("实测值",), "")]),
    ({"kind": "shortfall", "required": 4, "of_which": 2, "of_which_label": "公益广告", "each": "1", "measure": "块"},
     [("内容", "number", ("实有数",), "块"), ("其中公益广告", "number", ("实有数",), "块")]),
    ({"kind": "shortfall", "required": "base", "each": "1"}, [("内容", "pair", ("实有数", "应有数"), "处")]),
    ({"kind": "density", "required": 3, "length": "500"}, [("内容", "pair", ("处数", "走的米数"), "米")]),
    ({"kind": "rate", "measure": "分钟", "better": "lower", "bands": [{"grade": "A", "to": "1"}], **GRADES},
     [("内容", "pair", ("次数", "共看分钟数"), "分钟")]),
    ({"kind": "completion"}, [("内容", "pair", ("完成数", "计划数"), "")]),
    ({"kind": "completion", "value": "measure"}, [("内容", "measure", ("完成率",), "%")]),
    ({"kind": "survey", "options": [{"label": "满意", "value": "1"}, {"label": "不满意", "value": "0"}]},
     [(words, "number", ("票数",), "票") for words in ("满意", "不满意", "空白", "无效")]),
    ({"kind": "scale", "bands": [{"points": "5", "from": "60"}], "else_points": "0"},
     [("内容", "measure", ("实测值",), "")]),
    ({"kind": "manual", "assessors": 2},
     [("评委 1", "measure", ("评分",), "分"), ("评委 2", "measure", ("评分",), "分")]),
    ({"kind": "metric", "metric": "办结率", "as_of": "2026-06-30", "then": {"kind": "bands", "suffix": "%", **BANDS}},
     [("办结率", "measure", ("实测值",), "%")]),
    ({"kind": "bonus", "levels": [{"label": "国家级", "points": "2"}, {"label": "省级", "points": "1"}]},
     [("国家级", "number", ("项数",), "项"), ("省级", "number", ("项数",), "项")]),
    ({"kind": "clean_places", "each": "1"}, []),
    ({"kind": "negative_list", "events": [{"label": "重大舆情", "points": "2"}]},
     [("内容", "occurrences", ("数量",), "次")]),
    ({"kind": "veto", "effect": "ineligible"}, [("内容", "occurrences", ("起数",), "起")]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "asked"), KINDS, ids=lambda value: value.get("kind") if isinstance(value, dict) else ""
)
def test_a_rule_asks_what_it_reads_by_name_and_unit(rule, asked) -> None:
    assert [(item.text, item.ask, item.asked.called, item.measure) for item in lines(rule)] == asked


def test_a_line_has_the_number_of_the_standard_and_says_which_it_is() -> None:
    rule, _ = KINDS[0]
    assert [(item.code, item.full) for item in lines(rule)] == [("3.2（1）", "内容：甲"), ("3.2（2）", "内容：乙")]
    assert [item.code for item in lines({"kind": "gate"})] == ["3.2"]


def test_what_is_put_right_on_the_spot_is_a_tick_and_no_line_of_its_own() -> None:
    modifiers = {"fixed_on_spot": {"times": "0.5"}, "repeated": {"times": "2"}}
    found = lines({"kind": "per_occurrence", "each": "1", "modifiers": modifiers})
    assert [(item.text, item.ordinal, item.spot) for item in found] == [("内容", 0, 100), ("反复出现的", 200, None)]


@pytest.mark.parametrize(
    ("rule", "typed", "kept", "written"),
    [
        ({"kind": "bands", "suffix": "dB", **BANDS}, ("61.5", ""), (61_500, 0), "61.5\u00a0dB"),
        ({"kind": "density", "required": 3, "length": "1", "measure": "公里"}, ("5", "1.5"), (5, 1500),
         "5\u00a0处，走了\u00a01.5\u00a0公里"),
        ({"kind": "pass_rate", "of": "pieces"}, ("8", "10"), (8, 10), "8\u00a0合格，共查\u00a010"),
        ({"kind": "capped_ratio", "required": "4"}, ("0", ""), (0, 0), "0"),
    ],
)  # fmt: skip
def test_numbers_are_kept_in_their_units_and_written_as_typed(rule, typed, kept, written) -> None:
    [item] = lines(rule)
    assert item.numbers(*typed) == kept
    assert item.written(*kept) == written


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("5", "4"), "合格数 5 比共查数 4 还多。核对这两个数。"),
        (("5", ""), "共查数没有填。"),
        (("0", "0"), "共查数要大于 0。没有可查的，标“缺项”或“未查”。"),
        (("2.5", "4"), "合格数填的“2.5”要是整数。"),
        (("五", "4"), "合格数填的“五”不是数字。改成数字。"),
        (("1", "9999999"), "共查数填的“9999999”不在 0 到 1000000 之间。核对一下。"),
        (("-5", "10"), "合格数填的“-5”小于 0。填 0 或以上的数。"),
        (("−5", "10"), "合格数填的“−5”小于 0。填 0 或以上的数。"),
        (("5", "－10"), "共查数填的“－10”小于 0。填 0 或以上的数。"),
    ],
)
def test_a_number_that_cannot_be_taken_says_why_by_its_name(typed, said) -> None:
    [item] = lines({"kind": "pass_rate", "of": "pieces"})
    with pytest.raises(Wrong) as wrong:
        item.numbers(*typed)
    assert str(wrong.value) == said


SHARE = {"kind": "per_step", "value": "ratio", "times": "100", "line": "95", "each": "1", "mode": "whole"}


def test_more_that_match_than_there_are_is_refused() -> None:
    [item] = lines(SHARE)
    with pytest.raises(Wrong) as wrong:
        item.numbers("12", "10")
    assert str(wrong.value) == "符合的 12 比总数 10 还多。核对这两个数。"


@pytest.mark.parametrize(
    "rule", [{"kind": "capped_ratio", "required": "base"}, {"kind": "completion"}], ids=["more than due", "over plan"]
)
def test_more_than_is_due_or_planned_is_taken(rule) -> None:
    [item] = lines(rule)
    assert item.numbers("12", "10") == (12, 10)
