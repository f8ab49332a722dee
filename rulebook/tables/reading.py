"""A section with a confirmed mapping read into lines; what was left out and what does not add up is said."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from rulebook.scoring.exact import decimal, plain
from rulebook.tables.columns import Section
from rulebook.tables.found import LeftOut, Level, Line, Options, Path, Reading
from rulebook.tables.heads import TOTALS
from rulebook.tables.levels import Levels
from rulebook.tables.points import number
from rulebook.tables.rows import source, units_of, where
from rulebook.tables.splitting import Splitting, names


def read(section: Section, roles: Sequence[str], options: Options) -> Reading:
    """Every row of the section, as a line or as left out. roles: what each of its columns is, in their order."""
    units = units_of(section, tuple(roles), options)
    lines = Splitting(units, options).lines()
    empty = list(_without_lines(units.levels, lines))
    for line in lines:
        line.path = _settled(line.path, units.levels)
    checks = [*_levels_that_differ(lines), *_totals_that_differ(section, roles, lines)]
    order = {layout.table.grid.name: at for at, layout in enumerate(section.layouts)}
    left = sorted([*units.left_out, *empty], key=lambda one: (order[one.where.table], one.where.first))
    return Reading(lines, left, checks)


def _without_lines(levels: Levels, lines: list[Line]) -> Iterable[LeftOut]:
    """Indicators no line stands under; of one within another the inner."""
    held = {path[:depth] for path in (names(line.path) for line in lines) for depth in range(1, len(path) + 1)}
    said = {(line.label, line.text) for line in lines}
    empty = {path: at for path, at in levels.begun.items() if path not in held and path[-1] not in said}
    for path, (layout, row) in empty.items():
        if not any(other[: len(path)] == path for other in empty if len(other) > len(path)):
            yield LeftOut(where(layout, row, row), source(layout, row, row), "指标下面没有测评标准")


def _settled(path: tuple[Level, ...], levels: Levels) -> tuple[Level, ...]:
    """The path with the points and weights the table gives its indicators."""
    found, above = [], list[tuple[str, str]]()
    for level in path:
        above.append((level.label, level.name))
        given = levels.given.get(tuple(above))
        found.append(replace(level, points=given.points, weight=given.weight) if given else level)
    return tuple(found)


def sum_of(lines: Sequence[Line]) -> Fraction | None:
    """The points of the lines together; None while one of them has none."""
    if not lines or not all(line.points for line in lines):
        return None
    return sum((decimal(line.points) for line in lines), start=Fraction(0))


def _levels_that_differ(lines: list[Line]) -> list[str]:
    groups: dict[Path, tuple[Level, list[Line]]] = {}
    for line in lines:
        for depth, level in enumerate(line.path, 1):
            groups.setdefault(names(line.path[:depth]), (level, []))[1].append(line)
    found = []
    for level, below in groups.values():
        total = sum_of(below)
        if level.points and total is not None and total != decimal(level.points):
            name = f"{level.label} {level.name}".strip()
            found.append(f"“{name}”写的是 {level.points} 分，下面合计 {plain(total, 0)} 分")
    return found


def _totals_that_differ(section: Section, roles: Sequence[str], lines: list[Line]) -> list[str]:
    """A row 合计 whose number in the column of points is not the sum of all lines."""
    index, total = next((at for at, role in enumerate(roles) if role == "points"), None), sum_of(lines)
    rows = [(layout, row) for layout in section.layouts for row in layout.table.of_kind(TOTALS)]
    if index is None or total is None or len(rows) != 1:
        return []
    layout, row = rows[0]
    stated = [found for cell in layout.cells(row, index) if (found := number(cell.text))]
    if not stated or decimal(stated[-1]) == total:
        return []
    return [f"合计行写的是 {stated[-1]} 分，各条合计 {plain(total, 0)} 分"]
