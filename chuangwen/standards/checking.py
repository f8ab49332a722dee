"""What keeps a draft from being published: the rulebook's faults, points that do not add up, archived place types,
criteria not yet complete. All of it takes a fraction of a second for 1,200 criteria.
"""

import json
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import lru_cache

from chuangwen.standards.models import Criterion, StandardVersion
from chuangwen.standards.panels import ORDINARY, compiled
from chuangwen.standards.rules import is_undecided, said
from chuangwen.standards.settings import LABELS, PARAMS
from chuangwen.standards.spec import Spec, criterion_spec, each_criterion, spec_of
from rulebook.scoring import Problem, SpecError, compile_standard
from rulebook.scoring.criteria import is_outside_row
from rulebook.scoring.exact import decimal, plain

REMARKS = (
    "key",
    "label",
    "text",
    "method",
    "place_types",
    "assessors",
    "explanation",
    "evidence",
    "note",
)  # no part of the sum
OPEN_RULE = "规则还没有定"


def faults_of(version: StandardVersion, spec: Spec | None = None) -> list[Problem]:
    """Everything wrong with a draft, each fault with the key of its criterion or indicator; four queries."""
    tree = spec_of(version) if spec is None else spec
    rules = {row["key"]: row.get("rule", {}) for row in each_criterion(tree["nodes"])}
    open_, sums = list(_open(tree["nodes"])), list(_sums(tree))
    told = {problem.key for problem in (*open_, *sums)}
    minded = (problem for problem in _rules(tree) if problem.key not in told)
    found = [*_words(tree["nodes"]), *open_, *_archived(version), *sums, *minded]
    return [Problem(key, said(message, rules.get(key, {}))) for key, message in found]


def line_fault(row: Criterion) -> str:
    """What is wrong with a criterion by itself, the rest of the tree left aside; kept by content."""
    if not row.text.strip():
        return "内容没有填"
    if open_ := next(_open_of(criterion_spec(row, types=())), ""):
        return open_
    line = {name: value for name, value in criterion_spec(row, types=()).items() if name not in REMARKS}
    return _compiled(json.dumps(line, ensure_ascii=False, sort_keys=True))


@lru_cache(maxsize=8192)
def _compiled(line: str) -> str:
    return next(iter(compiled(json.loads(line))[1]), "").rstrip("。")


def option_faults(options: Spec) -> list[tuple[str | None, str]]:
    """What the rulebook minds in the settings of a standard by themselves: (setting, words)."""
    ordinary = {**ORDINARY, "method": next(iter(options.get("methods") or {}), "")}
    beside = {"key": "b", "points": "1", "rule": {"kind": "bonus", "each": "1"}}
    own = {
        name: value for name, value in options.items() if name in LABELS and name not in ("points", "publish_levels")
    }
    try:
        compile_standard({"key": "s", "criteria": [ordinary, beside], **own})
    except SpecError as error:
        return [_at(problem.message) for problem in error.problems]
    return []


def _at(message: str) -> tuple[str | None, str]:
    named = next((param for param in PARAMS if f"“{param.name}”" in message), None)
    for value, words in getattr(named, "options", {}).items():
        message = message.replace(f"请改为 {value}", f"请改为“{words[0]}”") if value else message
    for param in PARAMS:
        message = message.replace(f"“{param.name}”", f"“{param.label}”")
    return named and named.name, f"{said(message, {})}。"


def _sums(spec: Spec) -> Iterable[Problem]:
    """Indicators whose own points are not the sum of what stands below.

    With weights below they need not be; while points below are still to be filled in they cannot.
    """
    for node in _indicators(spec["nodes"]):
        below = [one for one in _below(node) if not is_outside_row(one)]
        waiting = any(not is_outside_row(row) and not row["points"] for row in each_criterion([node]))
        if node.get("points") and below and not waiting and not any(one.get("weight") for one in below):
            own, total = _number(node["points"]), sum((full_points(one) for one in below), start=Fraction(0))
            if own != total:
                words = f"本级分值 {plain(own)} 与下级合计 {plain(total)} 不符；要折算的，请给下级填权重"
                yield Problem(node["key"], words)


def full_points(row: Spec) -> Fraction:
    """Points of a node or criterion: as declared, else what is below."""
    if is_outside_row(row):
        return Fraction(0)
    if "points" in row:
        return _number(row["points"])
    return sum((full_points(one) for one in _below(row)), start=Fraction(0))


def _below(node: Spec) -> list[Spec]:
    return [*node.get("children", ()), *node.get("criteria", ())]


def _number(text: str) -> Fraction:
    try:
        return decimal(text)
    except ValueError:
        return Fraction(0)


def _indicators(nodes: Iterable[Spec]) -> Iterable[Spec]:
    for node in nodes:
        yield node
        yield from _indicators(node.get("children", ()))


def _rules(spec: Spec) -> Iterable[Problem]:
    if not spec["nodes"]:
        return [Problem(spec["key"], "还没有指标。先添指标和测评标准，或从 Excel 导入")]
    try:
        compile_standard(spec)
    except SpecError as error:
        return error.problems
    return []


def _words(nodes: Iterable[Spec]) -> Iterable[Problem]:
    for row in each_criterion(nodes):
        if not row["text"].strip():
            yield Problem(row["key"], "内容没有填")


def _open(nodes: Iterable[Spec]) -> Iterable[Problem]:
    """What is still to be filled in after a table was read; the rulebook has nothing to say of it yet."""
    for row in each_criterion(nodes):
        for words in _open_of(row):
            yield Problem(row["key"], words)


def _open_of(row: Spec) -> Iterator[str]:
    if not is_outside_row(row) and not row["points"]:
        yield "分值没有填"
    if "rules" not in row and is_undecided(row.get("rule") or {}):
        yield OPEN_RULE


def _archived(version: StandardVersion) -> Iterable[Problem]:
    rows = version.criteria.filter(place_types__archived_at__isnull=False)
    for key, name in rows.order_by("position").values_list("key", "place_types__name"):
        yield Problem(key, f"点位类型“{name}”已停用，请换一个")
