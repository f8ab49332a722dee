"""What an app says about one kind of import."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.forms import Field
from django.http import Http404

from chuangwen.base.models import ImportBatch, ImportRow
from chuangwen.base.workbooks import Column

Outcome = ImportRow.Outcome


@dataclass(frozen=True)
class Row:
    """A row to be checked: its number in the sheet, column key → tidy text ('' = blank; absent = no such column)."""

    number: int
    cells: dict[str, str]


@dataclass
class Checked:
    """What a row would do. errors: column key → what is wrong and how to mend it; any error makes it `bad`.

    suggestions: column key → the value offered in its place. changes: column key → today's text, for an update.
    values: whatever `apply` needs; never stored, checked anew before it is used.
    """

    number: int
    outcome: str = Outcome.BAD
    errors: dict[str, str] = field(default_factory=dict)
    suggestions: dict[str, str] = field(default_factory=dict)
    changes: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    object_id: int | None = None


@dataclass(frozen=True)
class Applied:
    """What a row did: the object, and what undoing needs to know (JSON)."""

    number: int
    object_id: int
    before: dict[str, Any] | None = None


@dataclass(frozen=True)
class Undoing:
    """A row to be taken back; is_new: the import made the object."""

    number: int
    object_id: int
    is_new: bool
    before: dict[str, Any] | None


def _no_fields(person: Any) -> dict[str, Field]:
    return {}


def _nothing(context: dict[str, Any]) -> list[models.Model]:
    return []


def _no_lists(person: Any) -> dict[str, Sequence[str]]:
    return {}


@dataclass(frozen=True)
class ImportSpec:
    """One kind of import.

    check(rows, context, person): every row of the file, in a constant number of queries, in any order.
    apply(checked, context, person): rows that are new or update, inside the caller's transaction, in bulk; no event
    (base records one, named `event`, with every object as target).
    undo(rows, person): takes back what can be, inside the transaction; returns row number → why it must stay.
    context_fields(person): form fields asked with the file (their values are `context`, objects as keys).
    lists(person): header → allowed values, for the template's choices and the repair of a cell.
    page_url: the kind's own page of a batch before it is confirmed, by its URL name; such a kind begins on a page of
    its app, with `begin` and `fill`. onward(batch): (words, address) of what to look at once the rows are in.
    given(keys): object → column key → text, for cells the file left empty and the import filled (an account).
    beside(context): what else an import and its undoing are told of (in the history of what the rows belong to).
    updates: what becomes of what is there already, in the words of the page and the template.
    """

    kind: str
    title: str  # what the rows are: 点位
    measure: str  # 处
    model: type[models.Model]
    event: str
    columns: tuple[Column, ...]
    permission: Callable[[Any], bool]
    check: Callable[[list[Row], dict[str, Any], Any], list[Checked]]
    apply: Callable[[list[Checked], dict[str, Any], Any], list[Applied]]
    undo: Callable[[list[Undoing], Any], dict[int, str]]
    list_url: str
    examples: tuple[dict[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    updates: str = "已有的按编码认出来更新：空着的格不改，写“清空”两个字就把原来的内容清掉。"
    lists: Callable[[Any], dict[str, Sequence[str]]] = _no_lists
    context_fields: Callable[[Any], dict[str, Field]] = _no_fields
    page_url: str = ""
    onward: Callable[[ImportBatch], tuple[str, str]] | None = None
    given: Callable[[list[int]], dict[int, dict[str, str]]] | None = None
    beside: Callable[[dict[str, Any]], list[models.Model]] = _nothing

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)


_specs: dict[str, ImportSpec] = {}


def register(spec: ImportSpec) -> None:
    """Called in AppConfig.ready."""
    _specs[spec.kind] = spec


def spec_of(kind: str) -> ImportSpec:
    """The import of this kind; 404 when there is none."""
    if kind not in _specs:
        raise Http404(kind)
    return _specs[kind]


def registered() -> list[ImportSpec]:
    return list(_specs.values())


def specs_for(person: Any) -> list[ImportSpec]:
    """The imports a person may begin from a template."""
    return [spec for spec in _specs.values() if spec.permission(person) and not spec.page_url]
