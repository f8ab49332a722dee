"""The score of very many draws at once, in floating point: what `scoring` does, along an axis of draws."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from rulebook.forecast.drawing import Draws
from rulebook.forecast.lines import Affine, Bend, Part, Var
from rulebook.forecast.model import Floats, Model, Numbers, Pooled, Single
from rulebook.scoring.columns import Mask, View
from rulebook.scoring.combining import qualified_share
from rulebook.scoring.kinds.base import Rule
from rulebook.scoring.standard import Criterion
from rulebook.scoring.tree import ABSENT, SCORED


class Rate(NamedTuple):
    """A rate in every draw, whether there is one, and whether a gate fell or a marked grade was given."""

    value: Floats
    known: Mask
    marked: Mask


class Live(NamedTuple):
    """A line in every draw: whether scored, whether not applicable, what it gets of what is possible, its bonus."""

    scored: Mask
    absent: Mask
    got: Floats
    possible: Floats
    bonus: Floats


def ratio(over: Floats, under: Floats) -> Floats:
    """Divide; 0 where there is nothing to divide by."""
    return np.divide(over, under, out=np.zeros(np.broadcast_shapes(over.shape, under.shape)), where=under > 0)


@dataclass(eq=False)
class Chunk:
    """Some draws; what is asked for is worked out once.

    `right` is a type whose findings are put right; what it does not touch is taken from `base`, the same draws as seen.
    """

    model: Model
    draws: Draws
    right: int | None = None
    base: "Chunk | None" = None
    _lives: dict[Var, Live] = field(default_factory=dict)
    _rates: dict[tuple[str, int], Rate] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Return the number of draws."""
        return max(int(chosen.shape[1]) for chosen in self.draws)

    def sides(self, seen: Numbers, right: Numbers) -> Numbers:
        """Return numbers as seen, those of one type put right."""
        return tuple(b if i == self.right else a for i, (a, b) in enumerate(zip(seen, right, strict=True)))

    def summed(self, numbers: Numbers) -> Floats:
        """Add numbers of places over the places drawn."""
        found: Floats = np.zeros(1)
        for chosen, of_type in zip(self.draws, numbers, strict=True):
            if of_type is not None:
                single = of_type.size == 1
                found = found + (of_type * chosen.shape[0] if single else of_type.take(chosen).sum(axis=0))
        return found

    def column(self, affine: Affine) -> Floats:
        """Return an affine function."""
        ready = self.model.column(affine)
        found = ready.const + self.summed(self.sides(ready.seen, ready.right))
        for factor, var in ready.others:
            found = found + factor * self.variable(var)
        return found

    def variable(self, var: Var) -> Floats:
        """Return a variable that is not linear."""
        return (self.node(var) if var in self.model.tree.bends else self.criterion(var[1])).got

    def part(self, part: Part, method: str) -> Live:
        """Return a line."""
        if part.steady:
            scored, absent = np.array([[part.state == SCORED], [part.state == ABSENT]])
            possible, bonus = np.array([[float(part.possible or 0)], [float(part.bonus or 0)]])
            return Live(scored, absent, self.column(part.got), possible, bonus)
        if (method, part.line.key) in self.model.tree.bends:
            return self.node((method, part.line.key))
        live, points = self.criterion(part.line.key), float(part.line.points)
        return live._replace(got=live.got * points, possible=live.possible * points)

    def criterion(self, key: str) -> Live:
        """Return a criterion, its rate as what it gets of 1."""
        if ("", key) not in self._lives:
            reading = self.model.readings[key]
            if self.base and self.right not in reading.values.kinds:
                return self.base.criterion(key)
            rates = [self.rate(key, number) for number in range(len(reading.values.rules))]
            value, known = joined(reading.values.criterion, rates)
            touched, gone = (self.summed(numbers) > 0 for numbers in self.model.presence(key))
            self._lives["", key] = Live(known, ~known & gone & ~touched, value, np.ones(1), np.zeros(1))
        return self._lives["", key]

    def rate(self, key: str, number: int) -> Rate:
        """Return a rule of a criterion."""
        if (key, number) not in self._rates:
            values = self.model.readings[key].values
            if self.base and self.right not in values.kinds:
                return self.base.rate(key, number)
            rule, seen = values.rules[number].rule, self.model.rule(key, number, False)
            right = self.model.rule(key, number, True) if self.right in values.kinds else seen
            if isinstance(seen, Single) and isinstance(right, Single):
                weights = [float(weight) for weight in values.weights]
                self._rates[key, number] = self.of_places(rule, seen, right, weights)
            elif isinstance(seen, Pooled) and isinstance(right, Pooled):
                self._rates[key, number] = self.of_cells(rule, seen, right)
        return self._rates[key, number]

    def of_places(self, rule: Rule, seen: Single, right: Single, weights: Sequence[float]) -> Rate:
        """Combine the results of single places."""
        value, size = self.sides(seen.value, right.value), self.sides(seen.size, right.size)
        marked = self.summed(self.sides(seen.marked, right.marked)) > 0
        how = rule.frame.combiner
        if how == "worst":
            low = self.lowest(self.sides(seen.low, right.low))
            return Rate(np.where(np.isfinite(low), low, 0), np.isfinite(low), marked)
        if how == "mean_by_type":
            return Rate(*self.by_type(value, size, weights), marked)
        got, whole = self.summed(value), self.summed(size)
        if how == "sum":
            return Rate(np.maximum(1 - (whole - got), float(rule.frame.floor)), whole > 0, marked)
        return Rate(ratio(got, whole), whole > 0, marked)

    def lowest(self, numbers: Numbers) -> Floats:
        """Return the lowest of the places drawn."""
        found: Floats = np.full(1, np.inf)
        for chosen, of_type in zip(self.draws, numbers, strict=True):
            if of_type is not None:
                found = np.minimum(found, of_type if of_type.size == 1 else of_type.take(chosen).min(axis=0))
        return found

    def by_type(self, value: Numbers, size: Numbers, weights: Sequence[float]) -> tuple[Floats, Mask]:
        """Return the mean over types of the mean in each type, weighted over the types examined."""
        got, whole = np.zeros(1), np.zeros(1)
        for i, weight in enumerate(weights):
            if weight and value[i] is not None:
                only = [tuple(one if j == i else None for j, one in enumerate(some)) for some in (value, size)]
                mine, count = (self.summed(some) for some in only)
                got, whole = got + weight * ratio(mine, count), whole + weight * (count > 0)
        return ratio(got, whole), whole > 0

    def of_cells(self, rule: Rule, seen: Pooled, right: Pooled) -> Rate:
        """Form cells of several places, then combine them."""
        cells, draws = max(seen.units, 1), self.size
        data = np.zeros((6, len(rule.ordinals), draws * cells), dtype=np.int64)
        for name, row in seen.columns.keys() | right.columns.keys():
            empty = (None,) * len(self.draws)
            numbers = self.sides(seen.columns.get((name, row), empty), right.columns.get((name, row), empty))
            data[name, row] = self.summed(numbers) if not seen.units else self.by_unit(numbers, seen)
        found, how, shape = rule.rates(View(data)), rule.frame.combiner, (draws, cells)
        if how == "share":
            found = qualified_share(found, rule.frame.share_line)
        value = (np.asarray(found.num, dtype=np.float64) / np.asarray(found.den, dtype=np.float64)).reshape(shape)
        valid = found.valid.reshape(shape)
        marked = np.asarray((found.marked & found.valid).reshape(shape).any(axis=1), dtype=np.bool_)
        count = valid.sum(axis=1)
        if how == "worst":
            low = np.where(valid, value, np.inf).min(axis=1)
            return Rate(np.where(count > 0, low, 0), count > 0, marked)
        got = np.where(valid, value, 0).sum(axis=1)
        if how == "sum":
            return Rate(np.maximum(1 - (count - got), float(rule.frame.floor)), count > 0, marked)
        return Rate(ratio(got, count.astype(np.float64)), count > 0, marked)

    def by_unit(self, numbers: Numbers, pooled: Pooled) -> Floats:
        """Add numbers of places by draw and unit."""
        found: Floats = np.zeros(self.size * pooled.units)
        for chosen, of_type, unit in zip(self.draws, numbers, pooled.unit, strict=True):
            if of_type is not None and unit is not None:
                places = np.broadcast_to(chosen, (chosen.shape[0], self.size))
                key = np.arange(self.size) * pooled.units + unit[places]
                weights = np.broadcast_to(of_type, unit.shape)[places]
                found += np.bincount(key.reshape(-1), weights.reshape(-1), found.size)
        return found

    def closed(self, closers: Iterable[tuple[str, int]]) -> Mask:
        """Say in which draws a node is set to zero."""
        found = np.zeros(1, dtype=np.bool_)
        for key, number in closers:
            found = found | self.rate(key, number).marked
        return found

    def node(self, var: Var) -> Live:
        """Return a node that bends."""
        if var not in self._lives:
            bend = self.model.tree.bends[var]
            live = self.weigh(bend, [self.part(part, var[0]) for part in bend.below])
            live = self.changed(live, bend.below)
            open_ = ~(self.closed(bend.closers) & live.scored)
            self._lives[var] = live._replace(got=live.got * open_, bonus=live.bonus * open_)
        return self._lives[var]

    def weigh(self, bend: Bend, below: Sequence[Live]) -> Live:
        """Weigh the children of a node, as `scoring.tree` does."""
        yes, no = np.array([[True], [False]])
        if bend.node.base:
            points = np.full(1, float(bend.node.points))
            return Live(yes, no, points, points, np.zeros(1))
        standard, policy = self.model.standard, self.model.standard.na_policy
        whole, got, kept, bonus = np.zeros((4, 1))
        scored, absent, weighty = no, yes, False
        for part, live in zip(bend.below, below, strict=True):
            weight = float(part.line.weight)
            if not weight:
                continue
            factor = weight / float(part.line.points)
            weighty, scored, absent = True, scored | live.scored, absent & live.absent
            whole = whole + np.where(live.scored, live.possible * factor, 0)
            got = got + np.where(live.scored, live.got * factor, 0)
            bonus = bonus + np.where(live.scored, live.bonus * factor, 0)
            if policy != "renormalise":
                whole = whole + np.where(live.absent, weight, 0)
                got = got + np.where(live.absent, weight if policy == "full" else 0, 0)
            kept = kept + (np.where(live.absent, 0, weight) if policy == "renormalise" else weight)
        possible = np.where(scored, float(bend.node.points), 0)
        if standard.untested == "leave_out":
            possible = possible * ratio(whole, kept)
        each = possible * ratio(np.ones(1), whole)
        return Live(scored, absent & ~scored & weighty, each * got, possible, each * bonus)

    def changed(self, live: Live, below: Sequence[Part]) -> Live:
        """Add a node's own bonuses and take its deductions, at most what it has."""
        own = [part for part in below if part.own]
        more = np.where(live.scored, float(sum(part.bonus or 0 for part in own)), 0)
        asked = np.where(live.scored, float(sum(part.asked for part in own)), 0)
        taken = np.minimum(asked, np.maximum(live.got - live.bonus, 0))
        return live._replace(got=live.got + more - taken, bonus=live.bonus + more)

    def total(self) -> Floats:
        """Return the total of every draw, from the floor to what is possible; not a number where there is none.

        The bounds matter: what was not seen may be wider than what was (see `Kind.stretch`), but no score is.
        """
        if self.model.engine:
            return np.array(self.model.engine.totals(self.draws, self.right))
        tree, root = self.model.tree, self.part(self.model.tree.root, "")
        if tree.steady is not None:
            got, given = self.column(tree.steady), np.full(1, float(tree.gift))
        else:
            got, given = self.formed(root)
        least = np.minimum(root.possible, float(self.model.standard.floor))
        floored = np.maximum(np.minimum(got, root.possible + given), least)
        return np.asarray(np.broadcast_to(np.where(root.scored, floored, np.nan), (self.size,)))

    def formed(self, root: Live) -> tuple[Floats, Floats]:
        """Return the total as methods form it, with what is given to it and taken from it, and what is given."""
        tree = self.model.tree
        whole, rates, bonuses = np.zeros((3, 1))
        for method, weight, part in tree.methods:
            if part is not None and weight:
                live = self.part(part, method)
                counted = float(weight) * np.where(live.scored, 1.0, 0.0)
                whole = whole + counted
                rates = rates + counted * np.where(live.possible > 0, ratio(live.got, live.possible), 1)
                bonuses = bonuses + counted * ratio(live.bonus, live.possible)
        got = np.where(whole > 0, root.possible * ratio(rates, whole), root.got)
        bonus = np.where(whole > 0, root.possible * ratio(bonuses, whole), root.bonus)
        every, cap = bonus + float(sum(line.bonus for line in tree.to_total)), self.model.standard.bonus_cap
        given = every if cap is None else np.minimum(every, float(cap))
        bend = tree.bends.get(("", tree.root.line.key))
        shut = self.closed(bend.closers if bend else ())
        return np.where(shut, 0, got - bonus + given - float(tree.taken)), given


def standing(criterion: Criterion, rates: Sequence[Rate]) -> list[Rate]:
    """Let a lower rate of a stronger method stand in place of a weaker one's."""
    order = {method: i for i, method in enumerate(criterion.precedence)}
    strength = [order.get(rule.frame.method, 0) for rule in criterion.rules]
    bounds = [np.where(rate.known, rate.value, np.inf) for rate in rates]
    found = []
    for own, mine in zip(rates, strength, strict=True):
        stronger = (bound for bound, other in zip(bounds, strength, strict=True) if other < mine)
        found.append(own._replace(value=np.minimum.reduce(np.broadcast_arrays(own.value, *stronger))))
    return found


def joined(criterion: Criterion, rates: Sequence[Rate]) -> tuple[Floats, Mask]:
    """Combine the rules of a criterion; those without a rate are left out and the rest renormalised."""
    rates = standing(criterion, rates) if criterion.precedence else rates
    known = np.logical_or.reduce(np.broadcast_arrays(*(rate.known for rate in rates)))
    points = [float(rule.frame.points) for rule in criterion.rules]
    shares = [np.where(rate.known, each, 0) for rate, each in zip(rates, points, strict=True)]
    whole = np.zeros(1) + sum(shares[1:], start=shares[0])
    value = np.zeros(1) + sum(share * rate.value for share, rate in zip(shares, rates, strict=True))
    least = np.minimum.reduce(np.broadcast_arrays(*(np.where(rate.known, rate.value, np.inf) for rate in rates)))
    least = np.where(np.isfinite(least), least, 0)
    if criterion.combine == "product":
        return np.multiply.reduce(np.broadcast_arrays(*(np.where(rate.known, rate.value, 1) for rate in rates))), known
    if criterion.combine == "min" and len(rates) > 1:
        return least, known
    return np.where(whole > 0, ratio(value, whole), least), known
