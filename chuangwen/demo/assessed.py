"""The result table a 省级 mock assessment handed back on 示例县 in spring, as its assessors made it (C7): invented.

Per standard and place, with their own points: stricter than ours on cleanliness and smoking, kinder at counters. Some
names differ from ours, one is nothing of ours, so that there is something to point out by hand.
"""

import io
from datetime import date
from typing import NamedTuple

from chuangwen.base.workbooks import Column, write

NAME = "2026年上半年省级模拟测评"
FILE = "示例县-省级测评结果.xlsx"
HELD = date(2026, 5, 20)
HEADS = ("指标编号", "测评标准", "点位类型", "点位名称", "分值", "得分", "扣分", "扣分原因")


class Judged(NamedTuple):
    """A standard as they call it, their points, the type with how many of its places they went to, what each lost.

    lost: deductions in the order of the places, with the reason; the others lost nothing.
    """

    code: str
    name: str
    type: str
    places: tuple[str, ...]
    points: float
    lost: tuple[tuple[float, str], ...]


def _numbered(code: str, count: int) -> tuple[str, ...]:
    return tuple(f"{code}-{n + 1:03d}" for n in range(count))


ROADS, LANES, ESTATES, MARKETS = _numbered("ZD", 10), _numbered("BJ", 8), _numbered("XQ", 12), _numbered("SC", 6)
HALL, HOSPITALS, STATION = _numbered("ZW", 1), _numbered("YY", 5), _numbered("CT", 1)
CROSSINGS, BANKS, EATERIES = _numbered("LK", 6), _numbered("YH", 5), _numbered("CY", 6)
BUTTS, AWNINGS = "地面有烟头", "出店经营"
JUDGED = (
    Judged("Ⅲ-1-1", "地面无烟头、纸屑、痰迹、果皮", "主次干道", ROADS, 10,
           ((3, BUTTS), (2, BUTTS), (4, "绿化带边有纸屑"), (2, BUTTS), (3, "沿路痰迹"))),
    Judged("Ⅲ-1-1", "地面无烟头、纸屑、痰迹、果皮", "背街小巷", LANES, 10,
           ((4, "成片烟头"), (3, BUTTS), (5, "垃圾未清"), (2, BUTTS))),
    Judged("Ⅲ-1-2", "无乱贴乱画、乱拉乱挂", "背街小巷", LANES, 5, ((2, "墙面小广告"), (1, "乱拉电线"))),
    Judged("Ⅲ-1-4", "沿街无占道经营、出店经营", "主次干道", ROADS, 5, ((1, AWNINGS), (2, AWNINGS), (1, "流动摊点"))),
    Judged("Ⅲ-2-2", "楼道无堆物，消防通道畅通", "住宅小区", ESTATES, 10,
           ((3, "楼道堆物"), (2, "楼道堆物"), (4, "占用消防通道"), (1, "充电飞线"))),
    Judged("", "小区垃圾分类投放点设置规范", "住宅小区", ESTATES, 5, ((1, "桶身破损"), (1, "分类标识不清"))),
    Judged("Ⅲ-3-2", "活禽、水产区排水通畅，无积水异味", "农贸市场", MARKETS, 5,
           ((2, "水产区积水"), (1, "有异味"), (3, "活禽区未分开"))),
    Judged("Ⅲ-4-1", "行人、非机动车各行其道，不闯红灯", "交通路口", CROSSINGS, 10, ((1, "行人闯红灯"),)),
    Judged("Ⅲ-5-2", "室内公共场所无吸烟，有禁烟标识", "医院", HOSPITALS, 5,
           ((2, "门诊大厅有人吸烟"), (1, "禁烟标识褪色"))),
    Judged("Ⅲ-5-2", "室内公共场所无吸烟，有禁烟标识", "餐饮店", EATERIES, 5,
           ((3, "店内吸烟无人劝阻"), (2, "无禁烟标识"), (2, "店内吸烟"))),
    Judged("Ⅲ-6-2", "使用文明用语，态度热情", "银行网点", BANKS, 5, ()),
    Judged("Ⅲ-6-1", "工作人员着装整齐、佩戴工号", "办事大厅", HALL, 5, ()),
    Judged("Ⅲ-7-5", "设志愿服务站点，有人值守", "长途汽车站", STATION, 5, ((2, "无人值守"),)),
    Judged("", "共享单车停放区管理", "主次干道", (), 5, ((1.5, "占用盲道"),)),
)  # fmt: skip


def rows(names: dict[str, str]) -> list[tuple[object, ...]]:
    """Their table line by line. names: place code → name."""
    found: list[tuple[object, ...]] = []
    for one in JUDGED:
        for place, lost, why in _marked(one):
            got = one.points - lost
            found.append((one.code, one.name, one.type, names.get(place, ""), one.points, got, lost or "", why))
    points, got = (sum(float(str(row[at])) for row in found) for at in (4, 5))
    return [*found, ("合计", "", "", "", points, got, points - got, "")]


def _marked(one: Judged) -> list[tuple[str, float, str]]:
    places = one.places or ("",)
    return [(place, *(one.lost[n] if n < len(one.lost) else (0, ""))) for n, place in enumerate(places)]


def workbook(names: dict[str, str]) -> bytes:
    """The file they handed over: their own heads, not those of a template of ours."""
    out = io.BytesIO()
    columns = [Column(head, head, get=lambda row, at=at: row[at]) for at, head in enumerate(HEADS)]
    write(columns, rows(names), title="测评结果", out=out)
    return out.getvalue()
