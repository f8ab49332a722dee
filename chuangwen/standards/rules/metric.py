"""平台指标: a number the platform holds, as of a stated date, judged by another rule."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chuangwen.standards.rules.bands import KIND as BANDS
from chuangwen.standards.rules.capped_ratio import KIND as CAPPED_RATIO
from chuangwen.standards.rules.kind import ASKED, Kind, kept
from chuangwen.standards.rules.param import Lines, Rule, Text, Unreadable, merge, plain
from chuangwen.standards.rules.per_step import KIND as PER_STEP
from chuangwen.standards.rules.scale import KIND as SCALE

ROUND = "本轮结束"
INNER: Mapping[str, Kind] = {kind.label: kind for kind in (SCALE, BANDS, PER_STEP, CAPPED_RATIO)}


@dataclass(frozen=True, kw_only=True)
class Then(Lines):
    """The rule that judges the number: its name on a line (按分段扣分 in Excel), its settings below."""

    default: Any = field(default_factory=dict)

    def item(self, line: str) -> Any:
        """What one line sets, by the first kind that knows it."""
        if (label := line.removeprefix("按")) in INNER:
            return {"kind": INNER[label].name}
        claims = (param.claim(line) for kind in INNER.values() for param in kind.own)
        return next((found for found in claims if found is not None), None)

    def keep(self, value: Any) -> Any:
        rule: Rule = value
        if isinstance(value, str):
            rule = {}
            for found in super().keep(value):
                merge(rule, found)
            if rule and "kind" not in rule:
                raise Unreadable(f"{self.label}：先写一行按哪种规则：{'、'.join(INNER)}。")
        kind = _kind_of(rule)
        return kept(rule, kind) if kind else plain(rule)

    def _lines(self, rule: Rule, head: str) -> list[str]:
        kind = _kind_of(rule)
        return [head + kind.label, *(one for param in kind.own for one in param.clauses(rule))] if kind else []

    def text(self, value: Any) -> str:
        return "\n".join(self._lines(value, ""))

    def clauses(self, rule: Rule) -> list[str]:
        return self._lines(rule.get(self.name, {}), "按")

    def claim(self, clause: str) -> Rule | None:
        found = self.item(clause)
        return None if found is None else {self.name: found}


def _kind_of(rule: Any) -> Kind | None:
    name = rule.get("kind") if isinstance(rule, Mapping) else None
    return next((kind for kind in INNER.values() if kind.name == name), None)


@dataclass(frozen=True, kw_only=True)
class AsOf(Text):
    """A date, or the end of the round."""

    def keep(self, value: Any) -> Any:
        return "round" if str(value).strip() == ROUND else str(value).strip()

    def text(self, value: Any) -> str:
        return ROUND if value == "round" else str(value)

    def clauses(self, rule: Rule) -> list[str]:
        return [f"截至{self.text(rule[self.name])}"] if self.name in rule else []


KIND = Kind(
    name="metric",
    label="平台指标",
    explain="平台里记着的一个数（如按时答复率），说明截至哪一天，再按分档、按比例、分段扣分或换算得分。",
    example="指标按时答复率；截至2026-12-31；按分段扣分；满分线95；一档扣1；不足一档不扣；看比值；乘100；单位%",
    group=ASKED,
    own=(
        Text(name="metric", label="指标名称", before=("指标",), help="如 按时答复率。"),
        AsOf(
            name="as_of", label="截至", default="round", before=("截至",), help="日期，如 2026-12-31；空着是本轮结束。"
        ),
        Then(
            name="then",
            label="怎样计分",
            sample="按分段扣分",
            help="先写一行按哪种规则：分档、按比例得分、分段扣分或换算；下面一行一个参数，写法同 Excel 的规则参数。",
        ),
    ),
)
