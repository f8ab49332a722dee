"""Kind 14: metric 平台指标: a number the platform holds, as of a stated date, judged by another rule.

The number is an answer like any other; this rule only says which number of the platform it is, and of when.
Pattern: 按时答复率截至年底 96%，按分档、按比例得分或分段扣分.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import ClassVar

from rulebook.scoring.columns import Cells, Ints, Mask, View
from rulebook.scoring.kinds.bands import compile_rule as bands
from rulebook.scoring.kinds.base import Ask, Compiler, Frame, Mark, Rule, Term
from rulebook.scoring.kinds.capped_ratio import compile_rule as capped_ratio
from rulebook.scoring.kinds.per_step import compile_rule as per_step
from rulebook.scoring.kinds.scale import compile_rule as scale
from rulebook.scoring.params import Params

INNER: Mapping[str, Compiler] = {
    "bands": bands,
    "capped_ratio": capped_ratio,
    "per_step": per_step,
    "scale": scale,
}
ROUND = "round"  # as of the last day of the round


@dataclass(frozen=True, kw_only=True)
class Metric(Rule):
    """Another rule, with the name of its number and the date it is taken at."""

    then: Rule
    metric: str
    as_of: str
    name: ClassVar[str] = "metric"
    label: ClassVar[str] = "平台指标"
    columns: ClassVar[frozenset[str]] = frozenset({"count", "base"})

    @property
    def ordinals(self) -> tuple[int, ...]:
        """Return those of the rule that judges."""
        return self.then.ordinals

    @property
    def unit(self) -> int:
        """Return that of the rule that judges."""
        return self.then.unit

    @property
    def reads(self) -> frozenset[str]:
        """Return what the rule that judges reads."""
        return self.then.reads

    @property
    def said(self) -> str:
        """Name the number and its date."""
        return f"{self.metric}（截至{'本轮结束' if self.as_of == ROUND else self.as_of}）"

    def asks(self) -> tuple[Ask, ...]:
        """Ask the number by its name."""
        first, *further = self.then.asks()
        return (first._replace(label=first.label or self.metric), *further)

    def rates(self, view: View) -> Cells:
        """Form the rates of the rule that judges."""
        return self.then.rates(view)

    def nominal(self, view: View) -> Ints:
        """Return what that rule takes off."""
        return self.then.nominal(view)

    def weight(self, record: View, cell: View) -> Fraction:
        """Charge records as that rule does."""
        return self.then.weight(record, cell)

    def unsettled(self, view: View) -> list[tuple[str, Mask]]:
        """Say what keeps that rule from a result."""
        return self.then.unsettled(view)

    def terms(self, view: View) -> list[Term]:
        """Write that rule's lines with the name of the number."""
        return [term._replace(text=f"{self.said}：{term.text}") for term in self.then.terms(view)]

    def describe(self) -> str:
        """Say which number is judged, and how."""
        return f"{self.said}：{self.then.describe()}"

    def clean(self, mark: Mark) -> Mark:
        """Return the number as that rule would have it."""
        return self.then.clean(mark)


def read_as_of(params: Params) -> str:
    """Take `as_of`: a date, or round."""
    text = params.text("as_of", ROUND)
    try:
        return text if text == ROUND else date.fromisoformat(text).isoformat()
    except ValueError:
        raise params.error(f"“as_of”要填日期（如 2026-12-31）或 round，现在是“{text}”") from None


def compile_rule(params: Params, frame: Frame) -> Rule:
    """Read metric, as_of, then: a rule of kind bands, capped_ratio, per_step or scale."""
    inner = Params(params.key, params.take("then", {}))
    then = INNER[inner.choice("kind", INNER)](inner, frame)
    inner.finish()
    return Metric(frame=frame, then=then, metric=params.text("metric"), as_of=read_as_of(params))
