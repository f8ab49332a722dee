"""换算: the value of another result gives points on this scale."""

import re
from dataclasses import dataclass
from typing import Any

from chuangwen.standards.rules.bands import END, ends_of, said_ends
from chuangwen.standards.rules.grades import BETTER, VALUE
from chuangwen.standards.rules.kind import COUNTED, Kind
from chuangwen.standards.rules.param import NUMBER, Lines, Number, Rule

_POINTS = rf"(得|计|加|扣)\s*({NUMBER})\s*分?"
_BAND = re.compile(rf"((?:且?\s*{END}\s*)+){_POINTS}")
_ELSE = re.compile(rf"其余\s*{_POINTS}")


def _read(word: str, number: str) -> str:
    plain = number.replace("−", "-")
    return f"-{plain}" if word == "扣" else plain


def _said(points: str) -> str:
    return f"扣{points[1:]}" if points.startswith("-") else f"得{points}"


@dataclass(frozen=True, kw_only=True)
class Points(Lines):
    """≥95且<100扣1."""

    def item(self, line: str) -> Any:
        found = _BAND.fullmatch(line)
        ends = ends_of(found[1]) if found else None
        return {"points": _read(found[4], found[5]), **ends} if found and ends else None

    def line(self, item: Any) -> str:
        return f"{said_ends(item)}{_said(item.get('points', ''))}"


@dataclass(frozen=True, kw_only=True)
class Else(Number):
    """其余扣5."""

    def clauses(self, rule: Rule) -> list[str]:
        return [f"其余{_said(rule[self.name])}"] if self.name in rule else []

    def claim(self, clause: str) -> Rule | None:
        found = _ELSE.fullmatch(clause)
        return {self.name: _read(found[1], found[2])} if found else None


KIND = Kind(
    name="scale",
    label="换算",
    explain="把另一个结果（如测评得分、答复率）按档换成这里的分，各档一个接一个，可以是扣分。",
    example="≥95得5；≥90且<95得4；≥80且<90得3；其余得0",
    group=COUNTED,
    own=(
        *VALUE,
        BETTER,
        Points(
            name="bands",
            label="各档",
            sample="≥90且<95得4",
            help="一行一档，界限含不含要写清：≥95得5；≥90且<95得4；要扣分的写 ≥90且<95扣2。",
        ),
        Else(
            name="else_points", label="其余得", before=(), help="不在任何一档里的得几分，扣分的填负数；都包括了就空着。"
        ),
    ),
)
