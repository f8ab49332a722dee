"""按长度折算: 每200米不少于3处，每少一处扣1分; 500米内应有3条，达不到的不得分; 步行300米看到5处得满分."""

from rulebook.prose.ends import ONE_SIDE
from rulebook.prose.kinds.gate import ZERO
from rulebook.prose.kinds.shortfall import NEEDS, SHORT, before, needed, required
from rulebook.prose.parsing import CLAUSE, Read, alt, meant, noted, opt, run, seq, word
from rulebook.prose.phrases import (
    ENDING,
    LEAD,
    PAUSE,
    SEPARATED,
    Doubt,
    Given,
    Rule,
    Understood,
    cap_of,
    minus_of,
    number,
    several_values,
    written,
)
from rulebook.prose.tokens import Token


def of_length(token: Token) -> str | None:
    """Return a unit of length."""
    return {"米": "米", "公里": "公里", "千米": "公里"}.get(token.text)


LENGTH = seq(
    opt(word("every")),
    opt(word("text", text="步行 行走 沿线 沿街 随机步行")),
    number("length"),
    meant("measure", "unit", of_length),
    opt(word("after", text="以内")),
)
TOO_FEW = alt(word("else"), word("not"), seq(opt(run(CLAUSE, "about")), ONE_SIDE))
FULL = seq(opt(word("of")), PAUSE, word("full"))
RESULT = alt(
    seq(SEPARATED, noted("each"), SHORT),
    seq(opt(FULL), SEPARATED, TOO_FEW, opt(word("of")), PAUSE, noted("all"), ZERO),
    seq(FULL, SEPARATED, TOO_FEW, opt(word("of")), PAUSE, noted("ratio"), word("proportion")),
)
GRAMMAR = seq(LEAD, LENGTH, opt(NEEDS), required("required"), opt(NEEDS), RESULT, ENDING)


def build(read: Read, given: Given) -> Understood:
    """Make a density: so many for every length."""
    if several_values(read):
        raise Doubt("应有数写的不止一样")
    result = next(name for name in ("each", "all", "ratio") if read.values(name))
    rule: Rule = {
        "kind": "density",
        "required": needed(read, "required", before(read)),
        "length": written(read.first("length")),
        "measure": read.first("unit"),
        "result": result,
    }
    if result == "each":
        if read.first("required").unit != read.first("measure"):
            raise Doubt("量词不一")
        rule["each"] = written(minus_of(read, given)[0])
    most = cap_of(read, given)
    if most is not None:
        rule["cap"] = written(most)
    return Understood(rule)
