"""Where the tables of a grid are: title rows, head (one row or several, on every page), body, totals, notes."""

from dataclasses import dataclass, field

from rulebook.tables.grid import Cell, Grid
from rulebook.tables.plaintext import folded, one_line, plain
from rulebook.tables.words import LONGEST_HEAD, NOTE, TOTAL, role_of

BODY, REPEAT, TOTALS, NOTES, BAND = "body", "repeat", "total", "note", "band"
_WIDE = 0.6  # a cell that covers this share of the columns is a line of its own, not a value of a column


@dataclass
class Table:
    """A table within a grid. head: its first row and the row behind its last; equal when it has none.

    rows: (row, what it is), blank ones left out. title: the lines above the head.
    """

    grid: Grid
    head: tuple[int, int]
    title: list[str] = field(default_factory=list)
    rows: list[tuple[int, str]] = field(default_factory=list)

    def of_kind(self, kind: str) -> list[int]:
        return [row for row, found in self.rows if found == kind]


def is_head(grid: Grid, row: int, *, least: float = 0.6) -> bool:
    """Are at least two cells, and this share of all, words of a head?"""
    cells = grid.filled(row)
    hits = {cell.column for cell in cells if _short(cell) and role_of(cell.text)}
    return len(hits) > 1 and len(hits) >= least * len(cells)


def _short(cell: Cell) -> bool:
    return len(plain(cell.text)) <= LONGEST_HEAD


def find_tables(grid: Grid, head: tuple[int, int] | None = None) -> list[Table]:
    """The tables of a grid from top to bottom. head: the rows a person pointed out for the first."""
    if not grid.cells:
        return []
    start = head or _first_head(grid)
    tables = [Table(grid, start, [*grid.title, *_lines(grid, 0, start[0])])]
    row = start[1]
    while row < grid.height:
        now = tables[-1]
        if now.head[0] < now.head[1] and _same(grid, row, now.head[0]):
            height = now.head[1] - now.head[0]
            now.rows += [(row + down, REPEAT) for down in range(height) if row + down < grid.height]
            row += height
        elif is_head(grid, row) and not head and _begins(grid, row):
            bottom = _bottom(grid, row)
            tables.append(Table(grid, (row, bottom), _take_title(now)))
            row = bottom
        else:
            if kind := _kind(grid, row):
                now.rows.append((row, kind))
            row += 1
    return tables


def _first_head(grid: Grid) -> tuple[int, int]:
    for row in range(grid.height):
        if is_head(grid, row, least=0.4) and _begins(grid, row):
            top = row - 1 if row and _stands_above(grid, row - 1) else row
            return top, _bottom(grid, row)
    return 0, 0


def _begins(grid: Grid, row: int) -> bool:
    """Does the head begin here? Its words are not the lower half of cells that began above."""
    return any(role_of(cell.text) for cell in grid.starting(row))


def _stands_above(grid: Grid, row: int) -> bool:
    """Is the row above a head its upper part: several short cells, one of them over several columns?"""
    cells = grid.starting(row)
    return len(cells) > 1 and all(map(_short, cells)) and any(1 < cell.columns < grid.width for cell in cells)


def _bottom(grid: Grid, row: int) -> int:
    """The row behind the head that begins here: as deep as its cells reach, then rows that only name parts of it."""
    bottom = row + 1
    while True:
        reached = max((cell.bottom for above in range(row, bottom) for cell in grid.filled(above)), default=bottom)
        bottom = max(bottom, min(reached, row + 4))
        if bottom >= grid.height or bottom >= row + 4 or not (_names_parts(grid, row, bottom) or counts(grid, bottom)):
            return bottom
        bottom += 1


def _names_parts(grid: Grid, top: int, row: int) -> bool:
    """Do the cells of a row stand only under wide or blank cells of the head, and hold words of heads?"""
    cells = grid.starting(row)
    if not cells or not all(map(_short, cells)) or is_band(grid, row):
        return False
    if is_head(grid, row, least=0.8) and not _same(grid, row, top):
        return True
    above = [grid.at(row - 1, cell.column) for cell in cells]
    parts = all(not over.text or over.columns > cell.columns for over, cell in zip(above, cells, strict=True))
    words = [cell for cell in cells if role_of(cell.text)]
    return parts and bool(words) and len(words) * 2 >= len(cells)


def counts(grid: Grid, row: int) -> bool:
    """Is it the row that numbers the columns: 1 2 3 4, 甲 乙 丙?"""
    texts = [plain(cell.text).strip("()") for cell in grid.starting(row)]
    orders = ([str(number) for number in range(1, len(texts) + 1)], list("甲乙丙丁戊己庚辛壬癸"[: len(texts)]))
    return len(texts) > 2 and texts in (*orders, list("ABCDEFGHIJKLMNOPQRST"[: len(texts)]))


def _same(grid: Grid, row: int, head: int) -> bool:
    """Does the head stand here again?"""
    one, other = ([plain(cell.text) for cell in grid.filled(at)] for at in (row, head))
    return len(one) > 1 and one == other


def is_band(grid: Grid, row: int) -> bool:
    """One text over most of the width: a line of its own."""
    cells = grid.filled(row)
    return len(cells) == 1 and cells[0].row == row and 1 < cells[0].columns >= _WIDE * grid.width


def _kind(grid: Grid, row: int) -> str:
    """What a row below the head is; '' when it is blank."""
    cells = grid.starting(row)
    if not cells:
        return BODY if grid.filled(row) else ""
    first = folded(cells[0].text).strip()
    if TOTAL.match(plain(first)) and all(len(plain(cell.text)) < LONGEST_HEAD for cell in cells):
        return TOTALS
    alone = len(grid.filled(row)) == 1
    if alone and (NOTE.match(first) or NOTE.match(one_line(first))):
        return NOTES
    return BAND if is_band(grid, row) else BODY


def _take_title(table: Table) -> list[str]:
    """The lines right above the next head belong to it: bands at the end of the rows before."""
    taken: list[str] = []
    while table.rows and table.rows[-1][1] == BAND:
        row, _ = table.rows.pop()
        taken.insert(0, one_line(table.grid.filled(row)[0].text))
    return taken


def _lines(grid: Grid, start: int, end: int) -> list[str]:
    return [
        " ".join(one_line(cell.text) for cell in grid.starting(row)) for row in range(start, end) if grid.starting(row)
    ]
