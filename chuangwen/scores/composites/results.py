"""The result of a composite as rows of text: worked out from the parts, or read as it was kept when published."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from django.utils import timezone

from chuangwen.scores.composites import subjects
from chuangwen.scores.composites.gathering import ENTERED, Gathered, Source, gather
from chuangwen.scores.composites.spec import EXTRAS, compiled, faults_of
from chuangwen.scores.models import Composite, CompositePart, CompositeScore
from chuangwen.scores.parts import percent
from rulebook.scoring import shown, written
from rulebook.scoring.composing import Composed, Part, compose_all, rank_all, shares_of
from rulebook.scoring.composing import Composite as Compiled
from rulebook.scoring.exact import plain
from rulebook.scoring.ranking import Place


@dataclass(frozen=True)
class Head:
    """A part as the head of its column: its share where all have results, and where its scores come from."""

    key: str
    label: str
    level: int
    weight: str  # per cent of the total; empty where the term takes one of several
    gate: str
    source: str  # kind of the source: run, round, entered; empty: formed from those below
    said: str
    uuid: str = ""
    provisional: bool = False


@dataclass(frozen=True)
class Cell:
    """A part of one subject: what it got of so many, what it counted of the total. origin: who said an entered one."""

    key: str
    label: str
    level: int
    got: str
    of: str
    share: str
    gave: str
    origin: str = ""

    @property
    def missing(self) -> bool:
        return not self.got


@dataclass(frozen=True)
class Row:
    """A subject in the ranking with all that is said of it."""

    subject_id: int
    name: str
    total: str
    got: int | None
    rank: int | None
    tied: bool
    above: str
    below: str
    barred: list[str]
    remarks: list[str]
    cells: list[Cell]
    sums: list[list[str]]  # in words and points, the last is the total
    extras: list[list[str]]  # what is added or deducted on top: in words, and who said so

    @property
    def told(self) -> str:
        """Why it takes no rank, what is missing."""
        out = [f"{'；'.join(self.barred)}，不参加排名"] if self.barred else []
        return "；".join([*out, *self.remarks])

    def cell(self, key: str) -> Cell:
        return next(cell for cell in self.cells if cell.key == key)

    @property
    def is_shifted(self) -> bool:
        """Does something missing make the others count more?"""
        return any(cell.missing for cell in self.cells)

    @property
    def top(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.level == 1]


@dataclass(frozen=True)
class Result:
    """heads: every part in reading order; rows: best first, those without a rank at the end."""

    heads: list[Head] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    faults: int = 0

    @property
    def top(self) -> list[Head]:
        return [head for head in self.heads if head.level == 1]

    @property
    def provisional(self) -> list[Head]:
        return [head for head in self.heads if head.provisional]

    def row(self, subject_id: int | None) -> Row | None:
        return next((row for row in self.rows if row.subject_id == subject_id), None)

    def only(self, seen: set[int] | None) -> "Result":
        """With the rows of some subjects, their ranks those among all."""
        rows = self.rows if seen is None else [row for row in self.rows if row.subject_id in seen]
        return Result(self.heads, rows, self.faults)


def result_of(composite: Composite) -> Result:
    """As it was published; of a draft as it stands today, empty while it has faults."""
    if not composite.is_draft:
        return kept(composite)
    parts = list(composite.parts.select_related("round__version").defer("round__version__spec"))
    if faults := faults_of(composite, parts):
        return Result(faults=len(faults))
    return worked_out(composite, parts)


def kept(composite: Composite) -> Result:
    """From the published rows only."""
    rows = [
        Row(**{**line.row, "cells": [Cell(**cell) for cell in line.row["cells"]]}) for line in composite.lines.all()
    ]
    return Result([Head(**head) for head in composite.kept["heads"]], rows)


def worked_out(composite: Composite, parts: Sequence[CompositePart]) -> Result:
    """The result as the parts stand."""
    spec, found = compiled(composite, parts), gather(composite, parts)
    scores = {key: source.scores for key, source in found.sources.items()}
    extras = {column: _numbers(rows) for column, rows in found.extras.items() if rows}
    composed = compose_all(spec, scores, **extras)
    make = _Rows(spec, found, subjects.names_of(composite, [int(str(key)) for key in composed]))
    return Result(list(heads_of(spec, found)), [make.row(place, composed[place.key]) for place in rank_all(composed)])


def _numbers(rows: Mapping[int, CompositeScore]) -> dict[int, Fraction]:
    return {key: Fraction(row.got) for key, row in rows.items()}


def heads_of(spec: Compiled, found: Gathered) -> Iterator[Head]:
    shares = dict(nominal(spec.root, Fraction(1)))
    for part, level in _levels(spec.root):
        source = found.sources.get(part.key, Source("", ""))
        share = shares[part.key]
        yield Head(
            key=part.key,
            label=part.label,
            level=level,
            weight="" if share is None else percent(share),
            gate="" if part.gate is None else plain(part.gate),
            source=source.kind,
            said=source.said,
            uuid=source.uuid,
            provisional=source.provisional,
        )


def _levels(part: Part, level: int = 1) -> Iterator[tuple[Part, int]]:
    for one in part.parts:
        yield one, level
        yield from _levels(one, level + 1)


def nominal(part: Part, share: Fraction | None) -> Iterator[tuple[str, Fraction | None]]:
    """What each part counts of the total where all have results; None where one of several is taken."""
    fixed = part.term in ("weighted", "mean") and share is not None
    shares = shares_of(part, [Fraction(1)] * len(part.parts)) if fixed else [None] * len(part.parts)
    for one, inner in zip(part.parts, shares, strict=True):
        own = None if share is None or inner is None else share * inner
        yield one.key, own
        yield from nominal(one, own)


@dataclass(frozen=True)
class _Rows:
    """Makes the row of a subject from its place and what it came to."""

    spec: Compiled
    found: Gathered
    names: Mapping[int, str]

    def row(self, place: Place, one: Composed) -> Row:
        key = int(str(place.key))
        return Row(
            subject_id=key,
            name=self.names[key],
            total=one.shown_got,
            got=one.published_got,
            rank=place.rank,
            tied=place.tied,
            above=self._gap(place.above),
            below=self._gap(place.below),
            barred=list(one.barred),
            remarks=list(one.remarks),
            cells=list(self._cells(key, one)),
            sums=[list(pair) for pair in one.explained],
            extras=[
                [f"{words} {rows[key].got}", origin_of(rows[key])]
                for words, rows in ((EXTRAS[column], rows) for column, rows in self.found.extras.items())
                if key in rows
            ],
        )

    def _gap(self, value: int | None) -> str:
        return "" if value is None else shown(value, self.spec.digits)

    def _cells(self, key: int, one: Composed) -> Iterator[Cell]:
        points = {part.key: part.points for part in self.spec.root.walk()}
        for line in one.lines[1:]:
            source = self.found.sources.get(line.key)
            score = source.scores.get(key) if source else None
            digits = self.spec.digits if score is None or score.digits is None else score.digits
            has = line.got is not None
            yield Cell(
                key=line.key,
                label=line.label,
                level=line.level,
                got=written(line.got, digits) if line.got is not None else "",
                of=plain(score.possible if score else points[line.key], 0) if has else "",
                share=percent(line.share) if has else "",
                gave=written(line.gave, self.spec.digits) if has else "",
                origin=origin_of(source.entered.get(key)) if source and source.kind == ENTERED else "",
            )


def origin_of(row: CompositeScore | None) -> str:
    """Who said an entered score, who entered it and when."""
    if row is None:
        return ""
    entered = f"{row.entered_by.name} {timezone.localdate(row.entered_at).isoformat()} 录入"
    return f"{row.source}，{row.given_on.isoformat()}；{entered}"
