"""What keeps a draft from being published: the rulebook's faults, archived place types, criteria without words."""

from collections.abc import Iterable

from chuangwen.standards.models import StandardVersion
from chuangwen.standards.rules import said
from chuangwen.standards.spec import Spec, spec_of
from rulebook.scoring import Problem, SpecError, compile_standard


def faults_of(version: StandardVersion, spec: Spec | None = None) -> list[Problem]:
    """Everything wrong with a draft, each fault with the key of its criterion or indicator; four queries."""
    tree = spec_of(version) if spec is None else spec
    rules = {row["key"]: row.get("rule", {}) for row in _criteria(tree["nodes"])}
    found = [*_words(tree["nodes"]), *_archived(version), *_rules(tree)]
    return [Problem(key, said(message, rules.get(key, {}))) for key, message in found]


def _rules(spec: Spec) -> Iterable[Problem]:
    if not spec["nodes"]:
        return [Problem(spec["key"], "还没有指标。先添指标和测评标准，或从 Excel 导入")]
    try:
        compile_standard(spec)
    except SpecError as error:
        return error.problems
    return []


def _words(nodes: Iterable[Spec]) -> Iterable[Problem]:
    for row in _criteria(nodes):
        if not row["text"].strip():
            yield Problem(row["key"], "内容没有填")


def _criteria(nodes: Iterable[Spec]) -> Iterable[Spec]:
    for node in nodes:
        yield from node.get("criteria", ())
        yield from _criteria(node.get("children", ()))


def _archived(version: StandardVersion) -> Iterable[Problem]:
    rows = version.criteria.filter(place_types__archived_at__isnull=False)
    for key, name in rows.order_by("position").values_list("key", "place_types__name"):
        yield Problem(key, f"点位类型“{name}”已停用，请换一个")
