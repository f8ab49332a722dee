"""Tables as offices hold them 现有表格: from a grid of cells to criteria, with everything left out named.

grid → find_tables → sections → propose (what each column is) → read (with a mapping people confirmed) → Reading.
Pure: whoever opens a file makes the Grid; the scoring words of a line are kept as they are, for rulebook.prose.
"""

from collections.abc import Iterable

from rulebook.tables.codes import chinese, read_code
from rulebook.tables.columns import Column, Layout, Section, sections
from rulebook.tables.found import DEEPEST, LeftOut, Level, Line, Options, Reading, Where
from rulebook.tables.grid import Cell, Grid
from rulebook.tables.heads import Table, find_tables
from rulebook.tables.methods import METHODS
from rulebook.tables.plaintext import folded
from rulebook.tables.points import said, without
from rulebook.tables.proposing import SEVERAL, Proposal, propose
from rulebook.tables.reading import read, sum_of
from rulebook.tables.rows import has_levels
from rulebook.tables.units import names
from rulebook.tables.words import LEVELS, ROLES

__all__ = [
    "DEEPEST",
    "LEVELS",
    "METHODS",
    "ROLES",
    "SEVERAL",
    "Cell",
    "Column",
    "Grid",
    "Layout",
    "LeftOut",
    "Level",
    "Line",
    "Options",
    "Proposal",
    "Reading",
    "Section",
    "Table",
    "Where",
    "chinese",
    "find",
    "find_tables",
    "folded",
    "has_levels",
    "names",
    "propose",
    "read",
    "read_code",
    "said",
    "sections",
    "sum_of",
    "without",
]


def find(grids: Iterable[Grid]) -> list[Section]:
    """Every section of the grids of one file, in their order."""
    return sections(table for grid in grids for table in find_tables(grid))
