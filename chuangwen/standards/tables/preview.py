"""The rows read out of a table, as a tree beside their source: what is wrong, what is open, what was left out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chuangwen.base.imports.spec import Outcome
from chuangwen.base.lists import Slice
from chuangwen.base.models import ImportBatch, ImportRow
from chuangwen.standards.panels import compiled
from chuangwen.standards.rules import REGISTERED, Unreadable, read
from rulebook.scoring.exact import decimal, plain

SIZE = 50
LEVELS = (1, 2, 3, 4)
EDITED = (
    ("label", "标准编号"),
    ("text", "测评标准"),
    ("method", "测评方法"),
    ("types", "点位类型"),
    ("points", "分值"),
    ("kind", "规则"),
    ("rule", "规则参数"),
    ("items", "分项"),
    ("lead", "牵头单位"),
    ("assist", "配合单位"),
)
AREAS = ("text", "rule", "items")


@dataclass(frozen=True)
class Edit:
    """A cell that may be changed on the page."""

    key: str
    label: str
    value: str
    why: str = ""
    hint: str = ""

    @property
    def is_area(self) -> bool:
        return self.key in AREAS

    @property
    def choices(self) -> list[str]:
        return [kind.label for kind in REGISTERED] if self.key == "kind" else []


@dataclass(frozen=True)
class Entry:
    """One row: the indicators that begin with it, its rule in words, what is open, what to look at."""

    row: ImportRow
    level: int  # of the first indicator that begins with it
    headings: list[str]
    words: str
    open_: list[str]
    notes: list[str]
    why: str
    edits: list[Edit] = field(default_factory=list)

    @property
    def cells(self) -> dict[str, str]:
        return self.row.cells

    @property
    def items(self) -> list[str]:
        return self.cells.get("items", "").splitlines()


@dataclass(frozen=True)
class Preview:
    """Everything the page shows."""

    tab: str
    tabs: list[tuple[str, str, int]]
    slice: Slice
    entries: list[Entry]
    left_out: list[dict[str, Any]]
    lines: int
    indicators: int
    points: str
    bad: int
    open_points: int
    open_rules: int


def preview(batch: ImportBatch, asked: Mapping[str, str]) -> Preview:
    """The page of a batch whose columns were pointed out; one query."""
    rows = list(batch.rows.order_by("number"))
    left_out = batch.reading.get("left_out", [])
    groups = {
        "all": rows,
        "bad": [row for row in rows if row.outcome == Outcome.BAD],
        "open": [row for row in rows if _open(row.cells)],
        "notes": [row for row in rows if row.cells.get("notes")],
    }
    names = (("all", "全部"), ("bad", "要改"), ("open", "还没有定"), ("notes", "请看一眼"))
    tabs = [(name, label, len(groups[name])) for name, label in names]
    tabs.append(("left", "没有读成标准的", len(left_out)))
    wanted = asked.get("tab", "") or ("bad" if groups["bad"] else "all")
    tab = wanted if wanted in (*groups, "left") else "all"
    page = _page(groups.get(tab, []), asked.get("cursor", ""))
    before = _before(rows, page)
    return Preview(
        tab=tab,
        tabs=tabs,
        slice=page,
        entries=_entries(page.rows, before, asked.get("edit", "")),
        left_out=left_out if tab == "left" else [],
        lines=len(rows),
        indicators=len({path for row in rows for path in _paths(row.cells)}),
        points=_sum(rows),
        bad=len(groups["bad"]),
        open_points=sum(not row.cells.get("points") for row in rows),
        open_rules=sum(not row.cells.get("kind") for row in rows),
    )


def _page(rows: list[ImportRow], cursor: str) -> Slice:
    """A page of rows in memory; the cursor is the place of its first row."""
    last = max(0, (len(rows) - 1) // SIZE * SIZE)
    start = last if cursor == "last" else min(int(cursor), last) if cursor.isascii() and cursor.isdigit() else 0
    start = start // SIZE * SIZE
    following = str(start + SIZE) if start + SIZE < len(rows) else ""
    return Slice(rows[start : start + SIZE], following, str(start - SIZE) if start else "", start == 0)


def _before(rows: list[ImportRow], page: Slice) -> dict[str, str]:
    """The cells of the row before the page, so that its first heading says only what begins there."""
    return {} if page.is_first or not page.rows else rows[max(0, rows.index(page.rows[0]) - 1)].cells


def _entries(rows: list[ImportRow], before: dict[str, str], edited: str) -> list[Entry]:
    found = []
    for row in rows:
        found.append(
            Entry(
                row=row,
                level=_same(row.cells, before) + 1,
                headings=_headings(row.cells, before),
                words=rule_words(row.cells),
                open_=_open(row.cells),
                notes=row.cells.get("notes", "").splitlines(),
                why="".join(dict.fromkeys(row.errors.values())),
                edits=_edits(row) if str(row.number) == edited else [],
            )
        )
        before = row.cells
    return found


def _edits(row: ImportRow) -> list[Edit]:
    """The cells people change, and any other that is wrong."""
    named = dict(EDITED)
    others = {key: "" for key in row.errors if key not in named}
    return [
        Edit(
            key,
            label or key,
            row.suggestions.get(key, row.cells.get(key, "")),
            row.errors.get(key, ""),
            _example(row.cells) if key == "rule" else "",
        )
        for key, label in {**named, **others}.items()
    ]


def _example(cells: dict[str, str]) -> str:
    """How the settings of the chosen kind are written."""
    kind = next((kind for kind in REGISTERED if kind.label == cells.get("kind")), None)
    if kind is None:
        return "规则可以先不定，写进草稿以后在页面上定。"
    return f"照这样写：{kind.example}。" if kind.example else ""


def _path(cells: dict[str, str]) -> list[tuple[str, str]]:
    found = [(cells.get(f"label{level}", ""), cells.get(f"name{level}", "")) for level in LEVELS]
    return [name for name in found if name[1]]


def _paths(cells: dict[str, str]) -> list[tuple[tuple[str, str], ...]]:
    path = _path(cells)
    return [tuple(path[:depth]) for depth in range(1, len(path) + 1)]


def _same(cells: dict[str, str], before: dict[str, str]) -> int:
    """How many levels a row has in common with the row before."""
    pairs = zip(_path(cells), _path(before), strict=False)
    return next(
        (depth for depth, (one, other) in enumerate(pairs) if one != other), min(len(_path(cells)), len(_path(before)))
    )


def _headings(cells: dict[str, str], before: dict[str, str]) -> list[str]:
    """The levels of a row that the row before has not, with their points."""
    found = []
    for level, (label, name) in enumerate(_path(cells), 1):
        points = cells.get(f"points{level}", "")
        if level > _same(cells, before):
            found.append(f"{label} {name}".strip() + (f"（{points} 分）" if points else ""))
    return found


def _open(cells: dict[str, str]) -> list[str]:
    """What is still to be filled in."""
    return [words for key, words in (("points", "分值"), ("kind", "规则")) if not cells.get(key)]


def rule_words(cells: dict[str, str]) -> str:
    """The rule a row has, in words; '' when it has none or it cannot be read."""
    if not cells.get("kind"):
        return ""
    try:
        rule = read(cells["kind"], cells.get("rule", ""), cells.get("items", ""))
    except Unreadable:
        return ""
    rules = {"rules": rule["rules"], "combine": rule.get("combine", "sum")} if "rules" in rule else {"rule": rule}
    standard, _ = compiled({"key": "c", "points": cells.get("points") or "1", **rules})
    return "；".join(one.describe() for one in standard.criteria[0].rules) if standard else ""


def _sum(rows: list[ImportRow]) -> str:
    """The points of all rows together, those that are no number left out."""
    total = decimal("0")
    for row in rows:
        try:
            total += decimal(row.cells.get("points") or "0")
        except ValueError:
            continue
    return plain(total, 0)
