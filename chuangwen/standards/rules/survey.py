"""问卷得分: ballots for each option, as a share of the best there could have been."""

import re
from dataclasses import dataclass
from typing import Any

from chuangwen.standards.rules.kind import ASKED, Kind
from chuangwen.standards.rules.param import NUMBER, Choice, Lines, Number

_PAIR = re.compile(rf"([^=＝]{{1,40}}?)\s*[=＝]\s*({NUMBER})")
QUESTION = "题目"


@dataclass(frozen=True, kw_only=True)
class Pairs(Lines):
    """Labels with a number each: 优=2; questions begin with 题目."""

    number: str
    head: str = ""

    def item(self, line: str) -> Any:
        found = _PAIR.fullmatch(line.removeprefix(self.head))
        if not found or line.startswith(QUESTION) != bool(self.head):
            return None
        return {"label": found[1].strip(), self.number: found[2].replace("−", "-")}

    def line(self, item: Any) -> str:
        return f"{self.head}{item.get('label', '')}={item.get(self.number, '')}"


KIND = Kind(
    name="survey",
    label="问卷得分",
    explain="各选项的票数折成得分率，再乘分值；空白票可以另扣。",
    example="优=2；良=1；中=0.5；差=0；空白每票扣0.2；不到30票不出分",
    group=ASKED,
    own=(
        Pairs(name="options", label="选项", number="value", sample="优=2", help="从好到差一行一个：优=2；良=1；差=0。"),
        Pairs(
            name="questions",
            label="题目",
            number="weight",
            head=QUESTION,
            sample="题目环境卫生=0.4",
            help="几道题按权重合的，一行一题：题目环境卫生=0.4；只有一题的空着。",
        ),
        Choice(
            name="divisor",
            label="得分率除以",
            default="all",
            options={"all": ("全部票数",), "without_blank": ("不算空白的票数",), "valid": ("有效票数",)},
        ),
        Number(name="blank_each", label="空白每票扣", default="0", before=("空白每票扣",), help="没有就空着。"),
        Number(
            name="line",
            label="不得分的界线",
            default="0",
            before=("得分率不到",),
            after="不得分",
            help="得分率不到几成就不得分，如 0.6；没有就空着。",
        ),
        Number(
            name="least_n",
            label="至少几票",
            default="0",
            before=("不到",),
            after="票不出分",
            help="计入的票不到这个数的不出分；不限的空着。",
        ),
    ),
)
