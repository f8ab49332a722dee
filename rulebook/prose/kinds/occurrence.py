"""逐处扣分: 每发现一处…扣0.5分; …的，每次扣1分; 缺一项扣1分; 扣0.5分/处; 按每处0.5分扣分; several classes of them."""

import re
from collections.abc import Iterator

from rulebook.prose.kinds.steps import HIGHER, LOWER
from rulebook.prose.parsing import (
    ABOUT,
    CLAUSE,
    Read,
    Tokens,
    alt,
    many,
    noted,
    opt,
    phrase,
    run,
    seq,
    tag,
    word,
)
from rulebook.prose.phrases import (
    DEDUCTION,
    ENDING,
    LEAD,
    LISTED,
    PAUSE,
    SEPARATED,
    Doubt,
    Given,
    Rule,
    Understood,
    cap_of,
    condition,
    listed,
    measure,
    minus_of,
    named,
    one,
    points,
    written,
)

STATE = re.compile("[不未无没乱破缺少差污脏损违漏失占错]")
MENDED = re.compile("整改|改正|复查|补[报办交救]")
ABOUT_IT = run(CLAUSE, "about")


def opening(tokens: Tokens, place: int) -> Iterator[Read]:
    """Fit only where a clause begins."""
    if place == 0 or tokens[place - 1].kind in ("comma", "stop", "colon"):
        yield Read(place)


def worse(tokens: Tokens, place: int) -> Iterator[Read]:
    """Read text that says what is wrong with the one that is counted: 不符合要求, 无人管理."""
    for read in ABOUT_IT(tokens, place):
        if STATE.search("".join(token.text for token in tokens[place : read.end])):
            yield read


def happening(tokens: Tokens, place: int) -> Iterator[Read]:
    """Read what happens each time: 迟报, 被通报; how much lower or higher is a step, not something that happens."""
    for read in ABOUT_IT(tokens, place):
        if "".join(token.text for token in tokens[place : read.end]) not in LOWER | HIGHER:
            yield read


EVERY = alt(
    seq(
        word("every"),
        word("measure", text="人"),
        word("every"),
        tag(word("measure", text="次"), "measure", lambda _: "人次"),
    ),
    seq(word("every"), opt(word("find")), opt(one()), measure()),
    seq(word("every"), many(alt(word("lack"), happening), least=1), one(), measure()),
)
PER = alt(
    seq(EVERY, opt(ABOUT_IT), PAUSE, DEDUCTION),
    seq(word("find", "lack"), one(), measure(), opt(ABOUT_IT), PAUSE, DEDUCTION),
    seq(one(), measure(), DEDUCTION),
    seq(opening, one(), measure(), worse, PAUSE, DEDUCTION),
    seq(word("minus"), points("minus"), word("slash"), opt(word("every")), measure()),
    seq(word("minus"), points("minus"), word("every"), measure()),
    seq(word("every"), opt(one()), measure(), points("minus"), word("deduct")),
    seq(word("every"), opt(one()), measure(), word("dash"), points("minus")),
    seq(
        word("by"),
        opt(word("every"), opt(one()), measure()),
        opt(word("minus")),
        points("minus"),
        opt(word("slash"), measure()),
        opt(word("of")),
        opt(word("std")),
        opt(word("fill")),
        word("deduct"),
    ),
    seq(word("every"), opt(one()), measure(), points("unsigned")),
    seq(points("unsigned"), word("slash"), measure()),
)
ITEM = seq(noted("begins"), opt(run(ABOUT, "about")), opt(word("else", text="否则"), PAUSE), PER)
ALL_RIGHT = opt(alt(word("full"), seq(word("get"), points("stated"))), SEPARATED, noted("all_right"))
MODIFIED = alt(
    phrase(
        "(?:能|对)?(?:(?:当场|现场|即时|立即)(?:整改|改正|纠正|清除|处理)|立行立改)(?:到位|完毕)?的?，?(?:减半|折半)(?:扣分|扣除)?",
        "fixed_on_spot",
    ),
    phrase(
        "(?:同一问题(?:再次|重复|反复)|(?:再次|重复|反复))(?:出现|发生)(?:的?同一问题|的问题)?的?，?(?:加倍|翻倍|双倍)(?:扣分|扣除)?",
        "repeated",
    ),
    seq(
        phrase(
            "逾期(?:未(?:整改|改正|处理|办结)(?:到位|完成)?)?的?，?(?:每[处件次起项个]|一[处件次起项个])?(?:另|再|加)扣",
            "overdue",
        ),
        points("plus"),
    ),
)
GRAMMAR = seq(LEAD, ALL_RIGHT, ITEM, many(seq(SEPARATED, ITEM)), ENDING, many(seq(MODIFIED, ENDING)), LISTED)


def classes(read: Read) -> list[Read]:
    """Return the claims of each class of deductions."""
    starts = [number for number, claim in enumerate(read.claims) if claim.setting == "begins"]
    ends = [*starts[1:], len(read.claims)]
    return [Read(read.end, read.claims[start:end]) for start, end in zip(starts, ends, strict=True)]


def label(read: Read) -> str:
    """Return what a class is about, from the text around its measure."""
    return named("".join(read.values("about"))).removeprefix("发现")


def modifiers(read: Read) -> Rule:
    """Return what changes the deduction of one occurrence: put right on the spot, there again, overdue."""
    found: Rule = {}
    if read.values("fixed_on_spot"):
        found["fixed_on_spot"] = {"times": "0.5"}
    if read.values("repeated"):
        found["repeated"] = {"times": "2"}
    if read.values("overdue"):
        found["overdue"] = {"plus": written(read.first("plus"))}
    return {"modifiers": found} if found else {}


def measure_of(read: Read) -> str:
    """Return the one measure all classes are counted by."""
    measures = set(read.values("measure"))
    if len(measures) != 1:
        raise Doubt("没有写按什么计数" if not measures else f"量词不一：{'、'.join(sorted(measures))}")
    return str(measures.pop())


def build(read: Read, given: Given) -> Understood:
    """Make one deduction, or several classes of severity."""
    listed(read)
    if read.values("all_right") and MENDED.search("".join(read.values("lead"))):
        raise Doubt("整改后怎样计分没有读懂")
    labels = [str(value) for value in read.values("label")]
    if read.values("unsigned") and not (read.values("taken") or (labels and labels[-1][0] in "扣减")):
        raise Doubt("没有写是扣分还是得分")
    rule: Rule = {"kind": "per_occurrence"}
    parts = classes(read)
    if any(amount > given.points for amount in minus_of(read, given)):
        raise Doubt("扣一处就比本项分值还多")
    each = [written(amount) for amount in [*minus_of(read, given), *read.values("unsigned")]]
    if len(parts) == 1:
        rule["each"] = each[0]
    else:
        names = [label(part) for part in parts]
        if not read.values("all_right") and condition(read):
            names[0] = condition(read) + (names[0] if len(names[0]) > 2 else "")
        if not all(names) or len(set(names)) < len(names) or any(name[0] in "或且并和及" for name in names):
            raise Doubt("写了几种扣分，没有写各扣什么")
        if read.values("cap") and not read.values("of_all"):
            raise Doubt("最多扣多少是几种合起来，还是只管最后一种，没有写清")
        if modifiers(read):
            raise Doubt("减半、加倍管哪一种没有写清")
        rule["severities"] = [
            {"label": name, "each": amount, "ordinal": number}
            for number, (name, amount) in enumerate(zip(names, each, strict=True), 1)
        ]
    rule["measure"] = measure_of(read)
    most = cap_of(read, given)
    if most is not None:
        rule["cap"] = written(most)
    return Understood(rule | modifiers(read))
