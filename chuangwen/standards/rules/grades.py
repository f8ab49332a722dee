"""Settings that checklists and bands share: grades, the rest, the worst grade; and the number a value is read from."""

import re
from dataclasses import dataclass, replace
from typing import Any

from chuangwen.standards.rules.param import NUMBER, Choice, Number, Table, Text

_GRADE = re.compile(rf"([^=＝<>≤≥]{{1,12}}?)\s*[=＝]\s*({NUMBER})")


@dataclass(frozen=True, kw_only=True)
class Grades(Table):
    """Grade → share of the points: a table in the data, A=1 on a line."""

    def item(self, line: str) -> Any:
        found = _GRADE.fullmatch(line)
        return (found[1], found[2].replace("−", "-")) if found else None

    def line(self, item: Any) -> str:
        return f"{item[0]}={item[1]}"


GRADES = Grades(
    name="grades",
    label="等次与得分",
    sample="A=1",
    begins="A=1\nB=0.6\nC=0",
    help="一行一个等次：A=1 得全部分值，B=0.6 得六成，C=0 不得分。",
)
OTHERWISE = Text(name="else", label="其余为", before=("其余为", "其余"), begins="C", help="上面都不合的，评为哪一等。")
WORST = Text(name="worst", label="最差等次", before=("最差等次",), help="如 C#；没有就空着。")
WORST_EFFECT = Choice(
    name="worst_effect",
    label="最差等次的后果",
    default="zero",
    options={"zero": ("只管本条",), "zero_parent": ("上一级整项不得分",)},
)
IN = Choice(
    name="grades_in",
    label="等次得分写的是",
    default="share",
    options={"share": ("分值的几成",), "points": ("分数", "等次写分数")},
)
VALUE = (
    Choice(
        name="value",
        label="看哪个数",
        default="measure",
        options={"measure": ("看实测值",), "ratio": ("看比值",), "pass_rate": ("看合格率",)},
        help="实测值：现场量的数。比值：数量 ÷ 基数。合格率：合格数 ÷ 已测数。",
    ),
    Number(name="times", label="乘数", default="1", before=("乘",), help="比值、合格率要按百分数写界限的，填 100。"),
    Text(name="suffix", label="单位", default="", before=("单位",), help="如 %、dB、秒。"),
)
BETTER = Choice(
    name="better",
    label="数值",
    default="higher",
    options={"higher": ("越高越好",), "lower": ("越低越好",)},
)
BETTER_LOWER = replace(BETTER, default="lower")
