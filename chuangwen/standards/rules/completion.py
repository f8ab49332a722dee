"""完成情况: all done gives all, a part its part; nothing done may close a branch."""

import re
from dataclasses import dataclass

from chuangwen.standards.rules.kind import COUNTED, Kind
from chuangwen.standards.rules.param import Choice, Number, Rule, Silent

_SAID = {"none": "没有得分", "part": "没有全部完成"}
_GATE = re.compile(rf"({'|'.join(_SAID.values())})的?整项(.+?)不得分")


@dataclass(frozen=True, kw_only=True)
class Gate(Choice):
    """没有得分的整项Ⅰ-1不得分."""

    def clauses(self, rule: Rule) -> list[str]:
        words = _SAID.get(rule.get(self.name, ""))
        return [f"{words}的整项{rule.get('target', '')}不得分"] if words else []

    def claim(self, clause: str) -> Rule | None:
        found = _GATE.fullmatch(clause)
        if not found:
            return None
        return {self.name: next(name for name, words in _SAID.items() if words == found[1]), "target": found[2]}


KIND = Kind(
    name="completion",
    label="完成情况",
    explain="完成几成得几成，全部完成得满分；可以规定完成不到几成不得分，没有完成的上级整项不得分。",
    example="完成不到0.5不得分",
    group=COUNTED,
    own=(
        Choice(
            name="value",
            label="怎样记完成",
            default="ratio",
            options={"ratio": ("完成数÷计划数",), "measure": ("记百分数",)},
            help="完成数÷计划数：现场填两个数。记百分数：填完成百分之几。",
        ),
        Number(
            name="least",
            label="不得分的界线",
            default="0",
            before=("完成不到", "不到"),
            after="不得分",
            help="完成不到几成就不得分，如 0.5；没有就空着。",
        ),
        Gate(
            name="gate",
            label="影响上级的",
            options={"": ("不影响上级",), "none": ("没有得分的",), "part": ("没有全部完成的",)},
        ),
        Silent(name="target", label="整项不得分的指标", help="影响上级时才选。"),
    ),
)
