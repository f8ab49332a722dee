"""Settings of a whole standard as people see them: fields of a form, phrases of an Excel cell (one a line)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chuangwen.standards.rules.param import NUMBER, Choice, Lines, Number, Param, Rule, Table, Unreadable, merge, plain
from rulebook.scoring.subjects import DIVISIONS, SUBJECTS

_WEIGHED = re.compile(rf"(?:([^:：=＝]{{1,40}})[:：])?([^:：=＝]{{1,40}}?)\s*(?:[=＝]\s*({NUMBER}))?")
_LEVELS = {"0": "总分", "criterion": "测评标准"}


@dataclass(frozen=True, kw_only=True)
class Headed(Choice):
    """A choice whose words need another before them outside the form: 测评对象：村."""

    head: str

    def clauses(self, rule: Rule) -> list[str]:
        return [self.head + words for words in super().clauses(rule)]

    def claim(self, clause: str) -> Rule | None:
        return super().claim(clause.removeprefix(self.head)) if clause.startswith(self.head) else None


@dataclass(frozen=True, kw_only=True)
class Whole(Number):
    """A whole number, kept as one."""

    pattern: str = r"\d{1,2}"

    def keep(self, value: Any) -> Any:
        if not re.fullmatch(self.pattern, str(value).strip()):
            raise Unreadable(f"{self.label}：“{value}”不是整数。")
        return int(value)

    def claim(self, clause: str) -> Rule | None:
        found = super().claim(clause)
        return {self.name: int(found[self.name])} if found else None


@dataclass(frozen=True, kw_only=True)
class Levels(Lines):
    """Levels that are published: 总分, 1级, 测评标准."""

    def item(self, line: str) -> Any:
        named = next((value for value, words in _LEVELS.items() if words == line), None)
        return named or (line[:-1] if re.fullmatch(r"\d级", line) else None)

    def line(self, item: Any) -> str:
        return _LEVELS.get(str(item), f"{item}级")

    def clauses(self, rule: Rule) -> list[str]:
        return [f"公布到：{self.line(item)}" for item in rule.get(self.name, ())]

    def claim(self, clause: str) -> Rule | None:
        return super().claim(clause.removeprefix("公布到：")) if clause.startswith("公布到：") else None


@dataclass(frozen=True, kw_only=True)
class Weighed(Table):
    """Methods, assessors, districts with their weights: 材料审核=40; a key of its own goes before: m1：材料审核=40."""

    head: str

    def item(self, line: str) -> Any:
        found = _WEIGHED.fullmatch(line)
        if not found:
            return None
        key, label = (found[1] or found[2]).strip(), found[2].strip()
        return key, {"label": label, "weight": found[3]} if found[3] else label

    def line(self, item: Any) -> str:
        key, value = item
        said = {"label": value} if isinstance(value, str) else value
        label = said.get("label", key)
        weight = f"={said['weight']}" if said.get("weight") else ""
        return f"{'' if key == label else f'{key}：'}{label}{weight}"

    def keep(self, value: Any) -> Any:
        return (
            super().keep(value) if isinstance(value, str) else dict(self.item(self.line(one)) for one in value.items())
        )

    def clauses(self, rule: Rule) -> list[str]:
        return [self.head + words for words in super().clauses(rule)]

    def claim(self, clause: str) -> Rule | None:
        return super().claim(clause.removeprefix(self.head)) if clause.startswith(self.head) else None


PARAMS: tuple[Param, ...] = (
    Headed(
        name="subject",
        label="测评对象",
        head="测评对象：",
        default="",
        options={"": ("不分对象，照责任单位排",), **{name: (one.label,) for name, one in SUBJECTS.items()}},
        help="评的是什么：各窗口、各村、各单位，排名和得分照它写。",
    ),
    Headed(
        name="divide_by",
        label="怎样分对象",
        head="分对象：",
        default="",
        options={"": ("照这种对象通常的分法",), **{name: (words,) for name, words in DIVISIONS.items()}},
        help="例如各村：有的地方一个村是一个区域，有的是一个单位，有的是一处点位。",
    ),
    Whole(name="digits", label="公布几位小数", default=2, before=("公布",), after="位小数", help="0 到 6。"),
    Headed(
        name="na_policy",
        label="缺项",
        head="缺项",
        default="renormalise",
        options={"renormalise": ("按同级折算",), "full": ("给满分",), "zero": ("不给分",)},
        help="这里没有这一项，例如小区没有地下车库。",
    ),
    Headed(
        name="untested",
        label="未测",
        head="未测",
        default="renormalise",
        options={"renormalise": ("按同级折算",), "leave_out": ("满分和得分都不计",)},
        help="没有测到的不算 0 分。",
    ),
    Number(
        name="least_coverage",
        label="参加排名的最低覆盖面",
        before=("覆盖面不到",),
        after="不排名",
        help="0 到 1，如 0.6；不填是不限。",
    ),
    Weighed(
        name="methods",
        label="测评方法的权重",
        head="方法：",
        sample="材料审核=40",
        help="一行一种，如 材料审核=40；填了权重，总分按方法合成。不按方法合成的空着。",
    ),
    Weighed(
        name="assessors",
        label="测评主体",
        head="主体：",
        sample="自评=20",
        help="一行一个，如 自评=20、督察=60、社会评议=20；不分主体的空着。",
    ),
    Headed(
        name="assessors_combine",
        label="几个主体怎样合成",
        head="主体",
        default="criterion",
        options={"criterion": ("逐条合成",), "total": ("各算总分再合成",)},
        help="列了测评主体才用。",
    ),
    Weighed(
        name="districts",
        label="片区的权重",
        head="片区：",
        sample="东城=60",
        help="一行一个，如 东城=60、西城=40；总分由各片区合成。不分的空着。",
    ),
    Number(name="bonus_cap", label="加分最多计", before=("加分最多计",), help="全部加分合计最多计几分；不限的空着。"),
    Number(name="points", label="总分的满分", before=("总分满分",), help="不填是各项合计；只有加分扣分的，填基础分。"),
    Number(name="floor", label="总分最低", before=("总分最低",), help="不填是 0。"),
    Levels(
        name="publish_levels",
        label="公布到哪些层",
        sample="1级",
        help="一行一层：总分、1级、2级、测评标准；空着是各层都公布。",
    ),
)
LABELS: Mapping[str, str] = {param.name: param.label for param in PARAMS}


def kept(options: Mapping[str, Any]) -> dict[str, Any]:
    """Options in the one form they are kept in; what is empty is left out, what is unknown stays."""
    params = {param.name: param for param in PARAMS}
    found = {name: params[name].keep(value) if name in params else plain(value) for name, value in options.items()}
    return {name: value for name, value in found.items() if value not in (None, "", [], {})}


def write(options: Mapping[str, Any]) -> str:
    """Settings that are said, one a line."""
    return "\n".join(words for param in PARAMS for words in param.clauses(dict(options)))


def read(text: str) -> dict[str, Any]:
    """Settings from their lines; raises Unreadable naming the line."""
    found: Rule = {}
    for line in filter(None, map(str.strip, re.split(r"[\n；;]", text))):
        claims = (param.claim(line.rstrip("。")) for param in PARAMS)
        said = next((one for one in claims if one is not None), None)
        if said is None:
            raise Unreadable(f"“{line}”看不懂。一行一项，照这样写：公布2位小数；缺项按同级折算；方法：材料审核=40。")
        merge(found, said)
    return kept(found)
