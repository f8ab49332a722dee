"""The contexts of the pages of composites."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Count
from django.urls import reverse

from chuangwen.base.history import lines
from chuangwen.base.ids import key_of
from chuangwen.base.imports import Directory
from chuangwen.base.lists import Slice, keyset
from chuangwen.inspections.models import Round
from chuangwen.inspections.queries import governed_rounds
from chuangwen.organisations.models import Person
from chuangwen.organisations.queries import scope_of
from chuangwen.scores.composites import subjects
from chuangwen.scores.composites.gathering import RUN
from chuangwen.scores.composites.results import Cell, Head, Row, result_of
from chuangwen.scores.composites.shaping import DEEPEST, Shape, level_of
from chuangwen.scores.composites.spec import TOP, Fault, columns_of
from chuangwen.scores.models import Composite, CompositePart
from chuangwen.scores.queries import scored_rounds


def composite_list(person: Person, query: Mapping[str, str]) -> dict[str, Any]:
    """Composites, newest first."""
    rows = subjects.visible_to(person).select_related("jurisdiction").annotate(count=Count("parts"))
    found = keyset(rows, order=("-last_year", "-id"), cursor=query.get("cursor", ""))
    return {"slice": found, "governs": bool(scope_of(person).jurisdiction_ids)}


@dataclass(frozen=True)
class PartLine:
    """A part of the subject looked at, with the page of the score behind it (empty: none that may be opened)."""

    head: Head
    cell: Cell
    address: str


def composite_page(person: Person, composite: Composite, query: Mapping[str, str]) -> dict[str, Any] | None:
    """The ranking, and how the total of one subject comes about; None where the subject is not the person's to see."""
    result = result_of(composite)
    seen = subjects.seen_by(person, composite)
    shown = result.only(seen)
    asked = key_of(query.get("subject"))
    row = shown.row(asked) if asked is not None else (shown.rows[0] if len(shown.rows) == 1 else None)
    if asked is not None and row is None:
        return None
    links = Links.of(person, composite, result.heads)
    return {
        "composite": composite,
        "called": subjects.CALLED[Composite.Kind(composite.kind)],
        "result": shown,
        "count": len(result.rows),
        "rows": [(one, [(cell, links.of_cell(one, cell)) for cell in one.top]) for one in shown.rows],
        "row": row,
        "lines": [PartLine(h, row.cell(h.key), links.of_cell(row, row.cell(h.key))) for h in result.heads]
        if row
        else [],
        "governs": seen is None,
        "history": lines(composite) if seen is None else [],
    }


@dataclass(frozen=True)
class Links:
    """Where a click on a part leads: the office to the run's page of that subject, others to the round's once public.

    A region or place may be somebody's without every visit being theirs: they stay with what the line itself tells.
    """

    composite: Composite
    heads: dict[str, Head]
    runs: bool
    rounds: dict[str, str]  # uuid of a run or round → uuid of the round, where the person may open it

    @classmethod
    def of(cls, person: Person, composite: Composite, heads: Sequence[Head]) -> "Links":
        uuids = [head.uuid for head in heads if head.uuid]
        rounds = scored_rounds(person)
        pairs = [(uuid, uuid) for uuid in rounds.filter(uuid__in=uuids).values_list("uuid", flat=True)]
        pairs += rounds.filter(runs__uuid__in=uuids).values_list("runs__uuid", "uuid")
        found = {str(key): str(uuid) for key, uuid in pairs}
        return cls(composite, {head.key: head for head in heads}, subjects.governs(person, composite), found)

    def of_cell(self, row: Row, cell: Cell) -> str:
        head = self.heads[cell.key]
        if cell.missing:
            return ""
        if head.uuid not in self.rounds or not (self.runs or self.composite.kind == Composite.Kind.UNIT):
            return f"?subject={row.subject_id}#part-{head.key}"
        name = "run" if head.source == RUN and self.runs else "round"
        uuid = head.uuid if name == "run" else self.rounds[head.uuid]
        whole = self.composite.kind == Composite.Kind.WHOLE
        part = "" if whole else f"?{self.composite.kind}={row.subject_id}"
        return reverse(f"scores:{name}", args=[uuid]) + part


def address_of(pk: int) -> str:
    """The page of a composite by its key; the list where it is gone."""
    uuid = Composite.objects.filter(pk=pk).values_list("uuid", flat=True).first()
    return reverse("scores:composite", args=[uuid]) if uuid else reverse("scores:composites")


def rounds_for(person: Person, composite: Composite) -> dict[int, Round]:
    """The rounds a part may take, newest first."""
    rows = governed_rounds(person).filter(jurisdiction=composite.jurisdiction_id).order_by("-starts_on", "-id")
    return {round.pk: round for round in rows}


@dataclass(frozen=True)
class ShapeRow:
    """One row of the parts page."""

    shape: Shape
    level: int
    forms: bool  # it is formed from parts below
    scored: bool  # scores are entered for it
    faults: list[Fault]

    @property
    def may_hold_more(self) -> bool:
        return self.level < DEEPEST and not self.scored

    def _said(self, name: str) -> str:
        return "".join(fault.words for fault in self.faults if fault.field == name)

    @property
    def label_bad(self) -> str:
        return self._said("label") + self._said("")

    @property
    def weight_bad(self) -> str:
        return self._said("weight")

    @property
    def points_bad(self) -> str:
        return self._said("points")

    @property
    def gate_bad(self) -> str:
        return self._said("gate")

    @property
    def term_bad(self) -> str:
        return self._said("term") + self._said("parts")


def shape_rows(composite: Composite, shapes: Sequence[Shape], faults: Sequence[Fault]) -> list[ShapeRow]:
    above = {shape.parent_key for shape in shapes}
    scored = set(composite.scores.values_list("column", flat=True))
    return [
        ShapeRow(
            shape=shape,
            level=level_of(shapes, shape),
            forms=shape.key in above,
            scored=shape.key in scored,
            faults=[fault for fault in faults if fault.key == shape.key],
        )
        for shape in shapes
    ]


def top_faults(faults: Sequence[Fault]) -> list[str]:
    """Of the whole; those at a field stand there."""
    return [fault.words for fault in faults if fault.key == TOP and not fault.field]


@dataclass(frozen=True)
class EntryTable:
    """The subjects of a page of the table, what is entered of them, and everything that can be named when pasting."""

    columns: dict[str, str]
    subjects: list[tuple[int, str]]
    there: dict[tuple[str, int], str]
    register: Callable[[], Directory]
    slice: Slice


def entry_table(person: Person, composite: Composite, query: Mapping[str, str]) -> EntryTable:
    parts = list(CompositePart.objects.filter(composite=composite))
    there = {(row.column, row.subject_id): row.got for row in composite.scores.all()}
    among = subjects.candidates(person, composite)
    if among is None:
        found = Slice([subjects.Whole(composite.jurisdiction.name)])
    else:
        words = query.get("q", "").strip()
        listed = among.filter(name__icontains=words) if words else among
        order = ("code", "id") if composite.kind == Composite.Kind.PLACE else ("path", "id")
        found = keyset(listed, order=order, cursor=query.get("cursor", ""))
    named = [(row.pk, row.name) for row in found.rows]
    return EntryTable(columns_of(parts), named, there, partial(register_of, person, composite), found)


def register_of(person: Person, composite: Composite) -> Directory:
    """Every subject by code and name."""
    called = f"{subjects.CALLED[Composite.Kind(composite.kind)]}名册"
    among = subjects.candidates(person, composite)
    if among is None:
        whole = subjects.Whole(composite.jurisdiction.name)
        return Directory([(whole.pk, whole.name, [whole.name])], called=called)
    return Directory([(row.pk, row.code, {row.name, getattr(row, "short_name", "")}) for row in among], called=called)
