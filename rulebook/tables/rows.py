"""Rows of a section put together to units: a standard with every cell that speaks of it, and where it stands."""

from dataclasses import dataclass, field

from rulebook.tables.columns import Layout, Section
from rulebook.tables.found import LeftOut, Name, Options, Path, Where, level_of
from rulebook.tables.grid import Cell
from rulebook.tables.heads import BAND, BODY, NOTES, REPEAT
from rulebook.tables.levels import Levels, bands_of
from rulebook.tables.plaintext import distinct, one_line

FIELDS = ("number", "rule", "method", "places", "points", "weight", "evidence", "lead", "assist", "remarks")


@dataclass(eq=False)
class Unit:
    """One cell of standards, or a row that has none: cells by role, over all rows that belong to it."""

    path: Path
    layout: Layout
    first: int
    last: int
    texts: list[str] = field(default_factory=list)
    cells: dict[str, list[Cell]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return "\n".join(self.texts)

    def said(self, role: str) -> str:
        """What its cells of a role say, each text once."""
        return "\n".join(distinct([cell.text.strip() for cell in self.cells.get(role, ())]))

    @property
    def where(self) -> Where:
        return where(self.layout, self.first, self.last)

    @property
    def source(self) -> str:
        return source(self.layout, self.first, self.last)


@dataclass
class Units:
    """All units of a section, in their order, and what no unit holds."""

    levels: Levels
    units: list[Unit] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def where(layout: Layout, first: int, last: int) -> Where:
    return Where(layout.table.grid.name, first + 1, last + 1)


def source(layout: Layout, first: int, last: int) -> str:
    """The cells that begin in these rows, side by side."""
    cells = [cell for row in range(first, last + 1) for cell in layout.table.grid.starting(row)]
    return "｜".join(one_line(cell.text) for cell in cells)


def units_of(section: Section, roles: tuple[str, ...], options: Options) -> Units:
    """Read every row of a section. roles: what each of its columns is."""
    found = Units(Levels(section, roles))
    for layout in section.layouts:
        found.levels.top = _top(layout, options)
        for row, kind in layout.table.rows:
            if kind == BODY:
                _body(found, layout, row, roles)
            elif kind == BAND:
                found.levels.band(layout, row)
            else:
                why = {REPEAT: "表头又出现一次", NOTES: "表下的注"}.get(kind, "合计行，只用来核对")
                found.left_out.append(LeftOut(where(layout, row, row), source(layout, row, row), why, minor=True))
    return found


def _top(layout: Layout, options: Options) -> tuple[Name, ...]:
    text = layout.table.grid.name if options.top == "sheet" else ""
    if options.top == "title":
        text = next(iter(layout.table.title[-1:]), "")
    level = level_of(text) if text else None
    return ((level.label, level.name),) if level else ()


def _body(found: Units, layout: Layout, row: int, roles: tuple[str, ...]) -> None:
    """A row begins a unit, goes on with the last one, or is left out; without anything new it is passed over."""
    begins = found.levels.row(layout, row)
    at = [index for index, role in enumerate(roles) if role == "text"]
    texts = [cell for index in at for cell in layout.cells(row, index, at)]
    fields = _fields(layout, row, roles)
    fresh = any(cell.row == row for cells in fields.values() for cell in cells)
    last = _last_of(found, layout)
    again = last and last.cells.get("points") and any(cell.row == row for cell in fields.get("points", ()))
    if any(cell.row == row for cell in texts):
        words = [cell.text.strip() for cell in texts if cell.row == row]
        found.units.append(Unit(found.levels.path, layout, row, row, words))
    elif begins and (fresh or found.levels.at_outline is not None):
        found.units.append(Unit(found.levels.path, layout, row, row))
    elif last and (texts or (fresh and not begins and not again)):
        last.last = row
    elif fresh:
        why = "有内容，认不出是哪一条测评标准的"
        found.left_out.append(LeftOut(where(layout, row, row), source(layout, row, row), why))
        return
    else:
        return
    _add(found.units[-1], fields)


def _last_of(found: Units, layout: Layout) -> Unit | None:
    """The last unit, when more rows can belong to it: on the same page, under the same indicator."""
    last = found.units[-1] if found.units else None
    return last if last and last.layout is layout and last.path == found.levels.path else None


def _fields(layout: Layout, row: int, roles: tuple[str, ...]) -> dict[str, list[Cell]]:
    return {
        role: [cell for index, known in enumerate(roles) if known == role for cell in layout.cells(row, index)]
        for role in dict.fromkeys(roles)
        if role in FIELDS
    }


def _add(unit: Unit, fields: dict[str, list[Cell]]) -> None:
    for role, cells in fields.items():
        known = unit.cells.setdefault(role, [])
        known += [cell for cell in cells if cell not in known]


def has_levels(section: Section, roles: tuple[str, ...]) -> bool:
    """Does anything in the table say under which indicator a standard stands?"""
    return bands_of(section) or any(role.startswith("level") or role == "outline" for role in roles)
