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
            "better": draw(st.sampled_from(["higher", "lower"])),
            **base,
        }
    grades = {"A": "1", "B": "0.6", "C#": "0"}
    low = draw(st.booleans())
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


def rules(ordinal=0):
    """Return any rule on one ordinal."""
    return st.one_of(per_occurrences(ordinal), plain_rules(ordinal), value_rules(ordinal))


@st.composite
def criteria(draw, key):
    """Return a criterion of one rule, or of two combined."""
    points = draw(st.sampled_from(["0.75", "2", "3.4", "5"]))
    types = draw(st.lists(st.sampled_from(TYPES), unique=True, max_size=2))
    data = {"key": key, "points": points, "place_types": types, "method": draw(st.sampled_from(["m1", "m2"]))}
    how = draw(st.sampled_from(["one", "one", "list", "sum", "min", "product"]))
    if how in ("one", "list"):
        return data | {"rule": draw(checklists() if how == "list" else rules())}
    pair = [draw(rules(ordinal=7)), draw(rules(ordinal=8))]
    for rule in pair:
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
answers = st.lists(
    st.tuples(
        st.sampled_from([*PLACES, "nowhere"]),
        st.sampled_from(["c1", "c2", "c3", "c4", "c9"]),
        st.sampled_from([0, 0, 0, 1, 2, 3, 7, 8]),
        st.sampled_from([0, 1, 1, 2, 2, 3]),
        st.sampled_from([0, 1, 2, 3, 9, 250, 400, 900]),
        st.sampled_from([0, 3, 10, 400, 1000]),
    ),
    max_size=40,
)
