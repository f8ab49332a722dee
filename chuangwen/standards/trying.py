"""Trying a whole version out 整套试算: one or a few imagined places, answered as on the checklist; nothing is kept."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from chuangwen.places.models import PlaceType
from chuangwen.standards.checking import faults_of
from chuangwen.standards.checklists import NO_DEFAULT, Item, Section, Wrong, concerning, sections
from chuangwen.standards.models import Criterion, StandardVersion
from chuangwen.standards.panels import MARKS
from chuangwen.standards.spec import Spec, spec_of
from rulebook import scoring

MOST_PLACES = 3
QUALIFIED = "1"
ONE = "本处"


@dataclass(frozen=True)
class Entry:
    """What is entered for one item at one imagined place: texts as typed, and the names of their fields."""

    name: str
    mark: str
    count: str
    base: str


@dataclass(frozen=True)
class Asked:
    """One item of the sheet with its entries, place by place."""

    item: Item
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Explained:
    """A line of the result, and why it is not full."""

    line: scoring.Line
    reason: scoring.Reason | None


@dataclass(frozen=True)
class Tried:
    """parts: (section, items asked); left_out: how many criteria are not right yet; problem: why nothing is scored."""

    parts: list[tuple[Section, list[Asked]]]
    left_out: int
    total: scoring.Line | None = None
    lines: tuple[Explained, ...] = ()
    notes: tuple[str, ...] = ()
    problem: str = ""


def tried(version: StandardVersion, kind: PlaceType | None, places: int, given: Mapping[str, str]) -> Tried:
    """The sheet of a type (None: everything) and its score. given: m, n, b fields of each item and place."""
    spec, left_out = _usable(version, whole=kind is None)
    try:
        standard = _compiled(json.dumps(spec, ensure_ascii=False))
    except scoring.SpecError as error:
        return Tried([], left_out, problem=error.problems[0].message)
    rows = _all(version) if kind is None else concerning(version, kind.pk)
    known = ((row, standard.criteria[standard.number[row.key]]) for row in rows if row.key in standard.number)
    parts = [
        (section, [Asked(item, tuple(_entries(item, places, given))) for item in section.items])
        for section in sections(known)
    ]
    code = kind.code if kind else ""
    frame = scoring.Frame.of([(place, code, ONE) for place in range(1, places + 1)])
    asked = [one for _, items in parts for one in items]
    wrong: list[str] = []
    sums = scoring.reduce(standard, frame, scoring.Answers.of(standard, frame, list(_answers(asked, wrong))))
    whole = scoring.score(standard, sums).whole
    notes = (*wrong, *(f"{rejected.reason}。" for rejected in sums.rejected), *whole.remarks)
    return Tried(parts, left_out, whole.total, tuple(_explained(whole, asked)), notes)


def _all(version: StandardVersion) -> Iterable[Criterion]:
    return version.criteria.select_related("indicator").order_by("position", "id")


def _usable(version: StandardVersion, *, whole: bool) -> tuple[Spec, int]:
    """The spec without what is not right yet, and how much that is; for the whole of it every place has every type."""
    if version.spec:
        spec, faulty = version.spec, set()
    else:
        spec = spec_of(version)
        faulty = {problem.key for problem in faults_of(version, spec)}
    kept, count = _pruned(spec["nodes"], faulty, whole)
    plain = {name: value for name, value in spec.items() if name not in ("nodes", "points")}
    return plain | ({"place_types": {}} if whole else {}) | {"nodes": kept}, count


def _pruned(nodes: Iterable[Spec], faulty: set[str], whole: bool) -> tuple[list[Spec], int]:
    found, lost = [], 0
    for node in nodes:
        children, below = _pruned(node.get("children", ()), faulty, whole)
        rows = node.get("criteria", ())
        criteria = [row | ({"place_types": []} if whole else {}) for row in rows if row["key"] not in faulty]
        gone = below + len(rows) - len(criteria)
        lost += gone
        if children or criteria:
            own = {name: value for name, value in node.items() if name not in ("children", "criteria")}
            if gone or node["key"] in faulty:
                own.pop("points", None)
            found.append(own | {"children": children, "criteria": criteria})
    return found, lost


@lru_cache(maxsize=4)
def _compiled(spec: str) -> scoring.Standard:
    return scoring.compile_standard(json.loads(spec))


def _entries(item: Item, places: int, given: Mapping[str, str]) -> Iterator[Entry]:
    for place in range(1, places + 1):
        name = f"{place}-{item.name}"
        mark = given.get(f"m{name}", QUALIFIED)
        yield Entry(name, mark if mark in MARKS else QUALIFIED, given.get(f"n{name}", ""), given.get(f"b{name}", ""))


def _answers(asked: Iterable[Asked], wrong: list[str]) -> Iterator[scoring.Answer]:
    """Answers of all places; a number not entered, or not to be taken, is not examined, the latter with its reason."""
    for one in asked:
        item = one.item
        for place, entry in enumerate(one.entries, start=1):
            try:
                mark, numbers = _entered(item, entry)
            except Wrong as why:
                wrong.append(f"{item.full}：{why}")
                mark, numbers = 0, (0, 0)
            yield scoring.Answer(place, item.criterion.key, item.ordinal, mark, *numbers)


def _entered(item: Item, entry: Entry) -> tuple[int, tuple[int, int]]:
    """Mark and numbers of an entry; Wrong where a number cannot be taken."""
    if not entry.count.strip():
        return (0 if item.ask in NO_DEFAULT else int(entry.mark)), (0, 0)
    return int(entry.mark), item.numbers(entry.count.strip(), entry.base.strip())


def _explained(whole: Any, asked: Iterable[Asked]) -> Iterator[Explained]:
    """Indicators with points on this sheet, and under them the criteria that are not full, with their reason."""
    on_sheet = {one.item.criterion.key for one in asked}
    for key, line in whole.lines.items():
        if line.kind == "node" and line.level and line.state == scoring.SCORED:
            yield Explained(line, None)
        elif line.kind == "criterion" and key in on_sheet and (line.lost or line.state != scoring.SCORED):
            yield Explained(line, scoring.reason(whole, key))
