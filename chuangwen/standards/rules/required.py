"""How many there should be: a number, or what is entered with each answer."""

from dataclasses import dataclass
from typing import Any

from chuangwen.standards.rules.param import Number, Rule


@dataclass(frozen=True, kw_only=True)
class Required(Number):
    """应有4, or 应有数随记录填: the base entered with each answer."""

    def keep(self, value: Any) -> Any:
        return "base" if str(value).strip() in ("随记录填", "base") else super().keep(value)

    def text(self, value: Any) -> str:
        return "随记录填" if value == "base" else str(value)

    def clauses(self, rule: Rule) -> list[str]:
        return ["应有数随记录填"] if rule.get(self.name) == "base" else super().clauses(rule)

    def claim(self, clause: str) -> Rule | None:
        return {self.name: "base"} if clause == "应有数随记录填" else super().claim(clause)


REQUIRED = Required(
    name="required",
    label="应有数",
    before=("应有",),
    help="固定的填数；各处不同、现场填的，写“随记录填”。",
)
