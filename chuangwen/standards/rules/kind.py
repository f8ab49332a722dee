"""A kind of rule as people see it: its name, one sentence on what it does, its settings; and how a cell is formed."""

import re
from dataclasses import dataclass, replace
from typing import Any

from chuangwen.standards.rules.param import Choice, Number, Param, Rule, plain

LOOKED, COUNTED, ASKED, BY_ENTRY = "一项项看", "按数算", "问卷、评委、平台的数", "分值以外，有记录才算"


@dataclass(frozen=True)
class Kind:
    """`name` is the rulebook's; `example` is how the settings look in one Excel cell, `items` what stands beside them.

    Example and items make the sample row of the Excel template: together they are a whole rule, worth `points`.
    `group` is where it stands among the kinds to choose from.
    """

    name: str
    label: str
    explain: str
    example: str
    own: tuple[Param, ...]
    items: tuple[str, ...] = ()
    points: str = "5"
    group: str = LOOKED
    cell: str = ""  # what a result is formed of unless it is said; empty: as everywhere

    @property
    def params(self) -> tuple[Param, ...]:
        if self.group == BY_ENTRY:
            return (*self.own, replace(CELL, default=self.cell or "pooled"), COMBINER)
        return (*self.own, *FRAME)


def kept(rule: Rule, kind: Kind) -> Rule:
    """A rule of a kind as it is kept: numbers as text, defaults left out."""
    params = known(kind.params)
    values = {name: params[name].keep(value) if name in params else plain(value) for name, value in rule.items()}
    empty = (None, "", [], {})
    return {
        name: value
        for name, value in values.items()
        if value not in empty and (name not in params or value != params[name].default)
    }


CELLS = {
    "observation": ("每次记录", "按记录"),
    "place": ("每处点位", "按点位"),
    "unit": ("每个单位", "按单位"),
    "pooled": ("全部合在一起", "合在一起"),
}
COMBINERS = {
    "mean": ("平均",),
    "mean_by_type": ("类型内平均再按类型权重平均", "按类型平均"),
    "worst": ("取最差",),
    "share": ("按达标比例",),
    "sum": ("逐个扣",),
}
_WAY = re.compile(f"({'|'.join(word for words in CELLS.values() for word in words)})(.*)")


@dataclass(frozen=True, kw_only=True)
class Cell(Choice):
    """What one result is formed of; in Excel said together with the combiner: 按点位取最差."""

    def clauses(self, rule: Rule) -> list[str]:
        cell, combiner = rule.get("cell", self.default), rule.get("combiner", "mean")
        if (cell, combiner) == (self.default, "mean"):
            return []
        if cell not in CELLS or combiner not in COMBINERS:
            return []
        said = "" if (cell, combiner) == ("pooled", "mean") else COMBINERS[combiner][0]
        return [CELLS[cell][1] + said]

    def claim(self, clause: str) -> Rule | None:
        found = _WAY.fullmatch(clause)
        if not found:
            return None
        cell = next(value for value, words in CELLS.items() if found[1] in words)
        combiner = next((value for value, words in COMBINERS.items() if found[2] in words), None)
        if found[2] and combiner is None:
            return None
        return {"cell": cell, "combiner": combiner} if combiner else {"cell": cell}


@dataclass(frozen=True, kw_only=True)
class Combiner(Choice):
    def clauses(self, rule: Rule) -> list[str]:
        return []


CELL = Cell(
    name="cell",
    label="一个得分由什么得出",
    default="place",
    options=CELLS,
    help="每处点位：先算出每处的得分。全部合在一起：把发现加总，只算一次。每次记录：一次记录一个得分。",
)
COMBINER = Combiner(
    name="combiner",
    label="几个得分怎样汇总",
    default="mean",
    options=COMBINERS,
    help="平均：各处一样重。取最差：有一处差就按那处算。按达标比例：达标的占几成得几成。逐个扣：各处的失分都从满分里扣。",
)
FRAME: tuple[Param, ...] = (
    CELL,
    COMBINER,
    Number(
        name="share_line",
        label="达标线",
        default="1",
        before=("达标线",),
        help="按达标比例时用：得到满分的几成算达标。",
    ),
    Number(name="floor", label="最低分", default="0", before=("最低分", "最低得"), help="一般是 0，扣完为止。"),
    Number(
        name="ordinal",
        label="记录序号",
        default="0",
        before=("记录序号",),
        help="一条标准要记几样东西时才用，一般空着。",
    ),
)


def known(params: tuple[Param, ...]) -> dict[str, Any]:
    """Settings by name."""
    return {param.name: param for param in params}
