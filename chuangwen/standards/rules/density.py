"""按长度折算: so many for every length walked."""

import re
from dataclasses import dataclass

from chuangwen.standards.rules.kind import COUNTED, Kind
from chuangwen.standards.rules.param import NUMBER, Choice, Number, Rule, Silent

_PER = re.compile(rf"每\s*({NUMBER})\s*(米|公里)应有\s*(\d{{1,9}})\s*处?")


@dataclass(frozen=True, kw_only=True)
class Length(Number):
    """每500米应有3处."""

    def clauses(self, rule: Rule) -> list[str]:
        if self.name not in rule:
            return []
        return [f"每{rule[self.name]}{rule.get('measure', '米')}应有{rule.get('required', '')}处"]

    def claim(self, clause: str) -> Rule | None:
        found = _PER.fullmatch(clause)
        if not found:
            return None
        return {self.name: found[1], "required": found[3], **({"measure": found[2]} if found[2] != "米" else {})}


@dataclass(frozen=True, kw_only=True)
class Unit(Choice):
    """Said with the length."""

    def clauses(self, rule: Rule) -> list[str]:
        return []


@dataclass(frozen=True, kw_only=True)
class Result(Choice):
    """What comes of fewer; that each one missing costs something is said with how much."""

    def clauses(self, rule: Rule) -> list[str]:
        return [] if "each" in rule else super().clauses(rule)


@dataclass(frozen=True, kw_only=True)
class Each(Number):
    """每缺1处扣0.5: it is what `result` each means."""

    def claim(self, clause: str) -> Rule | None:
        found = super().claim(clause)
        return found | {"result": "each"} if found else None


KIND = Kind(
    name="density",
    label="按长度折算",
    explain="每段路应有几处，按走过的长度折算，不足一处的进一；不够数的按比例、不得分或逐处扣。",
    example="每500米应有3处；按比例得分",
    group=COUNTED,
    own=(
        Length(name="length", label="一段多长", before=(), help="如 500。"),
        Unit(name="measure", label="长度单位", default="米", options={"米": ("米",), "公里": ("公里",)}),
        Silent(name="required", label="每段应有", help="一段里应有几处。"),
        Result(
            name="result",
            label="不够数的",
            default="ratio",
            options={"ratio": ("按比例得分",), "all": ("够数才得分",), "each": ("每缺一处扣分",)},
        ),
        Each(
            name="each",
            label="每缺一处扣",
            before=("每缺1处扣", "每缺一处扣", "缺一处扣"),
            help="选“每缺一处扣分”时填。",
        ),
        Number(name="cap", label="最多扣", before=("封顶", "最多扣"), help="空着就是扣完为止。"),
    ),
)
