"""按比例得分: 得分=播出数量/4×分值; 达到10处得满分，不足的按比例得分; 每有一条得1分，最多得4分; 实有数/应有数×分值."""

import re
from fractions import Fraction

from rulebook.prose.ends import ENDS, ONE_SIDE, Quantity
from rulebook.prose.kinds.occurrence import EVERY
from rulebook.prose.kinds.steps import FULL, failing_line, full_line
from rulebook.prose.parsing import CLAUSE, Read, alt, meant, number_of, opt, run, seq, tag, word
from rulebook.prose.phrases import (
    CLOSING,
    LEAD,
    PAUSE,
    SEPARATED,
    Doubt,
    Given,
    Rule,
    Understood,
    condition,
    measure,
    points,
    several_values,
    written,
)

COUNT = run(CLAUSE - {"passed", "examined", "rate"}, "counted")
WORTH = alt(word("value"), word("own"), seq(points("worth")))
EQUALS = seq(alt(word("own"), seq(opt(word("own")), word("score"))), opt(word("equals", "colon")))
DIVIDED = seq(COUNT, word("slash"), meant("number", "required", number_of), opt(measure("")))
MOST = alt(
    seq(word("cap"), opt(word("compare", text="不超过 不得超过")), opt(word("get", "is")), points("most")),
    seq(points("most"), word("top")),
    seq(opt(word("cap")), word("full"), opt(word("here"))),
)
BY_NUMBER = seq(
    opt(alt(EQUALS, seq(opt(word("own")), word("by")))),
    alt(DIVIDED, seq(word("open"), DIVIDED, word("close"))),
    word("times"),
    WORTH,
    opt(word("score")),
    opt(SEPARATED, MOST),
)
BY_BASE = seq(
    alt(EQUALS, word("by")),
    COUNT,
    word("slash"),
    run(CLAUSE - {"passed", "examined"}, "base"),
    word("times"),
    WORTH,
    opt(word("score")),
)
SHORT = alt(word("else"), word("not"), tag(seq(opt(run(CLAUSE, "name")), ONE_SIDE), "line", failing_line))
BY_LINE = seq(
    tag(seq(opt(run(CLAUSE, "name")), ENDS, opt(word("of")), PAUSE, FULL), "line", full_line),
    SEPARATED,
    SHORT,
    opt(word("of")),
    PAUSE,
    meant("proportion", "by", lambda token: token.text),
)
BY_EACH = seq(
    EVERY,
    opt(run(CLAUSE, "about")),
    PAUSE,
    opt(word("fill")),
    word("get"),
    points("each"),
    opt(SEPARATED, MOST),
)
GRAMMAR = seq(LEAD, alt(BY_NUMBER, BY_BASE, BY_LINE, BY_EACH), CLOSING)


def counted_to(required: Fraction, unit: str) -> Rule:
    """Make the rule for a required number; a share or a broken number is a measured value."""
    measured = unit == "%" or required.denominator != 1
    return {"kind": "capped_ratio", "required": written(required), "number": "measure" if measured else "count"}


def build(read: Read, given: Given) -> Understood:
    """Make the ratio to what is required."""
    if any(worth != given.points for worth in read.values("worth")):
        raise Doubt("乘的数与本项分值不同")
    if read.values("base"):
        return Understood({"kind": "capped_ratio", "required": "base", "number": "count"})
    each = read.first("each")
    if each is not None:
        if any(most != given.points for most in read.values("most")) or not 0 < each <= given.points:
            raise Doubt("最多得的分与本项分值不同")
        return Understood(counted_to(given.points / each, ""))
    required = read.first("required")
    if required is not None:
        if any(most != given.points for most in read.values("most")):
            raise Doubt("最多得的分与本项分值不同")
        if not required or not (read.values("counted") or condition(read)):
            raise Doubt("没有写什么数除以应有数")
        counted = str(read.first("counted") or condition(read))
        return Understood(counted_to(required, "%" if counted.endswith("率") else ""))
    if several_values(read):
        raise Doubt("说的不止一个数")
    lines: list[tuple[str, Quantity]] = read.values("line")
    if any(line != lines[0][1] or side == "higher" for side, line in lines):
        raise Doubt("满分线前后不一")
    if lines[0][1].unit == "%" and re.search("完成|达标|实际", read.first("by")):
        raise Doubt("按哪个比例没有写清：比满分线，还是比全部")
    return Understood(counted_to(lines[0][1].value, lines[0][1].unit))
