"""频次分档: 5分钟内闯红灯0起为A，不超过2起为B，其余为C."""

from rulebook.prose.kinds import bands
from rulebook.prose.parsing import CLAUSE, Read, many, meant, opt, run, seq, word
from rulebook.prose.phrases import CLOSING, LEAD, SEPARATOR, Doubt, Given, Understood, number, written

PERIODS = {"分钟": "分钟", "小时": "小时", "个小时": "小时", "秒": "秒", "米": "米", "公里": "公里", "人次": "人次"}
PER = seq(
    opt(word("every")),
    number("per"),
    meant("measure", "per_measure", lambda token: PERIODS.get(token.text)),
    opt(word("after", text="以内")),
    opt(run(CLAUSE, "counted")),
    opt(word("colon", "comma")),
)
GRAMMAR = seq(LEAD, PER, bands.ITEM, many(seq(SEPARATOR, bands.ITEM)), opt(SEPARATOR, bands.REST), CLOSING)


def build(read: Read, given: Given) -> Understood:
    """Make bands over a count in so many minutes or metres."""
    counted = str(read.first("counted") or "")
    if not counted.startswith("内") and not read.values("after") and "每" not in counted:
        raise Doubt("没有写是在多长时间、多长的路内")
    found = bands.build(read, given)
    left_out = ("kind", "value", "suffix")
    kept = {name: value for name, value in found.rule.items() if name not in left_out}
    rule = {"kind": "rate", "per": written(read.first("per")), "measure": read.first("per_measure"), **kept}
    return Understood(rule, tuple(name for name in found.open if name != "value"))
