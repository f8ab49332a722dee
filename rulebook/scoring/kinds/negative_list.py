"""Kind 23: negative list 负面清单: a fixed deduction for every event of it, outside the points."""

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from rulebook.scoring.columns import Cells, View
from rulebook.scoring.kinds.base import Frame, Rule
from rulebook.scoring.kinds.events import check_frame, look_back, within
from rulebook.scoring.kinds.per_occurrence import PerOccurrence, Severity, read_modifiers
from rulebook.scoring.params import Params


@dataclass(frozen=True, kw_only=True)
class NegativeList(PerOccurrence):
    """Like an occurrence of its class of severity, but none recorded is none."""

    months: int
    name: ClassVar[str] = "negative_list"
    label: ClassVar[str] = "负面清单"
    roles: ClassVar[frozenset[str]] = frozenset({"deduction"})

    def rates(self, view: View) -> Cells:
        """Form the rates of occurrences, valid everywhere."""
        found = super().rates(view)
        return replace(found, valid=np.ones(found.valid.shape, dtype=np.bool_))

    def describe(self) -> str:
        """Say what each event costs and how far back it counts."""
        said = super().describe()
        return f"{within(self.months)}的：{said}" if self.months else said


def read_events(params: Params) -> tuple[Severity, ...]:
    """Take `events`: label, points and ordinal of each."""
    found = []
    for number, row in enumerate(params.rows("events"), start=1):
        one = Params(params.key, row)
        found.append(Severity(one.whole("ordinal", number, most=99), one.text("label"), one.positive("points")))
        one.finish()
    if not found:
        raise params.error("缺少“events”")
    if len({event.ordinal for event in found}) < len(found) or len({event.label for event in found}) < len(found):
        raise params.error("“events”的序号或名称重复")
    return tuple(found)


def compile_rule(params: Params, frame: Frame) -> Rule:
    """Read events, modifiers, months, measure 量词; the cap is the points of the criterion."""
    check_frame(params, frame)
    events = read_modifiers(params, read_events(params))
    most = frame.points - frame.floor * frame.points
    return NegativeList(
        frame=frame,
        severities=events,
        most=most,
        measure=params.text("measure", "次"),
        months=look_back(params),
    )
