"""The worked examples that domain people write come out as they say (C1, C5)."""

from pathlib import Path

import pytest
import yaml

from rulebook.__main__ import main
from rulebook.cases import load_cases, run_case

FOLDER = Path(__file__).parents[1] / "cases"
CASES = [case for path in sorted(FOLDER.glob("*.yaml")) for case in load_cases(yaml.safe_load(path.read_text("utf-8")))]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_example_comes_out_as_written(case):
    assert run_case(case) == []


def test_an_example_that_is_wrong_says_what_came_instead():
    data = {
        "cases": [
            {
                "name": "错",
                "points": "5",
                "rule": {"kind": "per_occurrence", "each": "0.5"},
                "answers": [{"mark": "不合格", "count": 2}],
                "expect": {"c": "4.50"},
            }
        ]
    }
    assert run_case(load_cases(data)[0]) == ["c 应为 4.50，算得 4.00"]


def test_the_command_runs_a_file_of_examples_and_fails_when_one_differs(tmp_path, capsys):
    path = tmp_path / "例子.yaml"
    path.write_text(
        'cases: [{name: 错, points: "5", rule: {kind: pass_rate}, answers: [{}], expect: {c: "4"}}]', "utf-8"
    )
    assert main(["test", str(path)]) == 1
    assert capsys.readouterr().out == "不符  例子：错\n      c 应为 4，算得 5\n"


def test_the_command_scores_a_file_of_answers_and_says_why(tmp_path, capsys):
    standard, answers = tmp_path / "体系.yaml", tmp_path / "记录.csv"
    standard.write_text(
        "{key: s, title: 示例体系, nodes: [{key: n, name: 环境, criteria: "
        '[{key: c, label: 保洁, points: "4", rule: {kind: per_occurrence, each: "0.1"}}]}]}',
        "utf-8",
    )
    answers.write_text(
        "place,place_type,unit,criterion,ordinal,mark,count,base\n"
        "人民路,主次干道,县城管局,c,0,2,7,\n中山路,主次干道,县城管局,x,0,1,,\n",
        "utf-8",
    )
    assert main(["score", str(standard), str(answers)]) == 1
    shown = capsys.readouterr()
    assert shown.out.splitlines() == [
        "total 示例体系  3.30 / 4.00  已测 1/2",
        "  n 环境  3.30 / 4.00  已测 1/2",
        "    c 保洁  3.30 / 4.00  已测 1/2",
        "",
        "c 保洁 失分 0.70",
        "    满分  4.00",
        "    逐处扣 0.10 × 7\u00a0处  −0.70",
        "    得分  3.30",
        "      人民路  0.70",
    ]
    assert shown.err == "第 3 行没有计入：测评体系里没有这条标准\n"


AROUND = """
key: s
title: 示例体系
assessors: {self: {label: 自评, weight: "40"}, office: {label: 督察, weight: "60"}}
assessors_combine: total
nodes:
  - {key: n, criteria: [{key: c, label: 保洁, points: "10", rule: {kind: pass_rate}}]}
  - key: m
    criteria:
      - {key: b, label: 荣誉, points: "2", rule: {kind: bonus, each: "1.5"}}
      - {key: x, label: 事件, rule: {kind: negative_list, events: [{label: 曝光, points: "3"}]}}
      - {key: v, label: 事故, rule: {kind: veto, effect: revoke}}
"""
ANSWERS = """place,place_type,unit,criterion,ordinal,mark,count,base,assessor
人民路,主次干道,县城管局,c,0,1,,,self
人民路,主次干道,县城管局,c,0,2,,,office
人民路,主次干道,县城管局,c,0,1,,,office
人民路,主次干道,县城管局,b,0,1,2,,
人民路,主次干道,县城管局,x,1,2,1,,
人民路,主次干道,县城管局,v,0,2,,,
"""


def test_the_command_prints_assessors_bonuses_deductions_and_vetoes(tmp_path, capsys):
    standard, answers = tmp_path / "体系.yaml", tmp_path / "记录.csv"
    standard.write_text(AROUND, "utf-8")
    answers.write_text(ANSWERS, "utf-8")
    assert main(["score", str(standard), str(answers)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "total 示例体系  6.00 / 10.00  已测 1/1",
        "  n   7.00 / 10.00  已测 1/1",
        "    c 保洁  7.00 / 10.00  已测 1/1",
        "  m   −1.00",
        "    b 荣誉  +2.00（最多 2.00）",
        "    x 事件  −3.00",
        "    v 事故  否决",
        "测评主体 自评  权重 40，计 40%  10.00",
        "测评主体 督察  权重 60，计 60%  5.00",
        "应得 10.00，失分和扣分 6.00，加分 2.00，得 6.00",
        "否决：事故，撤销称号",
        "",
        "c 保洁 失分 3.00",
        "    满分  10.00",
        "    自评占 40%，得分率 100%  0.00",
        "    督察占 60%，得分率 50%  −3.00",
        "    得分  7.00",
        "      人民路  3.00",
        "",
        "b 荣誉 加分 2.00",
        "    加分 1.50 × 2\u00a0项  3.00",
        "    最多加 2.00 分，超出的不计  −1.00",
        "    加分合计  +2.00",
        "      人民路  2.00",
        "",
        "x 事件 扣分 3.00",
        "    曝光 3.00 × 1\u00a0次  −3.00",
        "    扣分合计  −3.00",
        "      人民路  3.00",
    ]


def test_an_assessor_nobody_knows_is_named(tmp_path):
    standard, answers = tmp_path / "体系.yaml", tmp_path / "记录.csv"
    standard.write_text(AROUND, "utf-8")
    answers.write_text(ANSWERS.replace(",self", ",media"), "utf-8")
    with pytest.raises(SystemExit, match="体系里没有测评主体“media”"):
        main(["score", str(standard), str(answers)])


@pytest.mark.parametrize(
    ("wanted", "difference"),
    [
        ({"barred": ["总分记 0"]}, "否决应为 总分记 0，得到 没有"),
        ({"says": ["未测"]}, "注里没有“未测”，只有 没有"),
        ({"units": {"单位": {"c": "4"}}}, "单位：c 应为 4，算得 5"),
    ],
)
def test_what_an_example_expects_around_the_score_is_compared_too(wanted, difference):
    one = {"name": "错", "points": "5", "rule": {"kind": "pass_rate"}, "answers": [{}], "expect": {"c": "5"}}
    assert run_case(load_cases({"cases": [one | wanted]})[0]) == [difference]
