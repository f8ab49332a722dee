"""逐项评等: standards 1…n each met or not."""

import re
from dataclasses import dataclass
from typing import Any

from chuangwen.standards.rules.grades import GRADES, IN, OTHERWISE, WORST, WORST_EFFECT
from chuangwen.standards.rules.kind import Kind
from chuangwen.standards.rules.param import Choice, Items, Lines, Number

_ALL = re.compile(r"(?:\d+\s*项)?全部?符合的?[为得]?\s*(.+)")
_LEAST = re.compile(r"符合\s*(\d{1,2})\s*项的?[为得]\s*(.+)")
_NAMED = re.compile(r"符合第?\s*(\d{1,2}(?:[、,]\d{1,2})*)\s*项的?[为得]\s*(.+)")
_AMONG = re.compile(r"第?\s*(\d{1,2}(?:[、,]\d{1,2})*)\s*项中符合\s*(\d{1,2})\s*项的?[为得]\s*(.+)")


@dataclass(frozen=True, kw_only=True)
class Needs(Lines):
    """What earns which grade, from the best down."""

    def item(self, line: str) -> Any:
        if found := _ALL.fullmatch(line):
            return {"grade": found[1], "need": "all"}
        if found := _AMONG.fullmatch(line):
            return {"grade": found[3], "named": re.split("[、,]", found[1]), "at_least": found[2]}
        if "第" not in line and (found := _LEAST.fullmatch(line)):
            return {"grade": found[2], "at_least": found[1]}
        if found := _NAMED.fullmatch(line):
            return {"grade": found[2], "named": re.split("[、,]", found[1])}
        return None

    def line(self, item: Any) -> str:
        named = "、".join(item.get("named", ()))
        if item.get("need") == "all":
            return f"全部符合为{item['grade']}"
        if named and "at_least" in item:
            return f"第{named}项中符合{item['at_least']}项为{item['grade']}"
        if named:
            return f"符合第{named}项为{item['grade']}"
        return f"符合{item.get('at_least', '')}项为{item.get('grade', '')}"


KIND = Kind(
    name="checklist",
    label="逐项评等",
    explain="列出几项，逐项看合不合，按符合的项数或指定的项评出等次，等次对应分值的几成。",
    example="全部符合为A；符合3项为B；其余C；A=1；B=0.6；C=0",
    items=("着装整齐", "用语文明", "公示上墙", "便民设施齐全"),
    own=(
        Items(name="items", label="各项原文", sample="一行一项", help="一行一项，测评时逐项标。"),
        Number(name="n", label="项数", before=("共",), after="项", help="不列原文时填共几项。"),
        Needs(
            name="needs",
            label="评等",
            sample="全部符合为A",
            help="从高到低一行一等：全部符合为A；符合3项为B；符合第2、3、4项为B；第1、2、3项中符合2项为B。",
        ),
        OTHERWISE,
        GRADES,
        WORST,
        WORST_EFFECT,
        IN,
        Number(name="met", label="单项达标比例", default="1", before=("单项达标",), help="一项里合格几成算符合。"),
        Choice(
            name="absent",
            label="缺的那一项",
            default="met",
            options={"met": ("缺项算符合",), "not_met": ("缺项算不符合",)},
        ),
    ),
)
