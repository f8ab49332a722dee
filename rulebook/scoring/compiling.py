"""From a standard as plain data to a compiled one; everything wrong with it is refused here, all at once."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

from rulebook.scoring.errors import Problem, SpecError
from rulebook.scoring.exact import plain
from rulebook.scoring.kinds import KINDS
from rulebook.scoring.kinds.base import CELLS, COMBINERS, Frame, Rule
from rulebook.scoring.params import Params
from rulebook.scoring.standard import TOTAL, Criterion, Node, Standard

POLICIES = ("renormalise", "full", "zero")
REMARKS = ("source", "note", "evidence", "explanation", "version")  # kept by others, no part of the calculation


def content_hash(spec: object) -> str:
    """Return the sha256 of a standard's data, whatever the order of its keys."""
    text = json.dumps(spec, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def read_frame(params: Params, points: Fraction) -> Frame:
    """Take what every rule declares: cell, combiner, share_line, floor (in points), target."""
    cell = params.choice("cell", CELLS, "place")
    combiner = params.choice("combiner", COMBINERS, "mean")
    if combiner == "worst" and cell == "observation":
        raise params.error("“取最差”不能逐条计算，“cell”请改为 place")
    if combiner == "mean_by_type" and cell in ("unit", "pooled"):
        raise params.error("按点位类型平均只能与 observation 或 place 合用")
    share_line = params.positive("share_line", "1")
    if share_line > 1:
        raise params.error("“share_line”是得分比例，不能大于 1")
    floor = params.number("floor", "0")
    if floor > points:
        raise params.error("最低分比满分还高")
    rate = floor / points if points else Fraction(0)
    target = str(params.take("target", "")) or None
    return Frame(
        key=params.key, points=points, cell=cell, combiner=combiner, share_line=share_line, floor=rate, target=target
    )


def read_rule(key: str, data: object, points: Fraction) -> Rule:
    """Compile one rule; `points` inside a rule are its own part of the criterion's."""
    params = Params(key, data)
    compiler = KINDS[params.choice("kind", KINDS)]
    own = params.number("points", points, least="0")
    frame = read_frame(params, own)
    if frame.target and params.key == frame.target:
        raise params.error("“target”要填上级指标，本项不用填")
    rule = compiler(params, frame)
    params.finish()
    if frame.target and rule.name != "gate":
        raise params.error("只有前提条件（gate）能填“target”")
    if rule.name == "gate" and not own and not frame.target:
        raise params.error("这个前提条件不起作用：请填“target”，或改用 combine: min，不填“points”")
    if rule.unit > 10**9:
        raise params.error("分值与扣分的小数位数太多，无法精确计算")
    return rule


def read_rules(params: Params, points: Fraction) -> tuple[tuple[Rule, ...], str]:
    """Take `rule`, or `rules` with `combine`: sum (parts of the points), min or product."""
    many = params.rows("rules")
    combine = params.choice("combine", ("sum", "min", "product"), "sum")
    if many and params.has("rule"):
        raise params.error("“rule”与“rules”只能填一样")
    data = list(many) or [params.take("rule")]
    rules = tuple(read_rule(params.key, one, points) for one in data)
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


def read_criterion(data: object, level: int, place_types: Iterable[str], methods: Iterable[str]) -> Criterion:
    """Compile one criterion."""
    key = str(data.get("key", "")) if isinstance(data, dict) else ""
    params = Params(key or "（没有 key 的测评标准）", data)
    params.text("key")
    points = params.number("points", least="0")
    rules, combine = read_rules(params, points)
    types = tuple(
        Params(key, {"place_types": one}).choice("place_types", place_types) for one in params.rows("place_types")
    )
    known = tuple(methods)
    method = params.choice("method", known) if known else params.text("method", "")
    label, text = params.text("label", ""), params.text("text", "")
    weight = params.number("weight", points, least="0")
    if weight and not points:
        raise params.error("填了权重，分值不能为 0")
    if weight and not points:
        raise params.error("分值为 0 的标准不能有权重")
    for name in REMARKS:
        params.take(name)
    params.finish()
    return Criterion(
        key=key,
        label=label,
        text=text,
        method=method,
        place_types=types,
        points=points,
        weight=weight,
        rules=rules,
        combine=combine,
        level=level,
    )


class Reader:
    """Reads the tree of one standard and gathers every fault in it."""

    def __init__(self, place_types: Iterable[str], methods: Iterable[str]) -> None:
        self.place_types = tuple(place_types)
        self.methods = tuple(methods)
        self.problems: list[Problem] = []

    def node(self, data: object, level: int) -> Node | None:
        """Compile a node and all below it; None where it cannot be read at all."""
        try:
            key = str(data.get("key", "")) if isinstance(data, dict) else ""
            params = Params(key or "（没有 key 的指标）", data)
            params.text("key")
            return self.read_node(params, level)
        except SpecError as error:
            self.problems.extend(error.problems)
            return None

    def read_node(self, params: Params, level: int) -> Node:
        """Take a node's settings, then its children in order."""
        label, name = params.text("label", ""), params.text("name", "")
        weight = params.number("weight", least="0") if params.has("weight") else None
        points = params.number("points", least="0") if params.has("points") else None
        nodes, criteria = params.rows("children"), params.rows("criteria")
        for remark in REMARKS:
            params.take(remark)
        params.finish()
        below = [child for one in nodes if (child := self.node(one, level + 1)) is not None]
        found: list[Node | Criterion] = [*below, *self.criteria(criteria, level + 1)]
        weighted = self.weighted(params, [*nodes, *criteria])
        full = self.full(params, points, found, weighted)
        if weight and not full and not self.problems:
            self.problems.append(Problem(params.key, "填了权重，本级分值不能为 0"))
        if weight and not full and not self.problems:
            self.problems.append(Problem(params.key, "分值为 0 的指标不能有权重"))
        return Node(
            key=params.key,
            label=label,
            name=name,
            points=full,
            level=level,
            children=tuple(found),
            weight=full if weight is None else weight,
        )

    def criteria(self, rows: Iterable[object], level: int) -> Iterable[Criterion]:
        """Compile criteria one by one; a bad one is noted and the rest go on."""
        for row in rows:
            try:
                yield read_criterion(row, level, self.place_types, self.methods)
            except SpecError as error:
                self.problems.extend(error.problems)

    def weighted(self, params: Params, rows: list[object]) -> bool:
        """Say whether the children have weights; all or none must."""
        given = [isinstance(row, dict) and row.get("weight") is not None for row in rows]
        if any(given) and not all(given):
            self.problems.append(Problem(params.key, "下级只有一部分填了权重，要么都填，要么都不填"))
        if not rows:
            self.problems.append(Problem(params.key, "下面没有指标，也没有测评标准"))
        return any(given)

    def full(self, params: Params, points: Fraction | None, found: list[Node | Criterion], weighted: bool) -> Fraction:
        """Return a node's full points: declared, or the sum below; the two may differ only with weights."""
        parts = sum((child.weight if weighted else child.points for child in found), Fraction(0))
        if points is not None and points != parts and not weighted and not self.problems:
            message = f"本级分值 {plain(points)} 与下级合计 {plain(parts)} 不符；要折算的，请给下级填权重"
            self.problems.append(Problem(params.key, message))
        if weighted and not parts:
            self.problems.append(Problem(params.key, "下级权重合计为 0"))
        return parts if points is None else points


def check_keys(root: Node) -> Iterable[Problem]:
    """Yield keys used twice, and gates whose target is no node above them or anywhere in the tree."""
    lines = list(root.walk())
    for key, times in Counter(line.key for line in lines).items():
        if times > 1:
            yield Problem(key, f"编号用了 {times} 次，每个编号只能用一次")
    nodes = {line.key for line in lines if isinstance(line, Node)}
    for line in lines:
        for rule in line.rules if isinstance(line, Criterion) else ():
            if rule.frame.target and rule.frame.target not in nodes:
                yield Problem(line.key, f"“target”写的“{rule.frame.target}”不是本体系的指标")


def read_labels(params: Params, name: str, weight: str | None) -> dict[str, tuple[str, Fraction | None]]:
    """Take place types or methods: key: label, or key: {label, weight}."""
    found = {}
    for key, value in params.table(name).items():
        one = Params(params.key, {"label": value} if isinstance(value, str) else value)
        label = one.text("label", key)
        given = one.number("weight", weight, least="0") if weight is not None or one.has("weight") else None
        found[key] = (label, given)
        one.finish()
    weights = [given for _, given in found.values()]
    if any(w is not None for w in weights) and (None in weights or not any(weights)):
        raise params.error(f"“{name}”的权重要么都填，要么都不填，合计不能为 0")
    return found


def read_levels(params: Params) -> tuple[str, ...]:
    """Take publish_levels: depths (0 is the total) and the word criterion."""
    levels = tuple(str(level) for level in params.rows("publish_levels"))
    for level in levels:
        if level != "criterion" and not (level.isdecimal() and len(level) <= 2):
            raise params.error(f"“publish_levels”要填层级（0 是总分）或 criterion，现在有“{level}”")
    return levels


def compile_standard(spec: object) -> Standard:
    """Compile a standard given as plain data (see docs/formats/standard-yaml.md).

    Raises SpecError with every fault found, each naming the criterion or node key.
    """
    params = Params(TOTAL, spec)
    key, title = params.text("key"), params.text("title", "")
    params.key = key
    types = read_labels(params, "place_types", "1")
    methods = read_labels(params, "methods", None)
    settings = {
        "digits": params.whole("digits", 2, most=6),
        "na_policy": params.choice("na_policy", POLICIES, "renormalise"),
        "untested": params.choice("untested", ("renormalise", "leave_out"), "renormalise"),
        "least_coverage": params.share("least_coverage", "0"),
        "floor": params.number("floor", "0"),
        "publish_levels": read_levels(params),
    }
    reader = Reader(types, methods)
    top = {"key": TOTAL, "name": title, "children": params.rows("nodes"), "criteria": params.rows("criteria")}
    root = reader.node({**top, "points": params.take("points")}, 0)
    for name in REMARKS:
        params.take(name)
    params.finish()
    problems = [*reader.problems, *(check_keys(root) if root else ())]
    if problems or root is None:
        raise SpecError(*problems)
    return Standard(
        key=key,
        title=title,
        root=root,
        content_hash=content_hash(spec),
        methods=methods,
        place_types={name: (label, weight or Fraction(0)) for name, (label, weight) in types.items()},
        **settings,  # type: ignore[arg-type]
    )
