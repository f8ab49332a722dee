"""The result of scoring: for everything and for any subjects, with what was lost, added and barred."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

import numpy as np

from rulebook.scoring.changes import contributions, with_changes
from rulebook.scoring.kinds.veto import EFFECTS
from rulebook.scoring.outcomes import Pass, work_out
from rulebook.scoring.remarks import homeless, outside, silent, unexamined
from rulebook.scoring.standard import TOTAL, Standard
from rulebook.scoring.sums import Sums
from rulebook.scoring.tree import NOTHING, SCORED, Line, roll_up
from rulebook.scoring.weighing import Part, Trees, Weighed, joined, left_out, trees_of, weigh


class Veto(NamedTuple):
    """A veto 一票否决 on a subject: the criterion, its words, and what it does in words."""

    key: str
    label: str
    effect: str
    words: str


@dataclass(frozen=True)
class SubjectResult:
    """The score of one subject: the whole round, a place type or a unit."""

    key: object
    passed: Pass
    number: int

    @property
    def standard(self) -> Standard:
        """Return the standard scored by."""
        return self.passed.standard

    @cached_property
    def plain_lines(self) -> dict[str, Line]:
        """Return the lines before methods are weighed."""
        return roll_up(self.standard, self.passed.outcomes, self.number)

    def tree(self, method: str | None = None, assessor: int | None = None) -> dict[str, Line]:
        """Return the lines of one method, or of one assessor, as if the others were not in the standard."""
        return roll_up(
            self.standard,
            self.passed.outcomes,
            self.number,
            lambda one: (
                method in (None, one.method) and (assessor is None or one.role != "" or assessor in one.assessors)
            ),
            assessor,
        )

    @cached_property
    def methods(self) -> tuple[Weighed, ...]:
        """Return each method 测评方法 with its weight as declared and as counted; empty without weights."""
        if not self.standard.weighs_methods:
            return ()
        rows = ((key, label, weight or NOTHING) for key, (label, weight) in self.standard.methods.items())
        return weigh(part(key, label, weight, self.tree(method=key)) for key, label, weight in rows)

    @cached_property
    def assessors(self) -> tuple[Weighed, ...]:
        """Return each assessor 测评主体 likewise; empty unless the total is formed by them."""
        if not self.standard.weighs_assessors:
            return ()
        rows = enumerate(self.standard.assessors.items())
        return weigh(part(key, label, weight, self.tree(assessor=number)) for number, (key, (label, weight)) in rows)

    @cached_property
    def districts(self) -> tuple[Weighed, ...]:
        """Return each district 片区 likewise, its total formed by methods or assessors where the standard says so."""
        passed, count = self.passed, len(self.standard.districts)
        if not count:
            return ()
        inner = [SubjectResult(i, passed.by_district, self.number * count + i) for i in range(count)]
        pairs = zip(inner, self.standard.districts.items(), strict=True)
        return weigh(Part(key, label, weight, one.inner_line, one.inner_trees) for one, (key, (label, weight)) in pairs)

    @property
    def parts(self) -> tuple[Weighed, ...]:
        """Return what the total is formed of inside a district: methods, or assessors, or nothing of its own."""
        return self.methods or self.assessors

    @property
    def inner_line(self) -> Line:
        """Return the total before districts are weighed, bonuses to the total are given and its floor holds."""
        return joined(self.plain_lines[TOTAL], self.parts)

    @property
    def weighed_line(self) -> Line:
        """Return the total with districts weighed, before what is added to it or taken from it."""
        return joined(self.inner_line, self.districts)

    @property
    def inner_trees(self) -> Trees:
        """Return the trees that make this total, with what each counts."""
        return trees_of(self.parts) or ((Fraction(1), self.plain_lines),)

    @cached_property
    def lines(self) -> dict[str, Line]:
        """Return every line by key in reading order, the total first."""
        lines = dict(self.plain_lines)
        root = self.weighed_line
        if root.state != SCORED:
            return lines
        to_total = [lines[one.key] for one in self.standard.criteria if one.to == TOTAL and one.key in lines]
        lines[TOTAL] = with_changes(self.standard, root, to_total)
        return lines

    @property
    def total(self) -> Line:
        """Return the line of the total."""
        return self.lines[TOTAL]

    @property
    def rankable(self) -> bool:
        """Say whether the total exists and its coverage reaches the least coverage of the standard."""
        scored, enough = self.total.state == SCORED, self.total.coverage >= self.standard.least_coverage
        return scored and enough and not self.barred

    @cached_property
    def vetoes(self) -> tuple[Veto, ...]:
        """Return the vetoes on this subject, in reading order."""
        found = [one.criterion for one in self.passed.outcomes if one.barred[self.number]]
        effects = [getattr(one.rules[0], "effect", "") for one in found]
        return tuple(
            Veto(
                one.key,
                one.label or one.text or one.key,
                effect,
                f"{one.label or one.text or one.key}，{EFFECTS[effect]}",
            )
            for one, effect in zip(found, effects, strict=True)
        )

    @property
    def barred(self) -> str:
        """Say why the subject takes no rank; empty where no veto takes it out."""
        return "；".join(veto.words for veto in self.vetoes if veto.effect != "zero")

    @property
    def remarks(self) -> tuple[str, ...]:
        """Say in Chinese what was left out, renormalised or capped."""
        standard, number = self.standard, self.number
        return (
            *left_out("片区", self.districts),
            *left_out("测评方法", self.methods),
            *left_out("测评主体", self.assessors),
            *silent(standard, self.passed.outcomes, number),
            *unexamined(standard, self.lines),
            *outside(standard, self.lines, self.weighed_line.bonus),
            *homeless(self.passed, number),
        )

    @cached_property
    def changes(self) -> tuple[dict[str, Fraction], dict[str, Fraction]]:
        """Return what each criterion cost and gave the total, in points of the total."""
        if self.total.state != SCORED:
            return {}, {}
        return contributions(self.standard, self.total, self.lines, trees_of(self.districts) or self.inner_trees)

    @property
    def contributions(self) -> dict[str, Fraction]:
        """Return what each criterion cost the total, deductions included; they add up to its loss."""
        return self.changes[0]

    @property
    def bonuses(self) -> dict[str, Fraction]:
        """Return what each criterion gave above the points; they add up to the bonus of the total."""
        return self.changes[1]


def part(key: str, label: str, weight: Fraction, lines: Mapping[str, Line]) -> Part:
    """Return a method or assessor to be weighed, from its tree."""
    return Part(key, label, weight, lines.get(TOTAL), ((Fraction(1), lines),))


@dataclass(frozen=True)
class Result:
    """A score: the whole, and any division of the places into subjects."""

    standard: Standard
    sums: Sums
    before: Pass | None = None
    changed: frozenset[int] = frozenset()

    @cached_property
    def whole(self) -> SubjectResult:
        """Return the result of the whole round."""
        subject = np.zeros(len(self.sums.frame.places), dtype=np.int64)
        return SubjectResult("", work_out(self.standard, self.sums, subject, 1, self.before, self.changed), 0)

    def divided(self, keys: Iterable[Hashable | None] | Mapping[object, Hashable]) -> dict[Hashable, SubjectResult]:
        """Return the result of each subject by key, in order of first appearance: all in one pass.

        `keys` names the subject of each place of the frame, in its order or by place key; None leaves a place out.
        """
        places = self.sums.frame.places
        named = [keys.get(place.key) for place in places] if isinstance(keys, Mapping) else list(keys)
        if len(named) != len(places):
            raise ValueError(f"{len(places)} places, {len(named)} keys")
        number = {key: i for i, key in enumerate(dict.fromkeys(key for key in named if key is not None))}
        subject = np.array([-1 if key is None else number[key] for key in named], dtype=np.int64)
        passed = work_out(self.standard, self.sums, subject, len(number))
        return {key: SubjectResult(key, passed, i) for key, i in number.items()}

    @cached_property
    def place_types(self) -> dict[str, SubjectResult]:
        """Return the result of each place type, by key."""
        return self.divided(place.place_type for place in self.sums.frame.places)  # type: ignore[return-value]

    @cached_property
    def units(self) -> dict[object, SubjectResult]:
        """Return the result of each unit, by key."""
        return self.divided(place.unit for place in self.sums.frame.places)

    @property
    def lines(self) -> dict[str, Line]:
        """Return the lines of the whole, by key in reading order."""
        return self.whole.lines

    @property
    def total(self) -> Line:
        """Return the total of the whole."""
        return self.whole.total


def score(standard: Standard, sums: Sums) -> Result:
    """Score the sums of a round; subjects are worked out when first asked for."""
    return Result(standard, sums)


def rescore(result: Result, sums: Sums, criteria: Iterable[str]) -> Result:
    """Score again after the sums of only these criteria changed, over the same places."""
    changed = frozenset(result.standard.number[key] for key in criteria)
    return Result(result.standard, sums, result.whole.passed, changed)
