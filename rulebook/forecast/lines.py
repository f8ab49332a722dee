"""The tree as a forecast takes it: what is affine in the criteria's rates, and the nodes where it bends."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

from rulebook.forecast.readings import Reading
from rulebook.scoring.exact import total
from rulebook.scoring.standard import TOTAL, Criterion, Node, Standard
from rulebook.scoring.tree import ABSENT, SCORED, UNTESTED, Line

Var = tuple[str, str]  # the rate of a criterion ("", key), or the points of a node that bends (method, key)
ZERO = Fraction(0)


@dataclass(frozen=True)
class Affine:
    """A constant plus multiples of variables."""

    const: Fraction = ZERO
    terms: Mapping[Var, Fraction] = field(default_factory=dict)

    def times(self, factor: Fraction) -> "Affine":
        """Multiply by a constant."""
        return Affine(self.const * factor, {var: each * factor for var, each in self.terms.items()})


def added(parts: Sequence[Affine]) -> Affine:
    """Add several."""
    terms: dict[Var, list[Fraction]] = {}
    for part in parts:
        for var, each in part.terms.items():
            terms.setdefault(var, []).append(each)
    return Affine(total(part.const for part in parts), {var: total(each) for var, each in terms.items()})


@dataclass(frozen=True)
class Part:
    """A line: its state, possible points and bonus where they are the same in every draw, and what it gets.

    Where one of them is None the line is to be asked for in every draw.
    """

    line: Node | Criterion
    state: str | None
    possible: Fraction | None
    got: Affine
    bonus: Fraction | None = ZERO

    @property
    def steady(self) -> bool:
        """Say whether state, possible points and bonus are the same in every draw."""
        return self.state is not None and self.possible is not None and self.bonus is not None

    @property
    def own(self) -> bool:
        """Say whether it changes the score of the indicator above it."""
        return isinstance(self.line, Criterion) and self.line.to == "parent"

    @property
    def asked(self) -> Fraction:
        """Return what a deduction asks of the indicator above it."""
        return (self.bonus or ZERO) - self.got.const


@dataclass(frozen=True)
class Bend:
    """A node whose points are no affine function: what lies below it, the criteria that may close it, and why."""

    node: Node
    below: tuple[Part, ...]
    closers: tuple[tuple[str, int], ...]  # key of the criterion, number of the rule
    why: tuple[str, ...]
    possible: Fraction | None


@dataclass(frozen=True)
class Shaper:
    """Shapes the tree of one method ("": of all); bends are kept by variable.

    `fixed` are the lines outside the points, the same in every draw; `lowest` bounds what an affine function can be.
    """

    standard: Standard
    readings: Mapping[str, Reading]
    fixed: Mapping[str, Line]
    lowest: Callable[[Affine], Fraction | None]
    method: str
    wanted: Callable[[Criterion], bool]
    bends: dict[Var, Bend]

    def shape(self, line: Node | Criterion) -> Part | None:
        """Shape a line and all below it; None where nothing of it is wanted."""
        if isinstance(line, Node):
            below = tuple(part for child in line.children if (part := self.shape(child)) is not None)
            return self.node(line, below) if below else None
        if not self.wanted(line):
            return None
        if line.key in self.fixed:
            fixed = self.fixed[line.key]
            return Part(line, fixed.state, ZERO, Affine(fixed.got), fixed.bonus)
        state, rate = self.readings[line.key].state, Affine(terms={("", line.key): line.points})
        return Part(line, state, line.points if state == SCORED else ZERO, rate if state == SCORED else Affine())

    def node(self, node: Node, below: tuple[Part, ...]) -> Part:
        """Shape a node from its children."""
        if node.outside:
            return Part(node, SCORED, ZERO, Affine())  # what it groups goes to the total by itself
        closers = tuple(
            (key, rule)
            for key, reading in self.readings.items()
            for rule, closed in reading.closes
            if closed == node.key
        )
        steady = all(part.steady for part in below)
        flat = self.weigh(node, below) if steady else None
        done = self.changed(flat, below) if flat else None
        if done and not closers:
            return done
        why = ("closed",) * bool(closers) + ("renormalised",) * (not steady) + ("deducted",) * bool(flat and not done)
        possible = flat.possible if flat else node.points if self.standard.untested == "renormalise" else None
        self.bends[self.method, node.key] = Bend(node, below, closers, why, possible)
        if flat and flat.state != SCORED:
            return flat
        always = node.base or any(part.state == SCORED for part in below if part.line.weight)
        plain = all(part.bonus == 0 for part in below)
        got = Affine(terms={(self.method, node.key): Fraction(1)})
        return Part(node, SCORED if always else None, possible, got, ZERO if plain else None)

    def changed(self, part: Part, below: Sequence[Part]) -> Part | None:
        """Add a node's own bonuses and take its deductions; None where it may have less than they ask."""
        own = [one for one in below if one.own]
        if part.state != SCORED or not own:
            return part
        bonus, asked = part.bonus or ZERO, total(one.asked for one in own)
        lowest = self.lowest(part.got) if asked else ZERO
        if asked and (lowest is None or lowest - bonus < asked):
            return None
        more = total(one.bonus or ZERO for one in own)
        return replace(part, got=added([part.got, Affine(more - asked)]), bonus=bonus + more)

    def weigh(self, node: Node, below: Sequence[Part]) -> Part:
        """Weigh children whose states hold in every draw, as `scoring.tree` does."""
        if node.base:
            return Part(node, SCORED, node.points, Affine(node.points))
        weighty = [part for part in below if part.line.weight]
        scored = [part for part in weighty if part.state == SCORED]
        absent = [part.line for part in weighty if part.state == ABSENT]
        if not scored:
            return Part(node, ABSENT if weighty and len(absent) == len(weighty) else UNTESTED, ZERO, Affine())
        policy, possible = self.standard.na_policy, node.points
        counted = [share(part.line) * (part.possible or ZERO) for part in scored]
        parts = [part.got.times(share(part.line)) for part in scored]
        if policy != "renormalise":
            counted += [line.weight for line in absent]
            parts += [Affine(line.weight) for line in absent if policy == "full"]
        whole = total(counted)
        if self.standard.untested == "leave_out":
            dropped = {line.key for line in absent} if policy == "renormalise" else set()
            possible = possible * whole / total(part.line.weight for part in below if part.line.key not in dropped)
        bonus = total(share(part.line) * (part.bonus or ZERO) for part in scored)
        return Part(node, SCORED, possible, added(parts).times(possible / whole), bonus * possible / whole)


def share(line: Node | Criterion) -> Fraction:
    """Return what a point of a line is in the measure of its weight."""
    return Fraction(1) if line.weight == line.points else line.weight / line.points


@dataclass(frozen=True)
class Tree:
    """The whole standard: the plain root, that of each method with its weight, every bend, what goes to the total."""

    standard: Standard
    root: Part
    methods: tuple[tuple[str, Fraction, Part | None], ...]
    bends: Mapping[Var, Bend]
    to_total: tuple[Line, ...]

    @cached_property
    def weighed(self) -> Part | None:
        """Return the root as methods form it; None where that differs from draw to draw."""
        closed = ("", self.root.line.key) in self.bends and (self.methods or self.to_total)
        if not self.root.steady or closed or any(part and not part.steady for _, _, part in self.methods):
            return None
        counted = [(weight, part) for _, weight, part in self.methods if part and weight and part.state == SCORED]
        if self.root.state != SCORED or not counted:
            return self.root
        whole, full = sum((weight for weight, _ in counted), ZERO), self.root.possible or ZERO
        shares = [(weight / whole * full / (part.possible or full or 1), part) for weight, part in counted]
        got = added([part.got.times(factor) for factor, part in shares])
        return replace(self.root, got=got, bonus=total(factor * (part.bonus or ZERO) for factor, part in shares))

    @cached_property
    def steady(self) -> Affine | None:
        """Return the total, before its floor, where it is affine."""
        if self.weighed is None:
            return None
        if self.weighed.state != SCORED:
            return self.weighed.got
        return added([self.weighed.got, Affine(self.gift - (self.weighed.bonus or ZERO) - self.taken)])

    @property
    def gift(self) -> Fraction:
        """Return what bonuses give to a total that is affine, capped: those inside the tree and those to the total."""
        inside = self.weighed.bonus if self.weighed and self.weighed.bonus else ZERO
        whole, cap = inside + total(line.bonus for line in self.to_total), self.standard.bonus_cap
        return whole if cap is None else min(whole, cap)

    @property
    def taken(self) -> Fraction:
        """Return what deductions from the total take."""
        return total(line.bonus - line.got for line in self.to_total)


def tree_of(
    standard: Standard,
    readings: Mapping[str, Reading],
    fixed: Mapping[str, Line],
    lowest: Callable[[Affine], Fraction | None],
) -> Tree:
    """Shape a standard."""
    bends: dict[Var, Bend] = {}

    def shaped(method: str, wanted: Callable[[Criterion], bool]) -> Part | None:
        return Shaper(standard, readings, fixed, lowest, method, wanted, bends).shape(standard.root)

    root = shaped("", lambda _: True)
    if root is None:
        raise ValueError("测评体系里没有测评标准")
    methods = tuple(
        (method, weight or ZERO, shaped(method, lambda one, m=method: one.method == m))  # type: ignore[misc]
        for method, (_, weight) in (standard.methods.items() if standard.weighs_methods else ())
    )
    to_total = tuple(fixed[one.key] for one in standard.criteria if one.to == TOTAL and one.key in fixed)
    return Tree(standard, root, methods, bends, to_total)
