"""缺数扣分: so many are required, of which some of a sub-kind; a deduction for each one missing."""

import re
from dataclasses import dataclass

from chuangwen.standards.rules.kind import Kind
from chuangwen.standards.rules.param import NUMBER, Choice, Number, Rule, Silent
from chuangwen.standards.rules.required import REQUIRED, Required

_PART = re.compile(rf"其中(.{{0,20}}?)应有(?:数(随记录填)|({NUMBER}))")
_EACH = re.compile(rf"每?[缺少]\s*[一1]?([^\d扣一]{{1,3}}?)扣\s*({NUMBER})\s*分?")


@dataclass(frozen=True, kw_only=True)
class Part(Required):
    """其中核心价值观应有1."""

    def clauses(self, rule: Rule) -> list[str]:
        if self.name not in rule:
            return []
        number = "数随记录填" if rule[self.name] == "base" else rule[self.name]
        return [f"其中{rule.get('of_which_label', '')}应有{number}"]

    def claim(self, clause: str) -> Rule | None:
        found = _PART.fullmatch(clause)
        if not found:
            return None
        label = {"of_which_label": found[1].strip()} if found[1].strip() else {}
        return {self.name: "base" if found[2] else found[3], **label}


@dataclass(frozen=True, kw_only=True)
class EachMissing(Number):
    """每缺1处扣0.5."""

    def clauses(self, rule: Rule) -> list[str]:
        return [f"每缺1{rule.get('measure', '处')}扣{rule[self.name]}"] if self.name in rule else []

    def claim(self, clause: str) -> Rule | None:
        found = _EACH.fullmatch(clause)
        return {self.name: found[2], **({} if found[1] == "处" else {"measure": found[1]})} if found else None


KIND = Kind(
    name="shortfall",
    label="缺数扣分",
    explain="应有几处，每缺一处扣一份；可以要求其中有几处是指定的一类。",
    example="应有2；其中核心价值观应有1；每缺1条扣2",
    own=(
        REQUIRED,
        Part(name="of_which", label="其中应有", before=(), help="其中指定的一类应有几处；没有要求的空着。"),
        Silent(name="of_which_label", label="其中的类别", help="指定的一类叫什么，如 核心价值观。"),
        EachMissing(name="each", label="每缺一处扣", before=(), help="缺一处扣几分。"),
        Silent(name="measure", label="量词", default="处", help="处、条、人、件。"),
        Choice(
            name="missing",
            label="两样都缺的",
            default="max",
            options={"max": ("取缺得多的",), "sum": ("两样缺的合计",)},
            help="有“其中应有”时才用：总数缺、指定的一类也缺，按哪个算。",
        ),
        Number(name="cap", label="最多扣", before=("封顶", "最多扣"), help="空着就是扣完为止。"),
    ),
)
