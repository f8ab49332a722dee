"""Kind 11: survey 问卷得分: ballots for each option of each question, as a share of the best there could have been.

share = Σ question weight × (Σ option value × ballots ÷ ballots counted ÷ best value), over the questions counted;
rate = share (nothing below `line`) − blank ballots × blank_each ÷ points, not below the floor.
A question counts where every option has its number of ballots (blank and invalid ones not entered are none) and at
least `least_n` ballots count. Strata are place types (combiner mean_by_type); a blend of surveys is several rules.
Pattern: 优、良、中、差记 2、1、0.5、0 分，空白一张扣 0.2 分; 满意度达到 85%; 30 份以下不出分.
"""

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, NamedTuple

import numpy as np

from rulebook.scoring.columns import LIMIT, Cells, Ints, Mask, View, cells, common, widest
from rulebook.scoring.exact import NBSP, plain
from rulebook.scoring.kinds.base import NUMBER, QUALIFIED, Ask, Frame, Mark, Rule, Term, deducted
from rulebook.scoring.params import Params

DIVISORS = {"all": "全部票数", "without_blank": "不算空白的票数", "valid": "有效票数"}
MOST_OPTIONS, MOST_QUESTIONS = 10, 60


class Choice(NamedTuple):
    """An option or a question with its number."""

    label: str
    value: Fraction


class Ballots(NamedTuple):
    """Ballots of a view, each of shape (questions, cells); `options` has the options between the two."""

    options: Ints
    blank: Ints
    invalid: Ints
    complete: Mask  # every option has its number


@dataclass(frozen=True, kw_only=True)
class Survey(Rule):
    """Ballots by option; k options take k + 2 ordinals for each question: the options, blank, invalid."""

    first: int
    options: tuple[Choice, ...]
    questions: tuple[Choice, ...]
    divisor: str
    blank_each: Fraction
    line: Fraction
    least_n: int
    name: ClassVar[str] = "survey"
    label: ClassVar[str] = "问卷得分"
    columns: ClassVar[frozenset[str]] = frozenset({"count"})

    @property
    def step(self) -> int:
        """Return how many ordinals a question takes."""
        return len(self.options) + 2

    @property
    def ordinals(self) -> tuple[int, ...]:
        """Return those of the first question, then those of the next."""
        return tuple(range(self.first, self.first + self.step * len(self.questions)))

    @property
    def best(self) -> Fraction:
        """Return the value of the best option."""
        return self.options[0].value

    @property
    def counts_blank(self) -> bool:
        """Say whether blank ballots are in the divisor."""
        return self.divisor == "all"

    @property
    def counts_invalid(self) -> bool:
        """Say whether invalid ballots are in the divisor."""
        return self.divisor != "valid"

    @property
    def values(self) -> list[int]:
        """Return the values of the options as whole numbers of one unit."""
        unit = math.lcm(*(option.value.denominator for option in self.options))
        return [int(option.value * unit) for option in self.options]

    @property
    def weights(self) -> list[int]:
        """Return the weights of the questions as whole numbers of one unit."""
        unit = math.lcm(*(question.value.denominator for question in self.questions))
        return [int(question.value * unit) for question in self.questions]

    def asks(self) -> tuple[Ask, ...]:
        """Ask the ballots of every option, blank and invalid ones."""
        names = [*(option.label for option in self.options), "空白", "无效"]
        heads = [f"{question.label}：" if question.label else "" for question in self.questions]
        labels = [head + name for head in heads for name in names]
        return tuple(
            Ask(one, NUMBER, label, "票", names=("票数",)) for one, label in zip(self.ordinals, labels, strict=True)
        )

    def ballots(self, view: View) -> Ballots:
        """Sort the counts of a view by question and option, in Python integers where int64 might not do."""
        whole, seen = (column.reshape(len(self.questions), self.step, -1) for column in (view.count, view.examined > 0))
        cast = max(widest(whole) * self.step, 1)
        fine = self.blank_each / self.frame.points
        bound = sum(self.weights) * max(self.values) * cast ** (len(self.questions) + 1)
        bound *= fine.denominator * (fine.numerator + 1) * self.line.denominator
        bound *= self.frame.floor.denominator + abs(self.frame.floor.numerator)
        whole = whole.astype(object) if bound >= LIMIT else whole
        return Ballots(whole[:, :-2], whole[:, -2], whole[:, -1], np.asarray(seen[:, :-2].all(axis=1)))

    def counted(self, found: Ballots) -> Ints:
        """Return the ballots counted in the divisor of each question."""
        whole = found.options.sum(axis=1)
        whole = whole + found.blank if self.counts_blank else whole
        return np.asarray(whole + found.invalid if self.counts_invalid else whole)

    def scored(self, found: Ballots) -> Ints:
        """Return Σ option value × ballots of each question, in the unit of `values`."""
        values = np.array(self.values, dtype=found.options.dtype)[np.newaxis, :, np.newaxis]
        return np.asarray((values * found.options).sum(axis=1))

    def rates(self, view: View) -> Cells:
        """Form the weighted share of each cell and take the fine for blank ballots off."""
        found = self.ballots(view)
        counted = self.counted(found)
        known = found.complete & (counted >= max(self.least_n, 1)).astype(np.bool_)
        weights = known * np.array(self.weights, dtype=counted.dtype)[:, np.newaxis]
        counted = np.where(known, counted, 1)
        every, valid = common(counted), np.asarray(known.any(axis=0))
        whole = np.where(valid, weights.sum(axis=0), 1)
        num = (weights * self.scored(found) * (every // counted)).sum(axis=0)
        den = every * whole * max(self.values)
        num = np.where(num * self.line.denominator >= den * self.line.numerator, num, 0)
        fine, floor = self.blank_each / self.frame.points, self.frame.floor
        blanks = (weights * found.blank).sum(axis=0) * (every * max(self.values))
        num, den = num * fine.denominator - blanks * fine.numerator, den * fine.denominator
        return cells(np.maximum(num * floor.denominator, den * floor.numerator), den * floor.denominator, valid)

    def nominal(self, view: View) -> Ints:
        """Return what ballots fall short of the best option; a fined blank one counts once more."""
        found, best = self.ballots(view), max(self.values)
        short = best * self.counted(found) - self.scored(found)
        short = short + best * found.blank if self.blank_each else short
        return np.asarray((short * np.array(self.weights, dtype=short.dtype)[:, np.newaxis]).sum(axis=0))

    def place(self, ordinal: int) -> tuple[int, int]:
        """Return the question and the option (k blank, k + 1 invalid) of an ordinal."""
        return divmod(ordinal - self.first, self.step)

    def costs(self, option: int) -> bool:
        """Say whether a ballot for an option, blank or invalid, can lose anything."""
        if option < len(self.options):
            return self.options[option].value < self.best
        return self.stands(option) or (option == len(self.options) and bool(self.blank_each))

    def stands(self, option: int) -> bool:
        """Say whether such a ballot is in the divisor."""
        if option < len(self.options):
            return True
        return self.counts_blank if option == len(self.options) else self.counts_invalid

    def missed(self, option: int) -> Fraction:
        """Return the share of one ballot that is lost."""
        if option < len(self.options):
            return 1 - self.options[option].value / self.best
        return Fraction(self.stands(option))

    def weight(self, record: View, cell: View) -> Fraction:
        """Charge ballots with what they take from the share of their question, and with their fine."""
        row = int(np.argmax(record.examined[:, 0]))
        question, option = divmod(row, self.step)
        counted, ballots = int(self.counted(self.ballots(cell))[question, 0]), int(record.count[row, 0])
        fine = self.blank_each / self.frame.points if option == len(self.options) else Fraction(0)
        lost = self.missed(option) * ballots / counted if counted else Fraction(0)
        return self.questions[question].value * (lost + fine * ballots)

    def unsettled(self, view: View) -> list[tuple[str, Mask]]:
        """Say where numbers of ballots are missing, and where too few were counted."""
        found, valid = self.ballots(view), self.rates(view).valid
        few = ~valid & found.complete.any(axis=0)
        few_words = f"计入的票不到 {self.least_n}{NBSP}票，不出分" if self.least_n else "没有计入的票，不出分"
        return [(few_words, few), ("各选项的票数没有填全", view.touched & ~valid & ~few)]

    def terms(self, view: View) -> list[Term]:
        """Write what each option took, or each question where there are several; then line and blank ballots."""
        if not self.rates(view).valid[0]:
            return []
        found = self.ballots(view)
        counted = [int(one) for one in self.counted(found)[:, 0].tolist()]
        known = [
            bool(one) and number >= max(self.least_n, 1)
            for one, number in zip(found.complete[:, 0], counted, strict=True)
        ]
        whole = sum((q.value for q, one in zip(self.questions, known, strict=True) if one), Fraction(0))
        parts = [question for question, one in enumerate(known) if one]
        shares = {q: Fraction(int(self.scored(found)[q, 0]), counted[q] * max(self.values)) for q in parts}
        lines = self.option_terms(view, counted[0]) if len(self.questions) == 1 else []
        lines = lines or [self.question_term(q, shares[q], self.questions[q].value / whole) for q in parts]
        share = sum((self.questions[q].value / whole * shares[q] for q in parts), Fraction(0))
        if share < self.line:
            said = f"得分率 {plain(share * 100)}%，不到 {plain(self.line * 100, 0)}%，不得分"
            lines.append(Term(said, -self.frame.points * share))
        for q in parts if self.blank_each else ():
            lines.append(self.blank_term(q, int(found.blank[q, 0]), self.questions[q].value / whole))
        lost = [line for line in lines if line.points]
        return deducted(lost, self.frame.points * (1 - self.frame.floor))

    def option_terms(self, view: View, counted: int) -> list[Term]:
        """Write 基本满意 60 票，按 1 ÷ 2 计 for each option of the only question."""
        lines = []
        for option, ballots in enumerate(view.count[:, 0].tolist()):
            lost = self.missed(option) * ballots / counted
            if not lost:
                continue
            ask = self.asks()[option]
            value = self.options[option].value if option < len(self.options) else Fraction(0)
            text = f"{ask.label} {ballots}{NBSP}票，每票按 {plain(value, 0)} ÷ {plain(self.best, 0)} 计"
            lines.append(Term(text, -self.frame.points * lost, ask.ordinal))
        return lines

    def question_term(self, question: int, share: Fraction, weight: Fraction) -> Term:
        """Write 环境卫生得分率 80.00%，占 25%."""
        text = f"{self.questions[question].label}得分率 {plain(share * 100)}%，占 {plain(weight * 100, 0)}%"
        return Term(text, -self.frame.points * weight * (1 - share))

    def blank_term(self, question: int, ballots: int, weight: Fraction) -> Term:
        """Write 空白 10 票，每票扣 0.20."""
        each = plain(self.blank_each * weight)
        head = f"{self.questions[question].label}：" if len(self.questions) > 1 else ""
        ordinal = self.first + question * self.step + len(self.options)
        return Term(f"{head}空白 {ballots}{NBSP}票，每票扣 {each}", -self.blank_each * weight * ballots, ordinal)

    def describe(self) -> str:
        """Say values, divisor, fine, line and the fewest ballots."""
        values = "、".join(f"{option.label} {plain(option.value, 0)}" for option in self.options)
        said = [f"{values}；各票得分合计 ÷ {DIVISORS[self.divisor]} ÷ {plain(self.best, 0)} × 分值"]
        if len(self.questions) > 1:
            said.append(f"{len(self.questions)} 道题按权重合")
        if self.blank_each:
            said.append(f"空白每票扣 {plain(self.blank_each)} 分")
        if self.line:
            said.append(f"得分率不到 {plain(self.line * 100, 0)}% 的不得分")
        if self.least_n:
            said.append(f"计入的票不到 {self.least_n} 票的不出分")
        return "；".join(said)

    def clean(self, mark: Mark) -> Mark:
        """Return the answer without ballots that lose anything; `instead` has them for the best option."""
        lost = self.costs(self.place(mark.ordinal)[1])
        return mark._replace(mark=QUALIFIED, count=0 if lost else mark.count)

    def instead(self, mark: Mark) -> Mark | None:
        """Return the same ballots cast for the best option, where they are in the divisor."""
        question, option = self.place(mark.ordinal)
        if not self.costs(option) or not self.stands(option):
            return None
        return Mark(self.first + question * self.step, QUALIFIED, mark.count, 0)


def read_choices(params: Params, name: str, number: str, most: int) -> tuple[Choice, ...]:
    """Take a list of {label, value} or {label, weight}."""
    found = []
    for row in params.rows(name):
        one = Params(params.key, row)
        found.append(Choice(one.text("label"), one.number(number, least="0")))
        one.finish()
    if len(found) > most:
        raise params.error(f"“{name}”最多 {most} 个")
    if len({choice.label for choice in found}) < len(found):
        raise params.error(f"“{name}”里有重复的名称")
    return tuple(found)


def compile_rule(params: Params, frame: Frame) -> Rule:
    """Read options, questions, divisor, blank_each, line, least_n; `ordinal` is the one before the first."""
    if not frame.points:
        raise params.error("问卷得分的分值要大于 0")
    if frame.cell == "observation":
        raise params.error("问卷不能逐条计算，“cell”请改为 place、unit 或 pooled")
    options = read_choices(params, "options", "value", MOST_OPTIONS)
    values = [option.value for option in options]
    if len(options) < 2 or values != sorted(values, reverse=True) or values[0] == values[-1]:
        raise params.error("“options”至少两个，从好到差写，分值由高到低")
    questions = read_choices(params, "questions", "weight", MOST_QUESTIONS)
    if questions and any(not question.value for question in questions):
        raise params.error("“questions”的权重要大于 0")
    divisor = params.choice("divisor", DIVISORS, "all")
    rule = Survey(
        frame=frame,
        first=params.whole("ordinal", 0, most=998) + 1,
        options=options,
        questions=questions or (Choice("", Fraction(1)),),
        divisor=divisor,
        blank_each=params.number("blank_each", "0", least="0"),
        line=params.share("line", "0"),
        least_n=params.whole("least_n", 0),
    )
    if rule.ordinals[-1] > 999:
        raise params.error("题目和选项太多：序号超过 999")
    return rule
