"""A table as it was found: cells with their spans. Whoever opens the file makes it; nothing here knows of files."""

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell by its upper left corner, counted from 0, and how many rows and columns it covers."""

    row: int
    column: int
    text: str = ""
    rows: int = 1
    columns: int = 1

    @property
    def bottom(self) -> int:
        """The first row below it."""
        return self.row + self.rows

    @property
    def right(self) -> int:
        """The first column right of it."""
        return self.column + self.columns


@dataclass(frozen=True, eq=False)
class Grid:
    """A sheet of a workbook, or a table of a Word file. Cells never overlap; what no cell covers is blank.

    name: what people call it (Sheet1, 第2张表). title: the lines that stand right above it, outside.
    """

    name: str
    cells: tuple[Cell, ...]
    title: tuple[str, ...] = ()

    @cached_property
    def height(self) -> int:
        return max((cell.bottom for cell in self.cells), default=0)

    @cached_property
    def width(self) -> int:
        return max((cell.right for cell in self.cells), default=0)

    @cached_property
    def _covering(self) -> dict[tuple[int, int], Cell]:
        return {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.bottom)
            for column in range(cell.column, cell.right)
        }

    def at(self, row: int, column: int) -> Cell:
        """The cell that covers a place; a blank one where none does."""
        return self._covering.get((row, column)) or Cell(row, column)

    @cached_property
    def _by_row(self) -> dict[int, list[Cell]]:
        found: dict[int, list[Cell]] = {}
        for cell in sorted(self.cells, key=lambda cell: (cell.column, cell.row)):
            for row in range(cell.row, cell.bottom) if cell.text else ():
                found.setdefault(row, []).append(cell)
        return found

    def filled(self, row: int) -> list[Cell]:
        """The cells with text that cover a row, from left to right; each once."""
        return self._by_row.get(row, [])

    def starting(self, row: int) -> list[Cell]:
        """Those of them that begin in it."""
        return [cell for cell in self.filled(row) if cell.row == row]
