"""Phrases that several kinds of rule share: amounts, what stands before a rule, where a deduction ends, outcomes."""

import re
from dataclasses import dataclass
from fractions import Fraction

from rulebook.prose.lexicon import MARK
from rulebook.prose.parsing import (
    LEADING,
    Parser,
    Read,
    alt,
    beginnings,
    many,
    meant,
    noted,
    number_of,
    opt,
    run,
    seq,
    share_of,
    word,
)
from rulebook.prose.tokens import Token
from rulebook.scoring.exact import plain

# Words that only hold a character of 和, 与, 及, 任, 都.
JOINED = "普及|及时|涉及|和谐|参与|及格|危及|顾及|责任|任务|任职|各类|文明和|首都|都市|人均|均衡|均匀|户均"
Rule = dict[str, object]


class Doubt(ValueError):
    """Every word was read, but they do not make one rule; the message says why."""


@dataclass(frozen=True)
class Given:
    """What is known beside the text: the full points of the criterion, and what share of them a grade is worth."""

    points: Fraction
    shares: dict[str, Fraction]


@dataclass(frozen=True)
class Understood:
    """A rule as plain data, and what the text left open and was filled in as usual."""

    rule: Rule
    open: tuple[str, ...] = ()


def written(value: Fraction) -> str:
    """Write a number as a setting; a fraction that does not end within six places cannot be one."""
    text = plain(value, 0)
    if text.startswith("约"):
        raise Doubt(f"{value.numerator}/{value.denominator} 除不尽，要由人定")
    return text.replace("−", "-")


def number(setting: str) -> Parser:
    """Read an exact number."""
    return meant("number", setting, number_of)


def one() -> Parser:
    """Read the number one."""
    return meant("number", "", lambda token: number_of(token) == 1 or None)


def points(setting: str) -> Parser:
    """Read a number of points: 0.5分, or 0.5 where no measure follows."""
    return seq(number(setting), opt(word("point")))


def share_of_points(setting: str) -> Parser:
    """Read a share of the item's own points: 该项分值的10%, 分值的60%."""
    own = meant("own", "", lambda token: token.text.endswith(("分值", "分数", "满分", "项分")) or None)
    return seq(alt(own, word("value")), opt(word("of")), meant("number", setting, share_of))


def measure(setting: str = "measure") -> Parser:
    """Read a measure word of things counted one by one."""

    def named(token: Token) -> str | None:
        return None if token.text.endswith(("百分点", "个点")) else token.text

    return meant("measure", setting, named)


def bracketed(part: Parser) -> Parser:
    """Read a part that may stand in brackets."""
    return alt(part, seq(word("open"), part, opt(word("stop")), word("close")))


PAUSE = opt(word("comma"))
SEPARATOR = many(word("comma", "stop", "list"))
SEPARATED = many(word("comma", "stop", "list"), least=1)
STATED = alt(
    seq(
        opt(word("own")),
        word("value", "full", "own"),
        opt(word("is", "colon", "equals")),
        number("stated"),
        word("point"),
    ),
    seq(word("value"), opt(word("is", "colon", "equals")), number("stated"), opt(word("point"))),
    seq(word("open"), number("stated"), word("point"), word("close")),
)
LEAD_RUN = run(LEADING, "lead")
LABEL = meant("label", "label", lambda token: token.text)
CUTS = frozenset("met all these find std passed rate opinion".split())
LEAD = seq(many(alt(LEAD_RUN, STATED, LABEL)), opt(beginnings(LEAD_RUN, CUTS)))
LISTED = opt(word("colon"), run(LEADING, "listed"))

DEDUCTION = seq(opt(word("fill")), word("minus"), alt(points("minus"), share_of_points("minus_share")))

UNTIL = seq(opt(word("own")), word("until"), noted("taken"))
UNTIL_AMOUNT = alt(
    seq(number("cap"), word("point"), word("until")),
    seq(opt(word("own")), opt(word("by")), word("exhaust"), points("cap"), word("here")),
)
OF_ALL = word("own", "sum", setting="of_all", value=True)
CAPPED = seq(
    many(OF_ALL),
    alt(
        seq(
            opt(word("deduct", "scoring", text="扣分 扣减 扣除 扣")),
            word("cap"),
            opt(OF_ALL),
            opt(word("is", "colon", "compare", text="为 : 不超过 不得超过 应为 即为")),
            opt(word("minus", "deduct", "scoring")),
            points("cap"),
            opt(word("here")),
        ),
        seq(
            word("cap"),
            opt(OF_ALL),
            word("minus", "deduct"),
            opt(word("compare", text="不超过 不得超过")),
            points("cap"),
            opt(word("here")),
        ),
        seq(word("cap"), opt(OF_ALL), word("minus"), share_of_points("cap_share")),
    ),
)
CAPPED_OTHERWISE = alt(
    seq(
        alt(seq(opt(OF_ALL), OF_ALL, opt(word("deduct"))), seq(OF_ALL, word("deduct")), word("deduct")),
        word("compare", text="不超过 不得超过 不高于 不得高于"),
        points("cap"),
    ),
    seq(opt(OF_ALL), opt(word("deduct")), opt(word("by")), points("cap"), word("top", "here")),
    seq(opt(OF_ALL), word("top"), points("cap")),
    seq(opt(OF_ALL), word("by"), word("minus", "exhaust"), points("cap"), word("here")),
)
ENDING = many(alt(word("comma", "stop"), bracketed(alt(UNTIL, UNTIL_AMOUNT, CAPPED, CAPPED_OTHERWISE)), STATED))
CLOSING = many(alt(word("comma", "stop"), STATED))


def stated_points(read: Read, given: Given) -> None:
    """Doubt a text whose own full points differ from those of the criterion."""
    for stated in read.values("stated"):
        if stated != given.points:
            raise Doubt(f"文中写的分值 {plain(stated, 0)} 与本项分值 {plain(given.points, 0)} 不同")


def minus_of(read: Read, given: Given) -> list[Fraction]:
    """Return the deductions in the order of the text."""
    return [
        claim.value if claim.setting == "minus" else claim.value * given.points
        for claim in read.claims
        if claim.setting in ("minus", "minus_share")
    ]


def cap_of(read: Read, given: Given) -> Fraction | None:
    """Return the most that may be taken; None when that is the whole item."""
    caps = {*read.values("cap"), *(share * given.points for share in read.values("cap_share"))}
    if len(caps) > 1:
        raise Doubt("最多扣多少写了两个数")
    most = next(iter(caps), None)
    if most is not None and not 0 < most <= given.points:
        raise Doubt(f"最多扣 {plain(most, 0)} 分，与本项分值 {plain(given.points, 0)} 分不合")
    return None if most == given.points else most


def listed(read: Read) -> None:
    """Doubt a list behind the rule that the rule does not announce."""
    if read.values("listed") and not re.search("[以下]下|下列|之一", condition(read)):
        raise Doubt("冒号后面的话没有读懂")


def condition(read: Read) -> str:
    """Return the last sentence of what stands before the rule: what the rule is about."""
    text = "".join(claim.value for claim in read.claims if claim.setting == "lead")
    return named(re.split("[;。:\n]", text)[-1])


def last_words(read: Read) -> str:
    """Return the words before the rule back to the last punctuation."""
    text = "".join(claim.value for claim in read.claims if claim.setting == "lead")
    return re.split("[;。:，\n]", text)[-1]


def value_name(read: Read) -> str:
    """Return the last words before the rule: what number the rule is about."""
    text = "".join(claim.value for claim in read.claims if claim.setting == "lead")
    return named(re.split("[;。:，\n]", text.rstrip("，:、的"))[-1]).rstrip("在达为是到应的于")


def named(text: str) -> str:
    """Return what a piece of text names, without its number in a list and the words around."""
    return MARK.sub("", text.strip("，的、")) if MARK.match(text) else text.strip("，的、")


def elsewhere(about: str) -> bool:
    """Say whether the last words before an outcome give it to something else than the item: …的，该单位."""
    return (
        bool(re.match("(?:则|对)?(?:该|本|此|其|相应|对应|所在|责任|有关|相关)", about.rpartition("，")[2]))
        and "，" in about
    )


def no_condition(about: str) -> bool:
    """Say whether the words before an outcome deny it, or name another item of the standard instead of a condition."""
    last = about.rpartition("，")[2]
    denied = "(?:认定|视|判|定|作|算|称|评)为$|(?:不能|不可|不应|不宜|不该|不得|不会|无法|难以)[^，]{0,6}$|[ⅠⅡⅢⅣ]"
    return elsewhere(about) or bool(re.search(denied, last))


def several(name: str) -> bool:
    """Say whether a name names more than one number: 满意度和知晓率均, 各项指标."""
    return bool(re.search("[和与及、或且各任均都]|全部|所有|两者", re.sub(JOINED, "", name)))


def several_values(read: Read) -> bool:
    """Say whether what is compared or required is more than one number."""
    return any(several(name) for name in (value_name(read), *read.values("name"), *read.values("needs")))
