"""What the page of a batch shows: counts, the tab, and each row as cells that are shown, changed or to be mended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from chuangwen.base.imports.queries import Outcome, page_of
from chuangwen.base.imports.spec import ImportSpec
from chuangwen.base.lists import Slice
from chuangwen.base.models import ImportBatch, ImportRow
from chuangwen.base.workbooks import Column

LONG, LONGEST = 10, 40  # signs; a shorter text than the first stays on one line, a longer than the second is given room
COLUMNS_SHOWN = 7  # of a table with many more, the others are folded under each row
CHOICES_SHOWN = 80  # a longer list is typed, not chosen
State = ImportBatch.State


@dataclass(frozen=True)
class Cell:
    """One cell: its text; what it replaces (`was`); or, when bad, how it may be mended."""

    column: Column
    text: str
    was: str | None = None
    bad: bool = False
    value: str = ""
    choices: tuple[str, ...] = ()

    @property
    def width(self) -> str:
        """CSS class by the length of what stands in the cell."""
        longest = max(map(len, (self.text, self.value, *self.choices)))
        return "w-longest" if longest > LONGEST else "w-long" if longest > LONG else "w-short"


@dataclass(frozen=True)
class Line:
    row: ImportRow
    cells: list[Cell]
    why: str
    verb: str = ""
    folded: list[Cell] = field(default_factory=list)

    @property
    def can_clear(self) -> bool:
        """One bad cell that may stand empty."""
        bad = [cell for cell in self.cells if cell.bad]
        return len(bad) == 1 and not bad[0].column.required and bool(bad[0].text)

    @property
    def bad_key(self) -> str:
        return next((cell.column.key for cell in self.cells if cell.bad), "")


@dataclass(frozen=True)
class Page:
    """Everything the template of a batch needs besides the batch and its spec."""

    template: str
    tab: str
    tabs: list[tuple[str, str, int]]
    slice: Slice
    columns: list[Column]
    lines: list[Line]
    total: int
    bad: int
    todo: int
    blank: int  # columns of the file in which nothing stands
    kept: int = 0

    @property
    def folds(self) -> bool:
        return any(line.folded for line in self.lines)

    @property
    def says_why(self) -> bool:
        """Whether a column tells what is wrong, or why a row stayed."""
        return self.tab in ("bad", "kept") or (self.tab == "all" and self.bad > 0)


def page(batch: ImportBatch, spec: ImportSpec, person: Any, *, tab: str, cursor: str) -> Page:
    """The page of a batch; without a tab, the first that has something to act on."""
    counts = {str(outcome): batch.counts.get(outcome, 0) for outcome in (*Outcome.values, "all")}
    tabs = [(str(outcome.value), str(outcome.label), counts[outcome]) for outcome in Outcome]
    tabs.append(("all", "全部", counts["all"]))
    tab = tab if tab in (*counts, "kept") else _first(batch, counts)
    rows = page_of(batch, tab=tab, cursor=cursor)
    if spec.given and batch.state == State.APPLIED:
        _fill(rows.rows, spec.given([row.object_id for row in rows.rows if row.object_id]))
    needed = _columns(spec, rows, batch.reading["filled"], only_needed=tab == "bad")
    columns, folded = _split(needed, rows)
    offered = spec.lists(person) if batch.state == State.PREVIEW and tab in ("bad", "all") else {}
    return Page(
        template="base/import_preview.html" if batch.state == State.PREVIEW else "base/import_result.html",
        tab=tab,
        tabs=tabs,
        slice=rows,
        columns=columns,
        lines=[_line(row, columns, folded, offered) for row in rows.rows],
        total=counts["all"],
        bad=counts["bad"],
        todo=counts["new"] + counts["update"],
        blank=len(batch.reading["keys"]) - len(batch.reading["filled"]),
        kept=batch.rows.exclude(kept_because="").count() if batch.state == State.UNDONE else 0,
    )


def _first(batch: ImportBatch, counts: Mapping[str, int]) -> str:
    if batch.state == State.UNDONE:
        return "kept"
    return next((tab for tab in ("bad", "new", "update") if counts[tab]), "all")


def _columns(spec: ImportSpec, rows: Slice, filled: Sequence[str], *, only_needed: bool) -> list[Column]:
    """The columns in which something stands and those some row lacks; of bad rows what names them and what is wrong."""
    wrong = {key for row in rows.rows for key in row.errors}
    mended = {key for row in rows.rows for key, text in row.cells.items() if text}
    shown = [column for column in spec.columns if column.key in wrong or column.key in mended or column.key in filled]
    return [column for column in shown if column.required or column.key in wrong] if only_needed else shown


def _fill(rows: Sequence[ImportRow], given: Mapping[int, Mapping[str, str]]) -> None:
    """Put what the import gave where the file said nothing; shown, not kept."""
    for row in rows:
        for key, text in given.get(row.object_id or 0, {}).items():
            row.cells[key] = row.cells.get(key) or text


def _split(columns: list[Column], rows: Slice) -> tuple[list[Column], list[Column]]:
    """Columns for the table, and those to be folded where there are many: never one to be mended or changed."""
    if len(columns) <= COLUMNS_SHOWN + 1:
        return columns, []
    told = {key for row in rows.rows for key in (*row.errors, *row.changes)}
    most = max(COLUMNS_SHOWN, sum(column.key in told for column in columns))
    first = sorted(columns, key=lambda column: (column.key not in told, not column.required))[:most]
    return [column for column in columns if column in first], [column for column in columns if column not in first]


def _line(row: ImportRow, columns: list[Column], folded: list[Column], offered: Mapping[str, Any]) -> Line:
    cells = [_cell(row, column, offered) for column in columns]
    more = [Cell(column, text) for column in folded if (text := row.cells.get(column.key))]
    why = row.kept_because or "".join(dict.fromkeys(row.errors.values()))
    return Line(row, cells, why, "就用这个" if row.suggestions else "改好了", more)


def _cell(row: ImportRow, column: Column, offered: Mapping[str, Any]) -> Cell:
    text = row.cells.get(column.key, "")
    if column.key not in row.errors:
        return Cell(column, text, was=row.changes.get(column.key))
    choices = tuple(offered.get(column.header, ()))
    value = row.suggestions.get(column.key, text)
    if len(choices) > CHOICES_SHOWN or (value and value not in choices):
        choices = ()
    return Cell(column, text, bad=True, value=value, choices=choices)


def place_of(query: Mapping[str, str]) -> str:
    """The reader's tab and page, kept through a form."""
    kept = {key: query[key] for key in ("tab", "cursor") if query.get(key)}
    return f"?{urlencode(kept)}" if kept else ""
