"""Kind 2: bands 分档: a number falls into a band, the band is a grade or a share of the points."""

import itertools
import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, TypedDict

import numpy as np

from rulebook.scoring.columns import Cells, Ints, Mask, View, lookup, times
from rulebook.scoring.exact import plain, share_words
from rulebook.scoring.kinds.base import QUALIFIED, Ask, Frame, Mark, Rule, Term
from rulebook.scoring.kinds.grades import Grade, read_grades
from rulebook.scoring.kinds.values import Value, read_better, read_value
from rulebook.scoring.params import Params

TESTS: Mapping[str, tuple[Callable[[Any, Any], Any], str]] = {
    "above": (operator.gt, ">"),
    "from": (operator.ge, "≥"),
    "below": (operator.lt, "<"),
    "to": (operator.le, "≤"),
}


@dataclass(frozen=True)
class Test:
    """One end of a band, open or closed."""

    word: str
    line: Fraction

    def holds(self, num: Ints, den: Ints) -> Mask:
        """Compare num/den with the line, exactly."""
        left, right = times(num, self.line.denominator), times(den, self.line.numerator)
        return TESTS[self.word][0](left, right).astype(np.bool_)  # type: ignore[no-any-return]

    def __str__(self) -> str:
        return f"{TESTS[self.word][1]} {plain(self.line, 0)}"


@dataclass(frozen=True)
class Also:
    """A further condition of a band (compound AND), read from another ordinal."""

    ordinal: int
    value: Value
    tests: tuple[Test, ...]


@dataclass(frozen=True)
class Band:
    """A grade and all that must hold for it."""

    grade: Grade
    tests: tuple[Test, ...]
    also: tuple[Also, ...]


@dataclass(frozen=True, kw_only=True)
class Bands(Rule):
    """The first band that holds gives the grade; if none does, `otherwise`."""

    value: Value
    bands: tuple[Band, ...]
    otherwise: Grade
    own: tuple[int, ...]
    best_value: Fraction
    higher: bool
    name: ClassVar[str] = "bands"
    label: ClassVar[str] = "分档"
    columns: ClassVar[frozenset[str]] = frozenset({"count", "base"})

    @property
    def ordinals(self) -> tuple[int, ...]:
        """Return the ordinal of the value, then those of further conditions."""
        return self.own

    @property
    def unit(self) -> int:
        """Return the common denominator of all grades."""
        return math.lcm(*(grade.rate.denominator for grade in self.grades))

    @property
    def grades(self) -> tuple[Grade, ...]:
        """Return the grades in the order tried."""
        return (*(band.grade for band in self.bands), self.otherwise)

    def chosen(self, view: View) -> tuple[Ints, Mask]:
        """Return the number of the band each cell falls into, and where everything needed was examined."""
        num, den, valid = self.value.read(view)
        found = np.full(num.shape, len(self.bands), dtype=np.int64)
        for number, band in reversed(list(enumerate(self.bands))):
            holds = np.logical_and.reduce([test.holds(num, den) for test in band.tests])
            for also in band.also:
                other, whole, known = also.value.read(view, self.own.index(also.ordinal))
                valid = valid & known
                holds = np.logical_and.reduce([holds, *(test.holds(other, whole) for test in also.tests)])
            found = np.where(holds, number, found)
        return found, valid

    def rates(self, view: View) -> Cells:
        """Look the grade of each cell up."""
        found, valid = self.chosen(view)
        marked = np.array([grade.marked for grade in self.grades], dtype=np.bool_)[found]
        return lookup([grade.rate for grade in self.grades], found, valid, marked & valid)

    def nominal(self, view: View) -> Ints:
        """Return what each cell's grade falls short of full."""
        found = self.rates(view)
        return np.where(found.valid, found.den - found.num, 0)

    def asks(self) -> tuple[Ask, ...]:
        """Ask the value, and those of further conditions."""
        further = {also.ordinal: also.value for band in self.bands for also in band.also}
        asked = (further[one].ask(one, "附加条件") for one in self.own[1:])
        return (self.value.ask(self.own[0]), *asked)

    def terms(self, view: View) -> list[Term]:
        """Write 实测值 85 dB，评为 B."""
        num, den, valid = self.value.read(view)
        found, known = self.chosen(view)
        if not (valid[0] and known[0]):
            return []
        grade = self.grades[int(found[0])]
        said = self.value.write(Fraction(int(num[0]), int(den[0])))
        return [
            Term(
                f"{self.value.word} {said}，{self.earned(grade)}",
                (grade.rate - self.origin) * self.frame.points,
                self.own[0],
            )
        ]

    def earned(self, grade: Grade) -> str:
        """Say what a band earns."""
        return f"评为 {grade.label}，{share_words(grade.rate)}"

    def describe(self) -> str:
        """Say the bands in their order."""
        bands = "，".join(f"{b.grade.label} {' 且 '.join(str(test) for test in b.tests)}" for b in self.bands)
        return f"{self.value.word}：{bands}，其余为 {self.otherwise.label}"

    def clean(self, mark: Mark) -> Mark:
        """Return the answer qualified, with a value of the best grade, or the better one it had."""
        if mark.ordinal != self.own[0] or self.value.source == "pass_rate":
            return mark._replace(mark=QUALIFIED)
        per = mark.base if self.value.source == "ratio" else 1000
        exact = self.best_value * per / self.value.factor
        best = max(math.ceil(exact), mark.count) if self.higher else min(math.floor(exact), mark.count)
        return mark._replace(mark=QUALIFIED, count=max(best, 0))


def read_tests(params: Params) -> tuple[Test, ...]:
    """Take the ends of a band: above, from, below, to."""
    tests = tuple(Test(word, params.number(word)) for word in TESTS if params.has(word))
    if not tests:
        raise params.error("一档至少要有 above、from、below、to 之一")
    return tests


def read_also(params: Params, frame: Frame) -> tuple[Also, ...]:
    """Take the further conditions `and`."""
    found = []
    for row in params.rows("and"):
        one = Params(params.key, row)
        found.append(Also(one.whole("ordinal", least=1, most=999), read_value(one, frame), read_tests(one)))
        one.finish()
    return tuple(found)


def read_bands(params: Params, frame: Frame, grades: Mapping[str, Grade], name: str) -> list[Band]:
    """Take a list of bands."""
    found = []
    for row in params.rows(name):
        one = Params(params.key, row)
        grade = grades[one.choice("grade", grades)]
        found.append(Band(grade, read_tests(one), read_also(one, frame)))
        one.finish()
    return found


def samples(bands: list[Band]) -> list[Fraction]:
    """Return a value at every line, and one in every gap between lines."""
    lines = sorted({test.line for band in bands for test in band.tests})
    gaps = [(low + high) / 2 for low, high in itertools.pairwise(lines)]
    return sorted([lines[0] - 1, *lines, *gaps, lines[-1] + 1])


def number_at(bands: list[Band], value: Fraction, met: frozenset[Also]) -> int:
    """Return the number (from 1) of the band of one value when just these further conditions are met; 0 for none."""
    for number, band in enumerate(bands, 1):
        if all(TESTS[t.word][0](value, t.line) for t in band.tests) and met.issuperset(band.also):
            return number
    return 0


def grade_at(bands: list[Band], otherwise: Grade, value: Fraction, met: frozenset[Also]) -> Grade:
    """Return the grade of one value when just these further conditions are met."""
    number = number_at(bands, value, met)
    return bands[number - 1].grade if number else otherwise


def check_monotone(params: Params, bands: list[Band], otherwise: Grade, *, higher: bool) -> Fraction:
    """Refuse a table in which a better value earns less; return a value of the best grade."""
    values = samples(bands) if higher else samples(bands)[::-1]
    further = {also for band in bands for also in band.also}
    if len(further) > 6:
        raise params.error("附加条件最多 6 个")
    known = [frozenset(c) for n in range(len(further) + 1) for c in itertools.combinations(further, n)]
    table = {met: [grade_at(bands, otherwise, value, met).rate for value in values] for met in known}
    for met, rates in table.items():
        if any(worse > later for worse, later in itertools.pairwise(rates)):
            raise params.error("分档前后矛盾：数值更好反而得分更低，请核对各档界限和“better”")
        if any(a > b for more in known if met < more for a, b in zip(rates, table[more], strict=True)):
            raise params.error("分档前后矛盾：多符合一个条件反而得分更低")
    for number in range(1, len(bands) + 1):
        if not any(number_at(bands, value, met) == number for value in values for met in known):
            raise params.error(f"第 {number} 档永远用不上：界限自相矛盾，或被前面的档盖住（另定的最差档排在最前）")
    best = table[frozenset(further)]
    return next(value for value, rate in zip(values, best, strict=True) if rate == max(best))


class Table(TypedDict):
    """What a compiled table is made of."""

    value: Value
    bands: tuple[Band, ...]
    otherwise: Grade
    own: tuple[int, ...]
    best_value: Fraction
    higher: bool


def read_table(params: Params, frame: Frame, value: Value, better: str) -> Table:
    """Take grades, bands, floor_bands, else and better (as `better` unless it is said)."""
    own, grades = params.whole("ordinal", 0, most=999), read_grades(params, frame)
    bands = read_bands(params, frame, grades, "floor_bands") + read_bands(params, frame, grades, "bands")
    if not bands:
        raise params.error("缺少“bands”")
    otherwise = grades[params.choice("else", grades)]
    higher = read_better(params, value, better)
    best = check_monotone(params, bands, otherwise, higher=higher)
    further = sorted({also.ordinal for band in bands for also in band.also} - {own})
    if frame.cell == "observation" and further:
        raise params.error("有附加条件的分档不能逐条计算，“cell”请改为 place")
    if frame.cell == "observation" and any(grade.marked for grade in grades.values()):
        raise params.error("最差等次影响上级的分档不能逐条计算，“cell”请改为 place")
    return Table(
        value=value,
        bands=tuple(bands),
        otherwise=otherwise,
        own=(own, *further),
        best_value=best,
        higher=higher,
    )


def compile_rule(params: Params, frame: Frame) -> Rule:
    """Read value, grades, bands, floor_bands 另定的最差档 (tried first), else, better: higher or lower."""
    return Bands(frame=frame, **read_table(params, frame, read_value(params, frame), "higher"))
