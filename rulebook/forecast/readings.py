"""Whether a criterion's rate is a plain sum over the places drawn, and if not, why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from rulebook.forecast.ground import Kind
from rulebook.forecast.values import NONE, Linear, Part, RuleValues, Values, gather
from rulebook.scoring.columns import Cells, Ints, Mask
from rulebook.scoring.standard import Standard
from rulebook.scoring.tree import ABSENT, SCORED, UNTESTED

ALWAYS, NEVER, SOMETIMES = "always", "never", "sometimes"


@dataclass(frozen=True, eq=False)
class Reading:
    """A criterion as the forecast takes it.

    `linear` is its rate where that is a sum over places; else `why` names what makes it crooked. `state` is None where
    it differs from draw to draw. `closes` names nodes that a fallen gate or marked grade may set to zero, by rule.
    """

    values: Values
    state: str | None
    linear: Linear | None
    why: tuple[str, ...]
    closes: tuple[tuple[int, str], ...]


def read(standard: Standard, values: Values, kinds: Sequence[Kind]) -> Reading:
    """Read one criterion."""
    criterion = values.criterion
    presence = [presence_of(one, values, kinds) for one in values.rules]
    closes = tuple(
        (i, key)
        for i, one in enumerate(values.rules)
        if may_fall(one, values, kinds) and (key := target(standard, values, one))
    )
    if ALWAYS not in presence:
        state = None if SOMETIMES in presence else silent(values, kinds)
        return Reading(values, state, NONE if state else None, () if state else ("gap",), closes)
    known = [one for one, seen in zip(values.rules, presence, strict=True) if seen == ALWAYS]
    rates = [linear(one, values, kinds) for one in known]
    points = sum((one.rule.frame.points for one in known), Fraction(0))
    how = criterion.combine if points else "min"
    why = [rate for rate in rates if isinstance(rate, str)] + ["gap"] * (SOMETIMES in presence)
    why += [how] * (len(known) > 1 and how != "sum") + ["precedence"] * (len(known) > 1 and bool(criterion.precedence))
    if why:
        return Reading(values, SCORED, None, tuple(dict.fromkeys(why)), closes)
    whole = NONE
    for one, rate in zip(known, rates, strict=True):
        if isinstance(rate, Linear):
            whole = whole.plus(rate.times(one.rule.frame.points / points) if len(known) > 1 else rate)
    return Reading(values, SCORED, whole, (), closes)


def drawn_at_all(kind: Kind, some: Mask) -> str:
    """Say whether a draw from a type holds one of some of the places seen: always, never or sometimes."""
    at = some[kind.places]
    if not at.any():
        return NEVER
    others = kind.seen - int(at.sum())
    return ALWAYS if not others or (kind.seen == kind.population and others < kind.drawn) else SOMETIMES


def any_drawn(numbers: Iterable[int], kinds: Sequence[Kind], some: Mask) -> str:
    """Say the same of a draw from several types."""
    found = {drawn_at_all(kinds[i], some) for i in numbers}
    return ALWAYS if ALWAYS in found else SOMETIMES if SOMETIMES in found else NEVER


def presence_of(one: RuleValues, values: Values, kinds: Sequence[Kind]) -> str:
    """Say whether a rule has a result in a draw: always, never or sometimes."""
    if not one.inside:
        whole = (one.view.examined > 0).all(axis=0) & one.cells.valid
        if any_drawn(values.kinds, kinds, whole) == ALWAYS:
            return ALWAYS
        return NEVER if any_drawn(values.kinds, kinds, one.view.touched) == NEVER else SOMETIMES
    weighed = one.rule.frame.combiner == "mean_by_type"
    return any_drawn((i for i in values.kinds if values.weights[i] or not weighed), kinds, one.cells.valid)


def silent(values: Values, kinds: Sequence[Kind]) -> str | None:
    """Return the state of a criterion that never has a result; None where it differs."""
    touched, gone = (any_drawn(values.kinds, kinds, some) for some in (values.touched, values.gone))
    if touched == ALWAYS or gone == NEVER:
        return UNTESTED
    return ABSENT if touched == NEVER and gone == ALWAYS else None


def target(standard: Standard, values: Values, one: RuleValues) -> str:
    """Return the node that a fallen gate or a marked grade sets to zero, empty for none."""
    return one.rule.frame.target or "" if one.rule.closes else standard.parents[values.criterion.key]


def may_fall(one: RuleValues, values: Values, kinds: Sequence[Kind]) -> bool:
    """Say whether a gate may fall or a marked grade be given."""
    if one.inside:
        return any_drawn(values.kinds, kinds, one.cells.marked) != NEVER
    if one.rule.closes:
        return bool((one.rule.nominal(one.view) > 0).any())
    judge = getattr(one.rule, "then", one.rule)  # a metric is judged by a rule of its own
    return any(grade.marked for grade in getattr(judge, "grades", ()))


def linear(one: RuleValues, values: Values, kinds: Sequence[Kind]) -> Linear | str:
    """Return a rule's rate as a sum over places, or what makes it crooked."""
    how = one.rule.frame.combiner
    if not one.inside:
        return one.rule.frame.cell
    if how == "worst":
        return "worst"
    if how == "sum":
        return added(one, values, kinds)
    numbers = [i for i in values.kinds if how != "mean_by_type" or values.weights[i]]
    sizes = {i: one.sizes(kinds[i]) for i in numbers}
    if any((size != size[0]).any() for size in sizes.values()):
        return "uneven"
    counted = {i: int(size[0]) for i, size in sizes.items() if size[0]}
    if how == "mean_by_type":
        weights = sum((values.weights[i] for i in counted), Fraction(0))
        factors = {i: values.weights[i] / weights / (kinds[i].drawn * size) for i, size in counted.items()}
    else:
        whole = sum(kinds[i].drawn * size for i, size in counted.items())
        factors = {i: Fraction(1, whole) for i in counted}
    return Linear(Fraction(0), *(parts(cells, factors, kinds) for cells in (one.cells, one.right_cells)))


def parts(cells: Cells, factors: Mapping[int, Fraction], kinds: Sequence[Kind]) -> dict[int, tuple[Part, ...]]:
    """Return the places seen of some types with a factor each."""
    columns = cells.num, cells.den, cells.size
    return {i: (Part(factor, *(one[kinds[i].places] for one in columns)),) for i, factor in factors.items()}


def added(one: RuleValues, values: Values, kinds: Sequence[Kind]) -> Linear | str:
    """Return a rate from which every place takes what it lost, if it never reaches the floor."""
    factors, sides = dict.fromkeys(values.kinds, Fraction(1)), []
    for cells in (one.cells, one.right_cells):
        lost = np.where(cells.valid, cells.num - cells.size * cells.den, 0)
        sides.append(parts(replace(cells, num=lost, size=np.zeros_like(cells.size)), factors, kinds))
    deepest = sum((lowest(kinds[i], *gather(some, kinds[i].seen)) for i, some in sides[0].items()), Fraction(0))
    return "floor" if 1 + deepest < one.rule.frame.floor else Linear(Fraction(1), *sides)


def lowest(kind: Kind, values: Ints, common: int) -> Fraction:
    """Return the lowest sum a draw from a type can have."""
    if kind.seen < kind.population:
        return Fraction(int(values.min()) * kind.drawn, common)
    return Fraction(sum(sorted(values.tolist())[: kind.drawn]), common)
