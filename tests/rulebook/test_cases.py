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
