"""What honours, negative events and vetoes have in common: none recorded is none, and a look-back in months."""

from rulebook.scoring.kinds.base import Frame
from rulebook.scoring.params import Params


def check_frame(params: Params, frame: Frame) -> None:
    """Refuse cells and combiners in which events have no meaning."""
    if frame.cell == "observation":
        raise params.error("加减分不能逐条计算，“cell”请改为 pooled、unit 或 place")
    if frame.combiner not in ("mean", "sum"):
        raise params.error("加减分的“combiner”只能填 mean 或 sum")


def look_back(params: Params) -> int:
    """Take `months`, how far back an entry may lie; 0 for no limit."""
    return params.whole("months", least=1, most=600) if params.has("months") else 0


def within(months: int) -> str:
    """Write a look-back: 12 个月内."""
    return f"{months} 个月内" if months else ""
