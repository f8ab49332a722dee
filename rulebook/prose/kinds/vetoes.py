"""一票否决: 发生重大安全事故的，取消申报资格; 近两年内…的，撤销称号."""

import re

from rulebook.prose.parsing import CLAUSE, Read, meant, number_of, opt, run, seq, word
from rulebook.prose.phrases import CLOSING, LEAD, LISTED, Doubt, Given, Rule, Understood, condition, listed
from rulebook.prose.tokens import Token


def effect(token: Token) -> str:
    """Return what an event does: zero, revoke or ineligible."""
    if token.text.startswith("总"):
        return "zero"
    return "revoke" if re.match("撤销|取消其?(?:荣誉)?(?:称号|命名|荣誉)", token.text) else "ineligible"


MONTHS = {"个月": 1, "年": 12}
WITHIN = seq(
    opt(word("hedge", text="近")),
    meant("number", "number", number_of),
    meant("measure", "months", lambda token: MONTHS.get(token.text)),
    opt(word("after", text="以内", setting="after", value=True)),
    run(CLAUSE, "within"),
)
GRAMMAR = seq(
    LEAD,
    opt(WITHIN),
    opt(word("comma")),
    opt(word("fill")),
    meant("veto", "effect", effect),
    CLOSING,
    LISTED,
)


def build(read: Read, given: Given) -> Understood:
    """Make a veto, with the months it looks back."""
    listed(read)
    rule: Rule = {"kind": "veto", "effect": read.first("effect")}
    within = str(read.first("within") or "")
    if within:
        months = read.first("number") * read.first("months")
        if not (within.startswith("内") or read.values("after")) or months.denominator != 1:
            raise Doubt("往前看多久没有写清")
        rule["months"] = int(months)
    elif not condition(read):
        raise Doubt("没有写发生什么")
    return Understood(rule)
