"""The file of a table import: kept with its batch, opened as sections of tables whenever a page needs them."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from chuangwen.base import files
from chuangwen.base.imports import actions as imports
from chuangwen.base.imports import refuse_templates
from chuangwen.base.models import ImportBatch
from chuangwen.base.workbooks import HEADER_WITHIN, open_tables
from chuangwen.organisations.models import Person
from chuangwen.standards.models import StandardVersion
from chuangwen.standards.queries import KIND
from rulebook.tables import Grid, Section, find_tables, sections

Heads = dict[int, tuple[int, int]]  # grid → first row of the head and the row behind its last, where a person said so


@dataclass(frozen=True)
class File:
    """The tables of a batch's file, in sections of one head each; what of the file was not opened."""

    grids: list[Grid]
    sections: list[Section]
    notes: list[str]

    def first_grid(self, section: Section) -> int | None:
        """The number of the grid whose first table a section begins with: there its head may be pointed out."""
        grid = section.first.grid
        first = next(one.first for one in self.sections if one.first.grid is grid)
        return self.grids.index(grid) if first is section.first else None


def keep_file(*, actor: Person, version: StandardVersion, data: bytes, name: str, client_id: UUID) -> ImportBatch:
    """Begin an import with a file; refused when no table can be opened in it. Sent twice: one batch."""
    opened = open_tables(data)
    refuse_templates((grid.name, row) for grid in opened.grids for row in _first_rows(grid))
    return imports.begin(
        actor=actor,
        kind=KIND,
        data=data,
        name=name,
        media_type=files.XLSX if opened.kind == "xlsx" else files.DOCX,
        client_id=client_id,
        context={"version": version.pk},
    )


def _first_rows(grid: Grid) -> Iterator[list[str]]:
    """The rows in which a template has its head."""
    for number in range(HEADER_WITHIN):
        yield [cell.text for cell in grid.cells if cell.row == number]


def open_file(batch: ImportBatch, heads: Heads | None = None) -> File:
    """The tables of the file a batch began with."""
    opened = open_tables(files.read(batch.file))
    tables = [
        table for number, grid in enumerate(opened.grids) for table in find_tables(grid, (heads or {}).get(number))
    ]
    return File(opened.grids, sections(tables), opened.notes)
