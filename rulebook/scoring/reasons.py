"""Why 为什么丢分: the sum behind a criterion's score, in Chinese sentences whose amounts add up to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from rulebook.scoring.columns import View
from rulebook.scoring.combining import Combined
from rulebook.scoring.exact import NBSP, largest_remainder, plain, rounded, shown
from rulebook.scoring.kinds.base import Rule, Term
from rulebook.scoring.losses import moved, rule_losses
from rulebook.scoring.outcomes import Outcome, Voice
from rulebook.scoring.result import SubjectResult
from rulebook.scoring.standard import VOICE, Criterion, Standard
from rulebook.scoring.sums import Answer, Delta, delta
from rulebook.scoring.tree import ABSENT, SCORED, UNTESTED, Line

CELL_WORDS = {"observation": "次记录", "place": "处点位", "unit": "个单位", "pooled": "个合计"}
WAYS = {
    "mean": "平均",
    "mean_by_type": "先在类型内平均、再按类型权重平均",
    "worst": "取最差",
    "share": "按达标比例",
    "sum": "逐个扣分",
}
LAST = {"bonus": "加分合计", "deduction": "扣分合计"}
POLICY_WORDS = {
    "renormalise": "缺项，不计分，按同级折算",
    "full": "缺项，按体系规定给满分",
    "zero": "缺项，按体系规定不给分",
}


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One line of the sum: text, exact amount, amount as shown, and the ordinal of its records if it has its own."""

    text: str
    points: Fraction
    shown: str
    ordinal: int | None = None


@dataclass(frozen=True)
class Reason:
    """Why a criterion has its score: rules in words, numbers used, and a sum from full points to the score."""

    criterion: str
    state: str
    kinds: tuple[str, ...]
    rules: tuple[str, ...]
    numbers: Mapping[str, int]
    lines: tuple[ReasonLine, ...]
    sentences: tuple[str, ...]


def pooled_terms(
    subject: SubjectResult, outcome: Outcome, rule: Rule, assessor: int
) -> tuple[list[Term], Mapping[str, int]]:
    """Return the lines of the rule over the pooled answers of the subject, and its numbers."""
    passed = subject.passed
    chosen = outcome.places[passed.subject[outcome.places] == subject.number]
    number = subject.standard.number[outcome.criterion.key]
    view = passed.sums.view(subject.standard, number, [VOICE * assessor + o for o in rule.ordinals], chosen)
    whole = view.grouped(np.zeros(chosen.size, dtype=np.int64), 1)
    names = ("examined", "qualified", "not_applicable", "count", "base")
    return rule.terms(whole), {name: int(whole.data[i].sum()) for i, name in enumerate(names)}


def combined_term(subject: SubjectResult, rule: Rule, combined: Combined, lost: Fraction) -> Term:
    """Return the one line of a rule whose cells were combined: how many cells, how many of them changed points."""
    found, own = combined.formed.cells, combined.formed.subject == subject.number
    valid = own & found.valid
    cells = int(found.size[valid].sum())
    short = int((valid & (found.num != rule.origin * found.den * found.size)).sum())
    where = "处点位" if rule.frame.cell == "observation" else CELL_WORDS[rule.frame.cell]
    what = {"bonus": "有加分", "deduction": "有扣分"}.get(rule.frame.role, "有失分")
    text = f"{cells}{NBSP}{CELL_WORDS[rule.frame.cell]}{WAYS[rule.frame.combiner]}，{short}{NBSP}{where}{what}"
    return Term(text, -lost)


def terms_of(subject: SubjectResult, outcome: Outcome) -> tuple[list[Term], dict[str, int]]:
    """Return the lines of all rules; a rule's own lines where they say exactly what it lost.

    Several assessors have one line each.
    """
    losses = rule_losses(outcome, subject.number)
    if len(outcome.voices) > 1:
        return spoken_terms(subject, outcome, [sum(row, Fraction(0)) for row in losses]), {}
    terms: list[Term] = []
    numbers: dict[str, int] = {}
    for voice, row in zip(outcome.voices, losses, strict=True):
        borne = borne_for_others(outcome.criterion, [rule.rates[subject.number] for rule in voice.rules])
        for rule, combined, lost, extra in zip(outcome.criterion.rules, voice.rules, row, borne, strict=True):
            own, used = pooled_terms(subject, outcome, rule, voice.assessor)
            numbers |= used
            said = sum((term.points for term in own), Fraction(0)) == extra - lost
            if said or lost != extra:
                terms += own if said else [combined_term(subject, rule, combined, lost - extra)]
            terms += [Term(f"以{rule.frame.method}为准，较弱的方法随之扣", -extra)] if extra else []
    return terms, numbers


def spoken_terms(subject: SubjectResult, outcome: Outcome, losses: Sequence[Fraction]) -> list[Term]:
    """Write 自评 占 40%，得分率 90% for every assessor who assessed the criterion."""
    labels = [label for label, _ in subject.standard.assessors.values()]
    rows = zip(outcome.voices, outcome.shares(subject.number), losses, strict=True)
    return [
        Term(f"{labels[voice.assessor]}占 {plain(share * 100, 0)}%，得分率 {plain(rate * 100, 0)}%", -lost)
        for voice, share, lost in rows
        if (rate := voice.rates[subject.number]) is not None and share
    ]


def borne_for_others(criterion: Criterion, rates: Sequence[Fraction | None]) -> list[Fraction]:
    """Return the points each rule bears because a weaker method's rate gave way to it."""
    extras = [Fraction(0)] * len(rates)
    known = sum(
        (rule.frame.points for rule, one in zip(criterion.rules, rates, strict=True) if one is not None), Fraction(0)
    )
    for rule, gave in zip(criterion.rules, moved(criterion, rates), strict=True):
        if gave.rate:
            extras[gave.source] += criterion.points * rule.frame.points * gave.rate / known
    return extras


def preceded(criterion: Criterion, voices: Sequence[Voice], subject: int) -> list[str]:
    """Say of each weaker method what it had found, and which stood in its place."""
    said = []
    for voice in voices if criterion.precedence else ():
        rates = [rule.rates[subject] for rule in voice.rules]
        for rule, own, gave in zip(criterion.rules, rates, moved(criterion, rates), strict=True):
            if gave.rate and own is not None:
                other, lower = criterion.rules[gave.source].frame.method, plain((own - gave.rate) * 100, 0)
                said.append(f"{rule.frame.method}得分率 {plain(own * 100, 0)}%，{other} {lower}%，以{other}为准")
    return said


def unsettled(subject: SubjectResult, outcome: Outcome) -> list[str]:
    """Say why cells with answers have no result, and how many: 等待仲裁."""
    return [
        text
        for voice in outcome.voices
        for rule, combined in zip(outcome.criterion.rules, voice.rules, strict=True)
        if outcome.places.size and rule.frame.cell != "observation"
        for text in waiting(subject, outcome, rule, combined, voice.assessor)
    ]


def waiting(subject: SubjectResult, outcome: Outcome, rule: Rule, combined: Combined, assessor: int) -> list[str]:
    """Say why cells of one rule have no result."""
    formed, number, said = combined.formed, subject.standard.number[outcome.criterion.key], []
    ordinals = [VOICE * assessor + one for one in rule.ordinals]
    view = subject.passed.sums.view(subject.standard, number, ordinals, outcome.places)
    if rule.frame.cell in ("unit", "pooled"):
        view = view.grouped(formed.cell_of, formed.subject.size)
    own = formed.subject == subject.number
    for text, mask in rule.unsettled(view):
        count, whole = int((mask & own).sum()), int(own.sum())
        said += [text if whole == 1 else f"{count}{NBSP}{CELL_WORDS[rule.frame.cell]}{text}"] if count else []
    return said


def why_open(standard: Standard, key: str, answers: Iterable[Answer]) -> tuple[str, ...]:
    """Say why what was answered of a criterion at one place gives no result yet: 等待仲裁, 各选项的票数没有填全."""
    criterion, given = standard.criteria[standard.number[key]], {one.ordinal: delta(standard, one) for one in answers}
    said = []
    for assessor in criterion.assessors:
        for rule in criterion.rules:
            columns = [given.get(VOICE * assessor + ordinal, Delta()) for ordinal in rule.ordinals]
            view = View(np.array(columns, dtype=np.int64).T[:, :, np.newaxis])
            said += [text for text, mask in rule.unsettled(view) if mask[0]]
    return tuple(dict.fromkeys(said))


def summed(line: Line, terms: list[Term]) -> tuple[ReasonLine, ...]:
    """Return the lines from 满分 to 得分; shown amounts add up to the shown score."""
    digits = line.digits
    full, got = rounded(line.possible, digits), rounded(line.got, digits)
    amounts = largest_remainder([term.points for term in terms], got - full, digits) if terms else []
    middle = (
        ReasonLine(term.text, term.points, shown(amount, digits), term.ordinal)
        for term, amount in zip(terms, amounts, strict=True)
    )
    last = ReasonLine(LAST.get(line.role, "得分"), line.got, line.shown_got if line.role else shown(got, digits))
    return (*middle, last) if line.role else (ReasonLine("满分", line.possible, shown(full, digits)), *middle, last)


def notes_of(subject: SubjectResult, outcome: Outcome, line: Line) -> list[str]:
    """Say what the sum cannot: what was left out, set to zero, combined, or barred."""
    criterion = outcome.criterion
    said = {
        UNTESTED: "未测，不计 0 分" + ("，按同级折算" if subject.standard.untested == "renormalise" else ""),
        ABSENT: POLICY_WORDS[subject.standard.na_policy],
    }
    if criterion.role:
        said = {UNTESTED: "未测，不加不扣", ABSENT: "缺项，不加不扣"}
    if not line.expected:
        said[UNTESTED] = "没有对应的点位，不计分"
    notes = [said[line.state]] if line.state in said else []
    if line.state == SCORED and line.examined < line.expected and not line.role:
        notes.append(f"应测 {line.expected}{NBSP}处点位，已测 {line.examined}{NBSP}处")
    notes += unsettled(subject, outcome)
    if criterion.role == "veto":
        notes.append("有发生" if line.barred else "没有发生，不影响")
    for key in outcome.tripped[subject.number] if not criterion.role else ():
        node = subject.lines[key]
        notes.append(f"前提条件不符合，“{node.label or node.name or key}”整项不得分")
    ways = {"sum": "各规则得分相加", "min": "取各规则中最低的", "product": "各规则得分率相乘"}
    notes += [ways[criterion.combine]] if len(criterion.rules) > 1 else []
    return [*notes, *preceded(criterion, outcome.voices, subject.number)]


def reason(subject: SubjectResult, criterion: str) -> Reason:
    """Explain the score of a criterion in a subject."""
    outcome = subject.passed.outcomes[subject.standard.number[criterion]]
    line = subject.lines[criterion]
    terms, numbers = terms_of(subject, outcome)
    rules = tuple(rule.describe() for rule in outcome.criterion.rules)
    kinds = tuple(rule.label for rule in outcome.criterion.rules)
    lines = summed(line, terms) if line.state == SCORED and line.role != "veto" else ()
    return Reason(criterion, line.state, kinds, rules, numbers, lines, tuple(notes_of(subject, outcome, line)))
