"""What the page of a version shows besides the version: its tree, its faults, and the line chosen in the address."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404

from chuangwen.standards import panels
from chuangwen.standards.checking import faults_of
from chuangwen.standards.models import Indicator, StandardVersion

FAULTS_SHOWN = 20


def whole(version: StandardVersion, *, check: bool) -> dict[str, Any]:
    """The tree; for who may publish a draft, what keeps it from being published."""
    faults = faults_of(version) if check and version.is_draft else []
    tree = panels.tree(version, frozenset(fault.key for fault in faults))
    by_key = {row.key: row for row in tree}
    return {
        "tree": tree,
        "points": panels.total_of(tree),
        "criteria": sum(row.ask.startswith("c=") for row in tree),
        "indicators": sum(row.ask.startswith("i=") for row in tree),
        "fault_count": len(faults),
        "faults": [(by_key.get(fault.key), fault.message) for fault in faults[:FAULTS_SHOWN]],  # row of the tree, words
    }


def panel(version: StandardVersion, asked: Mapping[str, str]) -> dict[str, Any]:
    """The criterion (`c`) or indicator (`i`) of the address; without one the first criterion of the version."""
    if indicator := asked_indicator(version, asked):
        return {"indicator": indicator}
    rows = version.criteria.select_related("indicator").prefetch_related("place_types")
    pk = _key(asked, "c")
    chosen = rows.order_by("indicator__position", "position").first() if pk is None else _or_404(rows, pk)
    if chosen is None:
        return {}
    return {"criterion": chosen, "rules": panels.rule_words(chosen), "trial": panels.trial(chosen, asked)}


def asked_indicator(version: StandardVersion, asked: Mapping[str, str]) -> Indicator | None:
    """The indicator `i` of the address; None when it names none, 404 when it is not of this version."""
    pk = _key(asked, "i")
    return None if pk is None else _or_404(version.indicators, pk)


def _key(asked: Mapping[str, str], name: str) -> int | None:
    text = asked.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def _or_404(rows: Any, pk: int) -> Any:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
