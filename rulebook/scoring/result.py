"""The result of scoring: for everything and for each place type and unit, with what was lost and where."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from rulebook.scoring.exact import plain, total
from rulebook.scoring.outcomes import Pass, work_out
from rulebook.scoring.standard import TOTAL, Criterion, Node, Standard
from rulebook.scoring.sums import Sums
from rulebook.scoring.tree import ABSENT, SCORED, UNTESTED, Line, roll_up


@dataclass(frozen=True)
class MethodPart:
    """The result of one method 测评方法 and what it counted in the total, renormalised over what was examined."""

    key: str
    label: str
    weight: Fraction
    counted: Fraction
    line: Line | None


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

    @cached_property
    def by_method(self) -> Mapping[str, dict[str, Line]]:
        """Return the lines of each method as if the others were not in the standard; empty without weights."""
        if not self.standard.weighs_methods:
            return {}
        return {
            method: roll_up(self.standard, self.passed.outcomes, self.number, lambda c, m=method: c.method == m)  # type: ignore[misc]
            for method in self.standard.methods
        }

    @cached_property
    def methods(self) -> tuple[MethodPart, ...]:
        """Return each method with its weight as declared and as counted."""
        weights = {method: weight or Fraction(0) for method, (_, weight) in self.standard.methods.items()}
        roots = {method: lines.get(TOTAL) for method, lines in self.by_method.items()}
        scored = {method: weights[method] for method, line in roots.items() if line and line.state == SCORED}
        whole = sum(scored.values(), Fraction(0))
        return tuple(
            MethodPart(
                method,
                self.standard.methods[method][0],
                weights[method],
                scored.get(method, Fraction(0)) / whole if whole else Fraction(0),
                line,
            )
            for method, line in roots.items()
        )

    @cached_property
    def lines(self) -> dict[str, Line]:
        """Return every line by key in reading order, the total first."""
        lines = dict(self.plain_lines)
        root = lines.get(TOTAL)
        if root is None or root.state != SCORED:
            return lines
        counted = [part for part in self.methods if part.counted and part.line]
        if counted:
            rate = total(part.counted * part.line.rate for part in counted if part.line)
            root = root._replace(got=root.possible * (Fraction(0) if root.zeroed_by else rate), counted={})
        lines[TOTAL] = root._replace(got=max(root.got, self.standard.floor))
        return lines

    @property
    def total(self) -> Line:
        """Return the line of the total."""
        return self.lines[TOTAL]

    @property
    def rankable(self) -> bool:
        """Say whether the total exists and its coverage reaches the least coverage of the standard."""
        return self.total.state == SCORED and self.total.coverage >= self.standard.least_coverage

    @property
    def remarks(self) -> tuple[str, ...]:
        """Say in Chinese what was renormalised."""
        said = []
        if any(part.counted != part.weight / max(self.weights, Fraction(1, 10**9)) for part in self.methods):
            parts = "，".join(f"{p.label} {plain(p.counted * 100, 0)}%" for p in self.methods if p.counted)
            said += [f"有的测评方法未测，权重按已测方法折算：{parts}"] if parts else []
        open_ = [line for line in self.lines.values() if line.kind == "criterion" and line.state == UNTESTED]
        nowhere = sum(not line.expected for line in open_)
        if len(open_) > nowhere and self.standard.untested == "renormalise":
            said.append(f"{len(open_) - nowhere} 条标准未测，不计 0 分，按同级折算")
        if nowhere:
            said.append(f"{nowhere} 条标准没有对应的点位，不计分")
        return tuple(said)

    @property
    def weights(self) -> Fraction:
        """Return the sum of the declared weights of methods."""
        return sum((part.weight for part in self.methods), Fraction(0))

    @cached_property
    def contributions(self) -> dict[str, Fraction]:
        """Return what each criterion cost the total, in points of the total; they add up to its loss."""
        if self.total.state != SCORED:
            return {}
        parts: dict[str, Fraction] = {}
        trees = [(part.counted, self.by_method[part.key]) for part in self.methods if part.counted]
        for counted, lines in trees or [(Fraction(1), self.plain_lines)]:
            for key, lost in descend(self.standard, lines, self.standard.root, counted * self.total.possible):
                parts[key] = parts.get(key, Fraction(0)) + lost
        whole = sum(parts.values(), Fraction(0))
        if whole and whole != self.total.lost:
            parts = {key: lost * self.total.lost / whole for key, lost in parts.items()}
        return parts


def descend(
    standard: Standard, lines: Mapping[str, Line], node: Node, points: Fraction
) -> Iterator[tuple[str, Fraction]]:
    """Yield what each criterion below a node lost of the points it counts for."""
    line = lines[node.key]
    if line.zeroed_by:
        for key in line.zeroed_by:
            yield key, points / len(line.zeroed_by)
        return
    whole = total(line.counted.values())
    for child in node.children:
        if child.key not in line.counted:
            continue
        share = points * line.counted[child.key] / whole
        if lines[child.key].state == ABSENT:
            yield from absent(standard, child, share)
        elif isinstance(child, Criterion):
            yield child.key, share * (1 - lines[child.key].rate)
        else:
            yield from descend(standard, lines, child, share)


def absent(standard: Standard, child: Node | Criterion, share: Fraction) -> Iterator[tuple[str, Fraction]]:
    """Yield the points lost below something not applicable where the standard gives it zero."""
    below = [child] if isinstance(child, Criterion) else [c for c in child.walk() if isinstance(c, Criterion)]
    for criterion in below if standard.na_policy == "zero" else ():
        yield criterion.key, share / len(below)


@dataclass(frozen=True)
class Result:
    """A score: the whole, and each place type and unit as a subject of its own."""

    standard: Standard
    sums: Sums
    before: Pass | None = None
    changed: frozenset[int] = frozenset()

    @cached_property
    def whole(self) -> SubjectResult:
        """Return the result of the whole round."""
        subject = np.zeros(len(self.sums.frame.places), dtype=np.int64)
        return SubjectResult("", work_out(self.standard, self.sums, subject, 1, self.before, self.changed), 0)

    @cached_property
    def place_types(self) -> dict[str, SubjectResult]:
        """Return the result of each place type, by key."""
        frame = self.sums.frame
        passed = work_out(self.standard, self.sums, frame.type, len(frame.types))
        return {key: SubjectResult(key, passed, i) for i, key in enumerate(frame.types)}

    @cached_property
    def units(self) -> dict[object, SubjectResult]:
        """Return the result of each unit, by key: all in one pass."""
        frame = self.sums.frame
        passed = work_out(self.standard, self.sums, frame.unit, len(frame.units))
        return {key: SubjectResult(key, passed, i) for i, key in enumerate(frame.units)}

    @property
    def lines(self) -> dict[str, Line]:
        """Return the lines of the whole, by key in reading order."""
        return self.whole.lines

    @property
    def total(self) -> Line:
        """Return the total of the whole."""
        return self.whole.total


def score(standard: Standard, sums: Sums) -> Result:
    """Score the sums of a round; place types and units are worked out when first asked for."""
    return Result(standard, sums)


def rescore(result: Result, sums: Sums, criteria: Iterable[str]) -> Result:
    """Score again after the sums of only these criteria changed, over the same places."""
    changed = frozenset(result.standard.number[key] for key in criteria)
    return Result(result.standard, sums, result.whole.passed, changed)
