"""分段扣分: 达到95%得满分，每低1个百分点扣0.5分; 超过65分贝的，每超1分贝扣0.5分，不足1分贝不扣."""

from fractions import Fraction

from rulebook.prose.ends import ENDS, ONE_SIDE, QUANTITY, Quantity, Side, counted
from rulebook.prose.intervals import one_by_one
from rulebook.prose.parsing import CLAUSE, Parser, Read, alt, meant, opt, run, seq, tag, word
from rulebook.prose.phrases import (
    DEDUCTION,
    ENDING,
    LEAD,
    PAUSE,
    SEPARATED,
    SEPARATOR,
    Doubt,
    Given,
    Rule,
    Understood,
    cap_of,
    minus_of,
    several_values,
    value_name,
    written,
)
from rulebook.prose.tokens import Token, compared

LOWER = frozenset("低 降低 下降 减少 下滑 下跌 落后 降".split())
HIGHER = frozenset("高 高出 增加 上升 增长 上涨 升高 提高".split())
GOALS = ("目标", "目标值", "基准", "基准值", "基数", "标准值", "指标值", "满分线", "达标线", "任务数", "目标任务")


def direction(token: Token) -> str | None:
    """Return which way is worse: lower or higher."""
    if token.kind == "compare":
        return "lower" if compared(token) in ("below", "to") else "higher"
    if token.kind == "lack" or token.text in LOWER:
        return "lower"
    return "higher" if token.text in HIGHER else None


def same_unit(one: str, other: str) -> bool:
    """Say whether a line and its steps are counted in one unit; points of a percentage are per cent."""
    per_cent = ("%", "百分点", "个百分点", "个点")
    return one == other or (one == "%" and other in per_cent)


def full_line(read: Read) -> tuple[str, Quantity] | None:
    """Return the side and the line of what gets full: 达到95%得满分."""
    sides: list[Side] = read.first("sides")
    names = {side.side for side in sides}
    value = Quantity(sides[0].end.value, sides[0].unit)
    if len(sides) == 2:
        return ("either", value) if sides[0].end == sides[1].end else None
    return ("lower" if names == {"low"} else "higher"), value


def failing_line(read: Read) -> tuple[str, Quantity]:
    """Return the side and the line of what loses: 低于95%的."""
    (side,) = read.first("sides")
    return ("lower" if side.side == "high" else "higher"), Quantity(side.end.value, side.unit)


FULL = seq(opt(word("is")), word("full"))
BASE = alt(
    FULL,
    word("text", text="为基准 为底线 为目标 为基准线 为目标值 为基准值 为基数"),
    seq(word("text", text="为"), word("std")),
)
NAME = opt(run(CLAUSE, "name"))
LINE = alt(
    seq(tag(seq(NAME, ENDS, opt(word("of")), PAUSE, FULL), "line", full_line), SEPARATED),
    tag(seq(NAME, ONE_SIDE, opt(word("of")), PAUSE), "line", failing_line),
    seq(tag(seq(NAME, ONE_SIDE), "line", full_line), SEPARATED),
    seq(tag(seq(word("by"), QUANTITY, BASE), "line", lambda read: ("either", read.first("quantity"))), SEPARATED),
)
GOAL = seq(tag(QUANTITY, "goal", lambda read: ("either", read.first("quantity"))), SEPARATED)
AGAIN = opt(alt(tag(seq(NAME, ONE_SIDE), "line", failing_line), word("not")), opt(word("of")), PAUSE)
WORSE = alt(*(meant(kind, "worse", direction) for kind in ("text", "lack", "compare")))
STEP = seq(word("every"), WORSE, counted("step"), PAUSE, DEDUCTION)


def rest(part: Parser, mode: str) -> Parser:
    """Read what happens to less than a step."""
    return tag(part, "mode", lambda _: mode)


REST = seq(
    SEPARATOR,
    meant("compare", "", lambda token: compared(token) == "below" or None),
    counted("least"),
    opt(word("of")),
    PAUSE,
    alt(
        rest(alt(word("spare"), seq(opt(word("text", text="忽略")), word("change", text="不计"))), "whole"),
        rest(word("proportion"), "proportion"),
    ),
)
GRAMMAR = seq(LEAD, alt(LINE, GOAL), AGAIN, STEP, opt(REST), ENDING)


def build(read: Read, given: Given) -> Understood:
    """Make steps from a line; what happens to less than a step is left open where it is not written."""
    lines: list[tuple[str, Quantity]] = [*read.values("goal"), *read.values("line")]
    if read.values("goal") and not value_name(read).endswith(GOALS):
        raise Doubt("没有写这个数是不是满分线")
    line, step, worse = lines[0][1], read.first("step"), read.first("worse")
    if any(other != line for _, other in lines) or any(side not in (worse, "either") for side, _ in lines):
        raise Doubt("满分线前后不一")
    if not same_unit(line.unit, step.unit) or read.first("least") not in (None, step):
        raise Doubt("满分线与每档的单位不同")
    if one_by_one(step.unit) and worse == "lower":
        raise Doubt("每少一处的是缺数，要写应有多少")
    if step.value <= Fraction(0):
        raise Doubt("每档要大于 0")
    if several_values(read):
        raise Doubt("说的不止一个数")
    mode = read.first("mode")
    rule: Rule = {
        "kind": "per_step",
        "value": "measure",
        "suffix": line.unit,
        "line": written(line.value),
        "step": written(step.value),
        "each": written(minus_of(read, given)[0]),
        "mode": mode or "whole",
        "better": "higher" if worse == "lower" else "lower",
    }
    most = cap_of(read, given)
    if most is not None:
        rule["cap"] = written(most)
    return Understood(rule, ("value",) if mode else ("value", "mode"))
