"""分档: a number falls into a band, the band is a grade."""

import re
from dataclasses import dataclass
from typing import Any

from chuangwen.standards.rules.grades import BETTER, GRADES, IN, OTHERWISE, VALUE, WORST, WORST_EFFECT
from chuangwen.standards.rules.kind import COUNTED, Kind
from chuangwen.standards.rules.param import NUMBER, Lines

_SIGNS = {"≥": "from", ">=": "from", "≤": "to", "<=": "to", ">": "above", "＞": "above", "<": "below", "＜": "below"}
_SAID = {"above": ">", "from": "≥", "below": "<", "to": "≤"}
END = rf"(>=|<=|[<>≤≥＞＜])\s*({NUMBER})\s*%?"
_BAND = re.compile(rf"([^<>≤≥=＝＞＜]{{1,12}}?)\s*((?:且?\s*{END}\s*)+)")


@dataclass(frozen=True, kw_only=True)
class Ranges(Lines):
    """Bands: A>85, B≥60且<80."""

    head: str = ""

    def item(self, line: str) -> Any:
        if not line.startswith(self.head):
            return None
        found = _BAND.fullmatch(line.removeprefix(self.head).strip())
        if not found or (not self.head and found[1].startswith("先看")):
            return None
        ends = ends_of(found[2])
        return {"grade": found[1], **ends} if ends else None

    def line(self, item: Any) -> str:
        return f"{self.head}{item.get('grade', '')}{said_ends(item)}"


def ends_of(text: str) -> dict[str, str] | None:
    """≥60且<80 as data; None where one end is said twice."""
    ends = [(_SIGNS[sign], number.replace("−", "-")) for sign, number in re.findall(END, text)]
    return dict(ends) if len(dict(ends)) == len(ends) else None


def said_ends(item: dict[str, Any]) -> str:
    """Ends of a band as they are written."""
    return "且".join(f"{said}{item[word]}" for word, said in _SAID.items() if word in item)


FLOOR_BANDS = Ranges(
    name="floor_bands",
    label="先看的最差档",
    head="先看",
    sample="先看C#≤50",
    help="低到这条线就直接评最差的，如 先看C#≤50；没有就空着。",
)
BANDS = Ranges(name="bands", label="各档", sample="A>85", help="从好到差一行一档：A>85；B≥60且<80；界限含不含要写清。")
KIND = Kind(
    name="bands",
    label="分档",
    explain="看一个数落在哪一档，档对应等次，等次对应分值的几成。",
    example="A>85；B>80；其余C；A=1；B=0.6；C=0；看合格率；乘100；单位%",
    group=COUNTED,
    own=(
        *VALUE,
        BETTER,
        FLOOR_BANDS,
        BANDS,
        OTHERWISE,
        GRADES,
        WORST,
        WORST_EFFECT,
        IN,
    ),
)
