"""The official table 测评体系表: indicators as merged cells at the left, one row for each criterion."""

from dataclasses import dataclass, field
from typing import NamedTuple

from chuangwen.standards import panels
from chuangwen.standards.models import Criterion, Indicator, StandardVersion
from chuangwen.standards.rules import shown_items
from chuangwen.standards.spec import grouped

HEADS = {
    1: ("测评项目",),
    2: ("测评项目", "测评内容"),
    3: ("测评项目", "测评指标", "测评内容"),
    4: ("测评项目", "测评指标", "测评要点", "测评内容"),
}
OWN = ("测评标准", "分值", "测评方法", "材料要求", "责任单位")


@dataclass
class Cell:
    """An indicator's cell, or an empty one: how many rows and columns it takes."""

    text: str
    rows: int
    columns: int = 1


@dataclass
class TableRow:
    """The cells that begin in this row, by column; and the criterion (none where an indicator is empty)."""

    cells: dict[int, Cell] = field(default_factory=dict)
    criterion: Criterion | None = None
    parts: tuple[str, ...] = ()  # the standards of a checklist
    rule: str = ""
    units: str = ""


@dataclass(frozen=True)
class Table:
    heads: tuple[str, ...]
    rows: tuple[TableRow, ...]


class _Tree(NamedTuple):
    """Indicators by parent, criteria by indicator, points and names of indicators by key, and how deep it goes."""

    below: dict[int | None, list[Indicator]]
    own: dict[int, list[Criterion]]
    points: dict[str, str]
    depth: int
    names: dict[str, str]  # key of an indicator → its label and name


def table_of(version: StandardVersion) -> Table:
    """The whole version in reading order; five queries."""
    below = grouped(version.indicators.order_by("position", "id"), "parent_id")
    criteria = version.criteria.order_by("position", "id").prefetch_related("place_types")
    own = grouped(criteria, "indicator_id")
    points = {row.key: row.points for row in panels.tree(version)}
    depth = _depth(below, None)
    names = {one.key: str(one) for rows in below.values() for one in rows}
    tree = _Tree(below, own, points, depth, names)
    rows: list[TableRow] = []
    for one in below.get(None, ()):
        _fill(one, 0, tree, rows)
    return Table((*HEADS.get(depth, ()), *OWN), tuple(rows))


def _depth(below: dict[int | None, list[Indicator]], parent: int | None) -> int:
    return max((1 + _depth(below, one.pk) for one in below.get(parent, ())), default=0)


def _fill(one: Indicator, column: int, tree: _Tree, rows: list[TableRow]) -> None:
    """Add the rows of an indicator: those of the indicators below it first, as the tree shows them."""
    below, own, points, depth, names = tree
    start, children, criteria = len(rows), below.get(one.pk, ()), own.get(one.pk, ())
    for child in children:
        _fill(child, column + 1, tree, rows)
    lines = [_line(row, names) for row in criteria] or ([] if children else [TableRow()])
    if children and criteria:  # beside the indicators below, an empty cell
        lines[0].cells[column + 1] = Cell("", len(lines), depth - column - 1)
    rows.extend(lines)
    cell = Cell(f"{one}（{points[one.key]} 分）", len(rows) - start, 1 if children else depth - column)
    rows[start].cells = {column: cell, **rows[start].cells}


def _line(row: Criterion, names: dict[str, str]) -> TableRow:
    units = getattr(row, "units", {})
    assist = f"（配合：{'、'.join(units['assist'])}）" if units.get("assist") else ""
    return TableRow(
        criterion=row,
        parts=tuple(part for rule in row.rules for part in shown_items(rule)),
        rule="；".join(rule.words for rule in panels.rule_words(row, names)),
        units="、".join(units.get("lead", ())) + assist,
    )
