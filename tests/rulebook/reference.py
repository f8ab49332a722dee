"""A slow second opinion on scoring: plain loops over single records in exact fractions, from the spec as data.

Shares no code with rulebook.scoring, and knows nothing of columns or sums.
"""

import math
from collections.abc import Iterator
from fractions import Fraction as F

from tests.rulebook.reference_kinds import ABSENT, KINDS, ONE, ZERO, examined, number, ordinals, unfit


def half_away(value, digits):
    """Round half away from zero by the school's rule."""
    scaled = abs(value) * 10**digits
    whole = scaled.numerator // scaled.denominator
    whole += scaled - whole >= F(1, 2)
    return -whole if value < 0 else whole


def cells_of(rule, rows, places) -> Iterator[tuple[str, list]]:
    """Yield (place type, rows) of each cell."""
    own = [row for row in rows if row[2] in ordinals(rule)]
    cell = rule.get("cell", "place")
    if cell == "observation":
        yield from ((places[row[0]][0], [row]) for row in own)
        return
    groups = {}
    for row in own:
        key = {"place": row[0], "unit": places[row[0]][1], "pooled": ""}[cell]
        groups.setdefault(key, []).append(row)
    for members in groups.values():
        yield places[members[0][0]][0], members


def mean(values):
    """Return the mean of some values."""
    return sum(values, ZERO) / len(values)


def rule_rate(spec, rule, points, rows, places):
    """Combine the cells of a rule; return (rate or None, fallen)."""
    found = [(kind, *KINDS[rule["kind"]](rule, points, members)) for kind, members in cells_of(rule, rows, places)]
    found = [(kind, rate, fell) for kind, rate, fell in found if rate is not None]
    if not found:
        return None, False
    fell = any(flag for _, _, flag in found)
    rates = [rate for _, rate, _ in found]
    how = rule.get("combiner", "mean")
    if how == "worst":
        return min(rates), fell
    if how == "share":
        line = number(rule.get("share_line"), 1)
        return mean([F(rate >= line) for rate in rates]), fell
    if how == "sum":
        floor = number(rule.get("floor")) / points if points else ZERO
        return max(1 - sum((1 - rate for rate in rates), ZERO), floor), fell
    if how == "mean_by_type":
        kinds = {kind for kind, _, _ in found}
        weights = {kind: type_weight(spec, kind) for kind in kinds}
        if not sum(weights.values()):
            return None, fell
        means = {kind: mean([rate for k, rate, _ in found if k == kind]) for kind in kinds}
        return sum(weights[k] * means[k] for k in kinds) / sum(weights.values()), fell
    return mean(rates), fell


def type_weight(spec, kind):
    """Return the weight of a place type."""
    data = spec["place_types"][kind]
    return number(data.get("weight"), 1) if isinstance(data, dict) else ONE


def usable(spec, criterion, row, places):
    """Say whether a row can be used for a criterion at all."""
    if row[1] != criterion["key"] or row[0] not in places:
        return False
    if criterion.get("place_types") and places[row[0]][0] not in criterion["place_types"]:
        return False
    rules = criterion.get("rules") or [criterion["rule"]]
    readers = [rule for rule in rules if row[2] in ordinals(rule)]
    return bool(readers) and not any(unfit(rule, row) for rule in readers)


def criterion_result(spec, criterion, rows, places):
    """Return (state, rate, keys of nodes set to zero; "" for the node above)."""
    points = number(criterion["points"])
    rules = criterion.get("rules") or [criterion["rule"]]
    own = [row for row in rows if usable(spec, criterion, row, places)]
    parts, fallen = [], []
    for rule in rules:
        worth = number(rule.get("points"), criterion["points"])
        rate, fell = rule_rate(spec, rule, worth, own, places)
        if rate is not None:
            parts.append((worth, rate))
        if fell:
            gates = rule["kind"] in ("gate", "completion")
            fallen += [""] if not gates else [rule["target"]] if rule.get("target") else []
    if not parts:
        gone = any(row[3] == ABSENT for row in own) and not examined(own)
        return "not_applicable" if gone else "not_examined", None, fallen
    how = criterion.get("combine", "sum")
    if how == "min":
        return "scored", min(rate for _, rate in parts), fallen
    if how == "product":
        return "scored", math.prod(rate for _, rate in parts), fallen
    whole = sum(worth for worth, _ in parts)
    if not points or not whole:
        return "scored", min(rate for _, rate in parts), fallen
    return "scored", sum(worth * rate for worth, rate in parts) / whole, fallen


class Opinion:
    """The slow score of one subject: `lines` maps each key to (state, got, possible)."""

    def __init__(self, spec, places, rows, method=None):
        self.spec, self.method, self.lines = spec, method, {}
        self.criteria, self.zeroed = {}, set()
        self.top = {"key": "total", **{k: spec.get(k) for k in ("points", "children", "criteria")}}
        self.top["children"] = spec.get("nodes", [])
        self.gather(self.top, rows, places)
        self.node(self.top)

    def gather(self, node, rows, places):
        """Work every criterion out first: gates may fall anywhere."""
        for criterion in node.get("criteria") or []:
            state, rate, fallen = criterion_result(self.spec, criterion, rows, places)
            self.criteria[criterion["key"]] = (state, rate)
            self.zeroed |= {key or node["key"] for key in fallen}
        for child in node.get("children") or []:
            self.gather(child, rows, places)

    def full(self, node):
        """Return the full points of a node."""
        if "rule" in node or "rules" in node:
            return number(node["points"])
        below = [*(node.get("children") or []), *(node.get("criteria") or [])]
        if node.get("points") is not None:
            return number(node["points"])
        return sum((self.weight(child) for child in below), ZERO)

    def weight(self, child):
        """Return the weight of a child among its siblings."""
        return number(child["weight"]) if child.get("weight") is not None else self.full(child)

    def line(self, child):
        """Return (state, rate, part of the child that is possible) of a child, None where its method is not asked."""
        if "rule" not in child and "rules" not in child:
            return self.node(child)
        if self.method not in (None, child.get("method")):
            return None
        state, rate = self.criteria[child["key"]]
        points = number(child["points"])
        scored = state == "scored"
        self.lines[child["key"]] = (state, points * rate, points) if scored else (state, ZERO, ZERO)
        return state, rate, ONE

    def node(self, node):
        """Return (state, rate, part) of a node from its children."""
        below = [*(node.get("children") or []), *(node.get("criteria") or [])]
        found = [(self.weight(child), line) for child in below if (line := self.line(child)) is not None]
        if not found:
            return None
        found = [(weight, line) for weight, line in found if weight]
        if not any(state == "scored" for _, (state, _, _) in found):
            gone = bool(found) and all(state == "not_applicable" for _, (state, _, _) in found)
            state = "not_applicable" if gone else "not_examined"
            self.lines[node["key"]] = (state, ZERO, ZERO)
            return state, None, ONE
        return self.weigh(node, found)

    def weigh(self, node, found):
        """Weigh the scored children, with the standard's policies."""
        policy, leave = self.spec.get("na_policy", "renormalise"), self.spec.get("untested") == "leave_out"
        given = {"full": ONE, "zero": ZERO}
        counted, whole = [], ZERO
        for weight, (state, rate, part) in found:
            if state == "scored":
                counted.append((weight * part, rate))
            elif state == "not_applicable" and policy != "renormalise":
                counted.append((weight, given[policy]))
            if state != "not_applicable" or policy != "renormalise":
                whole += weight
        base = sum(weight for weight, _ in counted)
        rate = ZERO if node["key"] in self.zeroed else sum(weight * rate for weight, rate in counted) / base
        part = base / whole if leave else ONE
        possible = self.full(node) * part
        self.lines[node["key"]] = ("scored", possible * rate, possible)
        return "scored", rate, part


def opinion(spec, places, rows):
    """Score rows (place, criterion, ordinal, mark, count, base) at places {key: (type, unit)}: {key: line}."""
    lines = Opinion(spec, places, rows).lines
    state, got, possible = lines["total"]
    if state != "scored":
        return lines
    weights = {key: data.get("weight") for key, data in spec.get("methods", {}).items() if isinstance(data, dict)}
    parts = []
    for method, weight in weights.items():
        inner = Opinion(spec, places, rows, method).lines.get("total", ("not_examined", ZERO, ZERO))
        if weight is not None and number(weight) and inner[0] == "scored":
            parts.append((number(weight), inner[1] / inner[2] if inner[2] else ONE))
    whole = sum(weight for weight, _ in parts)
    if whole:
        got = possible * sum(weight * rate for weight, rate in parts) / whole
    lines["total"] = (state, max(got, min(number(spec.get("floor")), possible)), possible)
    return lines
