"""加分: points for every honour by its level, outside the points."""

import re
from dataclasses import dataclass
from typing import Any

from chuangwen.standards.rules.kind import BY_ENTRY, Kind
from chuangwen.standards.rules.months import MONTHS
from chuangwen.standards.rules.param import NUMBER, Flag, Lines, Number, unnumbered

_EACH = ("每项加", "每次加")


@dataclass(frozen=True, kw_only=True)
class Named(Lines):
    """Labels with points: 国家级加5, 通报批评扣2."""

    verb: str

    def keep(self, value: Any) -> Any:
        return unnumbered(super().keep(value))

    def item(self, line: str) -> Any:
        found = re.fullmatch(rf"(.{{1,40}}?)\s*{self.verb}\s*({NUMBER})\s*分?", line)
        if not found or line.startswith(_EACH):
            return None
        return {"label": found[1], "points": found[2].replace("−", "-")}

    def line(self, item: Any) -> str:
        return f"{item.get('label', '')}{self.verb}{item.get('points', '')}"


KIND = Kind(
    name="bonus",
    label="加分",
    explain="荣誉按级别加分，不占分值，也不参加折算；有记录才加。分值填最多加几分，不限的空着。",
    example="国家级加5；省级加3；市级加1；同一项目同一年度只取最高；近12个月内",
    points="8",
    group=BY_ENTRY,
    own=(
        Named(name="levels", label="各级加几分", verb="加", sample="国家级加5", help="一行一级：国家级加5；省级加3。"),
        Number(name="each", label="每项加", before=_EACH, help="不分级别的填这里，上面空着。"),
        Flag(
            name="highest",
            label="同一项目同一年度",
            options={"": ("各级都加",), "true": ("同一项目同一年度只取最高",)},
        ),
        MONTHS,
    ),
)
