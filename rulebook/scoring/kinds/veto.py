"""Kind 24: veto 一票否决 and precondition: an event within a look-back bars the subject; it gives no points."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from rulebook.scoring.columns import Cells, Ints, View, cells
from rulebook.scoring.kinds.base import OCCURRENCES, QUALIFIED, Ask, Frame, Mark, Rule, single_ordinal
from rulebook.scoring.kinds.events import check_frame, look_back, within
from rulebook.scoring.params import Params

EFFECTS: Mapping[str, str] = {"ineligible": "取消申报资格", "revoke": "撤销称号", "zero": "总分记 0 分"}


@dataclass(frozen=True, kw_only=True)
class Veto(Rule):
    """A mark not qualified is an event; none recorded is none. `months` is read by `entries` alone."""

    own: tuple[int]
    effect: str
    months: int
    name: ClassVar[str] = "veto"
    label: ClassVar[str] = "一票否决"
    columns: ClassVar[frozenset[str]] = frozenset({"count"})
    at_least_one: ClassVar[bool] = True
    roles: ClassVar[frozenset[str]] = frozenset({"veto"})
    endless: ClassVar[frozenset[str]] = frozenset({"veto"})

    @property
    def ordinals(self) -> tuple[int, ...]:
        """Return the one ordinal it reads."""
        return self.own

    def asks(self) -> tuple[Ask, ...]:
        """Ask how often it happened."""
        return (Ask(self.own[0], OCCURRENCES, measure="起", names=("起数",)),)

    def rates(self, view: View) -> Cells:
        """Form 1, or a marked 0 where something happened."""
        fell = np.asarray((view.examined[0] > view.qualified[0]) | (view.count[0] > 0), dtype=np.bool_)
        return cells((~fell).astype(np.int64), 1, np.ones(fell.shape, dtype=np.bool_), fell)

    def nominal(self, view: View) -> Ints:
        """Return how many events there were."""
        return view.count[0]  # type: ignore[no-any-return]

    def describe(self) -> str:
        """Say what an event does."""
        return f"{within(self.months)}有发生的，{EFFECTS[self.effect]}"

    def clean(self, mark: Mark) -> Mark:
        """Return the answer with no event."""
        return mark._replace(mark=QUALIFIED, count=0)


def compile_rule(params: Params, frame: Frame) -> Rule:
    """Read effect: ineligible, revoke or zero; months; cell: unit bars the unit, pooled whoever it counts for."""
    check_frame(params, frame)
    if frame.cell == "place":
        raise params.error("一票否决的“cell”只能填 unit 或 pooled")
    effect = params.choice("effect", EFFECTS)
    return Veto(frame=frame, own=single_ordinal(params), effect=effect, months=look_back(params))
