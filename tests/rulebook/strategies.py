"""Random standards, places and answers: small, but with every kind, cell, combiner and policy."""

from hypothesis import strategies as st

TYPES, UNITS, PLACES = ("road", "market", "lane"), ("u1", "u2"), ("p1", "p2", "p3", "p4", "p5")
CELLS, WAYS = ("observation", "place", "unit", "pooled"), ("mean", "mean_by_type", "worst", "share", "sum")
AMOUNTS = ("0.1", "0.25", "0.3", "0.5", "1", "1.5")


@st.composite
def frames(draw, cells=CELLS):
    """Return cell and combiner, only such as may go together."""
    cell = draw(st.sampled_from(cells))
    ways = [w for w in WAYS if not (w == "worst" and cell == "observation")]
    ways = [w for w in ways if not (w == "mean_by_type" and cell in ("unit", "pooled"))]
    frame = {"cell": cell, "combiner": draw(st.sampled_from(ways))}
    if frame["combiner"] == "share":
        frame["share_line"] = draw(st.sampled_from(["0.5", "0.8", "1"]))
    return frame


@st.composite
def per_occurrences(draw, ordinal):
    """Kind 4, sometimes with classes of severity, a cap, or a floor below 0."""
    classed = ordinal == 0 and draw(st.booleans())
    rule = {"kind": "per_occurrence", **draw(frames(CELLS[1:] if classed else CELLS))}
    if classed:
        rule["severities"] = [{"each": draw(st.sampled_from(AMOUNTS))} for _ in range(2)]
    else:
        rule |= {"each": draw(st.sampled_from(AMOUNTS)), "ordinal": ordinal}
    if draw(st.booleans()):
        rule["cap"] = draw(st.sampled_from(["0.4", "1", "50"]))
    if draw(st.booleans()):
        rule["floor"] = draw(st.sampled_from(["-1", "0.5"]))
    if ordinal == 0 and rule["cell"] != "observation" and draw(st.booleans()):
        changes = {"fixed_on_spot": {"times": "0.5"}, "repeated": {"times": "2"}, "overdue": {"plus": "0.7"}}
        kept = draw(st.lists(st.sampled_from(sorted(changes)), min_size=1, unique=True))
        rule["modifiers"] = {name: changes[name] for name in kept}
    return rule


@st.composite
def plain_rules(draw, ordinal):
    """Kinds 3, 6 and 9."""
    kind = draw(st.sampled_from(["pass_rate", "pieces", "ratio", "base", "gate"]))
    fixed = {
        "pass_rate": {"kind": "pass_rate"},
        "pieces": {"kind": "pass_rate", "of": "pieces"},
        "ratio": {"kind": "capped_ratio", "required": draw(st.sampled_from(["1.5", "3", "7"]))},
        "base": {"kind": "capped_ratio", "required": "base"},
        "gate": {"kind": "gate", "least": draw(st.sampled_from(["0.5", "1"]))},
    }[kind]
    return {**fixed, **draw(frames(CELLS[1:] if kind in ("pieces", "base") else CELLS)), "ordinal": ordinal}


@st.composite
def value_rules(draw, ordinal):
    """Kinds 2 and 15, on a measured value, a ratio or a pass rate."""
    source = draw(st.sampled_from(["measure", "ratio", "pass_rate"]))
    frame = draw(frames(CELLS if source == "measure" else CELLS[1:]))
    base = {**frame, "value": source, "ordinal": ordinal, "times": "2" if source == "measure" else "1"}
    if draw(st.booleans()):
        return {
            "kind": "per_step",
            "line": "0.9",
            "step": draw(st.sampled_from(["0.1", "0.3"])),
            "each": draw(st.sampled_from(AMOUNTS)),
            "mode": draw(st.sampled_from(["whole", "proportion"])),
            "better": draw(st.sampled_from(["higher"] if source == "pass_rate" else ["higher", "lower"])),
            **base,
        }
    grades = {"A": "1", "B": "0.6", "C#": "0"}
    low = source != "pass_rate" and draw(st.booleans())
    ends = ("below", "to") if low else ("above", "from")
    rows = [
        {"grade": "A", draw(st.sampled_from(ends)): "0.5" if low else "0.8"},
        {"grade": "B", draw(st.sampled_from(ends)): "0.8" if low else "0.5"},
    ]
    effect = {"worst": "C#", "worst_effect": "zero_parent"} if frame["cell"] != "observation" else {}
    better = "lower" if low else "higher"
    rule = {"kind": "bands", "grades": grades, "bands": rows, "else": "C#", "better": better, **base}
    return rule | (effect if draw(st.booleans()) else {})


@st.composite
def checklists(draw):
    """Kind 1, with all, k of n, and a named subset."""
    needs = [{"grade": "A", "need": "all"}]
    needs += draw(
        st.sampled_from(
            [
                [{"grade": "B", "named": [2, 3]}],
                [{"grade": "B", "at_least": 2}],
                [{"grade": "B", "at_least": 1, "named": [1, 3]}],
            ]
        )
    )
    rule = {
        "kind": "checklist",
        "n": 3,
        "grades": {"A": "1", "B": "0.6", "C#": "0"},
        "needs": needs,
        "else": "C#",
        "met": draw(st.sampled_from(["0.5", "1"])),
        "absent": draw(st.sampled_from(["met", "not_met"])),
        **draw(frames(CELLS[1:])),
    }
    effect = {"worst": "C#", "worst_effect": "zero_parent"}
    return rule | (effect if draw(st.booleans()) else {})


@st.composite
def shortfalls(draw, ordinal):
    """Kind 5, alone also with a sub-kind at the next ordinal."""
    parted = ordinal == 0 and draw(st.booleans())
    by_base = draw(st.booleans())
    rule = {"kind": "shortfall", **draw(frames(CELLS[1:] if parted or by_base else CELLS)), "ordinal": ordinal}
    rule |= {
        "required": "base" if by_base else draw(st.sampled_from(["2", "9"])),
        "each": draw(st.sampled_from(AMOUNTS)),
    }
    if parted:
        rule["of_which"] = draw(st.sampled_from(["1", "2", "base"]))
        rule["missing"] = draw(st.sampled_from(["max", "sum"]))
    if draw(st.booleans()):
        rule |= draw(st.sampled_from([{"cap": "0.4"}, {"cap": "50"}, {"floor": "-1"}]))
    return rule


@st.composite
def densities(draw, ordinal):
    """Kind 7."""
    rule = {
        "kind": "density",
        **draw(frames(CELLS[1:])),
        "ordinal": ordinal,
        "required": draw(st.sampled_from(["1", "3"])),
    }
    rule |= draw(st.sampled_from([{"length": "500"}, {"length": "0.3", "measure": "公里"}, {"length": "7"}]))
    result = draw(st.sampled_from(["ratio", "all", "each"]))
    extra = {"each": draw(st.sampled_from(AMOUNTS)), **draw(st.sampled_from([{}, {"cap": "0.4"}, {"floor": "-1"}]))}
    return rule | {"result": result} | (extra if result == "each" else {})


@st.composite
def frequencies(draw, ordinal):
    """Kind 8."""
    rule = {"kind": "rate", **draw(frames(CELLS[1:])), "ordinal": ordinal, "else": "C"}
    rule |= {"per": draw(st.sampled_from(["1", "5"])), "measure": draw(st.sampled_from(["分钟", "米", "人次"]))}
    lines = draw(st.sampled_from([("0", "2"), ("0.5", "40")]))
    bands = [{"grade": "A", "to": lines[0]}, {"grade": "B", draw(st.sampled_from(["to", "below"])): lines[1]}]
    return rule | {"grades": {"A": "1", "B": "0.6", "C": "0"}, "bands": bands}


@st.composite
def completions(draw, ordinal):
    """Kind 10."""
    per = draw(st.booleans())
    rule = {"kind": "completion", **draw(frames(CELLS if per else CELLS[1:])), "ordinal": ordinal}
    rule |= {"value": "measure"} if per else {}
    rule["least"] = draw(st.sampled_from(["0", "0.004", "0.5"]))
    gate = {"gate": draw(st.sampled_from(["none", "part"])), "target": draw(st.sampled_from(["n1", "n2", "n21"]))}
    return rule | (gate if rule["cell"] != "observation" and draw(st.booleans()) else {})


@st.composite
def scales(draw, ordinal, framed=True):
    """Kind 12."""
    source = draw(st.sampled_from(["measure", "ratio", "pass_rate"]))
    rule = {"kind": "scale", "value": source, "ordinal": ordinal}
    rule |= draw(frames(CELLS if source == "measure" else CELLS[1:])) | {"floor": "-2"} if framed else {}
    high = [{"points": "0.25", "from": "0.9"}, {"points": "0", "from": "0.4", "below": "0.9"}]
    low = [{"points": "0.25", "to": "0.1"}, {"points": "-1", "above": "0.1", "to": "0.4"}]
    table = {"bands": high, "else_points": "-2"}
    falling = {"bands": low, "else_points": "-1.5", "better": "lower"}
    return rule | draw(st.sampled_from([table] if source == "pass_rate" else [table, falling]))


@st.composite
def manuals(draw):
    """Kind 13: values up to 0.9, kept as 900."""
    assessors = draw(st.integers(1, 6))
    rule = {"kind": "manual", "assessors": assessors, "full": "0.9", **draw(frames(("place",)))}
    rule |= {"gap": draw(st.sampled_from(["0.2", "0.65"]))} if assessors > 1 and draw(st.booleans()) else {}
    return rule | ({"trim": True} if assessors > 3 and draw(st.booleans()) else {})


@st.composite
def surveys(draw):
    """Kind 11, one question or two."""
    rule = {
        "kind": "survey",
        **draw(frames(CELLS[1:])),
        "divisor": draw(st.sampled_from(["all", "without_blank", "valid"])),
    }
    values = draw(st.sampled_from([("1", "0"), ("1", "0.5"), ("2", "0.3")]))
    rule["options"] = [{"label": f"选项{value}", "value": value} for value in values]
    if draw(st.booleans()):
        rule["questions"] = [{"label": "甲", "weight": "0.3"}, {"label": "乙", "weight": "1"}]
    rule |= {"blank_each": draw(st.sampled_from(["0", "0.01", "2"])), "line": draw(st.sampled_from(["0", "0.4"]))}
    return rule | {"least_n": draw(st.sampled_from([0, 4, 300]))} | draw(st.sampled_from([{}, {}, {"floor": "-1"}]))


@st.composite
def metrics(draw, ordinal):
    """Kind 14 over a scale; the frame is its own."""
    frame = {**draw(frames(CELLS[1:])), "floor": "-2"}
    then = draw(scales(ordinal, framed=False))
    return {"kind": "metric", "metric": "按时答复率", "as_of": "2026-12-31", "then": then, **frame}


def rules(ordinal=0, below_zero=True):
    """Return any rule on one ordinal; with several of its own only on 0; `below_zero`: those that may give less."""
    several = [manuals(), surveys()] if ordinal == 0 else []
    new = [shortfalls, densities, frequencies, completions, *([scales, metrics] if below_zero else [])]
    old = [per_occurrences, plain_rules, value_rules]
    return st.one_of(*(kind(ordinal) for kind in (*old, *new)), *several)


@st.composite
def criteria(draw, key):
    """Return a criterion of one rule, or of two combined."""
    points = draw(st.sampled_from(["0.75", "2", "3.4", "5"]))
    types = draw(st.lists(st.sampled_from(TYPES), unique=True, max_size=2))
    data = {"key": key, "points": points, "place_types": types, "method": draw(st.sampled_from(["m1", "m2"]))}
    how = draw(st.sampled_from(["one", "one", "list", "sum", "min", "product"]))
    if how in ("one", "list"):
        return data | {"rule": draw(checklists() if how == "list" else rules())}
    pair = [draw(rules(ordinal, below_zero=how != "product")) for ordinal in (7, 8)]
    for rule in pair:
        if rule["kind"] not in ("scale", "metric"):
            rule.pop("floor", None)
    if how == "sum":
        parts = {"0.75": ("0.5", "0.25"), "2": ("1", "1"), "3.4": ("3", "0.4"), "5": ("2.5", "2.5")}[points]
        pair = [rule | {"points": part} for rule, part in zip(pair, parts, strict=True)]
    return data | {"rules": pair, "combine": how}


@st.composite
def standards(draw):
    """Return a standard of two branches, one of them deeper, with any policy."""
    three = [draw(criteria(f"c{i}")) for i in range(1, 5)]
    weigh = draw(st.booleans())
    weights = [{"weight": draw(st.sampled_from(["1", "30", "45.5"]))} if weigh else {} for _ in range(2)]
    gated = draw(st.booleans())
    if gated:
        three[0] |= {"rule": {"kind": "gate", "target": draw(st.sampled_from(["n1", "n2", "n21"]))}}
        three[0].pop("rules", None), three[0].pop("combine", None)
    nodes = [
        {"key": "n1", "criteria": three[:2], **weights[0]},
        {"key": "n2", "criteria": three[2:3], "children": [{"key": "n21", "criteria": three[3:]}], **weights[1]},
    ]
    by_method = {"m1": {"weight": "40"}, "m2": {"weight": "60"}}
    return {
        "key": "s",
        "digits": draw(st.integers(0, 4)),
        "nodes": nodes,
        "na_policy": draw(st.sampled_from(["renormalise", "full", "zero"])),
        "untested": draw(st.sampled_from(["renormalise", "leave_out"])),
        "place_types": {
            "road": {"weight": "3"},
            "market": "市场",
            "lane": {"weight": draw(st.sampled_from(["0", "2"]))},
        },
        "methods": draw(st.sampled_from([by_method, {"m1": "实地", "m2": "材料"}])),
    }


places = st.fixed_dictionaries({place: st.tuples(st.sampled_from(TYPES), st.sampled_from(UNITS)) for place in PLACES})
numbers = st.tuples(
    st.sampled_from([0, 1, 1, 2, 2, 3]),
    st.sampled_from([0, 1, 2, 3, 9, 250, 400, 900, 60000]),
    st.sampled_from([0, 3, 10, 400, 1000]),
)
heads = st.tuples(st.sampled_from([*PLACES, "nowhere"]), st.sampled_from(["c1", "c2", "c3", "c4", "c9"]))
single = st.tuples(heads, st.sampled_from([0, 0, 0, 1, 2, 3, 7, 8, 100, 200, 300]), numbers)
sheet = st.tuples(heads, st.lists(numbers, min_size=9, max_size=9)).map(  # every ordinal from 0 to 8 at one place
    lambda found: [(found[0], ordinal, one) for ordinal, one in enumerate(found[1])]
)
answers = st.lists(st.one_of(single.map(lambda one: [one]), sheet), max_size=24).map(
    lambda parts: [(*head, ordinal, *one) for part in parts for head, ordinal, one in part]
)
