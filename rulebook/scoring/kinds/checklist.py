"""Kind 1: checklist grade 逐项评等: standards 1…n each met or not; the grade is a share of the points."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

import numpy as np

from rulebook.scoring.columns import Cells, Ints, Mask, View, lookup, times
from rulebook.scoring.exact import share_words
from rulebook.scoring.kinds.base import QUALIFIED, Ask, Frame, Mark, Rule, Term
from rulebook.scoring.kinds.grades import Grade, read_grades
from rulebook.scoring.params import Params


@dataclass(frozen=True)
class Need:
    """What earns a grade: at least `least` of the named standards (positions from 0)."""

    grade: Grade
    least: int
    named: tuple[int, ...]
    text: str


@dataclass(frozen=True, kw_only=True)
class Checklist(Rule):
    """The first need that is fulfilled gives the grade; else `otherwise`.

    A standard is met in a cell when at least `met` of its observations were qualified. Standards not
    applicable count as met unless the assessment system gives zero for them. Not all examined: the grade if
    the best and the worst case agree, else the cell is not examined.
    """

    items: tuple[str, ...]
    needs: tuple[Need, ...]
    otherwise: Grade
    met: Fraction
    absent_met: bool
    name: ClassVar[str] = "checklist"
    label: ClassVar[str] = "逐项评等"
    columns: ClassVar[frozenset[str]] = frozenset()

    @property
    def ordinals(self) -> tuple[int, ...]:
        """Return 1…n."""
        return tuple(range(1, len(self.items) + 1))

    def asks(self) -> tuple[Ask, ...]:
        """Ask each standard."""
        return tuple(Ask(ordinal, label=text) for ordinal, text in zip(self.ordinals, self.items, strict=True))

    @property
    def grades(self) -> tuple[Grade, ...]:
        """Return the grades in the order tried."""
        return (*(need.grade for need in self.needs), self.otherwise)

    def chosen(self, met: Mask) -> Ints:
        """Return the number of the grade each cell earns."""
        found = np.full(met.shape[1], len(self.needs), dtype=np.int64)
        for number, need in reversed(list(enumerate(self.needs))):
            found = np.where(met[list(need.named)].sum(axis=0) >= need.least, number, found)
        return found

    def rates(self, view: View) -> Cells:
        """Grade each cell in the worst and in the best case of what was not examined."""
        known = view.examined > 0
        qualified, needed = times(view.qualified, self.met.denominator), times(view.examined, self.met.numerator)
        met = known & (qualified >= needed)
        absent = ~known & (view.not_applicable > 0)
        met |= absent & self.absent_met
        worst, best = self.chosen(met), self.chosen(met | ~(known | absent))
        earned = [(grade.rate, grade.marked) for grade in self.grades]
        first = np.array([earned.index(pair) for pair in earned])  # grades that earn the same are one
        valid = known.any(axis=0) & (first[worst] == first[best])
        marks = np.array([marked for _, marked in earned], dtype=np.bool_)
        return lookup([rate for rate, _ in earned], worst, valid, marks[worst] & valid)

    def nominal(self, view: View) -> Ints:
        """Return how many observations of standards were not qualified."""
        return (view.examined - view.qualified).sum(axis=0)  # type: ignore[no-any-return]

    def terms(self, view: View) -> list[Term]:
        """Write which standards were not met and the grade."""
        found = self.rates(view)
        if not found.valid[0]:
            return []
        bad = [i for i in self.ordinals if view.examined[i - 1, 0] > view.qualified[i - 1, 0]]
        rate = Fraction(int(found.num[0]), int(found.den[0]))
        label = next(grade.label for grade in self.grades if grade.rate == rate)
        said = f"第 {'、'.join(map(str, bad))} 项有不合格" if bad else "各项都合格"
        return [Term(f"{said}，评为 {label}，{share_words(rate)}", (rate - 1) * self.frame.points)]

    def describe(self) -> str:
        """Say what earns which grade."""
        needs = "；".join(f"{need.text}为 {need.grade.label}" for need in self.needs)
        return f"{needs}；其余为 {self.otherwise.label}"

    def clean(self, mark: Mark) -> Mark:
        """Return the standard as met."""
        return mark._replace(mark=QUALIFIED)


def read_need(params: Params, row: object, grades: Mapping[str, Grade], items: int) -> Need:
    """Read one of: all · at_least: k · named: [2, 3, 4] (optionally at_least k of them)."""
    one = Params(params.key, row)
    grade = grades[one.choice("grade", grades)]
    named = [Params(params.key, {"named": number}).whole("named", least=1, most=items) for number in one.rows("named")]
    if len(set(named)) < len(named):
        raise params.error("“named”里有重复的序号")
    if one.says("need", "all"):
        need = Need(grade, items, tuple(range(items)), f"{items} 项全部符合")
    elif one.has("at_least"):
        least = one.whole("at_least", least=1, most=len(named) or items)
        among = f"第 {'、'.join(map(str, named))} 项中" if named else ""
        need = Need(grade, least, tuple(n - 1 for n in named) or tuple(range(items)), f"{among}符合 {least} 项")
    elif named:
        need = Need(grade, len(named), tuple(n - 1 for n in named), f"符合第 {'、'.join(map(str, named))} 项")
    else:
        raise params.error("每一等要写 need: all、at_least 或 named")
    one.finish()
    return need


def compile_rule(params: Params, frame: Frame) -> Rule:
    """Read items (texts, or their number), grades, needs, else, met 达标比例."""
    if frame.cell == "observation":
        raise params.error("逐项评等不能逐条计算，“cell”请改为 place、unit 或 pooled")
    texts = [str(text) for text in params.rows("items")] if not params.has("n") else []
    items = tuple(texts) or tuple(f"第 {i} 项" for i in range(1, params.whole("n", least=1, most=99) + 1))
    grades = read_grades(params, frame)
    needs = tuple(read_need(params, row, grades, len(items)) for row in params.rows("needs"))
    if not needs:
        raise params.error("缺少“needs”")
    otherwise = grades[params.choice("else", grades)]
    rates = [*(need.grade.rate for need in needs), otherwise.rate]
    if rates != sorted(rates, reverse=True):
        raise params.error("等次前后矛盾：“needs”要从得分高的写到得分低的")
    met = params.positive("met", "1")
    if met > 1:
        raise params.error("“met”是达标比例，不能大于 1")
    absent = params.choice("absent", ("met", "not_met"), "met") == "met"
    return Checklist(frame=frame, items=items, needs=needs, otherwise=otherwise, met=met, absent_met=absent)
