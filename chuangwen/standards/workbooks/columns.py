"""The columns of a sheet: one row per criterion, up to four levels before it (docs/formats/standard-excel.md)."""

from dataclasses import dataclass
from typing import Any

from chuangwen.base.workbooks import Column
from chuangwen.standards.rules import SEVERAL, Kind, Rule, shown_items, write
from chuangwen.standards.spec import DEEPEST, Spec

LEVELS = "一二三四"
BETWEEN = "、"
KEYS = "/"
METHOD = "实地考察"


@dataclass(frozen=True)
class Line:
    """A criterion with the indicators above it, outermost first."""

    path: tuple[Spec, ...]
    row: Spec
    types: dict[str, str]  # code → name

    @property
    def rule(self) -> Rule:
        """Its rule, or its rules with how they combine, as one thing to be written in a cell."""
        if "rules" in self.row:
            return {"rules": self.row["rules"], "combine": self.row.get("combine", "sum")}
        return self.row.get("rule") or {}


def of_level(name: str, number: int) -> Any:
    """The getter of one setting of the indicator at a level; blank where the criterion stands higher."""

    def get(line: Line) -> str:
        return str(line.path[number - 1].get(name) or "") if number <= len(line.path) else ""

    return get


def _level(number: int) -> tuple[Column, ...]:
    word = f"{LEVELS[number - 1]}级"
    same = "与上一行相同的可以空着" if number == 1 else f"没有{word}指标的空着"
    return (
        Column(f"label{number}", f"{word}编号", of_level("label", number), f"如 {'ⅠⅡⅢⅣ'[number - 1]}-1", width=10),
        Column(f"name{number}", f"{word}指标", of_level("name", number), f"指标名称；{same}", width=20),
        Column(f"points{number}", f"{word}分值", of_level("points", number), "不填就是下级合计", width=10),
        Column(f"weight{number}", f"{word}权重", of_level("weight", number), "按权重折算时才填，同级都要填", width=10),
    )


def _items(line: Line) -> str:
    kind, _ = write(line.rule)
    return "" if kind == SEVERAL else "\n".join(shown_items(line.rule))


def _note(name: str) -> Any:
    return lambda line: (line.row.get("note") or {}).get(name) or ""


def _phrases(line: Line) -> str:
    return "\n".join(_note("phrases")(line) or ())


def _units(name: str) -> Any:
    return lambda line: BETWEEN.join((_note("units")(line) or {}).get(name, ()))


def _plain(name: str) -> Any:
    return lambda line: str(line.row.get(name) or "")


def _types(line: Line) -> str:
    return BETWEEN.join(line.types.get(code, code) for code in line.row.get("place_types") or ())


def _keys(line: Line) -> str:
    return KEYS.join([*(node["key"] for node in line.path), line.row["key"]])


OWN = (
    Column("label", "标准编号", _plain("label"), "如 Ⅲ-01", width=10, aliases=("编号",)),
    Column("text", "测评标准", _plain("text"), "一行一条，写全", True, width=44, aliases=("内容", "测评内容")),
    Column("method", "测评方法", _plain("method"), f"如 {METHOD}、材料审核；不填是{METHOD}", width=12),
    Column("types", "点位类型", _types, "名称或编码，几类之间用顿号；不填是各类都测", width=28),
    Column("points", "分值", _plain("points"), "满分，如 2 或 0.50", True, width=8, aliases=("满分",)),
    Column("weight", "权重", _plain("weight"), "按权重折算时才填，同级都要填", width=8),
    Column("kind", "规则", lambda line: write(line.rule)[0], "规则的种类，如 逐处扣分", True, width=14),
    Column("rule", "规则参数", lambda line: write(line.rule)[1], "几句短语，用分号隔开，如 每处扣0.5；封顶5", width=40),
    Column("items", "分项", _items, "逐项评等的各项原文，一项一行（Alt+回车）", width=36),
    Column("section", "分段", _note("section"), "手机上按它分段；不填按末级指标分", width=14),
    Column("evidence", "佐证要求", _plain("evidence"), "如 不合格的拍照", width=18),
    Column("explanation", "说明", _plain("explanation"), "给测评员看的解释", width=30),
    Column("phrases", "常用语", _phrases, "记问题时点选的短句，一句一行", width=24),
    Column("lead", "牵头单位", _units("lead"), "牵头或责任单位，几个之间用顿号", width=18, aliases=("责任单位",)),
    Column("assist", "配合单位", _units("assist"), "配合单位，几个之间用顿号", width=18),
    Column("key", "历年编号", _keys, "历年都按它认这一条，修订也不改；新增的空着", unique=True, width=20,
           aliases=("固定编码",)),
)  # fmt: skip
COLUMNS = (*(column for number in range(1, DEEPEST + 1) for column in _level(number)), *OWN)


def sample(kind: Kind) -> dict[str, str]:
    """The sample row of a kind of rule, for the template; every one hangs below the same indicator."""
    return {
        "label1": "Ⅰ-1",
        "name1": "示例指标",
        "text": f"（示例）{kind.explain}",
        "points": kind.points,
        "kind": kind.label,
        "rule": kind.example,
        "items": "\n".join(kind.items),
    }


def lines_of(spec: Spec) -> list[Line]:
    """Every criterion of a spec with what stands above it, in reading order."""
    types = {code: kind["label"] for code, kind in spec["place_types"].items()}

    def below(path: tuple[Spec, ...], nodes: list[Spec]) -> list[Line]:
        found = []
        for node in nodes:
            here = (*path, node)
            found += below(here, node.get("children", []))
            found += [Line(here, row, types) for row in node.get("criteria", ())]
        return found

    return below((), spec["nodes"])


def columns_for(lines: list[Line]) -> tuple[Column, ...]:
    """The columns these lines need: levels in use; points, weights and units only where one has them."""

    def needed(column: Column) -> bool:
        optional = column.key[:-1] in ("points", "weight") or column.key in ("weight", "lead", "assist")
        if column in OWN and not optional:
            return True
        return any(column.cell(line) for line in lines) or column.key in ("label1", "name1")

    return tuple(column for column in COLUMNS if needed(column))
