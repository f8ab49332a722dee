"""From a standard as plain data to a compiled one; everything wrong with it is refused here, all at once."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from rulebook.scoring.criteria import REMARKS, Scope, is_outside_row, read_criterion
from rulebook.scoring.errors import Problem, SpecError
from rulebook.scoring.exact import plain
from rulebook.scoring.params import Params
from rulebook.scoring.standard import TOTAL, Criterion, Node, Standard, is_outside
from rulebook.scoring.subjects import DIVISIONS, SUBJECTS

POLICIES = ("renormalise", "full", "zero")


def content_hash(spec: object) -> str:
    """Return the sha256 of a standard's data, whatever the order of its keys."""
    text = json.dumps(spec, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


class Reader:
    """Reads the tree of one standard and gathers every fault in it."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
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
        node = Node(
            key=params.key,
            label=label,
            name=name,
            points=full,
            level=level,
            children=tuple(found),
            weight=full if weight is None else weight,
        )
        if not self.problems:
            self.problems.extend(node_problems(node))
        return node

    def criteria(self, rows: Iterable[object], level: int) -> Iterable[Criterion]:
        """Compile criteria one by one; a bad one is noted and the rest go on."""
        for row in rows:
            try:
                yield read_criterion(row, level, self.scope)
            except SpecError as error:
                self.problems.extend(error.problems)

    def weighted(self, params: Params, rows: list[object]) -> bool:
        """Say whether the children have weights; all or none must, those outside the points apart."""
        given = [isinstance(row, dict) and row.get("weight") is not None for row in rows if not is_outside_row(row)]
        if any(given) and not all(given):
            self.problems.append(Problem(params.key, "下级只有一部分填了权重，要么都填，要么都不填"))
        if not rows:
            self.problems.append(Problem(params.key, "下面没有指标，也没有测评标准"))
        return any(given)

    def full(self, params: Params, points: Fraction | None, found: list[Node | Criterion], weighted: bool) -> Fraction:
        """Return a node's full points: declared, or the sum below; the two may differ only with weights."""
        inside = [child for child in found if not is_outside(child)]
        if found and not inside:
            return points or Fraction(0)
        parts = sum((child.weight if weighted else child.points for child in inside), Fraction(0))
        if points is not None and points != parts and not weighted and not self.problems:
            message = f"本级分值 {plain(points)} 与下级合计 {plain(parts)} 不符；要折算的，请给下级填权重"
            self.problems.append(Problem(params.key, message))
        if weighted and not parts:
            self.problems.append(Problem(params.key, "下级权重合计为 0"))
        return parts if points is None else points


def node_problems(node: Node) -> Iterable[Problem]:
    """Yield a weight on nothing, points that nothing below touches, and changes of an indicator without points."""
    if node.weight and not node.points:
        yield Problem(node.key, "填了权重，本级分值不能为 0")
    own = [child for child in node.children if isinstance(child, Criterion) and child.to == "parent"]
    if node.outside and own:
        yield Problem(own[0].key, "上级指标没有分值，“to”请改为 total")
    if node.base and node.level and not own:
        yield Problem(node.key, "本级有分值，下面却只有计入总分的加减分：不填分值，或给它们填 to: parent")
    if node.outside and not node.level:
        yield Problem(node.key, "只有加减分，没有测评标准：请给体系填“points”作基础分")


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


def names_of(nodes: object) -> Iterator[tuple[str, str]]:
    """Yield (key, label and name) of the indicators of a tree as it is given; faults in it are found elsewhere."""
    for node in nodes if isinstance(nodes, list) else ():
        if isinstance(node, dict):
            name = f"{node.get('label') or ''} {node.get('name') or ''}".strip()
            yield str(node.get("key")), name or str(node.get("key"))
            yield from names_of(node.get("children"))


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
    assessors, districts = read_labels(params, "assessors", "1"), read_labels(params, "districts", "1")
    settings = {
        "digits": params.whole("digits", 2, most=6),
        "na_policy": params.choice("na_policy", POLICIES, "renormalise"),
        "untested": params.choice("untested", ("renormalise", "leave_out"), "renormalise"),
        "least_coverage": params.share("least_coverage", "0"),
        "floor": params.number("floor", "0"),
        "publish_levels": read_levels(params),
        "assessors_combine": params.choice("assessors_combine", ("criterion", TOTAL), "criterion"),
        "bonus_cap": params.number("bonus_cap", least="0") if params.has("bonus_cap") else None,
        "subject": params.choice("subject", SUBJECTS) if params.has("subject") else "",
        "divide_by": params.choice("divide_by", DIVISIONS) if params.has("divide_by") else "",
    }
    top = {"key": TOTAL, "name": title, "children": params.rows("nodes"), "criteria": params.rows("criteria")}
    reader = Reader(Scope(tuple(types), tuple(methods), tuple(assessors), dict(names_of(top["children"]))))
    root = reader.node({**top, "points": params.take("points")}, 0)
    for name in REMARKS:
        params.take(name)
    params.finish()
    problems = [*reader.problems, *(check_keys(root) if root else ())]
    if problems or root is None:
        raise SpecError(*problems)
    standard = Standard(
        key=key,
        title=title,
        root=root,
        content_hash=content_hash(spec),
        methods=methods,
        place_types=weighed(types),
        assessors=weighed(assessors),
        districts=weighed(districts),
        **settings,  # type: ignore[arg-type]
    )
    if found := list(contradictions(standard, spec)):
        raise SpecError(*found)
    return standard


def weighed(labels: Mapping[str, tuple[str, Fraction | None]]) -> dict[str, tuple[str, Fraction]]:
    """Return labels whose weights are all given."""
    return {name: (label, weight or Fraction(0)) for name, (label, weight) in labels.items()}


def contradictions(standard: Standard, spec: object) -> Iterable[Problem]:
    """Yield settings of the whole standard that do nothing or exclude each other."""
    if standard.floor > standard.root.points:
        yield Problem(standard.key, "最低分比满分还高")
    if standard.bonus_cap is not None and not any(one.role == "bonus" for one in standard.criteria):
        yield Problem(standard.key, "没有加分项，“bonus_cap”不起作用")
    if isinstance(spec, dict) and spec.get("assessors_combine") is not None and not standard.assessors:
        yield Problem(standard.key, "没有列“assessors”，“assessors_combine”不起作用")
    for name in ("assessors", "districts"):
        if len(getattr(standard, name)) == 1:
            yield Problem(standard.key, f"“{name}”只有一个，不用列")
    if len(standard.assessors) > 32:
        yield Problem(standard.key, "测评主体最多 32 个")
    if standard.weighs_assessors and standard.weighs_methods:
        yield Problem(standard.key, "测评方法填了权重，测评主体就不能也按总分合成：“assessors_combine”请改为 criterion")
    asked = {number for one in standard.criteria if not one.role for number in one.assessors}
    for number, (label, _) in enumerate(standard.assessors.values()):
        if number not in asked:
            yield Problem(standard.key, f"没有一条标准由“{label}”测评")
