"""Units of length and time: what one of them is in the units kept with answers (metres, seconds, heads)."""

from collections.abc import Mapping

from rulebook.scoring.params import Params

LENGTHS: Mapping[str, int] = {"米": 1, "公里": 1000}
TIMES: Mapping[str, int] = {"秒": 1, "分钟": 60, "小时": 3600}
HEADS = 1  # 人次, 人, 户, 车次 …: one by one


def read_length(params: Params) -> tuple[str, int]:
    """Take `measure`, a unit of length: its name, and how many metres it is."""
    name = params.choice("measure", LENGTHS, "米")
    return name, LENGTHS[name]


def read_measure(params: Params) -> tuple[str, int]:
    """Take `measure`, what a frequency is counted over: its name, and what one of it is in the units kept."""
    name = params.text("measure")
    return name, {**LENGTHS, **TIMES}.get(name, HEADS)
