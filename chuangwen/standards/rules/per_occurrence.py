"""逐处扣分: a deduction for every occurrence."""

import re
from dataclasses import dataclass
from typing import Any

from chuangwen.standards.rules.kind import Kind
from chuangwen.standards.rules.modifiers import MODIFIERS
from chuangwen.standards.rules.param import NUMBER, Lines, Number, Rule, Silent, Text, unnumbered

_EACH = re.compile(rf"(.{{0,20}}?)每([^\d扣]{{1,3}}?)扣\s*({NUMBER})\s*分?")


def _said(label: str, rule: Rule, each: str) -> str:
    return f"{label}每{rule.get('measure', '处')}扣{each}"


def _measured(measure: str) -> Rule:
    return {} if measure == "处" else {"measure": measure}


@dataclass(frozen=True, kw_only=True)
class Each(Number):
    """每处扣0.5."""

    def clauses(self, rule: Rule) -> list[str]:
        return [_said("", rule, rule[self.name])] if self.name in rule else []

    def claim(self, clause: str) -> Rule | None:
        found = _EACH.fullmatch(clause)
        return {self.name: found[3], **_measured(found[2])} if found and not found[1] else None


@dataclass(frozen=True, kw_only=True)
class Severities(Lines):
    """Classes of severity, each with its own deduction: 严重每处扣0.5 (on the page also 严重 0.5)."""

    def keep(self, value: Any) -> Any:
        return unnumbered(super().keep(value))

    def item(self, line: str) -> Any:
        found = _EACH.fullmatch(line)
        if found and found[1]:
            return {"label": found[1].strip(), "each": found[3]}
        short = re.fullmatch(rf"(.+?)\s+({NUMBER})", line)
        return {"label": short[1], "each": short[2]} if short else None

    def line(self, item: Any) -> str:
        return f"{item.get('label', '')} {item.get('each', '')}"

    def clauses(self, rule: Rule) -> list[str]:
        return [_said(item.get("label", ""), rule, item.get("each", "")) for item in rule.get(self.name, ())]

    def claim(self, clause: str) -> Rule | None:
        found = _EACH.fullmatch(clause)
        if not found or not found[1]:
            return None
        return {self.name: [{"label": found[1].strip(), "each": found[3]}], **_measured(found[2])}


KIND = Kind(
    name="per_occurrence",
    label="逐处扣分",
    explain="发现一处扣一份，扣完为止；可以分轻重。",
    example="每处扣0.5；封顶5",
    own=(
        Each(name="each", label="每处扣", before=("扣",), help="发现一处扣几分。分轻重的空着，写在下面。"),
        Silent(name="measure", label="量词", default="处", help="处、次、人、件。"),
        Severities(name="severities", label="分轻重", sample="严重 0.5", help="一行一类：一般 0.1；严重 0.5。"),
        Number(name="cap", label="最多扣", before=("封顶", "最多扣"), help="空着就是扣完为止。"),
        MODIFIERS,
        Text(name="label", label="账上的写法", before=("写作",), help="得分说明里怎样称呼，不填是“逐处扣”。"),
    ),
)
