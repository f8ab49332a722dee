"""合格率: 得分=合格率×分值; 按抽查合格率计分; 合格数÷检查数×分值."""

from rulebook.prose.kinds.ratio import EQUALS, WORTH
from rulebook.prose.parsing import CLAUSE, Read, alt, opt, run, seq, word
from rulebook.prose.phrases import CLOSING, LEAD, Doubt, Given, Understood

BEFORE = opt(run(CLAUSE - {"rate", "passed"}, "about"))
RATE = alt(
    word("rate"),
    seq(word("passed"), word("slash"), word("examined")),
    seq(word("passed"), word("text", text="占"), word("examined"), word("of"), word("change", text="比例 百分比")),
)
GRAMMAR = seq(
    LEAD,
    alt(
        seq(opt(EQUALS), BEFORE, RATE, word("times"), WORTH, opt(word("score"))),
        seq(
            word("by"),
            BEFORE,
            RATE,
            opt(word("times"), WORTH),
            opt(word("change", text="折算 计算 换算")),
            word("score"),
        ),
    ),
    CLOSING,
)


def build(read: Read, given: Given) -> Understood:
    """Make a pass rate of marks."""
    if any(worth != given.points for worth in read.values("worth")):
        raise Doubt("乘的数与本项分值不同")
    return Understood({"kind": "pass_rate", "of": "marks"})
