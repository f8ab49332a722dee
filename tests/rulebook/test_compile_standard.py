"""A standard with a fault is refused when it is compiled, naming the criterion, never when it is scored (C1)."""

import pytest

from rulebook.scoring import KINDS, SpecError, compile_standard


def spec(rule=None, **criterion):
    """Return a standard of one criterion."""
    data = {"key": "c1", "points": "5", "rule": rule or {"kind": "pass_rate"}, **criterion}
    return {"key": "s", "place_types": {"road": "主次干道"}, "nodes": [{"key": "n1", "criteria": [data]}]}


def problems(data):
    """Return the faults found, as (key, message)."""
    with pytest.raises(SpecError) as caught:
        compile_standard(data)
    return [tuple(problem) for problem in caught.value.problems]


STEP = {"kind": "per_step", "line": "95", "each": "1"}
LIST = {"kind": "checklist", "n": 2, "grades": {"A": "1", "B": "0.5", "C": "0"}, "else": "C"}
BAND = {"kind": "bands", "grades": {"A": "1", "C": "0"}, "else": "C"}
LOWER = {"value": "pass_rate", "cell": "pooled", "better": "lower"}


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ({"kind": "magic"}, f"“kind”只能填 {'、'.join(KINDS)}，现在是“magic”"),
        ({"kind": "pass_rate", "colour": 1}, "不认识的参数：colour"),
        ({"kind": "per_occurrence"}, "缺少“each”"),
        ({"kind": "per_occurrence", "each": "-1"}, "“each”要大于 0，现在是 −1"),
        ({"kind": "per_occurrence", "each": "一"}, "“each”要填小数（整数不超过 12 位，小数不超过 6 位），现在是“一”"),
        ({"kind": "per_occurrence", "each": "1", "severities": [{"each": "2"}]}, "“each”与“severities”只能填一样"),
        ({"kind": "per_occurrence", "each": "1", "floor": "6"}, "最低分比满分还高"),
        ({"kind": "per_occurrence", "each": "1", "floor": "5"}, "满分与最低分相同，无分可扣"),
        (
            {"kind": "per_occurrence", "severities": [{"each": "1"}, {"each": "2"}], "cell": "observation"},
            "分轻重、有“modifiers”的逐处扣分不能逐条计算，“cell”请改为 place",
        ),
        (
            {"kind": "pass_rate", "cell": "pooled", "combiner": "mean_by_type"},
            "按点位类型平均只能与 observation 或 place 合用",
        ),
        ({"kind": "pass_rate", "cell": "observation", "combiner": "worst"}, "“取最差”不能逐条计算，“cell”请改为 place"),
        ({"kind": "pass_rate", "target": "n1"}, "只有前提条件（gate）和完成情况（completion）能填“target”"),
        ({**STEP}, "“mode”只能填 whole、proportion，现在是“None”"),
        (
            {**LIST, "needs": [{"grade": "B", "at_least": 1}, {"grade": "A", "need": "all"}]},
            "等次前后矛盾：“needs”要从得分高的写到得分低的",
        ),
        ({**LIST, "needs": [{"grade": "A", "named": [3]}]}, "“named”要填 1 到 2 的整数，现在是 3"),
        ({**BAND, "bands": [{"grade": "A"}]}, "一档至少要有 above、from、below、to 之一"),
        (
            {**BAND, "bands": [{"grade": "A", "below": "60"}]},
            "分档前后矛盾：数值更好反而得分更低，请核对各档界限和“better”",
        ),
        ({**STEP, "mode": "whole", **LOWER}, "合格率总是越高越好，“better”不能填 lower"),
        ({**BAND, **LOWER, "bands": [{"grade": "A", "to": "0.5"}]}, "合格率总是越高越好，“better”不能填 lower"),
        (
            {"kind": "scale", **LOWER, "bands": [{"points": "5", "to": "0.1"}], "else_points": "0"},
            "合格率总是越高越好，“better”不能填 lower",
        ),
        ({"kind": "capped_ratio", "required": "0"}, "“required”要大于 0，现在是 0"),
    ],
)
def test_a_rule_with_a_fault_is_refused_with_its_key(rule, message):
    assert problems(spec(rule)) == [("c1", message)]


def test_every_fault_is_named_at_once():
    data = spec()
    data["nodes"][0]["criteria"] += [
        {"key": "c2", "points": "5", "rule": {"kind": "per_occurrence"}},
        {"key": "c3", "points": "五", "rule": {"kind": "pass_rate"}},
    ]
    assert [key for key, _ in problems(data)] == ["c2", "c3"]


def test_a_key_used_twice_is_refused():
    data = spec()
    data["nodes"].append({"key": "n2", "criteria": [{"key": "c1", "points": "1", "rule": {"kind": "pass_rate"}}]})
    assert problems(data) == [("c1", "编号用了 2 次，每个编号只能用一次")]


def test_points_that_do_not_add_up_are_refused():
    data = spec()
    data["nodes"][0]["points"] = "6"
    assert problems(data) == [("n1", "本级分值 6.00 与下级合计 5.00 不符；要折算的，请给下级填权重")]


def test_a_gate_on_a_branch_that_does_not_exist_is_refused():
    assert problems(spec({"kind": "gate", "target": "n9"})) == [("c1", "“target”写的“n9”不是本体系的指标")]


def test_a_place_type_that_is_not_declared_is_refused():
    assert problems(spec(place_types=["lane"])) == [("c1", "“place_types”只能填 road，现在是“lane”")]


def test_weights_for_only_some_siblings_are_refused():
    data = spec()
    data["nodes"] += [
        {"key": "n2", "weight": "1", "criteria": [{"key": "c2", "points": "1", "rule": {"kind": "pass_rate"}}]}
    ]
    assert problems(data) == [("total", "下级只有一部分填了权重，要么都填，要么都不填")]


def test_an_empty_node_is_refused():
    assert problems({"key": "s", "nodes": [{"key": "n1"}]}) == [("n1", "下面没有指标，也没有测评标准")]


def test_rules_whose_points_do_not_add_up_are_refused():
    rules = [{"kind": "pass_rate", "points": "1"}, {"kind": "pass_rate", "points": "1", "ordinal": 1}]
    assert problems(spec(rule=None, rules=rules) | {}) == [("c1", "“rule”与“rules”只能填一样")]
    data = spec(rules=rules)
    del data["nodes"][0]["criteria"][0]["rule"]
    assert problems(data) == [("c1", "各规则的分值合计 2.00，与满分 5.00 不符")]


def test_the_content_hash_follows_the_content_and_not_the_order_of_keys():
    one, other = spec(), dict(reversed(spec().items()))
    assert compile_standard(one).content_hash == compile_standard(other).content_hash
    assert compile_standard(one).content_hash != compile_standard(spec(points="6")).content_hash
