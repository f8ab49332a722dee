"""缺数扣分: 不少于3处，每少一处扣2分; 至少2条，其中1条为核心价值观，少一条扣4分."""

import re
from dataclasses import dataclass
from fractions import Fraction

from rulebook.prose.ends import ONE_SIDE, QUANTITY, Quantity, Side
from rulebook.prose.intervals import one_by_one
from rulebook.prose.parsing import CLAUSE, Parser, Read, alt, opt, run, seq, tag, word
from rulebook.prose.phrases import (
    DEDUCTION,
    ENDING,
    LEAD,
    PAUSE,
    SEPARATED,
    Doubt,
    Given,
    Rule,
    Understood,
    cap_of,
    condition,
    measure,
    minus_of,
    one,
    several_values,
    written,
)

MUST = re.compile(
    "(?:应|须|要|需|必须|至少)(?:有|设有?|设置|设立|建有?|配备|开展|举办|张贴|刊播|刊登|悬挂|看到|发布|达到?|为)?[^，]{0,8}$"
    "|[建设]有[^，]{0,8}$"
)
NEEDS = run(CLAUSE, "needs")


@dataclass(frozen=True)
class Required:
    """How many of what there must be; `said` when the words 至少, 不少于, 以上 say that it is the least."""

    number: Fraction
    unit: str
    said: bool


def least(read: Read) -> Required | None:
    """Return 不少于3处, 3处以上."""
    (side,) = read.first("sides")
    found: Side = side
    return Required(found.end.value, found.unit, True) if found.side == "low" and found.end.closed else None


def stated(read: Read) -> Required:
    """Return 3处, of which the words before must say that there have to be so many."""
    found: Quantity = read.first("quantity")
    return Required(found.value, found.unit, False)


def required(setting: str) -> Parser:
    """Read how many there must be."""
    return alt(tag(ONE_SIDE, setting, least), tag(QUANTITY, setting, stated))


PART_OF = seq(
    alt(SEPARATED, word("open")),
    word("change", text="其中"),
    opt(run(CLAUSE, "part")),
    required("of_which"),
    opt(run(CLAUSE, "part")),
    opt(word("close")),
)
ENOUGH = opt(opt(word("of")), PAUSE, alt(word("full"), seq(word("is"), word("grade", text="合格"))))
SHORT = seq(opt(word("every")), word("lack"), one(), measure(), opt(run(CLAUSE, "about")), PAUSE, DEDUCTION)
GRAMMAR = seq(LEAD, opt(NEEDS), required("required"), opt(NEEDS), opt(PART_OF), ENOUGH, SEPARATED, SHORT, ENDING)


def needed(read: Read, setting: str, before: str) -> int:
    """Return a required whole number; without 至少 or 以上 the words before must ask for it."""
    found: Required = read.first(setting)
    if not found.said and not MUST.search(before):
        raise Doubt("没有写这个数是不是应有数")
    if not one_by_one(found.unit) or found.number.denominator != 1 or found.number < 1:
        raise Doubt("应有数不是整数")
    return int(found.number)


def before(read: Read) -> str:
    """Return the words before the required number."""
    at = next(claim.start for claim in read.claims if claim.setting == "required")
    needs = [claim.value for claim in read.claims if claim.setting == "needs" and claim.end <= at]
    return "".join(needs) or condition(read)


def build(read: Read, given: Given) -> Understood:
    """Make a shortfall from a required number, perhaps with a part of it that must be of one sort."""
    asked = before(read)
    if several_values(read) or re.search("每|[人户日月年]均|平均", condition(read) + asked):
        raise Doubt("应有数写的不止一样，或按时间分别计")
    rule: Rule = {"kind": "shortfall", "required": needed(read, "required", asked)}
    units = {read.first("required").unit, read.first("measure")}
    part: Required | None = read.first("of_which")
    if part:
        first = str(read.first("part") or "")
        rule["of_which"] = needed(read, "of_which", first)
        label = re.sub("^(?:为|是|属于)|(?:应当?|必须|须|要)?有?$", "", "".join(read.values("part")))
        rule |= {"of_which_label": label} if label else {}
        units.add(part.unit)
    if len(units) > 1:
        raise Doubt(f"量词不一：{'、'.join(sorted(map(str, units)))}")
    rule |= {"each": written(minus_of(read, given)[0]), "measure": units.pop()}
    most = cap_of(read, given)
    if most is not None:
        rule["cap"] = written(most)
    return Understood(rule, ("missing",) if part else ())
