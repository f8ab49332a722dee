"""完成情况: 全面完成得满分，部分完成按比例得分，未完成不得分; 按完成率计分，完成率低于60%的不得分."""

import re

from rulebook.prose.ends import ONE_SIDE, Side
from rulebook.prose.kinds.gate import ZERO
from rulebook.prose.parsing import CLAUSE, Read, alt, meant, opt, run, seq, tag, word
from rulebook.prose.phrases import CLOSING, LEAD, PAUSE, SEPARATED, Doubt, Given, Rule, Understood, condition, written

PARTLY = re.compile("(?:部分|未全部|未完全|没有全部|未能全部|没有完全)完成的?")
WITH_PART = seq(word("full"), SEPARATED, run(CLAUSE, "partly"), PAUSE, word("proportion"))
BY_RATE = alt(
    meant("proportion", "", lambda token: "完成" in token.text or None),
    seq(
        word("by"),
        run(CLAUSE, "rate"),
        opt(word("change", text="折算 计算")),
        word("score"),
    ),
)
NOTHING = seq(SEPARATED, word("not"), PAUSE, ZERO)
TOO_LITTLE = seq(
    SEPARATED,
    opt(run(CLAUSE, "name")),
    tag(ONE_SIDE, "least", lambda read: read.first("sides")[0]),
    opt(word("of")),
    PAUSE,
    ZERO,
)
GRAMMAR = seq(LEAD, alt(WITH_PART, BY_RATE), opt(NOTHING), opt(TOO_LITTLE), CLOSING)


def build(read: Read, given: Given) -> Understood:
    """Make the share that was done."""
    partly = read.first("partly")
    if partly is not None and not (PARTLY.fullmatch(partly) and "完成" in condition(read)):
        raise Doubt("没有写按什么的比例")
    if not str(read.first("rate") or "完成率").endswith(("完成率", "完成比例")):
        raise Doubt("没有写按什么的比例")
    rule: Rule = {"kind": "completion", "value": "ratio"}
    least: Side | None = read.first("least")
    if any("完成" not in name for name in read.values("name")):
        raise Doubt("不得分的说的不是完成多少")
    if least:
        if least.side != "high" or least.end.closed or least.unit != "%":
            raise Doubt("多少以下不得分没有写清")
        rule["least"] = written(least.end.value / 100)
    return Understood(rule)
