"""逐项评等: 符合上述4项标准为A；符合标准2)、3)、4)为B；其余为C#; 4项全部符合得满分，符合3项得60%分值，其余不得分."""

import re
from dataclasses import dataclass

from rulebook.prose.outcomes import OUTCOME, Outcome, graded, worth
from rulebook.prose.parsing import Read, alt, many, meant, number_of, opt, seq, tag, word
from rulebook.prose.phrases import CLOSING, LEAD, SEPARATOR, Doubt, Given, Rule, Understood
from rulebook.prose.tokens import Token

CIRCLED = {chr(0x2460 + number): str(number + 1) for number in range(20)}
ITEMS = "项 条 个 点 款"


@dataclass(frozen=True)
class Need:
    """How many items, or which ones; None for all of them."""

    count: int | None = None
    named: tuple[int, ...] = ()
    below: bool = False
    above: bool = False


def named_items(token: Token) -> tuple[int, ...]:
    """Read 标准2)、3)、4), 第2、3、4, ②③④."""
    text = "".join(CIRCLED.get(char, "") + "," if char in CIRCLED else char for char in token.text)
    return tuple(int(number) for number in re.findall(r"\d+", text))


def need_of(read: Read) -> Need | None:
    """Return what a phrase asks for."""
    named, count = read.first("named"), read.first("count")
    if named:
        return Need(named=named)
    if count is None:
        return Need()
    if count.denominator != 1:
        return None
    after = str(read.first("after") or "")
    return Need(count=int(count), below=after.endswith(("下", "内")), above=after.endswith("上"))


MET = opt(word("met"))
STD = opt(word("std"))
ALL = opt(word("all"))
THINGS = word("measure", text=ITEMS)
COUNTED = seq(
    MET,
    opt(word("of")),
    ALL,
    opt(word("these")),
    opt(word("change", text="其中")),
    opt(word("of")),
    opt(word("text", text="任意 任一 任何")),
    meant("number", "count", number_of),
    THINGS,
    opt(meant("after", "after", lambda token: token.text)),
    opt(word("of")),
    STD,
    ALL,
    MET,
    STD,
)
EVERYTHING = alt(seq(word("all"), word("met"), STD), seq(word("met"), word("all"), opt(word("these")), STD))
NAMED = seq(MET, STD, meant("named", "named", named_items), opt(word("text", text="项 条 款")), STD, ALL, MET)
ITEM = tag(
    seq(tag(alt(COUNTED, EVERYTHING, NAMED), "need", need_of), opt(word("of")), opt(word("comma", "colon")), OUTCOME),
    "item",
    lambda read: (read.first("need"), read.first("outcome")),
)
REST = tag(seq(word("else", "not"), opt(word("comma", "colon")), OUTCOME), "rest", lambda read: read.first("outcome"))
GRAMMAR = seq(LEAD, ITEM, many(seq(SEPARATOR, ITEM)), opt(SEPARATOR, REST), CLOSING)


def items_listed(read: Read) -> list[str]:
    """Return the numbered items that stand before the rule, if there are any."""
    text = "".join(claim.value for claim in read.claims if claim.setting == "lead")
    parts = re.split(r"(?:^|(?<=[;。:，\n]))[(]?(?:\d{1,2}|[一二三四五六七八九十])[).、](?!\d)|[①-⑳]", text)
    return [re.split("[;。\n]", part)[0].strip("，:") for part in parts[1:]] if len(parts) > 2 else []


def how_many(needs: list[Need], items: list[str]) -> int:
    """Return how many items there are: as listed, else the most that a phrase asks for."""
    counts = [need.count for need in needs if need.count and not need.below]
    names = [number for need in needs for number in need.named]
    most = max([*counts, *names], default=0)
    if not items and any(need.above and need.count == most for need in needs):
        raise Doubt("一共几项没有写清")
    known = len(items) or max(counts or names, default=0)
    if not known or most > known:
        raise Doubt("一共几项没有写清")
    return known


def row(label: str, need: Need, n: int) -> Rule:
    """Write one need as a setting."""
    if need.named:
        return {"grade": label, "named": list(need.named)}
    if need.count in (None, n):
        return {"grade": label, "need": "all"}
    return {"grade": label, "at_least": need.count}


def build(read: Read, given: Given) -> Understood:
    """Make a checklist; the needs go from the highest grade down, what is left is the rest."""
    found: list[tuple[Need, Outcome]] = read.values("item")
    items = items_listed(read)
    n = how_many([need for need, _ in found], items)
    rest: Outcome | None = read.first("rest")
    last = found[-1][0]
    if rest is None and last.below and len(found) > 1 and found[-2][0].count == (last.count or 0) + 1:
        rest, found = found[-1][1], found[:-1]
    if rest is None:
        raise Doubt("没有写其余的得多少")
    needs = [need for need, _ in found]
    counts = [n if need.count is None else need.count for need in needs if not need.named]
    if any(need.below or need.count == 0 for need in needs) or counts != sorted(set(counts), reverse=True):
        raise Doubt("几等的项数前后不顺")
    outcomes = [*(outcome for _, outcome in found), rest]
    values = [worth(outcome, given) for outcome in outcomes]
    if values != sorted(values, reverse=True):
        raise Doubt("符合得多反而得分低")
    settings, labels = graded(outcomes, given)
    rule: Rule = {
        "kind": "checklist",
        **({"items": items} if items else {"n": n}),
        **settings,
        "needs": [row(label, need, n) for label, need in zip(labels, needs, strict=False)],
        "else": labels[-1],
    }
    open_ = [*(["grades"] if "grades_in" not in settings else []), *([] if items else ["n"])]
    return Understood(rule, tuple(open_))
