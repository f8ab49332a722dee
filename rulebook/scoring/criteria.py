"""From one criterion as plain data to a compiled one: its rules, its place in or outside the points."""

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from rulebook.scoring.exact import plain
from rulebook.scoring.kinds import ENDLESS, KINDS, ROLES
from rulebook.scoring.kinds.base import CELLS, COMBINERS, Frame, Rule
from rulebook.scoring.params import Params
from rulebook.scoring.standard import TOTAL, Criterion

REMARKS = ("source", "note", "evidence", "explanation", "version")  # kept by others, no part of the calculation
OUTSIDE = ("bonus", "deduction")
ROLE_WORDS = {"bonus": "加分", "deduction": "扣分", "veto": "一票否决"}
NEVER = Fraction(-(10**9))  # the floor of deductions without a cap
CELL_OF_ROLE = {"": "place", "veto": "unit"}  # otherwise pooled


class Scope(NamedTuple):
    """The words of a standard that its criteria may use."""

    place_types: tuple[str, ...]
    methods: tuple[str, ...]
    assessors: tuple[str, ...]
    names: Mapping[str, str]  # key of an indicator → how people call it


class Worth(NamedTuple):
    """What a criterion's rules are compiled for: points (the cap outside them), role, whether there is a cap."""

    points: Fraction
    role: str = ""
    capped: bool = True


def read_frame(params: Params, points: Fraction, worth: Worth, scope: Scope) -> Frame:
    """Take what every rule declares: cell, combiner, share_line, floor (in points), target, method."""
    cell = params.choice("cell", CELLS, CELL_OF_ROLE.get(worth.role, "pooled"))
    combiner = params.choice("combiner", COMBINERS, "mean")
    if combiner == "worst" and cell == "observation":
        raise params.error("“取最差”不能逐条计算，“cell”请改为 place")
    if combiner == "mean_by_type" and cell in ("unit", "pooled"):
        raise params.error("按点位类型平均只能与 observation 或 place 合用")
    share_line = params.positive("share_line", "1")
    if share_line > 1:
        raise params.error("“share_line”是得分比例，不能大于 1")
    if worth.role and params.has("floor"):
        raise params.error("加分、扣分和一票否决不填最低分，扣到多少为止请填“points”")
    floor = params.number("floor", "0" if worth.capped else NEVER)
    if floor > points:
        raise params.error("最低分比满分还高")
    target, methods = str(params.take("target", "")) or None, scope.methods
    return Frame(
        key=params.key,
        points=points,
        cell=cell,
        combiner=combiner,
        share_line=share_line,
        floor=floor / points if points else Fraction(0),
        target=target,
        target_name=scope.names.get(target or "", target or ""),
        method=params.choice("method", methods) if methods and params.has("method") else params.text("method", ""),
        role=worth.role,
        capped=worth.capped,
    )


def read_rule(key: str, data: object, worth: Worth, scope: Scope) -> Rule:
    """Compile one rule; `points` inside a rule are its own part of the criterion's."""
    params = Params(key, data)
    kind = params.choice("kind", KINDS)
    if worth.role not in ROLES[kind]:
        raise params.error(f"“{kind}”要单独成一条加减分或一票否决，不能放在“rules”里")
    own = worth.points if worth.role else params.number("points", worth.points, least="0")
    frame = read_frame(params, own, worth, scope)
    if frame.target and params.key == frame.target:
        raise params.error("“target”要填上级指标，本项不用填")
    rule = KINDS[kind](params, frame)
    params.finish()
    if frame.target and not rule.closes:
        raise params.error("只有前提条件（gate）和完成情况（completion）能填“target”")
    if rule.name == "gate" and not own and not frame.target:
        raise params.error("这个前提条件不起作用：请填“target”，或改用 combine: min，不填“points”")
    if worth.role and any(grade.marked for grade in getattr(rule, "grades", ())):
        raise params.error("加分、扣分不影响上级得分，“worst_effect”不能填 zero_parent")
    if rule.unit > 10**9:
        raise params.error("分值与扣分的小数位数太多，无法精确计算")
    return rule


def read_rules(params: Params, points: Fraction, scope: Scope) -> tuple[tuple[Rule, ...], str]:
    """Take `rule`, or `rules` with `combine`: sum (parts of the points), min or product."""
    many = params.rows("rules")
    combine = params.choice("combine", ("sum", "min", "product"), "sum")
    if many and params.has("rule"):
        raise params.error("“rule”与“rules”只能填一样")
    data = list(many) or [params.take("rule")]
    rules = tuple(read_rule(params.key, one, Worth(points), scope) for one in data)
    parts = sum((rule.frame.points for rule in rules), Fraction(0))
    if combine == "sum" and parts != points:
        raise params.error(f"各规则的分值合计 {plain(parts)}，与满分 {plain(points)} 不符")
    if combine != "sum" and any(rule.frame.points != points for rule in rules):
        raise params.error("取最低或相乘时，各规则的分值都等于满分，不必另填")
    if len(rules) > 1 and combine == "product" and any(rule.frame.floor < 0 for rule in rules):
        raise params.error("最低分为负的规则不能相乘")
    kept = Counter(ordinal for rule in rules if rule.frame.cell == "observation" for ordinal in rule.ordinals)
    if any(times > 1 for times in kept.values()):
        raise params.error("两条规则都要逐条计算同一个序号，请给它们不同的“ordinal”")
    return rules, combine


def read_precedence(params: Params, rules: tuple[Rule, ...], combine: str) -> tuple[str, ...]:
    """Take `precedence`, the methods of the rules from the strongest on."""
    order = tuple(str(one) for one in params.rows("precedence"))
    if not order:
        return ()
    named = {rule.frame.method for rule in rules}
    if combine != "sum":
        raise params.error("“precedence”只与 combine: sum 合用；取最低时各规则本来就以低的为准")
    if "" in named or len(order) < 2 or len(set(order)) < len(order) or set(order) != named:
        raise params.error("“precedence”要把各规则的“method”由强到弱各列一次，每条规则都要写“method”")
    return order


def role_of(params: Params, kind: str) -> str:
    """Take `role`: what the criterion says, or the only one that its kind can have."""
    known = ROLES.get(kind, frozenset({""}))
    role = params.choice("role", OUTSIDE) if params.has("role") else ""
    if not role and len(known) == 1:
        return next(iter(known))
    if role not in known:
        which = "、".join(ROLE_WORDS[one] for one in sorted(known) if one) or "普通测评标准"
        raise params.error(f"这种规则只能作{which}，“role”请改一改")
    return role


def read_outside(params: Params, role: str, kind: str, scope: Scope) -> tuple[tuple[Rule, ...], Worth, str]:
    """Take the one rule, the cap and the aim of a criterion outside the points."""
    if params.has("weight") or params.has("rules") or params.has("precedence"):
        raise params.error(f"{ROLE_WORDS[role]}只有一条“rule”，也没有“weight”和“precedence”")
    if role == "veto" and (params.has("points") or params.has("to")):
        raise params.error("一票否决没有分值，不填“points”和“to”")
    capped = params.has("points")
    if not capped and role not in ENDLESS[kind]:
        raise params.error(f"要填“points”：这条最多{ROLE_WORDS[role][:1]}多少分")
    worth = Worth(params.positive("points") if capped else Fraction(1), role, capped)
    to = params.choice("to", (TOTAL, "parent"), TOTAL)
    return (read_rule(params.key, params.take("rule"), worth, scope),), worth, to if role != "veto" else ""


def read_assessors(params: Params, known: tuple[str, ...], role: str) -> tuple[int, ...]:
    """Take `assessors`, the numbers of those who may assess this criterion: all, unless it says otherwise."""
    if role or not known:
        if params.has("assessors"):
            raise params.error("加减分不分测评主体" if role else "体系没有列“assessors”，这条不能填")
        return (0,)
    if not params.has("assessors"):
        return tuple(range(len(known)))
    rows = params.rows("assessors")
    numbers = [known.index(Params(params.key, {"assessors": one}).choice("assessors", known)) for one in rows]
    if not numbers or len(set(numbers)) < len(numbers):
        raise params.error("“assessors”要列出由谁测评，每个一次")
    return tuple(sorted(numbers))


def is_outside_row(row: object) -> bool:
    """Say whether a criterion, or all that stands below a node without points, is outside the points; before reading.

    What cannot be read counts as inside: it is refused elsewhere.
    """
    if not isinstance(row, Mapping):
        return False
    if "rule" in row or "rules" in row:
        return row.get("role") is not None or "" not in ROLES.get(kind_of(row), {""})
    below = [one for name in ("children", "criteria") for one in row.get(name) or () if isinstance(row.get(name), list)]
    return bool(below) and row.get("points") is None and all(map(is_outside_row, below))


def kind_of(data: Mapping[object, object]) -> str:
    """Return the kind of a criterion's only rule, before it is read."""
    rule = data.get("rule")
    return str(rule.get("kind")) if isinstance(rule, Mapping) else ""


def read_criterion(data: object, level: int, scope: Scope) -> Criterion:
    """Compile one criterion."""
    key = str(data.get("key", "")) if isinstance(data, dict) else ""
    params = Params(key or "（没有 key 的测评标准）", data)
    params.text("key")
    kind = kind_of(data) if isinstance(data, dict) else ""
    role = role_of(params, kind)
    if role:
        rules, worth, to = read_outside(params, role, kind, scope)
        points, weight, combine = worth.points if worth.capped else Fraction(0), Fraction(0), "sum"
        to = TOTAL if to and level == 1 else to
    else:
        if params.has("to"):
            raise params.error("只有加分、扣分才填“to”")
        points, to = params.number("points", least="0"), ""
        rules, combine = read_rules(params, points, scope)
        weight = params.number("weight", points, least="0")
        if weight and not points:
            raise params.error("填了权重，分值不能为 0")
    found = Criterion(
        key=key,
        label=params.text("label", ""),
        text=params.text("text", ""),
        method=method_of(params, scope.methods, needed=not role or to == "parent"),
        place_types=place_types_of(params, scope.place_types),
        points=points,
        weight=weight,
        rules=rules,
        combine=combine,
        level=level,
        role=role,
        to=to,
        precedence=read_precedence(params, rules, combine),
        assessors=read_assessors(params, scope.assessors, role),
    )
    for name in REMARKS:
        params.take(name)
    params.finish()
    return found


def method_of(params: Params, known: tuple[str, ...], *, needed: bool) -> str:
    """Take the method; where the standard lists methods, whatever stands in a tree needs one of them."""
    if known and (needed or params.has("method")):
        return params.choice("method", known)
    return params.text("method", "")


def place_types_of(params: Params, known: Iterable[str]) -> tuple[str, ...]:
    """Take the types of places the criterion is examined at."""
    rows = params.rows("place_types")
    return tuple(Params(params.key, {"place_types": one}).choice("place_types", known) for one in rows)
