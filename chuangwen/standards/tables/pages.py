"""The page on which the columns of a file's tables are pointed out: each table as found, a choice over each column."""

from collections.abc import Callable
from dataclasses import dataclass

from django.forms import BoundField
from django.http import QueryDict

from chuangwen.base.models import ImportBatch
from chuangwen.standards.models import StandardVersion
from chuangwen.standards.tables.forms import MappingForm, read_heads
from chuangwen.standards.tables.mapping import Mapping, proposed
from chuangwen.standards.tables.opening import File, Heads, open_file
from rulebook.tables import Column, Grid, Proposal, Section

ROWS_SHOWN = 6  # of the body
LONGEST = 80  # signs of a cell


@dataclass(frozen=True)
class Place:
    """A cell as the page lays it out."""

    text: str
    rows: int
    columns: int


@dataclass(frozen=True)
class Shown:
    """A row of a table: its number as its reader counts, whether it is head."""

    number: int
    is_head: bool
    places: list[Place]


@dataclass(frozen=True)
class Choice:
    """A column with the field that says what it is, and why it was proposed; width in columns of the grid."""

    column: Column | None
    field: BoundField | None
    proposal: Proposal | None
    width: int


@dataclass(frozen=True)
class PartPage:
    """One section on the page of columns."""

    number: int
    section: Section
    read: BoundField
    top: BoundField | None
    bottom: BoundField | None
    choices: list[Choice]
    rows: list[Shown]
    more: int

    @property
    def where(self) -> str:
        """The tables it is made of, by name."""
        names = list(dict.fromkeys(layout.table.grid.name for layout in self.section.layouts))
        return names[0] if len(names) == 1 else f"{names[0]} 等 {len(names)} 张表"


@dataclass
class ColumnsPage:
    """What the page holds. moved: the heads were changed, so the columns are to be looked at again."""

    file: File
    form: MappingForm
    proposals: list[list[Proposal]]
    moved: bool = False

    def is_ready(self) -> bool:
        """May the file be read as the form says?"""
        return not self.moved and self.form.is_valid()

    @property
    def parts(self) -> list[PartPage]:
        return _parts(self.file, self.form, self.proposals)

    @property
    def asks_top(self) -> bool:
        """Is it worth asking where the first level stands?"""
        return bool(self.form.mapping.options.top or self.form.errors.get("top"))


def columns(batch: ImportBatch, version: StandardVersion, data: QueryDict | None) -> ColumnsPage:
    """The page as first offered, as said before, or as just sent."""
    return as_said(batch, data, lambda heads: _offered(batch, version, heads))


def as_said(batch: ImportBatch, data: QueryDict | None, offered: Callable[[Heads], ColumnsPage]) -> ColumnsPage:
    """The same for any table whose columns are pointed out; offered: the page for heads, with the form of its kind."""
    kept = Mapping.of_json(batch.context["mapping"]) if "mapping" in batch.context else None
    heads = read_heads(data.get("heads", "")) if data else kept.heads if kept else {}
    page = offered(heads)
    form = type(page.form)
    if data:
        page.form = form(page.file, page.form.mapping, data)
        pointed = page.form.pointed_heads()
        if pointed != heads:
            page = offered(pointed)
            page.moved = True
    elif kept and kept.fits(page.file):
        page.form = form(page.file, kept)
    return page


def _offered(batch: ImportBatch, version: StandardVersion, heads: Heads) -> ColumnsPage:
    file = open_file(batch, heads)
    mapping, proposals = proposed(file, version.standard.jurisdiction, heads)
    return ColumnsPage(file, MappingForm(file, mapping), proposals)


def _parts(file: File, form: MappingForm, proposals: list[list[Proposal]]) -> list[PartPage]:
    """Every section of a file, in its order."""
    found = []
    for number, section in enumerate(file.sections):
        body = sum(len(layout.body) for layout in section.layouts)
        shown = section.layouts[0].body[:ROWS_SHOWN]
        found.append(
            PartPage(
                number=number,
                section=section,
                read=form[f"read_{number}"],
                top=form[f"top_{number}"] if f"top_{number}" in form.fields else None,
                bottom=form[f"bottom_{number}"] if f"bottom_{number}" in form.fields else None,
                choices=_choices(section, form, number, proposals[number]),
                rows=_rows(section),
                more=body - len(shown),
            )
        )
    return found


def _choices(section: Section, form: MappingForm, number: int, proposals: list[Proposal]) -> list[Choice]:
    found: list[Choice] = []
    at = 0
    for index, column in enumerate(section.columns):
        if column.start > at:
            found.append(Choice(None, None, None, column.start - at))
        width = column.end - column.start
        found.append(Choice(column, form[f"role_{number}_{index}"], proposals[index], width))
        at = column.end
    rest = section.first.grid.width - at
    return [*found, Choice(None, None, None, rest)] if rest > 0 else found


def _rows(section: Section) -> list[Shown]:
    """The head and the first rows of the body, as they stand in the file."""
    table = section.first
    top, bottom = table.head
    last = bottom
    for row in section.layouts[0].body[:ROWS_SHOWN]:
        last = max(last, row + 1)
    start = top if section.has_head else (table.rows[0][0] if table.rows else 0)
    return [Shown(row + 1, row < bottom, _places(table.grid, row, start, last)) for row in range(start, last)]


def _places(grid: Grid, row: int, start: int, end: int) -> list[Place]:
    found = []
    for column in range(grid.width):
        cell = grid.at(row, column)
        if cell.column == column and row == max(cell.row, start):
            text = cell.text if len(cell.text) <= LONGEST else f"{cell.text[:LONGEST]}…"
            found.append(Place(text, min(cell.bottom, end) - row, cell.columns))
    return found
