"""What nobody goes to see but is entered for a unit 录入: materials, surveys, declared numbers, lists and honours.

Such a criterion is answered at the unit itself 单位本身 (places.itself): its result goes the way of every other.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from chuangwen.places.itself import LABEL
from chuangwen.standards.checklists import ON_SITE, Item, items_of
from chuangwen.standards.models import Criterion, StandardVersion
from rulebook import scoring
from rulebook.scoring.criteria import is_outside_row
from rulebook.scoring.standard import VOICE
from rulebook.scoring.subjects import ANYWHERE, ITSELF

Spec = dict[str, Any]
DERIVED = frozenset({"clean_places"})  # nobody answers it: it follows from the places


def with_units(spec: Spec) -> Spec:
    """The spec of a version with units themselves among the places its entered criteria are examined at."""
    nodes = [_node(node) for node in spec["nodes"]]
    if nodes == spec["nodes"]:
        return spec
    types = {**(spec.get("place_types") or {}), ITSELF: {"label": LABEL}, ANYWHERE: {"label": "各类点位"}}
    return {**spec, "place_types": types, "nodes": nodes}


def _node(node: Spec) -> Spec:
    found = dict(node)
    if "children" in node:
        found["children"] = [_node(child) for child in node["children"] or ()]
    if "criteria" in node:
        found["criteria"] = [_placed(row) for row in node["criteria"] or ()]
    return found


def _placed(row: Spec) -> Spec:
    """A criterion with the places it is examined at: units alone, units besides, or as it stands."""
    rules = row.get("rules") or [row.get("rule") or {}]
    types = list(row.get("place_types") or ())
    if all(rule.get("kind") in DERIVED for rule in rules):
        return row
    if not types and (ON_SITE not in row.get("method", ON_SITE) or is_outside_row(row)):
        return {**row, "place_types": [ITSELF]}
    if any(_is_entered(str(rule.get("method") or "")) for rule in rules):
        return {**row, "place_types": [*(types or [ANYWHERE]), ITSELF]}
    return row


def _is_entered(method: str) -> bool:
    """A rule that names no method has that of its criterion, which is looked at."""
    return bool(method) and ON_SITE not in method


def entered(version: StandardVersion, standard: scoring.Standard) -> QuerySet[Criterion]:
    """The criteria entered for units, in the standard's order."""
    keys = [criterion.key for criterion in standard.criteria if criterion.concerns(ITSELF)]
    rows = Criterion.objects.filter(version_id=version.pk, key__in=keys)
    return rows.select_related("indicator").order_by("position", "id")


def is_only_entered(known: scoring.Criterion) -> bool:
    return known.place_types == (ITSELF,)


def items_at(criterion: Criterion, standard: scoring.Standard, *, assessor: int | None = None) -> list[Item]:
    """What is asked of a criterion at a unit itself, for every assessor; or at a place, for the one who goes there."""
    known = standard.criteria[standard.number[criterion.key]]
    items = voiced(criterion, standard) if assessor is None else _spoken(criterion, standard, assessor)
    if not known.concerns(ITSELF) or is_only_entered(known):
        return items
    itself = assessor is None
    return [
        item for item in items if any(_is_entered(rule.frame.method) == itself for rule in known.readers(item.ordinal))
    ]


def voiced(criterion: Criterion, standard: scoring.Standard) -> list[Item]:
    """The lines of a criterion, those of each assessor 测评主体 under the ordinals of its own."""
    known = standard.criteria[standard.number[criterion.key]]
    items, labels = items_of(criterion, known), [label for label, _ in standard.assessors.values()]
    if not labels or known.role:
        return items
    return [_said_by(item, number, labels[number]) for number in known.assessors for item in items]


def _spoken(criterion: Criterion, standard: scoring.Standard, assessor: int) -> list[Item]:
    """Those of one assessor; none where the criterion is not this one's to assess."""
    known = standard.criteria[standard.number[criterion.key]]
    items = items_of(criterion, known)
    if not standard.assessors or known.role:
        return items
    return [_shifted(item, assessor) for item in items] if assessor in known.assessors else []


def _said_by(item: Item, number: int, label: str) -> Item:
    text = f"{label}：{item.text}" if item.head else label
    return replace(_shifted(item, number), text=text, head=item.criterion.text, is_voice=True)


def _shifted(item: Item, number: int) -> Item:
    shift = VOICE * number
    spot = None if item.spot is None else item.spot + shift
    return replace(item, asked=item.asked._replace(ordinal=item.ordinal + shift), spot=spot)


def by_ordinal(criterion: Criterion, standard: scoring.Standard) -> Mapping[int, Item]:
    """The lines of one criterion by the ordinals of their answers, whoever assessed."""
    return {ordinal: item for item in voiced(criterion, standard) for ordinal in item.ordinals}
