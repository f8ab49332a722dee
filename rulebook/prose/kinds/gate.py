"""前提条件: 没有…的，此项不得分; …的得满分，否则不得分."""

import re

from rulebook.prose.parsing import CLAUSE, Read, alt, opt, run, seq, word
from rulebook.prose.phrases import (
    CLOSING,
    LEAD,
    LISTED,
    PAUSE,
    Doubt,
    Given,
    Understood,
    condition,
    listed,
    measure,
    no_condition,
    one,
    points,
)

ZERO = seq(opt(word("fill")), opt(word("own")), opt(word("fill")), alt(word("zero"), word("until", text="扣完 扣光")))
FULL = alt(word("full"), seq(word("get"), points("full")))
FAILING = alt(word("else"), word("not"), run(CLAUSE, "failing"))
GRAMMAR = alt(
    seq(LEAD, opt(word("else", text="否则"), PAUSE), ZERO, CLOSING, LISTED),
    seq(LEAD, opt(word("find")), one(), measure(""), run(CLAUSE, "about", least=0), PAUSE, ZERO, CLOSING, LISTED),
    seq(LEAD, FULL, word("comma", "stop"), FAILING, PAUSE, ZERO, CLOSING),
)


def build(read: Read, given: Given) -> Understood:
    """Make a gate of this item."""
    listed(read)
    if not condition(read) and not read.values("about"):
        raise Doubt("没有写什么情况不得分")
    if any(full != given.points for full in read.values("full")):
        raise Doubt("得分与本项分值不同，没有写其余怎么算")
    if no_condition(condition(read)):
        raise Doubt("不得分的不是本项")
    for failing in read.values("failing"):
        opposite = re.fullmatch("(?:未|没有|没|不|无)(.+?)的?", failing)
        if not opposite or opposite[1] not in condition(read):
            raise Doubt("得满分与不得分之间的没有写")
    return Understood({"kind": "gate"})
