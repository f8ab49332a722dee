"""Reading a rule out of the words of a criterion: a proposal for a person to confirm, with every word accounted for."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from rulebook.prose.characters import Normal, normalise
from rulebook.prose.fragments import pieces
from rulebook.prose.kinds import GRAMMARS
from rulebook.prose.outcomes import USUAL_SHARES
from rulebook.prose.parsing import LEADING, NEUTRAL, SETTING, SUBJECT, Claim, Parser, Read, Tangled, Tokens
from rulebook.prose.phrases import Doubt, Given, Rule, Understood, stated_points, written
from rulebook.prose.tokens import tokenise
from rulebook.scoring import LABELS, SpecError, compile_standard
from rulebook.scoring.exact import decimal

UNDERSTOOD, PARTIAL, UNKNOWN = "understood", "partial", "unknown"
REFERENCE, UNREAD = "reference", "unread"
PUNCTUATION = frozenset("comma list stop colon open close mark of".split())
REASONS = {
    "hedge": "没有确定的数，要由人定",
    "example": "后面是举例，不是规则",
    "exception": "是例外，规则里写不进",
    "change": "会改变怎样计分，没有识别",
    "doubted": "前面的字改变了意思，没有识别",
    "plus": "是加分，没有识别",
    "scoring": "怎样计分没有写明",
}
OPEN = {
    "value": "界限用实测值还是用合格率，原文没有写：先按实测值",
    "mode": "不足一档怎样扣，原文没有写：先按不足一档不扣",
    "grades": "各等次得分值的几成，原文没有写：先按常用的比例",
    "missing": "总数和其中一类都缺的，原文没有写怎样算：先取缺得多的",
    "divisor": "空白票算不算在总票数里，原文没有写：先都算",
    "n": "一共几项，原文没有写：先按写到的最多项数",
}


@dataclass(frozen=True)
class Span:
    """Characters `start`…`end` of the original text: setting, subject, reference, neutral, or unread 未识别."""

    start: int
    end: int
    role: str
    setting: str = ""


@dataclass(frozen=True)
class Reading:
    """What was read: `rule` is plain data for a standard, given only when every word was understood.

    `open` names the settings that the text leaves open and that were filled in as usual; `notes` says so to people.
    """

    status: str
    kind: str
    rule: Rule | None
    spans: tuple[Span, ...]
    notes: tuple[str, ...]
    open: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Return the kind in words."""
        return LABELS.get(self.kind, "")


@dataclass(frozen=True)
class Proposal:
    """One way to read the whole text."""

    understood: Understood
    read: Read

    @property
    def rule(self) -> Rule:
        """Return the rule."""
        return self.understood.rule


def compiled(rule: Rule, given: Given) -> None:
    """Doubt a rule that the engine refuses; a veto has no points."""
    criterion: Rule = {"key": "c", "rule": rule, "points": None if rule["kind"] == "veto" else written(given.points)}
    beside = {"key": "d", "points": "1", "rule": {"kind": "pass_rate"}}
    try:
        compile_standard({"key": "s", "criteria": [criterion, beside]})
    except SpecError as error:
        raise Doubt(error.message) from None


def whole(grammar: Parser, tokens: Tokens) -> Iterable[Read]:
    """Return the ways a grammar reads a text to its end, those that say the same once."""
    found: dict[str, Read] = {}
    for read in grammar(tokens, 0):
        if read.end == len(tokens):
            found.setdefault(repr([(claim.setting, claim.value) for claim in read.claims if claim.setting]), read)
    return found.values()


def proposals(tokens: Tokens, given: Given) -> Iterator[Proposal | tuple[Read, Doubt]]:
    """Yield every way to read the whole text, and the doubts about those that make no rule."""
    for grammar, build in GRAMMARS:
        for read in whole(grammar, tokens):
            try:
                stated_points(read, given)
                understood = build(read, given)
                compiled(understood.rule, given)
                yield Proposal(understood, read)
            except Doubt as doubt:
                yield read, doubt


def unbracketed(tokens: Tokens) -> Tokens:
    """Return a text whose rule stands in brackets at its end without them: 路面整洁（每处扣0.5分）."""
    kinds = [token.kind for token in tokens]
    while kinds and kinds[-1] == "stop":
        kinds.pop()
    if not kinds or kinds[-1] != "close" or "open" not in kinds:
        return ()
    first, last = len(kinds) - 1 - kinds[::-1].index("open"), len(kinds) - 1
    if any(kind not in LEADING for kind in kinds[:first]):
        return ()
    signs = {first: "comma", last: "stop"}
    return tuple(replace(token, kind=signs.get(number, token.kind)) for number, token in enumerate(tokens))


def counts(rule: Rule) -> str:
    """Return what of a rule decides a score: all but its words."""

    def bare(value: object) -> object:
        if isinstance(value, Mapping):
            return {name: bare(item) for name, item in value.items() if name not in ("label", "items")}
        return [bare(item) for item in value] if isinstance(value, list) else value

    return json.dumps(bare(rule), ensure_ascii=False, sort_keys=True)


def spans_of(normal: Normal, tokens: Tokens, claims: tuple[Claim, ...]) -> tuple[Span, ...]:
    """Return the original text in spans without gaps; what no claim covers is unread."""
    roles: list[tuple[str, str]] = []
    for token in tokens:
        role = NEUTRAL if token.kind in PUNCTUATION else SUBJECT if token.kind in LEADING else UNREAD
        roles.append((REFERENCE if token.kind == "reference" else role, ""))
    for claim in claims:
        for number in range(claim.start, claim.end):
            about = tokens[number].kind in PUNCTUATION or tokens[number].kind == "reference"
            if claim.role != SUBJECT:
                roles[number] = (claim.role, claim.setting if claim.role == SETTING else "")
            elif not about:
                roles[number] = (SUBJECT, "")
    found: list[Span] = []
    for token, (role, setting) in zip(tokens, roles, strict=True):
        start, end = normal.places[token.start], normal.places[token.end]
        if found and (found[-1].role, found[-1].setting) == (role, setting):
            found[-1] = replace(found[-1], end=end)
        else:
            found.append(Span(start, end, role, setting))
    return tuple(found)


def unread_notes(tokens: Tokens, claims: tuple[Claim, ...]) -> Iterator[str]:
    """Say of every piece that was not read why not; neighbours without a reason of their own are one piece."""
    covered = {number for claim in claims for number in range(claim.start, claim.end)}
    plain = ""
    for number, token in enumerate(tokens):
        left = number not in covered and token.kind not in LEADING | PUNCTUATION
        reason = REASONS.get(token.kind) if left else None
        if plain and (reason or not left):
            yield f"“{plain}”没有识别"
            plain = ""
        if reason:
            yield f"“{token.text}”{reason}"
        elif left:
            plain += token.text
    if plain:
        yield f"“{plain}”没有识别"


def unread(normal: Normal, tokens: Tokens, doubts: list[tuple[Read, Doubt]]) -> Reading:
    """Return what was understood of a text that makes no rule, and why it makes none."""
    if doubts:
        read, doubt = max(doubts, key=lambda one: sum(claim.role == SETTING for claim in one[0].claims))
        claims, notes = read.claims, [str(doubt)]
    else:
        claims = pieces(tokens)
        notes = list(unread_notes(tokens, claims))
        settings = [claim for claim in claims if claim.role == SETTING]
        if settings and not notes:
            notes = ["每一段都读得懂，合起来不是一条规则，请分开写或由人定"]
    partial = any(claim.role == SETTING for claim in claims)
    notes = notes or ["没有找到怎样计分的话"]
    status = PARTIAL if partial else UNKNOWN
    return Reading(status, "", None, spans_of(normal, tokens, claims), tuple(dict.fromkeys(notes)))


def read(text: str, points: str | int | Fraction, shares: Mapping[str, str] = USUAL_SHARES) -> Reading:
    """Read the rule text of a criterion worth `points`; `shares` says what share of them each grade is worth.

    A rule is proposed only when every word is part of it, is subject matter or is neutral, and when all ways to
    read the text give the same rule. Raises ValueError when the points are no decimal.
    """
    full = points if isinstance(points, Fraction) else decimal(points)
    given = Given(full, {label: decimal(share) for label, share in shares.items()})
    normal = normalise(text)
    tokens = tokenise(normal.text)
    try:
        found = list(proposals(tokens, given))
        good = [one for one in found if isinstance(one, Proposal)]
        if not good and (inner := unbracketed(tokens)):
            good = [one for one in proposals(inner, given) if isinstance(one, Proposal)]
    except Tangled:
        return replace(unread(normal, tokens, []), notes=("这段话可以有太多种读法，请分开写",))
    if len({counts(one.rule) for one in good}) > 1:
        return replace(unread(normal, tokens, []), notes=("可以有几种理解，要由人定",))
    if not good:
        return unread(normal, tokens, [one for one in found if not isinstance(one, Proposal)])
    best = good[0]
    found_open = best.understood.open
    notes = tuple(OPEN[name] for name in found_open)
    etc = [token for token in tokens if token.kind == "etc"]
    spans = spans_of(normal, tokens, best.read.claims)
    notes += ("“等”没有列全，由测评时判断",) if etc else ()
    return Reading(UNDERSTOOD, str(best.rule["kind"]), best.rule, spans, notes, found_open)
