"""Random standards with everything around the criteria: roles, assessors, precedence, districts, vetoes.

The standard inside the points is drawn by `strategies`; what stands around it, and the answers, grow from one number:
only many of them at once make every part of a standard count.
"""

from random import Random

from hypothesis import strategies as st

from tests.rulebook.strategies import PLACES, TYPES, UNITS, standards

DISTRICTS, POINTS = ("d1", "d2", "d3"), ("0.5", "1", "2.5", "5")
ROLES = ("b1", "b2", "b3", "k1", "x1", "x2", "x3", "v1")
KEYS = ("c1", "c2", "c3", "c4", "c1", "c2", "c3", "c4", *ROLES)
ORDINALS = (0, 0, 0, 1, 1, 2, 3, 7, 8, 1000, 1000, 1001, 1007, 1008, 2000, 2000, 2007)


class Dice(Random):
    """Chance, with the two things asked of it most."""

    def coin(self):
        """Return heads or tails."""
        return self.random() < 0.5

    def some(self, names):
        """Return some of the names, at least one, in their order."""
        return [name for name in names if self.coin()] or [self.choice(names)]


dice = st.integers(0, 2**32).map(Dice)


def cap(dice):
    """Return a cap, or none."""
    return {"points": dice.choice(["1", "4", "20"])} if dice.coin() else {}


def event_frame(dice, cells=("pooled", "unit", "place")):
    """Return cell and combiner of events, often as if nobody had said anything."""
    return {"cell": dice.choice(cells), "combiner": dice.choice(["mean", "sum"])} if dice.coin() else {}


def bonus(dice, key):
    """Kind 22: levels of honours, or one kind of them."""
    rule = {"kind": "bonus", **event_frame(dice)}
    if dice.coin():
        rule["levels"] = [{"label": name, "points": dice.choice(POINTS)} for name in ("国家级", "省级")]
    else:
        rule |= {"each": dice.choice(POINTS), "ordinal": 1}
    return {"key": key, "rule": rule, **cap(dice)}


def clean_places(dice):
    """Kind 22: clean places, more from 2 or 3 on."""
    rule = {"kind": "clean_places", "each": dice.choice(POINTS), **event_frame(dice, ("pooled", "unit"))}
    if dice.coin():
        rule |= {"from": dice.choice([2, 3]), "times": dice.choice(["1.5", "2"])}
    return {"key": "k1", "rule": rule, "place_types": dice.some(TYPES) if dice.coin() else [], **cap(dice)}


def negatives(dice):
    """Kind 23, sometimes capped."""
    events = [{"label": name, "points": dice.choice(POINTS)} for name in ("甲", "乙")]
    return {"key": "x1", "rule": {"kind": "negative_list", "events": events, **event_frame(dice)}, **cap(dice)}


def measured(dice, key):
    """An ordinary rule that gives or takes points outside."""
    if dice.coin():
        return {
            "key": key,
            "role": "deduction",
            "rule": {"kind": "per_occurrence", "each": dice.choice(POINTS)},
            **cap(dice),
        }
    role = dice.choice(["bonus", "deduction"])
    return {"key": key, "role": role, "points": dice.choice(POINTS), "rule": {"kind": "pass_rate"}}


def veto(dice):
    """Kind 24."""
    rule = {"kind": "veto", "effect": dice.choice(["ineligible", "revoke", "zero"])}
    return {"key": "v1", "rule": rule | ({"cell": dice.choice(["unit", "pooled"])} if dice.coin() else {})}


def ordinary(spec):
    """Return the criteria inside the points."""
    first, second, _ = spec["nodes"]
    rows = [*first["criteria"], *second["criteria"], *second["children"][0]["criteria"]]
    return [row for row in rows if row["key"].startswith("c")]


def assessed(dice, spec):
    """Let several assess, each of them at least one criterion; by total only where no methods are weighed."""
    names = ("self", "peers", "office")
    weights = dice.choice([("40", "30", "30"), ("0", "1", "1"), ("0.2", "0.3", "0.5")])
    spec["assessors"] = {name: {"label": name, "weight": weight} for name, weight in zip(names, weights, strict=True)}
    if dice.coin():
        spec |= {"assessors_combine": "total", "methods": {"m1": "实地", "m2": "材料"}}
    for row in ordinary(spec)[1:]:
        row |= {"assessors": dice.some(names)} if dice.coin() else {}


def preceded(dice, spec):
    """Give criteria of several rules methods, and let one precede the other."""
    for row in ordinary(spec)[:3:2]:
        if row["rule" if "rule" in row else "rules"] and not row.get("rule", {}).get("target"):
            row.pop("rule", None)
            half = str(float(row["points"]) / 2)
            rules = [{"kind": "pass_rate", "ordinal": 7}, {"kind": "per_occurrence", "each": "0.1", "ordinal": 8}]
            pairs = zip(rules, ("m1", "m2"), strict=True)
            row["rules"] = [rule | {"points": half, "method": name} for rule, name in pairs]
            row |= {"combine": "sum", "precedence": dice.choice([["m1", "m2"], ["m2", "m1"]])}


@st.composite
def around(draw):
    """Return a standard with roles everywhere, and by chance assessors, districts, precedence, cap and floor."""
    spec, dice_ = draw(standards()), draw(dice)
    first, second = spec["nodes"]
    inside = {"to": "parent", "method": dice_.choice(["m1", "m2"])}
    first["criteria"] += [bonus(dice_, "b1") | inside, measured(dice_, "x2") | inside]
    second["criteria"] += [bonus(dice_, "b2"), measured(dice_, "x3") | inside]
    second["children"][0]["criteria"] += [bonus(dice_, "b3") | inside]
    group = {"key": "n3", "criteria": [clean_places(dice_), negatives(dice_), veto(dice_)]}
    spec["nodes"] = [first, second, group]
    spec |= {"bonus_cap": dice_.choice(["0", "1.5", "6"])} if dice_.coin() else {}
    spec |= {"floor": dice_.choice(["-3", "0.5"])} if dice_.coin() else {}
    if dice_.coin():
        weights = dice_.choice([("1", "2", "3"), ("0", "30", "50"), ("15", "25", "60")])
        spec["districts"] = {key: {"weight": weight} for key, weight in zip(DISTRICTS, weights, strict=True)}
    for change in (assessed, preceded):
        if dice_.coin():
            change(dice_, spec)
    return spec


@st.composite
def bases(draw):
    """Return a standard of a base with nothing but changes, as the months of sub-districts are scored."""
    dice_ = draw(dice)
    rows = [bonus(dice_, "b1"), clean_places(dice_), negatives(dice_), measured(dice_, "x2")]
    more = dice_.choice([{}, {"bonus_cap": "3"}, {"floor": "-10"}])
    spec = {"key": "s", "points": dice_.choice(["5", "100"]), "digits": 2, "place_types": dict.fromkeys(TYPES, "")}
    return spec | {"nodes": [{"key": "n1", "criteria": rows}]} | more


@st.composite
def proofs(draw):
    """Return a small standard in which methods precede one another and several assess, all of them often."""
    dice_ = draw(dice)
    rules = [
        {"kind": "pass_rate", "points": "2", "method": "m1"},
        {"kind": "per_occurrence", "each": "0.5", "points": "3", "method": "m2", "ordinal": 7},
        {"kind": "pass_rate", "points": "1", "method": "m3", "ordinal": 8},
    ]
    rules = [rule | {"cell": dice_.choice(["place", "unit", "pooled"])} for rule in rules]
    order = dice_.sample(["m1", "m2", "m3"], 3)
    rows = [{"key": f"c{i}", "points": "6", "method": "m1", "rules": rules, "precedence": order} for i in (1, 2)]
    group = {"key": "n3", "criteria": [clean_places(dice_), negatives(dice_), veto(dice_)]}
    types, methods = dict.fromkeys(TYPES, ""), {"m1": "材料", "m2": "实地", "m3": "问卷"}
    spec = {"key": "s", "place_types": types, "methods": methods, "nodes": [{"key": "n1", "criteria": rows}, group]}
    if dice_.coin():
        names = ("self", "peers", "office")
        spec["assessors"] = {name: {"weight": weight} for name, weight in zip(names, ("40", "30", "0"), strict=True)}
        spec["assessors_combine"] = dice_.choice(["criterion", "total"])
        rows[1] |= {"assessors": dice_.some(names)}
        rows[0] |= {"assessors": list(names)}
    return spec


@st.composite
def places(draw):
    """Return {key: (place type, unit, district)}; some belong to no district."""
    dice_ = draw(dice)
    names = (TYPES, UNITS, (*DISTRICTS, ""))
    return {place: tuple(dice_.choice(each) for each in names) for place in PLACES}


def row_of(dice):
    """Return one answer; most are good."""
    return (
        dice.choice([*PLACES, "nowhere"]),
        dice.choice(KEYS),
        dice.choice(ORDINALS),
        dice.choice([0, 1, 1, 1, 2, 2, 3]),
        dice.choice([0, 0, 1, 2, 3, 400, 900]),
        dice.choice([0, 3, 400, 1000]),
    )


@st.composite
def answers(draw):
    """Return few answers or many."""
    dice_ = draw(dice)
    return [row_of(dice_) for _ in range(dice_.choice([0, 3, 15, 60, 120]))]
