"""`python -m rulebook read` prints a proposal with marks."""

import pytest

from rulebook.__main__ import main


def test_the_command_prints_the_rule_and_the_marks(capsys):
    assert main(["read", "路面不洁的，每處扣0.5分，最多扣2分", "--points", "5"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "已识别：逐处扣分",
        "路面不洁的，每【處】扣【0.5】分，最多扣【2】分",
        "kind: per_occurrence",
        "each: '0.5'",
        "measure: 处",
        "cap: '2'",
    ]


def test_the_command_says_what_was_not_understood(capsys):
    assert main(["read", "每处酌情扣0.5分", "--points", "5"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "未识别（只读懂一部分）",
        "每【处】〈酌情？〉扣【0.5】分",
        "注：“酌情”没有确定的数，要由人定",
    ]


def test_points_have_to_be_a_number():
    with pytest.raises(SystemExit, match="分值要填小数"):
        main(["read", "每处扣0.5分", "--points", "五"])
