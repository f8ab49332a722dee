"""Where in the tree a row stands: bands across the table, columns of levels filled down, or one column with codes."""

from dataclasses import dataclass, field

from rulebook.tables.codes import Code, depths, mended, read_code
from rulebook.tables.columns import Layout, Section
from rulebook.tables.found import DEEPEST, Level, Name, Path, level_of
from rulebook.tables.grid import Cell
from rulebook.tables.heads import BAND
from rulebook.tables.plaintext import one_line
from rulebook.tables.points import number
from rulebook.tables.words import LEVELS


@dataclass
class Given:
    """The points and weight a table gives an indicator."""

    points: str = ""
    weight: str = ""


@dataclass
class Levels:
    """The place in the tree while rows are read from top to bottom.

    given: what the table gives each indicator. begun: every indicator that was met, with its row.
    """

    section: Section
    roles: tuple[str, ...]
    top: Path = ()
    bands: list[tuple[tuple[int, int], Name]] = field(default_factory=list)
    columns: list[Name | None] = field(default_factory=lambda: [None] * len(LEVELS))
    outline: list[tuple[int, Name]] = field(default_factory=list)
    given: dict[Path, Given] = field(default_factory=dict)
    begun: dict[Path, tuple[Layout, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.text = [index for index, role in enumerate(self.roles) if role == "text"]
        self.own = [(LEVELS.index(role), index) for index, role in enumerate(self.roles) if role in LEVELS]
        self.own.sort()
        self.code_of = {index + 1: index for index, role in enumerate(self.roles) if role == "code"}
        self.at_outline = next((index for index, role in enumerate(self.roles) if role == "outline"), None)
        self.codes = self._outline_codes()
        self.depth_of = depths(self.codes.values())

    @property
    def path(self) -> Path:
        """The indicators above this row, outermost first; more than there may be are said in one name."""
        found = [
            *self.top,
            *(name for _, name in self.bands),
            *(name for name in self.columns if name),
            *(name for _, name in self.outline),
        ]
        if len(found) > DEEPEST:
            deep = found[DEEPEST - 1 :]
            found = [*found[: DEEPEST - 1], (deep[-1][0], " / ".join(name for _, name in deep))]
        return tuple(found)

    def band(self, layout: Layout, row: int) -> None:
        """A line across the table: an indicator above all its columns."""
        text = one_line(layout.table.grid.filled(row)[0].text)
        code = read_code(text)
        order = code.order if code else (-1, 0)
        self.bands = [(known, name) for known, name in self.bands if known < order]
        self.columns, self.outline = [None] * len(LEVELS), []
        level = level_of(text)
        self.bands.append((order, (level.label, level.name)))
        self._begin(layout, row, level)

    def row(self, layout: Layout, row: int) -> bool:
        """Move on to a row; does an indicator begin in it?"""
        changed = False
        for depth, index in self.own:
            starting = [cell for cell in layout.cells(row, index, self.text) if cell.row == row]
            if any(map(_says, starting)):
                changed |= self._column(layout, row, depth, starting, changed)
            elif starting or _taken(layout, row, index, self.text):
                self.columns[depth] = None
        if self.at_outline is not None:
            changed |= self._outline(layout, row)
        self._given(layout, row)
        return changed

    def _column(self, layout: Layout, row: int, depth: int, cells: list[Cell], changed: bool) -> bool:
        """A cell of a level: the same words again go on with it."""
        index = dict(self.own)[depth]
        level = level_of(_words(cells), self._code_beside(layout, row, index))
        name = (level.label, level.name)
        if name == self.columns[depth] and not changed:
            return False
        self.columns[depth] = name
        self.columns[depth + 1 :] = [None] * (len(LEVELS) - depth - 1)
        self._begin(layout, row, level)
        return True

    def _outline(self, layout: Layout, row: int) -> bool:
        assert self.at_outline is not None
        cells = [cell for cell in layout.cells(row, self.at_outline, self.text) if cell.row == row]
        if not cells:
            return False
        code = self.codes.get((id(layout), row))
        level = level_of(_words(cells), code.text if code else "")
        depth = self.depth_of[code.order] if code else len(self.depth_of) + 1
        self.outline = [(known, name) for known, name in self.outline if known < depth]
        self.outline.append((depth, (level.label, level.name)))
        self._begin(layout, row, level)
        return True

    def _outline_codes(self) -> dict[tuple[int, int], Code]:
        """The code of every row of the outline, from the column beside it or from its own text."""
        if self.at_outline is None:
            return {}
        places, found = [], list[Code | None]()
        for layout in self.section.layouts:
            for row, text in layout.starts(self.at_outline).items():
                beside = self._code_beside(layout, row, self.at_outline)
                places.append((id(layout), row))
                found.append(read_code(beside, alone=True) if beside else read_code(one_line(text)))
        return {place: code for place, code in zip(places, mended(found), strict=True) if code}

    def _code_beside(self, layout: Layout, row: int, index: int) -> str:
        if index not in self.code_of:
            return ""
        text = " ".join(cell.text for cell in layout.cells(row, self.code_of[index]) if cell.row == row).strip()
        code = read_code(text, alone=True) if text else None
        return code.text if code else text

    def _begin(self, layout: Layout, row: int, level: Level) -> None:
        self.begun.setdefault(self.path, (layout, row))
        self.give(self.path, level.points, level.weight)

    def give(self, path: Path, points: str, weight: str = "") -> None:
        """Note points or weight of an indicator; what the table said first stays."""
        known = self.given.setdefault(path, Given())
        known.points, known.weight = known.points or points, known.weight or weight

    def _given(self, layout: Layout, row: int) -> None:
        """Columns with points and weights of levels."""
        above = len(self.top) + len(self.bands)
        for index, role in enumerate(self.roles):
            kind, level = role[:-1], role[-1:]
            if kind not in ("points", "weight") or not level.isdigit():
                continue
            depth = above + sum(name is not None for name in self.columns[: int(level)])
            for cell in layout.cells(row, index):
                if cell.row == row and (value := number(cell.text)) and depth <= len(self.path):
                    self.give(self.path[:depth], *((value, "") if kind == "points" else ("", value)))


def _words(cells: list[Cell]) -> str:
    return " ".join(cell.text for cell in cells)


def _says(cell: Cell) -> bool:
    """Is it more than a dash that stands for nothing?"""
    return any(sign.isalnum() for sign in cell.text)


def _taken(layout: Layout, row: int, index: int, first: list[int]) -> bool:
    """Does a cell of another column, beginning here, lie over this one: a standard right below a higher level?"""
    column = layout.columns[index]
    over = [cell for cell in layout.table.grid.starting(row) if cell.column < column.end and cell.right > column.start]
    return bool(over) and not layout.cells(row, index, first)


def bands_of(section: Section) -> bool:
    """Are there lines across the table that can be indicators?"""
    return any(layout.table.of_kind(BAND) for layout in section.layouts)
