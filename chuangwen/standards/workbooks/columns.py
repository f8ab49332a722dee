"""The columns of a sheet: one row per criterion, up to four levels before it (docs/formats/standard-excel.md)."""

from dataclasses import dataclass, field, replace
from typing import Any

from chuangwen.base.workbooks import Column
from chuangwen.standards import settings
from chuangwen.standards.rules import SEVERAL, Kind, Rule, of_people, role_of, shown_items, write
from chuangwen.standards.spec import DEEPEST, Spec

LEVELS = "一二三四"
BETWEEN = "、"
KEYS = "/"
SELDOM = frozenset({"weight", "lead", "assist", "role", "to", "precedence", "assessors", "settings"})
METHOD = "实地考察"
ROLES = {"bonus": "加分", "deduction": "扣分"}
TO = "上级指标"


@dataclass(frozen=True)
class Line:
    """A criterion with the indicators above it, outermost first."""

    path: tuple[Spec, ...]
    row: Spec
    types: dict[str, str]  # code → name
    voices: dict[str, str] = field(default_factory=dict)  # key of an assessor → its words
    settings: str = ""  # of the whole standard, at its first criterion

    @property
    def rule(self) -> Rule:
        """Its rule, or its rules with how they combine, as one thing to be written in a cell."""
        if "rules" in self.row:
            return {"rules": self.row["rules"], "combine": self.row.get("combine", "sum")}
        return of_people(self.row.get("rule") or {}, self.role)

    @property
    def role(self) -> str:
        """What it is outside the points."""
        return role_of(self.row.get("rules") or [self.row.get("rule") or {}], self.row.get("role", ""))


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


def _role(line: Line) -> str:
    return ROLES.get(line.row.get("role", ""), "")


def _to(line: Line) -> str:
    return TO if line.row.get("to") == "parent" else ""


def _several(name: str) -> Any:
    return lambda line: BETWEEN.join(line.row.get(name) or ())


def _voices(line: Line) -> str:
    return BETWEEN.join(line.voices.get(key, key) for key in line.row.get("assessors") or ())


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
    Column("role", "分值以外", _role, "加分、扣分；占分值的空着", width=10),
    Column("to", "加到扣到", _to, f"{TO}；空着是总分", width=10),
    Column("precedence", "方法先后", _several("precedence"), "几种方法以谁为准，从强到弱，之间用顿号", width=18),
    Column("assessors", "由谁测评", _voices, "测评主体，几个之间用顿号；不填是都测", width=18),
    Column("section", "分段", _note("section"), "手机上按它分段；不填按末级指标分", width=14),
    Column("evidence", "佐证要求", _plain("evidence"), "如 不合格的拍照", width=18),
    Column("explanation", "说明", _plain("explanation"), "给测评员看的解释", width=30),
    Column("phrases", "常用语", _phrases, "记问题时点选的短句，一句一行", width=24),
    Column("lead", "牵头单位", _units("lead"), "牵头或责任单位，几个之间用顿号", width=18, aliases=("责任单位",)),
    Column("assist", "配合单位", _units("assist"), "配合单位，几个之间用顿号", width=18),
    Column("settings", "体系设置", lambda line: line.settings, "只填第一行，一行一项；空着照草稿原来的", width=28),
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
    voices = {key: label_of(one, key) for key, one in (spec.get("assessors") or {}).items()}

    def below(path: tuple[Spec, ...], nodes: list[Spec]) -> list[Line]:
        found = []
        for node in nodes:
            here = (*path, node)
            found += below(here, node.get("children", []))
            found += [Line(here, row, types, voices) for row in node.get("criteria", ())]
        return found

    first, *rest = below((), spec["nodes"]) or [None]
    return [replace(first, settings=settings.write(spec)), *rest] if first else []


def label_of(said: str | Spec, key: str) -> str:
    """The words of a method, assessor or district."""
    return said if isinstance(said, str) else str(said.get("label", key))


def columns_for(lines: list[Line]) -> tuple[Column, ...]:
    """The columns these lines need: levels in use; points, weights and units only where one has them."""

    def needed(column: Column) -> bool:
        optional = column.key[:-1] in ("points", "weight") or column.key in SELDOM
        if column in OWN and not optional:
            return True
        return any(column.cell(line) for line in lines) or column.key in ("label1", "name1")

    return tuple(column for column in COLUMNS if needed(column))
