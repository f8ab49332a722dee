"""加分: 每获一项市级表彰加1分，最高加3分; 国家级每项加3分，省级每项加2分，同一项目只取最高."""

from rulebook.prose.kinds.occurrence import EVERY, classes, label
from rulebook.prose.parsing import ABOUT, CLAUSE, Read, alt, many, noted, opt, run, seq, word
from rulebook.prose.phrases import (
    LEAD,
    PAUSE,
    SEPARATED,
    STATED,
    Doubt,
    Given,
    Rule,
    Understood,
    bracketed,
    condition,
    measure,
    one,
    points,
    written,
)

GAIN = seq(word("plus"), points("plus"))
PER = alt(
    seq(EVERY, opt(run(CLAUSE, "about")), PAUSE, GAIN),
    seq(one(), measure(), GAIN),
    seq(GAIN, word("slash"), measure()),
)
MOST = alt(
    seq(opt(word("own", "sum", "plus")), word("cap"), opt(word("plus", "compare")), points("cap")),
    seq(opt(word("own", "sum")), opt(word("plus")), word("compare", text="不超过 不得超过"), points("cap")),
    seq(points("cap"), word("top")),
    seq(word("top"), points("cap")),
)
ITEM = seq(noted("begins"), opt(run(ABOUT, "about")), PER)
ENDING = many(alt(word("comma", "stop"), bracketed(alt(MOST, word("highest", setting="highest", value=True))), STATED))
GRAMMAR = seq(LEAD, ITEM, many(seq(SEPARATED, ITEM)), ENDING)


def build(read: Read, given: Given) -> Understood:
    """Make honours, one level or several; the points of the criterion are the most they add."""
    if any(most != given.points for most in read.values("cap")):
        raise Doubt("最多加的分与本项分值不同")
    parts = classes(read)
    rule: Rule = {"kind": "bonus"}
    gains = [written(gain) for gain in read.values("plus")]
    if len(parts) == 1:
        rule["each"] = gains[0]
    else:
        names = [label(part) for part in parts]
        names[0] = condition(read) + names[0]
        if not all(names) or len(set(names)) < len(names):
            raise Doubt("写了几种加分，没有写各加什么")
        rule["levels"] = [
            {"label": name, "points": gain, "ordinal": number}
            for number, (name, gain) in enumerate(zip(names, gains, strict=True), 1)
        ]
        if read.values("highest"):
            rule["highest"] = True
    return Understood(rule)
