"""The contexts of the score pages: what was asked for in the address, and what is shown for it."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from chuangwen.base.ids import key_of
from chuangwen.base.lists import keyset
from chuangwen.inspections.models import Round
from chuangwen.organisations.models import Person
from chuangwen.scores import queries
from chuangwen.scores.inputs import compiled
from chuangwen.scores.models import Run


def score_list(person: Person, query: Mapping[str, str]) -> dict[str, Any]:
    """Rounds with something to score, newest first."""
    rounds = queries.scored_rounds(person).exclude(state=Round.State.DRAFT).select_related("version__standard")
    words = query.get("q", "").strip()
    if words:
        rounds = rounds.filter(name__icontains=words)
    page = keyset(rounds, order=("-starts_on", "-id"), cursor=query.get("cursor", ""))
    kept = queries.visible_runs(person).filter(round__in=page.rows).order_by("number")
    runs = {run.round_id: run for run in kept}
    return {"slice": page, "rows": [(round, runs.get(round.pk)) for round in page.rows], "words": words}


def score_page(person: Person, round: Round, query: Mapping[str, str]) -> dict[str, Any] | None:
    """One round: the tree of the whole or of one unit, beside it the ranking, or why a criterion lost points.

    None when the address names a unit that is not the person's to see.
    """
    whole = queries.sees_whole(person, round)
    units = queries.units_in(person, round)
    if not whole and not units:
        return None
    part = _part(query, None if whole else units[0].pk)
    key = query.get("criterion", "")
    subject = queries.subject_for(person, round, part, looked_at=key)
    if subject is None:
        return None
    why = queries.why(person, round, subject, key, part) if key else None
    below = queries.below(subject, query["node"]) if query.get("node") and not why else None
    types = queries.types_in(round) if whole else []
    return {
        "round": round,
        "part": part,
        "unit": next((unit for unit in units if unit.pk == part.unit_id), None),
        "type": next((kind for kind in types if kind.pk == part.type_id), None),
        "units": units,
        "kinds": types,
        "whole": whole,
        "tree": queries.tree_rows(subject),
        "opens": f"?{part.query}",
        "total": subject.total,
        "remarks": subject.remarks,
        "digits": compiled(round).digits,
        "why": why,
        "below": below,
        "shown_key": key if why else (query["node"] if below else ""),
        "ranks": None if why or below else _ranks(round, whole, units),
        "types": queries.ranking(round, "type") if whole and not why and not below and not part.query else [],
        "runs": Run.objects.filter(round=round).order_by("-number") if whole else [],
        "as_of": timezone.now(),
    }


def _part(query: Mapping[str, str], own_unit: int | None) -> queries.Part:
    """The part of the round the address names; whoever does not see the whole starts with the own unit."""
    unit_id, type_id = key_of(query.get("unit")), key_of(query.get("type"))
    if own_unit is not None:
        return queries.Part(unit_id=unit_id or own_unit)
    return queries.Part(unit_id=unit_id) if unit_id else queries.Part(type_id=type_id)


def _ranks(round: Round, whole: bool, units: list) -> list[queries.Ranked]:
    return queries.ranking(round, "unit", None if whole else {unit.pk for unit in units})


def run_page(run: Run) -> dict[str, Any]:
    """A frozen run, from its own rows only: names of that day, not of today."""
    spec = {row["key"]: row for row in _nodes(run.round.version.spec["nodes"])}
    lines = [(_named(spec.get(line.node_key, {})), line) for line in queries.run_lines(run)]
    names = run.names.get("unit", {})
    units = [(names.get(str(line.subject_id), ""), line) for line in queries.run_units(run)]
    return {"lines": lines, "units": units}


def _named(node: dict[str, Any]) -> dict[str, Any]:
    """What the page writes of a node or criterion of the kept spec."""
    is_criterion = "text" in node
    name = node.get("text" if is_criterion else "name", "")
    return {"label": node.get("label", ""), "name": name, "level": "l2" if is_criterion else "l1"}


def _nodes(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every node and criterion of a spec, in reading order, with its level."""
    found: list[dict[str, Any]] = []
    for node in nodes:
        found += [node, *node.get("criteria", ()), *_nodes(node.get("children", []))]
    return found
