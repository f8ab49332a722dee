"""A forecast made ready for very many draws: numbers of single places, by type, as they are added up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rulebook.forecast.ground import Kind
from rulebook.forecast.lines import Affine, Tree, Var
from rulebook.forecast.readings import Reading
from rulebook.forecast.values import Linear, Part, RuleValues, Values, gather
from rulebook.forecast.whole import Engine
from rulebook.scoring.columns import Cells, Ints, View
from rulebook.scoring.standard import Standard

Floats = NDArray[Any]
Numbers = tuple[Floats | None, ...]  # by type: of each place seen, one number where all are the same, None where not


def by_kind(numbers: Floats, values: Values, kinds: Sequence[Kind]) -> Numbers:
    """Return numbers of places of the frame by type."""
    found: list[Floats | None] = [None] * len(kinds)
    for i in values.kinds:
        own = numbers[kinds[i].places]
        found[i] = own[:1] if (own == own[0]).all() else own
    return tuple(found)


@dataclass(frozen=True, eq=False)
class Column:
    """An affine function: a constant, a number for each place, and what is not linear."""

    const: float
    seen: Numbers
    right: Numbers  # with findings put right
    others: tuple[tuple[float, Var], ...]


@dataclass(frozen=True, eq=False)
class Single:
    """A rule whose results lie in single places: their sum, how many, the lowest, and whether marked."""

    value: Numbers
    size: Numbers
    low: Numbers
    marked: Numbers


@dataclass(frozen=True, eq=False)
class Pooled:
    """A rule whose results are made of several places: the six columns by ordinal, and the unit of each place."""

    columns: Mapping[tuple[int, int], Numbers]
    unit: tuple[Ints | None, ...]
    units: int  # 0: all places are one cell


def single(cells: Cells, values: Values, kinds: Sequence[Kind]) -> Single:
    """Make a rule of single places ready."""
    rate = np.asarray(cells.num, dtype=np.float64) / np.asarray(cells.den, dtype=np.float64)
    columns = (
        np.where(cells.valid, rate, 0),
        np.where(cells.valid, cells.size, 0).astype(np.float64),
        np.where(cells.valid, rate, np.inf),
        cells.marked.astype(np.float64),
    )
    return Single(*(by_kind(column, values, kinds) for column in columns))


def pooled(one: RuleValues, view: View, values: Values, kinds: Sequence[Kind], unit: Ints) -> Pooled:
    """Make a rule of several places ready."""
    columns = {
        (name, row): by_kind(view.data[name, row], values, kinds)
        for name in range(view.data.shape[0])
        for row in range(view.data.shape[1])
        if view.data[name, row].any()
    }
    if one.rule.frame.cell == "pooled":
        return Pooled(columns, (None,) * len(kinds), 0)
    places = np.concatenate([np.zeros(0, dtype=np.int64), *(kinds[i].places for i in values.kinds)])
    names, which = np.unique(unit[places], return_inverse=True)
    number = np.zeros(unit.size, dtype=np.int64)
    number[places] = which
    own = tuple(number[kind.places] if i in values.kinds else None for i, kind in enumerate(kinds))
    return Pooled(columns, own, names.size)


@dataclass(frozen=True, eq=False)
class Model:
    """All that does not change from draw to draw."""

    standard: Standard
    kinds: tuple[Kind, ...]
    unit: Ints  # of each place of the frame
    readings: Mapping[str, Reading]
    tree: Tree
    engine: Engine | None = None  # scores every draw whole, where the tree cannot be taken apart
    _columns: dict[int, tuple[Affine, Column]] = field(default_factory=dict)  # by identity, which the first keeps
    _rules: dict[tuple[str, int, bool], Single | Pooled] = field(default_factory=dict)
    _presence: dict[str, tuple[Numbers, Numbers]] = field(default_factory=dict)

    @property
    def steady(self) -> Affine | None:
        """Return the total, before its floor, where it is affine."""
        return None if self.engine else self.tree.steady

    def linear(self, var: Var) -> Linear | None:
        """Return a variable as a sum over places, if it is one."""
        return None if var in self.tree.bends else self.readings[var[1]].linear

    def column(self, affine: Affine) -> Column:
        """Return an affine function made ready."""
        if id(affine) not in self._columns:
            self._columns[id(affine)] = affine, self.made(affine)
        return self._columns[id(affine)][1]

    def split(self, affine: Affine) -> tuple[Linear, tuple[tuple[Fraction, Var], ...]]:
        """Return the linear part of an affine function, and the variables that are not linear."""
        const, others, sides = affine.const, [], (dict[int, list[Part]](), dict[int, list[Part]]())
        for var, factor in affine.terms.items():
            rate = self.linear(var)
            if rate is None:
                others.append((factor, var))
                continue
            const += rate.const * factor
            for side, parts in zip(sides, (rate.parts, rate.right), strict=True):
                for kind, some in parts.items():
                    side.setdefault(kind, []).extend(part._replace(factor=part.factor * factor) for part in some)
        seen, right = ({kind: tuple(some) for kind, some in side.items()} for side in sides)
        return Linear(const, seen, right), tuple(others)

    def made(self, affine: Affine) -> Column:
        """Make an affine function ready: one number for each place, whatever the number of criteria."""
        linear, others = self.split(affine)
        seen, right = (
            tuple(self.stretched(i, side[i]) if i in side else None for i in range(len(self.kinds)))
            for side in (linear.parts, linear.right)
        )
        return Column(float(linear.const), seen, right, tuple((float(factor), var) for factor, var in others))

    def stretched(self, number: int, parts: Sequence[Part]) -> Floats:
        """Return the numbers of the places seen of a type, around their mean as wide as the truth may be."""
        kind = self.kinds[number]
        values, common = gather(parts, kind.seen)
        numbers = np.array([value / common for value in values.tolist()], dtype=np.float64)
        middle = float(numbers.mean())
        return np.asarray(middle + kind.stretch * (numbers - middle))

    def rule(self, key: str, number: int, right: bool) -> Single | Pooled:
        """Return a rule of a criterion made ready, as seen or with findings put right."""
        name = (key, number, right)
        if name not in self._rules:
            values = self.readings[key].values
            one = values.rules[number]
            cells, view = (one.right_cells, one.right_view) if right else (one.cells, one.view)
            self._rules[name] = (
                single(cells, values, self.kinds) if one.inside else pooled(one, view, values, self.kinds, self.unit)
            )
        return self._rules[name]

    def presence(self, key: str) -> tuple[Numbers, Numbers]:
        """Return where a criterion was touched, and where it is not applicable."""
        if key not in self._presence:
            values = self.readings[key].values
            touched, gone = (
                by_kind(some.astype(np.float64), values, self.kinds) for some in (values.touched, values.gone)
            )
            self._presence[key] = touched, gone
        return self._presence[key]
