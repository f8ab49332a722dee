"""The slow opinion on kinds of rule: one cell's records (place, criterion, ordinal, mark, count, base) to its rate.

Each kind returns (rate or None for not examined, whether a gate or the marked worst grade fell). Shares no code with
rulebook.scoring.
"""

import itertools
import math
from fractions import Fraction as F

GOOD, BAD, ABSENT = 1, 2, 3
ZERO, ONE = F(0), F(1)
SIZES = {"公里": 1000, "分钟": 60, "小时": 3600}


def number(value, default=0):
    """Read a decimal as written."""
    return F(str(default if value is None else value))


def severities(rule):
    """Return (ordinal, deduction) of each class."""
    rows = rule.get("severities") or [{"ordinal": rule.get("ordinal", 0), "each": rule.get("each")}]
    found = [(row.get("ordinal", i), number(row["each"])) for i, row in enumerate(rows, 1)]
    changes = rule.get("modifiers", {})
    more = [
        (o + 100, each * number(changes["fixed_on_spot"]["times"])) for o, each in found if "fixed_on_spot" in changes
    ]
    more += [(o + 200, each * number(changes["repeated"]["times"])) for o, each in found if "repeated" in changes]
    more += [(o + 300, number(changes["overdue"]["plus"])) for o, _ in found if "overdue" in changes]
    return found + more


def ordinals(rule):
    """Return the ordinals a rule reads."""
    if rule["kind"] == "checklist":
        return list(range(1, (rule.get("n") or len(rule["items"])) + 1))
    if rule["kind"] == "per_occurrence":
        return [ordinal for ordinal, _ in severities(rule)]
    own = [rule.get("ordinal", 0)]
    if rule["kind"] == "shortfall":
        return [own[0], own[0] + 1] if "of_which" in rule else own
    if rule["kind"] == "survey":
        each = len(rule["options"]) + 2
        return [own[0] + 1 + i for i in range(each * len(rule.get("questions") or [0]))]
    if rule["kind"] == "manual":
        assessors = [own[0] + i for i in range(1, rule.get("assessors", 1) + 1)]
        return own + assessors if "gap" in rule else assessors
    if rule["kind"] == "metric":
        return ordinals(rule["then"])
    for band in [*rule.get("floor_bands", []), *rule.get("bands", [])]:
        own += [also["ordinal"] for also in band.get("and", []) if also["ordinal"] not in own]
    return own


def unfit(rule, row):
    """Say whether a rule that reads an examined row cannot use it."""
    if row[3] not in (GOOD, BAD):
        return False
    if rule["kind"] == "manual":
        return row[4] > number(rule.get("full"), 100) * 1000
    if rule["kind"] in ("density", "rate") or (rule["kind"] == "completion" and rule.get("value") != "measure"):
        return row[5] == 0
    return rule.get("of") == "pieces" and not 0 < row[5] >= row[4]


def examined(rows, ordinal=None):
    """Return the examined rows of an ordinal."""
    return [row for row in rows if row[3] in (GOOD, BAD) and ordinal in (None, row[2])]


def occurrences(row):
    """Return how often: a bad mark without a count is once."""
    return max(row[4], int(row[3] == BAD))


def deepest(rule, points):
    """Return the most points a deduction can reach."""
    most = points - number(rule.get("floor"))
    return min(most, number(rule["cap"])) if rule.get("cap") is not None else most


def per_occurrence(rule, points, rows):
    """Kind 4."""
    known = [row for ordinal, _ in severities(rule) for row in examined(rows, ordinal)]
    if not known:
        return None, False
    each = dict(severities(rule))
    lost = sum((each[row[2]] * occurrences(row) for row in known), ZERO)
    return 1 - min(lost, deepest(rule, points)) / points, False


def pass_rate(rule, points, rows):
    """Kind 9."""
    known = examined(rows, rule.get("ordinal", 0))
    if rule.get("of") == "pieces":
        base = sum(row[5] for row in known)
        return (F(sum(row[4] for row in known), base) if base else None), False
    return (F(sum(row[3] == GOOD for row in known), len(known)) if known else None), False


def capped_ratio(rule, points, rows):
    """Kind 3."""
    known = examined(rows, rule.get("ordinal", 0))
    have = F(sum(row[4] for row in known), 1000 if rule.get("number") == "measure" else 1)
    required = sum(row[5] for row in known) if rule["required"] == "base" else number(rule["required"])
    return (min(ONE, have / required) if known and required else None), False


def gate(rule, points, rows):
    """Kind 6."""
    known = examined(rows, rule.get("ordinal", 0))
    if not known:
        return None, False
    passed = F(sum(row[3] == GOOD for row in known), len(known)) >= number(rule.get("least"), 1)
    return (ONE, False) if passed else (ZERO, True)


def value_of(rule, rows, ordinal):
    """Return the number that bands and steps are read from."""
    known = examined(rows, ordinal)
    if not known:
        return None
    source, factor = rule.get("value", "measure"), number(rule.get("times"), 1)
    if rule.get("kind") == "rate":
        source, factor = "ratio", number(rule.get("per"), 1) * SIZES.get(rule["measure"], 1)
    if source == "measure":
        found = F(sum(row[4] for row in known), 1000 * len(known))
    elif source == "ratio":
        base = sum(row[5] for row in known)
        if not base:
            return None
        found = F(sum(row[4] for row in known), base)
    else:
        found = F(sum(row[3] == GOOD for row in known), len(known))
    return found * factor


def holds(test, value):
    """Compare a value with every end given."""
    return (
        ("above" not in test or value > number(test["above"]))
        and ("from" not in test or value >= number(test["from"]))
        and ("below" not in test or value < number(test["below"]))
        and ("to" not in test or value <= number(test["to"]))
    )


def grade_result(rule, points, label):
    """Return the rate of a grade and whether it zeroes the item above."""
    rate = number(rule["grades"][label])
    rate = rate / points if rule.get("grades_in") == "points" and points else rate
    return rate, label == rule.get("worst") and rule.get("worst_effect") == "zero_parent"


def bands(rule, points, rows):
    """Kind 2."""
    tables = [*rule.get("floor_bands", []), *rule.get("bands", [])]
    value = value_of(rule, rows, rule.get("ordinal", 0))
    others = [[value_of(also, rows, also["ordinal"]) for also in band.get("and", [])] for band in tables]
    if value is None or any(other is None for found in others for other in found):
        return None, False
    for band, found in zip(tables, others, strict=True):
        also = zip(band.get("and", []), found, strict=True)
        if holds(band, value) and all(holds(test, other) for test, other in also):
            return grade_result(rule, points, band["grade"])
    return grade_result(rule, points, rule["else"])


def per_step(rule, points, rows):
    """Kind 15."""
    value = value_of(rule, rows, rule.get("ordinal", 0))
    if value is None:
        return None, False
    gap = number(rule["line"]) - value
    gap = gap if rule.get("better", "higher") == "higher" else -gap
    steps = max(gap, ZERO) / number(rule.get("step"), 1)
    steps = F(math.floor(steps)) if rule["mode"] == "whole" else steps
    return 1 - min(steps * number(rule["each"]), deepest(rule, points)) / points, False


def checklist_grade(rule, met):
    """Return the label earned by a set of standards met."""
    for need in rule["needs"]:
        named = need.get("named") or ordinals(rule)
        least = need.get("at_least", len(named))
        if len(met & set(named)) >= least:
            return need["grade"]
    return rule["else"]


def checklist(rule, points, rows):
    """Kind 1."""
    met, open_, known = set(), set(), False
    for ordinal in ordinals(rule):
        seen = examined(rows, ordinal)
        known = known or bool(seen)
        if seen:
            good = F(sum(row[3] == GOOD for row in seen), len(seen)) >= number(rule.get("met"), 1)
        elif any(row[3] == ABSENT and row[2] == ordinal for row in rows):
            good = rule.get("absent", "met") == "met"
        else:
            open_.add(ordinal)
            good = False
        met |= {ordinal} if good else set()
    worst = grade_result(rule, points, checklist_grade(rule, met))
    best = grade_result(rule, points, checklist_grade(rule, met | open_))
    return worst if known and worst == best else (None, False)


def missing(rule, present):
    """Return how many are missing, given how many of all and of the sub-kind are demanded and there."""
    short = [max(demanded - there, 0) for demanded, there in present]
    return sum(short) if rule.get("missing") == "sum" else max(short)


def shortfall(rule, points, rows):
    """Kind 5: every way the open number could have come out must cost the same."""
    own = ordinals(rule)
    names = ["required", "of_which"][: len(own)]
    seen = [examined(rows, ordinal) for ordinal in own]
    if not any(seen):
        return None, False
    there = [sum(row[4] for row in found) for found in seen]
    demanded, guesses = [], []
    for place, (name, found) in enumerate(zip(names, seen, strict=True)):
        gone = not found and any(row[2] == own[place] and row[3] == ABSENT for row in rows)
        given = rule[name] == "base"
        demanded.append(
            [0]
            if gone
            else [sum(row[5] for row in found)]
            if given and found
            else [0, 9**9]
            if given
            else [int(rule[name])]
        )
        if found or gone:
            guesses.append([there[place]])
        else:
            most = 9**9 if place == 0 else there[0]
            least = there[1] if place == 0 else 0
            guesses.append([least, most])
    each, most = number(rule["each"]), deepest(rule, points)
    costs = {
        min(missing(rule, list(zip(wanted, counts, strict=True))) * each, most)
        for wanted in itertools.product(*demanded)
        for counts in itertools.product(*guesses)
    }
    return (1 - costs.pop() / points, False) if len(costs) == 1 else (None, False)


def density(rule, points, rows):
    """Kind 7."""
    known = examined(rows, rule.get("ordinal", 0))
    if not known:
        return None, False
    walked, there = sum(row[5] for row in known), sum(row[4] for row in known)
    length = number(rule["length"]) * SIZES.get(rule.get("measure"), 1)
    needed = math.ceil(walked * number(rule["required"]) / length)
    if rule.get("result") == "all":
        return F(there >= needed), False
    if rule.get("result") == "each":
        return 1 - min(max(needed - there, 0) * number(rule["each"]), deepest(rule, points)) / points, False
    return min(ONE, F(there, needed)), False


def completion(rule, points, rows):
    """Kind 10."""
    known = examined(rows, rule.get("ordinal", 0))
    if not known:
        return None, False
    per = rule.get("value") == "measure"
    planned = 100000 * len(known) if per else sum(row[5] for row in known)
    done = min(ONE, F(sum(row[4] for row in known), planned))
    rate = ZERO if done < number(rule.get("least")) else done
    return rate, rate < {"none": F(1, 10**12), "part": ONE}.get(rule.get("gate"), ZERO)


def scale(rule, points, rows):
    """Kind 12."""
    value = value_of(rule, rows, rule.get("ordinal", 0))
    if value is None:
        return None, False
    given = [number(band["points"]) for band in rule["bands"] if holds(band, value)]
    return (given or [number(rule["else_points"])])[0] / points, False


def manual(rule, points, rows):
    """Kind 13."""
    own = ordinals(rule)
    values = {o: F(sum(r[4] for r in found), 1000 * len(found)) for o in own if (found := examined(rows, o))}
    full = number(rule.get("full"), 100)
    arbiter = values.pop(rule.get("ordinal", 0), None) if "gap" in rule else None
    if arbiter is not None:
        return arbiter / full, False
    given = sorted(values.values())
    if not given or ("gap" in rule and given[-1] - given[0] > number(rule["gap"])):
        return None, False
    kept = given[1:-1] if rule.get("trim") and len(given) >= 4 else given
    return sum(kept) / len(kept) / full, False


def survey_question(rule, rows, first):
    """Return (share, blank ballots) of one question; None where it does not count."""
    values = [number(option["value"]) for option in rule["options"]]
    known = [examined(rows, first + i) for i in range(len(values) + 2)]
    ballots = [sum(row[4] for row in found) for found in known]
    options, (blank, invalid) = ballots[:-2], ballots[-2:]
    left_out = {"all": 0, "without_blank": blank, "valid": blank + invalid}[rule.get("divisor", "all")]
    cast = sum(ballots) - left_out
    if not all(known[:-2]) or cast < max(1, rule.get("least_n", 0)):
        return None
    return sum(value * many for value, many in zip(values, options, strict=True)) / cast / values[0], blank


def survey(rule, points, rows):
    """Kind 11."""
    own, each = ordinals(rule), len(rule["options"]) + 2
    weights = [number(question["weight"]) for question in rule.get("questions") or [{"weight": 1}]]
    found = [survey_question(rule, rows, own[i * each]) for i in range(len(weights))]
    counted = [(weight, *one) for weight, one in zip(weights, found, strict=True) if one]
    if not counted:
        return None, False
    whole = sum(weight for weight, _, _ in counted)
    share = sum(weight * share for weight, share, _ in counted) / whole
    share = ZERO if share < number(rule.get("line")) else share
    blank = sum(weight * many for weight, _, many in counted) / whole
    rate = share - blank * number(rule.get("blank_each")) / points
    return max(rate, number(rule.get("floor")) / points), False


def metric(rule, points, rows):
    """Kind 14."""
    then = {name: rule[name] for name in ("floor",) if name in rule} | rule["then"]
    return KINDS[then["kind"]](then, points, rows)


KINDS = {
    "checklist": checklist,
    "bands": bands,
    "capped_ratio": capped_ratio,
    "per_occurrence": per_occurrence,
    "gate": gate,
    "pass_rate": pass_rate,
    "per_step": per_step,
    "shortfall": shortfall,
    "density": density,
    "rate": bands,
    "completion": completion,
    "survey": survey,
    "scale": scale,
    "manual": manual,
    "metric": metric,
}


def enough(rule, row):
    """Return the least count with which a record alone loses nothing."""
    kind, required = rule["kind"], rule.get("required")
    if kind == "shortfall":
        wanted = rule[["required", "of_which"][ordinals(rule).index(row[2])]]
        return row[5] if wanted == "base" else int(wanted)
    if kind == "density":
        length = number(rule["length"]) * SIZES.get(rule.get("measure"), 1)
        return math.ceil(row[5] * number(required) / length)
    if kind == "completion":
        return 100000 if rule.get("value") == "measure" else row[5]
    if kind == "manual":
        return int(number(rule.get("full"), 100) * 1000)
    step = 1000 if rule.get("number") == "measure" else 1
    return row[5] * step if required == "base" else math.ceil(number(required) * step)


def clean_ballots(rule, row):
    """Return the same ballots cast for the best option, where they lose something and count."""
    place, criterion, ordinal, _, count, base = row
    values = [number(option["value"]) for option in rule["options"]]
    question, option = divmod(ordinal - ordinals(rule)[0], len(values) + 2)
    name = "option" if option < len(values) else ["blank", "invalid"][option - len(values)]
    counts = (
        name not in {"all": [], "without_blank": ["blank"], "valid": ["blank", "invalid"]}[rule.get("divisor", "all")]
    )
    costs = values[option] < values[0] if name == "option" else counts
    costs = costs or (name == "blank" and number(rule.get("blank_each")) > 0)
    if not costs:
        return [(place, criterion, ordinal, GOOD, count, base)]
    best = ordinals(rule)[0] + question * (len(values) + 2)
    moved = [(place, criterion, best, GOOD, count, 0)] if counts else []
    return [(place, criterion, ordinal, GOOD, 0, base), *moved]


def clean(rule, row):
    """Return the rows that stand for an examined one when nothing had been found; None where a kind has no findings."""
    place, criterion, ordinal, _, count, base = row
    if rule["kind"] == "survey":
        return clean_ballots(rule, row)
    if rule["kind"] in ("checklist", "gate") or (rule["kind"] == "pass_rate" and rule.get("of") != "pieces"):
        return [(place, criterion, ordinal, GOOD, count, base)]
    if rule["kind"] in ("bands", "rate", "per_step", "scale", "metric"):
        return None
    if rule["kind"] == "per_occurrence":
        return [(place, criterion, ordinal, GOOD, 0, base)]
    least = base if rule["kind"] == "pass_rate" else enough(rule, row)
    many = least if rule["kind"] in ("pass_rate", "manual") else max(count, least)
    return [(place, criterion, ordinal, GOOD, many, base)]
