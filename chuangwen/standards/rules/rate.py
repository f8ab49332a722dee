"""频次分档: how often in so many minutes, metres or heads; then bands."""

import re
from dataclasses import dataclass

from chuangwen.standards.rules.bands import BANDS, FLOOR_BANDS
from chuangwen.standards.rules.grades import BETTER_LOWER, GRADES, IN, OTHERWISE, WORST, WORST_EFFECT
from chuangwen.standards.rules.kind import COUNTED, Kind
from chuangwen.standards.rules.param import NUMBER, Number, Rule, Silent

_PER = re.compile(rf"每\s*({NUMBER})?\s*([^\d\s]{{1,4}})")


@dataclass(frozen=True, kw_only=True)
class Per(Number):
    """每5分钟."""

    def clauses(self, rule: Rule) -> list[str]:
        return [f"每{rule.get(self.name, '')}{rule['measure']}"] if "measure" in rule else []

    def claim(self, clause: str) -> Rule | None:
        found = _PER.fullmatch(clause)
        return {"measure": found[2], **({self.name: found[1]} if found[1] else {})} if found else None


KIND = Kind(
    name="rate",
    label="频次分档",
    explain="数出次数和看了多久（多长、多少人），折算成每几分钟几次，看落在哪一档。",
    example="每5分钟；A≤0；B≤2；其余C；A=1；B=0.6；C=0",
    group=COUNTED,
    own=(
        Per(name="per", label="折算成每", default="1", before=(), help="如每 5 分钟，填 5。"),
        Silent(name="measure", label="按什么折算", help="分钟、小时、秒、米、公里、人次、户。"),
        BETTER_LOWER,
        FLOOR_BANDS,
        BANDS,
        OTHERWISE,
        GRADES,
        WORST,
        WORST_EFFECT,
        IN,
    ),
)
