"""What the page of a version shows: the tree with points, and one criterion with its rule in words and a trial."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from chuangwen.standards.models import Criterion, Indicator, StandardVersion
from chuangwen.standards.rules import KINDS, is_undecided, label_of, said
from chuangwen.standards.rules.kind import CELLS, COMBINERS
from chuangwen.standards.spec import Spec, criterion_spec, grouped
from rulebook import scoring
from rulebook.scoring.criteria import ROLE_WORDS, is_outside_row
from rulebook.scoring.exact import NBSP, decimal, plain
from rulebook.scoring.kinds.base import Ask

SHORT = 16
NODE = " "  # no key a person gives
ORDINARY: Spec = {"key": "  ", "points": "100", "rule": {"kind": "pass_rate"}}  # beside what stands outside the points


@dataclass(frozen=True)
class Row:
    """One line of the tree: `ask` is its place in the page's address, `off` the sum below that differs from its points.

    `branch`: it is an indicator with something below it. `bonus`: what it adds on top at most; "": no cap.
    """

    key: str
    ask: str
    level: int
    name: str
    points: str
    bad: bool = False
    branch: bool = False
    off: str = ""
    bonus: str | None = None

    @property
    def row(self) -> str:
        """How actions and the keyboard call it: i12, c7."""
        return self.ask.replace("=", "")


def tree(
    version: StandardVersion, bad: frozenset[str] = frozenset(), criteria: Iterable[Criterion] | None = None
) -> list[Row]:
    """The tree in reading order, points of indicators as declared or summed; two queries, one when criteria are given.

    bad: keys of rows with a fault.
    """
    names = ("pk", "parent_id", "key", "label", "name", "points", "weight")
    nodes = grouped(version.indicators.only(*names, "version_id").order_by("position", "id"), "parent_id")
    shown = ("pk", "version_id", "indicator_id", "key", "label", "text", "points", "weight", "role")
    lines = version.criteria.only(*shown).order_by("position", "id") if criteria is None else criteria
    own = grouped(lines, "indicator_id")
    rows: list[Row] = []
    for node in nodes.get(None, ()):
        _branch(node, 1, nodes, own, bad, rows)
    return rows


def _branch(node: Indicator, level: int, nodes: Any, own: Any, bad: frozenset[str], rows: list[Row]) -> Fraction | None:
    """Add an indicator's rows; its points, None where it and all below it stand outside them."""
    at = len(rows)
    rows.append(Row(node.key, "", level, "", ""))
    children, criteria = nodes.get(node.pk, ()), own.get(node.pk, ())
    parts = [_branch(child, level + 1, nodes, own, bad, rows) for child in children]
    for row in criteria:
        words = row.text if len(row.text) <= SHORT else f"{row.text[:SHORT]}…"
        worth = ROLE_WORDS.get(row.role, row.points)
        name, extra = f"{row.label} {words}".strip(), row.points if row.role == "bonus" else None
        rows.append(Row(row.key, f"c={row.pk}", level + 1, name, worth, row.key in bad, bonus=extra))
        parts.append(None if row.role else _number(row.points))
    inside, weighted = [part for part in parts if part is not None], any(one.weight for one in [*children, *criteria])
    total = sum(inside, start=Fraction(0))
    full = _number(node.points) if node.points else total if inside or not parts else None
    off = plain(total, 0) if inside and not weighted and full != total else ""
    marked = bool(off) or node.key in bad
    points = "" if full is None else plain(full, 0)
    rows[at] = Row(node.key, f"i={node.pk}", level, str(node), points, marked, bool(parts), off)
    return full


def _number(text: str) -> Fraction:
    try:
        return decimal(text)
    except ValueError:
        return Fraction(0)


def total_of(version: StandardVersion, rows: list[Row]) -> str:
    """What can be reached as the standard states it, bonuses beside it: 100 分，另加分至多 8 分."""
    stated, cap = version.options.get("points"), version.options.get("bonus_cap")
    tops = [row.points for row in rows if row.level == 1]
    full = plain(sum(map(_number, [stated] if stated else tops), start=Fraction(0)), 0)
    extra = [row.bonus for row in rows if row.bonus is not None]
    if not extra:
        return f"{full}{NBSP}分"
    most = sum(map(_number, extra), start=Fraction(0))
    if cap and ("" in extra or _number(cap) < most):
        most = _number(cap)
    elif "" in extra:
        return f"{full}{NBSP}分，另有加分，不封顶"
    return f"{full}{NBSP}分，另加分至多{NBSP}{plain(most, 0)}{NBSP}分"


Names = Mapping[str, str]  # key of an indicator → its label and name


def alone(criterion: Criterion, names: Names | None = None) -> tuple[scoring.Standard | None, list[str]]:
    """The criterion as a standard of its own, or what is wrong with it.

    names: of the version's indicators; without them one query, where a rule closes an indicator.
    """
    line = criterion_spec(criterion, types=())
    if names is None and any(rule.get("target") for rule in _rules(line)):
        names = {
            node.key: str(node) for node in criterion.version.indicators.only("key", "label", "name", "version_id")
        }
    return compiled(line, names or {})


def compiled(line: Spec, names: Names | None = None) -> tuple[scoring.Standard | None, list[str]]:
    """A criterion's spec compiled alone, below the indicators it closes, which are taken as given."""
    line = {**line, "place_types": []} | {"key": line.get("key") or "c"}
    line.pop("method", None)
    line.pop("assessors", None)
    rules = _rules(line)
    above: Spec = {"key": NODE, "name": "本项", "criteria": [line, *([ORDINARY] if is_outside_row(line) else [])]}
    for target in dict.fromkeys(rule["target"] for rule in rules if rule.get("target")):
        above = {"key": target, "name": (names or {}).get(target, target), "children": [above]}
    try:
        return scoring.compile_standard({"key": "alone", "nodes": [above]}), []
    except scoring.SpecError as error:
        rule = rules[0] if len(rules) == 1 else {}
        return None, [f"{said(problem.message, rule)}。" for problem in error.problems if problem.key == line["key"]]


def _rules(line: Spec) -> list[dict[str, Any]]:
    return line["rules"] if "rules" in line else [line.get("rule") or {}]


@dataclass(frozen=True)
class RuleWords:
    """A rule as the panel says it."""

    label: str
    explain: str
    words: str
    way: str


def rule_words(criterion: Criterion, names: Names | None = None) -> list[RuleWords]:
    standard, _ = alone(criterion, names)
    if standard is None:
        open_ = {True: "先定规则，才能试算和发布。", False: "规则还没有写完。"}
        return [RuleWords(label_of(rule), "", open_[is_undecided(rule)], "") for rule in criterion.rules]
    return [
        RuleWords(
            label=rule.label,
            explain=KINDS[rule.name].explain if rule.name in KINDS else "",
            words=rule.describe(),
            way=f"{CELLS[rule.frame.cell][0]}得一个分，{COMBINERS[rule.frame.combiner][0]}",
        )
        for rule in standard.criteria[0].rules
    ]


@dataclass(frozen=True)
class Asked:
    """One thing the trial asks: a mark, and the numbers as (field, words, what was entered)."""

    what: Ask
    mark: str
    numbers: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Trial:
    """试算: what was entered and what the rulebook makes of it."""

    asks: list[Asked] = field(default_factory=list)
    lines: tuple[scoring.ReasonLine, ...] = ()
    notes: tuple[str, ...] = ()


BY_MARK = ("mark", "occurrences")  # answers that say something without a number
MARKS = {"1": "合格", "2": "不合格", "3": "缺项", "0": "未测"}


def trial(criterion: Criterion, given: Mapping[str, str]) -> Trial | None:
    """One place examined with the given numbers; nothing is kept. None while the rule does not compile."""
    standard, _ = alone(criterion)
    if standard is None:
        return None
    compiled = standard.criteria[0]
    asks = [_asked(ask, given) for ask in compiled.asks() or compiled.rules[0].asks()]
    counted = [text for asked in asks if asked.what.form not in BY_MARK for _, _, text in asked.numbers]
    if counted and not any(counted):
        return Trial(asks, notes=("填上看到的数，再按“算一下”。",))
    frame = scoring.Frame.of([("p", "t", "u")])
    rows = [_answer(compiled.key, asked) for asked in asks]
    sums = scoring.reduce(standard, frame, scoring.Answers.of(standard, frame, rows))
    found = scoring.reason(scoring.score(standard, sums).whole, compiled.key)
    refused = tuple(f"{rejected.reason}。" for rejected in sums.rejected)
    return Trial(asks, found.lines, (*refused, *found.sentences))


def _asked(ask: Ask, given: Mapping[str, str]) -> Asked:
    mark = given.get(f"m{ask.ordinal}", "1")
    names = (f"n{ask.ordinal}", f"b{ask.ordinal}")
    numbers = tuple((name, words, given.get(name, "")) for name, words in zip(names, ask.called, strict=False))
    return Asked(ask, mark if mark in MARKS else "1", numbers)


def _answer(key: str, asked: Asked) -> scoring.Answer:
    sizes = (asked.what.size, asked.what.base_size)
    kept = [int(_number(text or "0") * size) for (_, _, text), size in zip(asked.numbers, sizes, strict=False)]
    return scoring.Answer("p", key, asked.what.ordinal, int(asked.mark), *kept)
