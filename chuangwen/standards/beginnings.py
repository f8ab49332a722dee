"""The invented samples 示例 a new assessment system may begin with: what each is, and its tree in a tenant's types."""

from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property

from chuangwen.organisations.models import Person
from chuangwen.places.models import PlaceType
from chuangwen.standards.exchange import sample
from chuangwen.standards.spec import Spec, each_criterion
from rulebook.scoring.subjects import SUBJECTS

SOURCE = "示例，非官方"
MOST_NAMED = 8


@dataclass(frozen=True)
class Sample:
    """One sample as the list shows it; the numbers are those of its file."""

    name: str
    title: str
    subject: str
    criteria: int
    types: int
    about: str

    @property
    def subject_label(self) -> str:
        return SUBJECTS[self.subject].label if self.subject else "单位"

    @cached_property
    def spec(self) -> Spec:
        return sample(self.name)


SAMPLES = {
    one.name: one
    for one in (
        Sample("county", "示例：县级文明城市测评体系", "county", 37, 56,
               "材料、实地、问卷三种方法各占几成；56 类点位；荣誉加分和负面清单"),
        Sample("city", "示例县城市文明测评体系（样例，非官方）", "", 57, 24, "只看实地，24 类点位，逐处扣分、评等"),
        Sample("windows", "示例：窗口行业创建标准（20 个行业）", "window", 39, 20,
               "五个方面各行业一样，另外一个行业一条；一处窗口一个得分"),
        Sample("window", "示例窗口服务标准（样例，非官方）", "", 21, 1, "一种窗口（收费站），环境、服务、秩序"),
        Sample("industry", "示例：文明和谐行业竞赛评分标准（9 种对象）", "industry", 20, 10,
               "科室、窗口、站场、企业、线路、车辆、人员，一种对象一张评分表"),
        Sample("unit", "示例：文明单位测评标准", "unit", 15, 4, "材料为主，实地、问卷为辅；换算、奖励、负面清单"),
        Sample("village", "示例：村庄环境月度评分（有扣有加）", "village", 10, 6, "按村排名，表扬加分、通报扣分"),
        Sample("school", "示例：学校后勤四项创建评分标准", "school", 15, 5, "食堂、校园店、宿舍、校园环境，按学校排名"),
        Sample("month", "示例：街道对社区的月度计分（基础分 100）", "community", 5, 4,
               "基础分 100，查到问题扣分、当场改好减半，没有问题的点位加分"),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Fitted:
    """A sample in a tenant's own place types: those of the same name are used, the others are to be added."""

    spec: Spec
    added: dict[str, str]  # code → name


def fitted(sample: Sample, person: Person) -> Fitted:
    """Types go by name; a code that another type has already gets a number behind it."""
    kept = dict(PlaceType.objects.filter(tenant_id=person.tenant_id).values_list("name", "code"))
    taken, codes, added = set(kept.values()), {}, {}
    for code, kind in sample.spec["place_types"].items():
        name = kind["label"]
        codes[code] = kept.get(name) or _free(code, taken)
        if name not in kept:
            added[codes[code]] = name
            taken.add(codes[code])
    return Fitted(_renamed(sample.spec, codes), added)


def said(sample: Sample, person: Person) -> str:
    """What beginning with it brings, in words."""
    names = list(fitted(sample, person).added.values())
    bring = f"{sample.title}：{sample.criteria} 条测评标准"
    if not names:
        return f"{bring}，用到的 {sample.types} 类点位都已有。条文和分值是编的，照本地的文件改。"
    some = "、".join(names[:MOST_NAMED]) + ("等" if len(names) > MOST_NAMED else "")
    return f"{bring}。会新增 {len(names)} 类点位（{some}），同名的用现有的。条文和分值是编的，照本地的文件改。"


def _free(code: str, taken: set[str]) -> str:
    number, free = 1, code
    while free in taken:
        number += 1
        free = f"{code}{number}"
    return free


def _renamed(spec: Spec, codes: dict[str, str]) -> Spec:
    """The spec with other codes of its place types."""
    found = deepcopy(spec)
    found["place_types"] = {codes[code]: kind for code, kind in spec["place_types"].items()}
    for row in each_criterion(found["nodes"]):
        row["place_types"] = sorted(codes[code] for code in row["place_types"])
    return found
