"""A finding in words 现象 where the inspector wrote none: the criterion turned round, where that is plain."""

import re

from chuangwen.standards.checklists import MEASURE, NUMBER, Item

# 无 that is a part of a word: 无障碍设施, 无线网络, 无证经营, 无烟单位 (but 无烟头)
NONE = r"(?:无|没有)(?!障碍|[线偿人故证照序效关论需须毒]|烟(?!头|蒂))"
STATES = "完好|正常|整洁|清洁|干净|整齐|清晰|规范|齐全|完整|有序|畅通|通畅|平整|醒目|明显|到位|及时|统一|洁净"
LACKS = re.compile(rf"^((?:(?!{STATES})[^，；：不禁勿并]){{0,8}}?){NONE}([^，；：]+)$")
HAS = re.compile(r"^(?:设有|配有|建有|有)([^，；：]+)$")
IS = re.compile(rf"^([^，；：并且]*[^，；：完好正常整洁齐规范有序保持])({STATES})$")

SAYS = re.compile(rf"{NONE}|{STATES}|不|^(?:设有|配有|建有|有)")
WAYS = ((LACKS, "{}有{}"), (HAS, "没有{}"), (IS, "{}不{}"))
OWN_WORDS = {"不有序": "无序", "不齐全": "不全"}
FEW, SHORT = 6, 30  # characters: of a part, of a criterion


def phenomenon(item: Item, count: int, base: int) -> str:
    """有烟头、纸屑（3 处）; 路灯不完好（3 合格，共查 5）; “噪声”没有达到要求（实测值 61.5 dB）.

    A part of a criterion said in a few words is followed by the criterion: 没有整改（窗口互查有记录、有整改）.
    """
    written = item.written(count, base)
    text = item.text.rstrip("。；")
    if item.ask in (NUMBER, MEASURE):
        return f"“{text}”没有达到要求（{item.asked.called[0]} {written}）"
    said, whole = denied(text), item.head.rstrip("。；")
    more = "；".join(filter(None, (whole if len(said) <= FEW and len(whole) <= SHORT else "", written)))
    return said + (f"（{more}）" if more else "")


def denied(text: str) -> str:
    """What stands where the criterion does not hold; quoted, where its words cannot be turned round safely."""
    for pattern, said in () if _several(text) else WAYS:
        if found := pattern.match(text):
            said = said.format(*found.groups())
            return next((said.replace(*pair) for pair in OWN_WORDS.items() if said.endswith(pair[0])), said)
    return f"没有做到“{text}”"


def _several(text: str) -> bool:
    """Do several things said stand side by side (无破损、整洁)? Turned round, only one of them would be."""
    pieces = text.split("、")
    return sum(bool(SAYS.search(piece)) for piece in pieces) > 1 or any(SAYS.match(piece) for piece in pieces[1:])
