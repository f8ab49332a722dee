"""The slow second opinion on what stands around the criteria: roles, assessors, precedence, districts, vetoes.

Single rules are judged by `reference`; everything else is worked out here anew, by shares lost and shares added.
"""

from tests.rulebook.reference import criterion_result, rule_rate, usable
from tests.rulebook.reference_kinds import ABSENT, BAD, GOOD, ONE, ZERO, number, ordinals

ALWAYS = {"bonus": "bonus", "clean_places": "bonus", "negative_list": "deduction", "veto": "veto"}
EVENTS = ("bonus", "clean_places", "negative_list")


def role_of(criterion):
    """Return bonus, deduction, veto or nothing."""
    return criterion.get("role") or ALWAYS.get(criterion.get("rule", {}).get("kind"), "")


def is_criterion(row):
    """Tell a criterion from an indicator."""
    return "rule" in row or "rules" in row


def below(node):
    """Return what stands directly below."""
    return [*(node.get("children") or []), *(node.get("criteria") or [])]


def only_roles(node):
    """Say whether nothing below an indicator has points of its own."""
    return all(role_of(row) if is_criterion(row) else not row.get("points") and only_roles(row) for row in below(node))


def all_criteria(node):
    """Yield every criterion with its indicator."""
    for row in below(node):
        yield from [(row, node)] if is_criterion(row) else all_criteria(row)


def listed(rule):
    """Return {ordinal: points} of the levels or events of a rule."""
    rows = rule.get("levels") or rule.get("events")
    if not rows:
        return {rule.get("ordinal", 0): number(rule["each"])}
    return {row.get("ordinal", i): number(row["points"]) for i, row in enumerate(rows, 1)}


def concerned(criterion, places):
    """Return the places a criterion is examined at."""
    wanted = criterion.get("place_types") or None
    return [key for key, place in places.items() if wanted is None or place[0] in wanted]


def counted(rule, rows, clean):
    """Return what the events of one cell come to, without a cap."""
    if rule["kind"] == "clean_places":
        many = len(clean) >= int(rule.get("from", 10**9))
        return number(rule["each"]) * len(clean) * (number(rule["times"]) if many else 1)
    points = listed(rule)
    once = rule["kind"] == "negative_list"
    return sum((points[row[2]] * max(row[4], int(once and row[3] == BAD)) for row in rows if row[2] in points), ZERO)


def clean_places(spec, criterion, rows, places):
    """Return the places of a criterion marked clean, or derived to be so from everything else answered there."""
    given = {}
    for row in rows:
        if row[1:3] == (criterion["key"], 0) and row[3] in (1, 2, 3):
            given.setdefault(row[0], []).append(row[3])
    kinds = {one["key"]: one for one, _ in all_criteria({"children": spec["nodes"]})}
    found = []
    for place in concerned(criterion, places):
        seen, bad = False, False
        for row in rows:
            one = kinds.get(row[1])
            if row[0] != place or one is None or role_of(one) in ("bonus", "veto") or not fits(spec, one, row, places):
                continue
            for rule in one.get("rules") or [one["rule"]]:
                if row[2] % 1000 in event_ordinals(rule) and row[3] in (GOOD, BAD):
                    seen = True
                    bad = bad or row[3] == BAD or (rule["kind"] in ("per_occurrence", "negative_list") and row[4] > 0)
        marks = [mark for mark in given.get(place, ()) if mark != ABSENT]
        if all(mark == GOOD for mark in marks) if marks else seen and not bad and place not in given:
            found.append(place)
    return found


def fits(spec, criterion, row, places):
    """Say whether a row can be used at that place, by that assessor."""
    assessor, ordinal = divmod(row[2], 1000)
    if assessor not in assessors_of(spec, criterion):
        return False
    if criterion.get("rule", {}).get("kind") in ALWAYS:
        return row[0] in concerned(criterion, places) and ordinal in event_ordinals(criterion["rule"])
    return usable(spec, criterion, (*row[:2], ordinal, *row[3:]), places)


def event_ordinals(rule):
    """Return the ordinals any rule reads."""
    return list(listed(rule)) if rule["kind"] in ("bonus", "negative_list") else ordinals(rule)


def assessors_of(spec, criterion):
    """Return the numbers of those who may assess a criterion."""
    names = list(spec.get("assessors") or {})
    if role_of(criterion) or not names:
        return [0]
    return [names.index(one) for one in criterion.get("assessors") or names]


def cells_of(criterion, rule, places):
    """Return the lists of places that events are counted in."""
    own = concerned(criterion, places)
    cell = rule.get("cell", "pooled")
    keys = {"pooled": lambda place: "", "unit": lambda place: places[place][1], "place": lambda place: place}[cell]
    groups = {}
    for place in own:
        groups.setdefault(keys(place), []).append(place)
    return list(groups.values())


def amount(spec, criterion, rows, places):
    """Return (state, points) of a bonus or deduction."""
    rule, cap = criterion["rule"], criterion.get("points")
    if rule["kind"] not in EVENTS:
        return measured(spec, criterion, rows, places)
    own = [row for row in rows if row[1] == criterion["key"] and row[3] in (GOOD, BAD)]
    clean = clean_places(spec, criterion, rows, places) if rule["kind"] == "clean_places" else []
    found = []
    for cell in cells_of(criterion, rule, places):
        whole = counted(rule, [row for row in own if row[0] in cell], [place for place in clean if place in cell])
        found.append(min(whole, number(cap)) if cap else whole)
    if not found:
        return "not_examined", ZERO
    whole = sum(found, ZERO)
    if rule.get("combiner", "mean") == "mean":
        return "scored", whole / len(found)
    return "scored", min(whole, number(cap)) if cap else whole


def measured(spec, criterion, rows, places):
    """Return (state, points) where an ordinary rule gives or takes."""
    rule, cap = {"cell": "pooled", **criterion["rule"]}, criterion.get("points")
    if cap is None:
        rule["floor"] = str(-(10**9))
    points = number(cap, 1)
    state, rate, _ = criterion_result(spec, criterion | {"points": str(points), "rule": rule}, rows, places)
    if state != "scored":
        return state, ZERO
    return state, points * rate if role_of(criterion) == "bonus" else points * (1 - rate)


def vetoed(criterion, rows, places):
    """Say whether a veto bars the subject: all its units, or with cell pooled anybody."""
    own, ordinal = concerned(criterion, places), criterion["rule"].get("ordinal", 0)
    mine = [row for row in rows if row[1] == criterion["key"] and row[2] == ordinal and row[0] in own]
    hit = {row[0] for row in mine if is_event(row)}
    if criterion["rule"].get("cell", "unit") == "pooled":
        return bool(hit)
    return bool(hit) and {places[place][1] for place in hit} == {place[1] for place in places.values()}


def is_event(row):
    """Say whether a row of a veto tells of an event."""
    return row[3] == BAD or (row[3] == GOOD and row[4] > 0)


def preceded(spec, criterion, rows, places):
    """Return (state, rate, fallen) of a criterion whose stronger methods stand where they are lower."""
    state, rate, fallen = criterion_result(spec, criterion, rows, places)
    order = criterion.get("precedence")
    if not order or state != "scored":
        return state, rate, fallen
    own = [row for row in rows if usable(spec, criterion, row, places)]
    rates = {}
    for rule in criterion["rules"]:
        found = rule_rate(spec, rule, number(rule["points"]), own, places)[0]
        if found is not None:
            rates[rule["method"]] = (number(rule["points"]), found)
    whole, lowest = ZERO, None
    for method in order:
        if method in rates:
            points, own = rates[method]
            lowest = own if lowest is None else min(own, lowest)
            whole += points * lowest
    return state, whole / sum(points for points, _ in rates.values()), fallen


def heard(spec, criterion, rows, places, only=None):
    """Return (state, rate, fallen) of a criterion over its assessors, or of one of them."""
    numbers = assessors_of(spec, criterion)
    weights = [number(data.get("weight"), 1) for data in (spec.get("assessors") or {}).values()] or [ONE]
    parts, states, fallen, gone = [], [], [], []
    for one in numbers:
        own = [(*row[:2], row[2] % 1000, *row[3:]) for row in rows if row[2] // 1000 == one]
        state, rate, fell = preceded(spec, criterion, own, places)
        states, fallen = [*states, state], [*fallen, *fell]
        gone += [row for row in own if row[1] == criterion["key"]]
        parts += [(weights[one], rate, one)] if rate is not None else []
    chosen = [(weight, rate) for weight, rate, one in parts if only in (None, one)]
    chosen = [(ONE, rate) for _, rate in chosen] if len(numbers) == 1 or only is not None else chosen
    whole = sum((weight for weight, _ in chosen), ZERO)
    if not whole:
        absent = "not_applicable" in states and not touched(spec, criterion, rows, places)
        return "not_applicable" if absent else "not_examined", None, fallen
    return "scored", sum(weight * rate for weight, rate in chosen) / whole, fallen


def touched(spec, criterion, rows, places):
    """Say whether anybody examined anything of a criterion."""
    rules = criterion.get("rules") or [criterion["rule"]]
    known = {ordinal for rule in rules for ordinal in ordinals(rule)}
    mine = [row for row in rows if row[1] == criterion["key"] and row[0] in places and row[2] % 1000 in known]
    return any(row[3] in (GOOD, BAD) and fits(spec, criterion, row, places) for row in mine)


class Around:
    """One tree of one subject: `lines` maps keys to (state, got, possible, bonus)."""

    def __init__(self, spec, places, rows, method=None, assessor=None):
        self.spec, self.places, self.rows, self.method, self.assessor = spec, places, rows, method, assessor
        self.top = {"key": "total", "points": spec.get("points"), "children": spec["nodes"]}
        self.lines, self.found, self.zeroed, self.amounts, self.barred = {}, {}, set(), {}, []
        for criterion, node in all_criteria(self.top):
            self.judge(criterion, node)
        self.root = self.node(self.top)

    def judge(self, criterion, node):
        """Work one criterion out."""
        role = role_of(criterion)
        if role == "veto":
            self.amounts[criterion["key"]] = ("scored" if concerned(criterion, self.places) else "not_examined", ZERO)
            if vetoed(criterion, self.rows, self.places):
                self.barred.append(criterion["key"])
                self.zeroed |= {"total"} if criterion["rule"]["effect"] == "zero" else set()
        elif role:
            self.amounts[criterion["key"]] = amount(self.spec, criterion, self.rows, self.places)
        else:
            state, rate, fallen = heard(self.spec, criterion, self.rows, self.places, self.assessor)
            self.found[criterion["key"]] = (state, rate)
            self.zeroed |= {key or node["key"] for key in fallen}

    def points(self, row):
        """Return what a line is worth in full; nothing outside the points."""
        if is_criterion(row):
            return ZERO if role_of(row) else number(row["points"])
        if row.get("points") is not None:
            return number(row["points"])
        return sum((self.weight(child) for child in below(row)), ZERO)

    def weight(self, row):
        """Return the weight of a line among its siblings."""
        return number(row["weight"]) if row.get("weight") is not None else self.points(row)

    def wanted(self, criterion):
        """Say whether this tree asks for a criterion."""
        mine = self.assessor is None or role_of(criterion) or self.assessor in assessors_of(self.spec, criterion)
        return self.method in (None, criterion.get("method", "")) and mine

    def criterion(self, criterion):
        """Return (state, share got, share added, part); the amounts of a role are kept aside."""
        key, role = criterion["key"], role_of(criterion)
        if role:
            state, points = self.amounts[key]
            sign = {"bonus": 1, "deduction": -1, "veto": 0}[role]
            self.lines[key] = (state, sign * points, ZERO, points if role == "bonus" else ZERO)
            return "outside", None, ZERO, ONE
        state, rate = self.found[key]
        points = number(criterion["points"])
        scored = state == "scored"
        self.lines[key] = (state, points * rate, points, ZERO) if scored else (state, ZERO, ZERO, ZERO)
        return state, rate, ZERO, ONE

    def node(self, node):
        """Return (state, share got, share added, part) of an indicator; None where nothing below is asked for."""
        rows = [row for row in below(node) if not is_criterion(row) or self.wanted(row)]
        found = [(row, line) for row in rows if (line := self.line(row)) is not None]
        if not found:
            return None
        if only_roles(node) and not self.points(node):
            got, bonus = (sum((self.lines[row["key"]][i] for row, _ in found), ZERO) for i in (1, 3))
            self.lines[node["key"]] = ("scored", got, ZERO, bonus)
            return "outside", None, ZERO, ONE
        kept = [(self.weight(row), line) for row, line in found if self.weight(row)]
        if only_roles(node):
            state, rate, added, part = "scored", ONE, ZERO, ONE
        elif not any(line[0] == "scored" for _, line in kept):
            gone = bool(kept) and all(line[0] == "not_applicable" for _, line in kept)
            state, rate, added, part = "not_applicable" if gone else "not_examined", None, ZERO, ONE
        else:
            state, rate, added, part = self.weigh(kept)
        return self.close(node, state, rate, added, part, [row for row, _ in found])

    def line(self, row):
        """Return the result of a child."""
        return self.criterion(row) if is_criterion(row) else self.node(row)

    def weigh(self, kept):
        """Weigh scored children by the standard's policies; what was added is weighed alongside."""
        policy, leave = self.spec.get("na_policy", "renormalise"), self.spec.get("untested") == "leave_out"
        base = full = got = added = ZERO
        for weight, (state, rate, more, part) in kept:
            gone = state == "not_applicable"
            full += weight if not gone or policy != "renormalise" else 0
            if state == "scored":
                base, got, added = base + weight * part, got + weight * part * rate, added + weight * part * more
            elif gone and policy != "renormalise":
                base, got = base + weight, got + (weight if policy == "full" else 0)
        return "scored", got / base, added / base, base / full if leave else ONE

    def close(self, node, state, rate, added, part, rows):
        """Let an indicator's own bonuses and deductions change it; `rate` includes what was added."""
        if state != "scored":
            self.lines[node["key"]] = (state, ZERO, ZERO, ZERO)
            return state, None, ZERO, ONE
        possible = self.points(node) * part
        own = [row for row in rows if is_criterion(row) and row.get("to") == "parent" and node["key"] != "total"]
        gifts, costs = (
            sum((self.amounts[row["key"]][1] for row in own if role_of(row) == role), ZERO)
            for role in ("bonus", "deduction")
        )
        without = max(possible * (rate - added) - costs, min(possible * (rate - added), ZERO))
        added += gifts / possible
        rate = without / possible + added
        if node["key"] in self.zeroed:
            rate, added = ZERO, ZERO
        self.lines[node["key"]] = (state, possible * rate, possible, possible * added)
        return state, rate, added, part


def inner(spec, places, rows):
    """Return (state, share got, share added) of a total by methods or assessors, nothing added to it yet."""
    whole = Around(spec, places, rows)
    state, got, possible, bonus = whole.lines["total"]
    if state != "scored":
        return state, ZERO, ZERO, whole
    methods = {key: data for key, data in (spec.get("methods") or {}).items() if isinstance(data, dict)}
    trees = [(number(data["weight"]), {"method": key}) for key, data in methods.items() if data.get("weight")]
    if spec.get("assessors") and spec.get("assessors_combine") == "total":
        rows_ = enumerate(spec["assessors"].values())
        trees = [(number(data.get("weight"), 1), {"assessor": i}) for i, data in rows_]
    parts = [(weight, Around(spec, places, rows, **only).lines.get("total")) for weight, only in trees]
    rate, added = mixed([(w, t[1] / t[2], t[3] / t[2]) for w, t in parts if t and t[0] == "scored"])
    if rate is None:
        rate, added = got / possible, bonus / possible
    return state, rate, added, whole


def mixed(parts):
    """Return the weighed means of shares, or nothing."""
    whole = sum((weight for weight, _, _ in parts), ZERO)
    if not whole:
        return None, None
    return sum(w * rate for w, rate, _ in parts) / whole, sum(w * more for w, _, more in parts) / whole


def opinion_around(spec, places, rows):
    """Score rows at places {key: (type, unit, district)}: {key: (state, got, possible, bonus)}, and vetoes."""
    rows = [row for row in rows if row[0] in places]
    state, rate, added, whole = inner(spec, places, rows)
    lines = whole.lines
    if state != "scored":
        return lines, whole.barred
    districts = spec.get("districts") or {}
    parts = []
    for key, data in districts.items():
        own = {place: where for place, where in places.items() if where[2] == key}
        found = inner(spec, own, [row for row in rows if row[0] in own])
        parts += [(number(data.get("weight"), 1), *found[1:3])] if found[0] == "scored" else []
    mean = mixed(parts)
    rate, added = mean if mean[0] is not None else (rate, added)
    possible = lines["total"][2]
    rate, added = (ZERO, ZERO) if "total" in whole.zeroed else (rate, added)
    top = [row for row, node in all_criteria(whole.top) if row.get("to") != "parent" or node is whole.top]
    sums = {
        role: sum((whole.amounts[r["key"]][1] for r in top if role_of(r) == role), ZERO)
        for role in ("bonus", "deduction")
    }
    bonus = possible * added + sums["bonus"]
    bonus = min(bonus, number(spec["bonus_cap"])) if spec.get("bonus_cap") is not None else bonus
    got = possible * (rate - added) + bonus - sums["deduction"]
    if "total" in whole.zeroed:
        got, bonus = ZERO, ZERO
    lines["total"] = (state, max(got, min(number(spec.get("floor")), possible)), possible, bonus)
    return lines, whole.barred
