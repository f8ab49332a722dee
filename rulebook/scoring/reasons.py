"""Why 为什么丢分: the sum behind a criterion's score, in Chinese sentences whose amounts add up to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from rulebook.scoring.exact import NBSP, largest_remainder, rounded, shown
from rulebook.scoring.kinds.base import Rule, Term
from rulebook.scoring.losses import rule_losses
from rulebook.scoring.outcomes import Outcome
from rulebook.scoring.result import SubjectResult
from rulebook.scoring.tree import ABSENT, SCORED, UNTESTED, Line

CELL_WORDS = {"observation": "次记录", "place": "处点位", "unit": "个单位", "pooled": "个合计"}
WAYS = {
    "mean": "平均",
    "mean_by_type": "先在类型内平均、再按类型权重平均",
    "worst": "取最差",
    "share": "按达标比例",
    "sum": "逐个扣分",
}
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


def pooled_terms(subject: SubjectResult, outcome: Outcome, rule: Rule) -> tuple[list[Term], Mapping[str, int]]:
    """Return the lines of the rule over the pooled answers of the subject, and its numbers."""
    passed = subject.passed
    chosen = outcome.places[passed.subject[outcome.places] == subject.number]
    number = subject.standard.number[outcome.criterion.key]
    view = passed.sums.view(subject.standard, number, rule.ordinals, chosen)
    whole = view.grouped(np.zeros(chosen.size, dtype=np.int64), 1)
    names = ("examined", "qualified", "not_applicable", "count", "base")
    return rule.terms(whole), {name: int(whole.data[i].sum()) for i, name in enumerate(names)}


def combined_term(subject: SubjectResult, outcome: Outcome, position: int, lost: Fraction) -> Term:
    """Return the one line of a rule whose cells were combined: how many cells, how many of them lost points."""
    rule, combined = outcome.criterion.rules[position], outcome.rules[position]
    found, own = combined.formed.cells, combined.formed.subject == subject.number
    valid = own & found.valid
    cells = int(found.size[valid].sum())
    short = int((valid & (found.num < found.den * found.size)).sum())
    where = "处点位" if rule.frame.cell == "observation" else CELL_WORDS[rule.frame.cell]
    text = f"{cells}{NBSP}{CELL_WORDS[rule.frame.cell]}{WAYS[rule.frame.combiner]}，{short}{NBSP}{where}有失分"
    return Term(text, -lost)


def terms_of(subject: SubjectResult, outcome: Outcome) -> tuple[list[Term], dict[str, int]]:
    """Return the lines of all rules; a rule's own lines where they say exactly what it lost."""
    terms: list[Term] = []
    numbers: dict[str, int] = {}
    for i, lost in enumerate(rule_losses(outcome, subject.number)):
        own, used = pooled_terms(subject, outcome, outcome.criterion.rules[i])
        numbers |= used
        if sum((term.points for term in own), Fraction(0)) == -lost:
            terms += own
        elif lost:
            terms.append(combined_term(subject, outcome, i, lost))
    return terms, numbers


def summed(line: Line, terms: list[Term]) -> tuple[ReasonLine, ...]:
    """Return the lines from 满分 to 得分; shown amounts add up to the shown score."""
    digits = line.digits
    full, got = rounded(line.possible, digits), rounded(line.got, digits)
    amounts = largest_remainder([term.points for term in terms], got - full, digits) if terms else []
    middle = (
        ReasonLine(term.text, term.points, shown(amount, digits), term.ordinal)
        for term, amount in zip(terms, amounts, strict=True)
    )
    first = ReasonLine("满分", line.possible, shown(full, digits))
    return (first, *middle, ReasonLine("得分", line.got, shown(got, digits)))


def reason(subject: SubjectResult, criterion: str) -> Reason:
    """Explain the score of a criterion in a subject."""
    outcome = subject.passed.outcomes[subject.standard.number[criterion]]
    line = subject.lines[criterion]
    terms, numbers = terms_of(subject, outcome)
    said = {
        UNTESTED: "未测，不计 0 分" + ("，按同级折算" if subject.standard.untested == "renormalise" else ""),
        ABSENT: POLICY_WORDS[subject.standard.na_policy],
    }
    if not line.expected:
        said[UNTESTED] = "没有对应的点位，不计分"
    notes = [said[line.state]] if line.state in said else []
    if line.state == SCORED and line.examined < line.expected:
        notes.append(f"应测 {line.expected}{NBSP}处点位，已测 {line.examined}{NBSP}处")
    for key in outcome.tripped[subject.number]:
        node = subject.lines[key]
        notes.append(f"前提条件不符合，“{node.label or node.name or key}”整项不得分")
    rules = tuple(rule.describe() for rule in outcome.criterion.rules)
    kinds = tuple(rule.label for rule in outcome.criterion.rules)
    if len(rules) > 1:
        notes.append(
            {"sum": "各规则得分相加", "min": "取各规则中最低的", "product": "各规则得分率相乘"}[
                outcome.criterion.combine
            ]
        )
    lines = summed(line, terms) if line.state == SCORED else ()
    return Reason(criterion, line.state, kinds, rules, numbers, lines, tuple(notes))
