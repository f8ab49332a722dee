"""The columns of a table as people see them, and the cells each of them has in a row."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from rulebook.tables.grid import Cell
from rulebook.tables.heads import BODY, Table, counts
from rulebook.tables.plaintext import distinct, one_line, plain

_APART = 0.3  # this share of rows with two cells below one head cell: they are two columns


@dataclass(frozen=True)
class Column:
    """Grid columns from start to before end that stand under one cell of the head; its texts from top to bottom."""

    start: int
    end: int
    head: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return " / ".join(self.head)


@dataclass(frozen=True, eq=False)
class Layout:
    """A table with its columns."""

    table: Table
    columns: tuple[Column, ...]

    def cells(self, row: int, index: int, first: Iterable[int] = ()) -> list[Cell]:
        """The cells with text that a column has in a row. A cell over several columns belongs to one of them.

        first: columns that come first when such a cell is given out.
        """
        column = self.columns[index]
        found = [cell for cell in self.table.grid.filled(row) if cell.column < column.end and cell.right > column.start]
        return [cell for cell in found if self._owner(cell, frozenset(first)) == index]

    def _owner(self, cell: Cell, first: frozenset[int]) -> int:
        shares = {
            index: min(cell.right, column.end) - max(cell.column, column.start)
            for index, column in enumerate(self.columns)
            if column.start < cell.right and cell.column < column.end
        }
        wanted = [index for index in shares if index in first]
        # The column it fills most of; among equals the leftmost.
        size = {index: shares[index] / (self.columns[index].end - self.columns[index].start) for index in shares}
        return wanted[0] if wanted else max(shares, key=lambda index: (size[index], -index))

    @cached_property
    def body(self) -> list[int]:
        return self.table.of_kind(BODY)

    def starts(self, index: int) -> dict[int, str]:
        """Row → text of the cells of a column that begin in it."""
        found = {}
        for row in self.body:
            texts = [cell.text for cell in self.cells(row, index) if cell.row == row]
            if texts:
                found[row] = "\n".join(texts)
        return found

    def spans(self, index: int) -> set[tuple[int, int]]:
        """(first row, rows) of the cells of a column."""
        cells = (cell for row in self.body for cell in self.cells(row, index))
        return {(cell.row, cell.rows) for cell in cells}


@dataclass
class Section:
    """Tables that one mapping reads: the same head on every page, and tables without a head that go on from it."""

    layouts: list[Layout] = field(default_factory=list)

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.layouts[0].columns

    @property
    def first(self) -> Table:
        return self.layouts[0].table

    @property
    def has_head(self) -> bool:
        return self.first.head[0] < self.first.head[1]

    def starts(self, index: int) -> list[str]:
        return [text for layout in self.layouts for text in layout.starts(index).values()]

    def fingerprint(self) -> str:
        """The same for every file whose tables are headed so; '' without a head: nothing to know it by."""
        heads = "\n".join("/".join(map(plain, column.head)) for column in self.columns)
        return hashlib.sha256(heads.encode()).hexdigest() if self.has_head else ""


def layout(table: Table) -> Layout:
    """A table with its columns: those of its head, or one for every place where cells begin."""
    return Layout(table, tuple(_columns(table)))


def _columns(table: Table) -> list[Column]:
    grid, (top, bottom) = table.grid, table.head
    if top == bottom:
        return [Column(start, end) for start, end in _edges(table, 0, grid.width)]
    last = bottom - 1 if bottom - 1 == top or not counts(grid, bottom - 1) else bottom - 2
    found: list[Column] = []
    at = 0
    while at < grid.width:
        leaf = grid.at(last, at)
        end = max(leaf.right, at + 1)
        head = tuple(distinct([one_line(grid.at(row, at).text) for row in range(top, last + 1)]))
        parts = _edges(table, at, end) if end - at > 1 and _are_apart(table, at, end) else [(at, end)]
        found += [Column(start, stop, head) for start, stop in parts]
        at = end
    return [column for column in found if column.head or _has_text(table, column)]


def _edges(table: Table, start: int, end: int) -> list[tuple[int, int]]:
    """(start, end) of the parts in which cells of the body begin."""
    begins = {start} | {cell.column for row in table.of_kind(BODY) for cell in table.grid.starting(row)}
    places = sorted(place for place in begins if start <= place < end)
    return list(zip(places, [*places[1:], end], strict=True))


def _are_apart(table: Table, start: int, end: int) -> bool:
    """Do rows of the body have several cells under this one head cell?"""
    rows = table.of_kind(BODY)
    several = sum(sum(start <= cell.column < end for cell in table.grid.starting(row)) > 1 for row in rows)
    return several > _APART * len(rows)


def _has_text(table: Table, column: Column) -> bool:
    cells = (cell for row in table.of_kind(BODY) for cell in table.grid.starting(row))
    return any(column.start <= cell.column < column.end for cell in cells)


def sections(tables: Iterable[Table]) -> list[Section]:
    """Tables in their order, those of one head together; one without a head goes on from the one before it."""
    found: list[Section] = []
    for one in map(layout, tables):
        if not one.columns or not one.table.rows:
            continue
        into = _goes_on(found, one)
        if into is None:
            found.append(Section([one]))
        elif one.table.head[0] == one.table.head[1]:
            same = into.columns if one.table.grid.width == into.first.grid.width else one.columns
            into.layouts.append(Layout(one.table, same))
        else:
            into.layouts.append(one)
    return found


def _goes_on(found: list[Section], one: Layout) -> Section | None:
    if one.table.head[0] == one.table.head[1]:
        last = found[-1] if found else None
        fits = last and (
            len(one.columns) == len(last.columns) or one.table.grid.width == last.layouts[-1].table.grid.width
        )
        return last if fits else None
    heads = [plain(column.name) for column in one.columns]
    return next((into for into in found if [plain(column.name) for column in into.columns] == heads), None)
