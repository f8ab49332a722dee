"""The contexts of the score pages: what was asked for in the address, and what is shown for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from chuangwen.base.ids import key_of
from chuangwen.base.lists import keyset
from chuangwen.inspections.models import Round
from chuangwen.organisations.models import Person
from chuangwen.scores import divisions, queries
from chuangwen.scores.inputs import compiled
from chuangwen.scores.kept import kept_of
from chuangwen.scores.models import Run
from chuangwen.scores.parts import parts_of

UNITS = "单位"
AT_ONCE = 50  # rows of a ranking shown before the rest is unfolded


def score_list(person: Person, query: Mapping[str, str]) -> dict[str, Any]:
    """Rounds with something to score, newest first."""
    rounds = queries.scored_rounds(person).exclude(state=Round.State.DRAFT).select_related("version__standard")
    words = query.get("q", "").strip()
    if words:
        rounds = rounds.filter(name__icontains=words)
    page = keyset(rounds, order=("-starts_on", "-id"), cursor=query.get("cursor", ""))
    kept = kept_of(person, page.rows)
    return {"slice": page, "rows": [(round, kept.get(round.pk)) for round in page.rows], "words": words}


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
        "type": next((kind for kind in types if part == queries.Part(divisions.TYPE, kind.pk)), None),
        "name": _name(part),
        "subject_label": compiled(round).subject_label if compiled(round).subject else "",
        "units": units,
        "kinds": types,
        "whole": whole,
        "tree": queries.tree_rows(subject),
        "opens": f"?{part.query}",
        "total": subject.total,
        "remarks": subject.remarks,
        "parts": parts_of(subject),
        "digits": compiled(round).digits,
        "why": why,
        "below": below,
        "shown_key": key if why else (query["node"] if below else ""),
        "rankings": [] if why or below else _rankings(person, round, whole, units),
        "types": queries.ranking(round, "type") if whole and not why and not below and not part.query else [],
        "runs": Run.objects.filter(round=round).order_by("-number") if whole else [],
        "fixed": None if whole else _fixed(person, round, part),
        "as_of": timezone.now(),
    }


def _fixed(person: Person, round: Round, part: queries.Part) -> tuple[Run, list] | None:
    """What was frozen last of the unit looked at, for whoever does not see the whole."""
    kept = kept_of(person, [round]).get(round.pk)
    lines = kept.of(part.key) if kept and part.kind == divisions.UNIT else []
    return (kept.run, lines) if lines else None


def _part(query: Mapping[str, str], own_unit: int | None) -> queries.Part:
    """The part of the round the address names; whoever does not see the whole starts with the own unit."""
    asked = ((kind, key_of(query.get(kind))) for kind in divisions.FIELDS)
    found = next((queries.Part(kind, key) for kind, key in asked if key), None)
    return found or (queries.Part(divisions.UNIT, own_unit) if own_unit else queries.Part())


@dataclass(frozen=True)
class Ranking:
    """A table of subjects: what they are called, how the address names one, and the rows."""

    label: str
    kind: str
    rows: list[queries.Ranked]

    @property
    def first(self) -> list[queries.Ranked]:
        return self.rows[:AT_ONCE]

    @property
    def rest(self) -> list[queries.Ranked]:
        return self.rows[AT_ONCE:]


def _rankings(person: Person, round: Round, whole: bool, units: list) -> list[Ranking]:
    """The standard's own subjects first, then the units that answer for them."""
    found, own = [], divisions.own_kind(round)
    if own:
        only = None if whole else divisions.seen_by(person, round, own)
        found.append(Ranking(compiled(round).subject_label, own, queries.ranking(round, own, only)))
    only = None if whole else {unit.pk for unit in units}
    label = UNITS if own else _unit_label(round)
    return [*found, Ranking(label, divisions.UNIT, queries.ranking(round, divisions.UNIT, only))]


def _unit_label(round: Round) -> str:
    """What units are called: as the standard calls its subjects where it judges units."""
    standard = compiled(round)
    return standard.subject_label if standard.division == divisions.UNIT else UNITS


def run_page(run: Run, query: Mapping[str, str] | None = None) -> dict[str, Any] | None:
    """A frozen run, the whole or one subject of it, from its own rows only: names of that day, not of today.

    None when the address names a subject the run does not have.
    """
    spec = {row["key"]: row for row in _nodes(run.round.version.spec["nodes"])}
    part = _part(query or {}, None)
    kept = queries.run_lines(run, part)
    if not kept:
        return None
    lines = [(_named(spec.get(line.node_key, {})), line) for line in kept]
    own = divisions.own_kind(run.round)
    rankings = [Ranking(compiled(run.round).subject_label, own, queries.kept_ranking(run, own))] if own else []
    label = UNITS if own else _unit_label(run.round)
    return {
        "lines": lines,
        "part": part,
        "name": run.names.get(part.kind, {}).get(str(part.key), ""),
        "total": next(line for line in kept if not line.node_key),
        "rankings": [*rankings, Ranking(label, divisions.UNIT, queries.kept_ranking(run))],
    }


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


def _name(part: queries.Part) -> str | None:
    if not part.kind:
        return None
    return divisions.shown_names(part.kind, divisions.names_of(part.kind, [part.key])).get(part.key)
