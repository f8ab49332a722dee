"""Subjects 测评对象: which kind of thing a standard judges, and how a round is divided into them.

A kind has the words people call it by, and the division that most offices keep it in. A standard may say another one
(`divide_by`): villages are regions to one office, units or places to the next.
"""

from collections.abc import Mapping
from dataclasses import dataclass

WHOLE, UNIT, PLACE, REGION = "whole", "unit", "place", "region"
ITSELF = "_unit"  # the reserved type of place 单位本身: what is known of a unit without looking at one of its places
ANYWHERE = "_places"  # stands beside it where every other place is meant too
DIVISIONS: Mapping[str, str] = {
    WHOLE: "整轮就是一个对象",
    UNIT: "一个责任单位一个",
    PLACE: "一处点位一个",
    REGION: "一个区域一个",
}


NAMELESS: Mapping[str, str] = {WHOLE: "全轮", UNIT: "单位", PLACE: "点位", REGION: "区域"}  # no kind said


@dataclass(frozen=True)
class Subject:
    """A kind of subject: its words, its usual division, and what such a region is called in a list of regions."""

    label: str
    division: str
    regions: tuple[str, ...] = ()


SUBJECTS: Mapping[str, Subject] = {
    "city": Subject("城市", WHOLE, ("市", "地级市", "县级市")),
    "county": Subject("县（市）", WHOLE, ("县", "县级市", "县（市）")),
    "industry": Subject("行业", WHOLE),
    "district": Subject("城区", REGION, ("区", "城区", "县区", "县（市、区）")),
    "town": Subject("乡镇", REGION, ("镇", "乡", "乡镇")),
    "street": Subject("街道", REGION),
    "community": Subject("社区", REGION),
    "village": Subject("村", REGION, ("行政村", "自然村")),
    "unit": Subject("单位", UNIT),
    "office": Subject("科室", UNIT),
    "enterprise": Subject("企业", UNIT),
    "school": Subject("学校", UNIT),
    "window": Subject("窗口", PLACE),
    "station": Subject("车站", PLACE),
    "road": Subject("道路", PLACE),
    "line": Subject("线路", PLACE),
    "vehicle": Subject("车辆", PLACE),
    "site": Subject("工地", PLACE),
    "market": Subject("市场", PLACE),
    "canteen": Subject("食堂", PLACE),
    "shop": Subject("商店", PLACE),
    "dormitory": Subject("宿舍", PLACE),
    "classroom": Subject("教室", PLACE),
    "person": Subject("个人", PLACE),
    "family": Subject("家庭", PLACE),
}


def division_of(subject: str, divide_by: str = "") -> str:
    """Return how a round is divided into subjects of a kind; by units where nothing is said."""
    return divide_by or (SUBJECTS[subject].division if subject else UNIT)


def label_of(subject: str, divide_by: str = "") -> str:
    """Return what people call one of the subjects."""
    return SUBJECTS[subject].label if subject else NAMELESS[division_of(subject, divide_by)]


def is_region_of(subject: str, kind: str) -> bool:
    """Say whether a region of this kind, as its list calls it, is one such subject."""
    found = SUBJECTS.get(subject)
    return found is not None and (kind == found.label or kind in found.regions)
