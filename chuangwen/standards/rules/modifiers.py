"""Deductions that cost more or less (kind 17): put right on the spot, found again, overdue."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chuangwen.standards.rules.param import NUMBER, Table

_WORDS: Mapping[str, tuple[str, str]] = {  # name: words before the number, the setting it is
    "fixed_on_spot": ("当场整改乘", "times"),
    "repeated": ("反复出现乘", "times"),
    "overdue": ("逾期未改另扣", "plus"),
}


@dataclass(frozen=True, kw_only=True)
class Modifiers(Table):
    """A table in the data, 当场整改乘0.5 on a line."""

    def item(self, line: str) -> Any:
        for name, (words, how) in _WORDS.items():
            if found := re.fullmatch(rf"{words}\s*({NUMBER})\s*分?", line):
                return name, {how: found[1].replace("−", "-")}
        return None

    def line(self, item: Any) -> str:
        name, value = item
        words, how = _WORDS[name]
        return f"{words}{value[how]}"


MODIFIERS = Modifiers(
    name="modifiers",
    label="多扣少扣的",
    sample="当场整改乘0.5",
    help="一行一种：当场整改乘0.5 是减半；反复出现乘2 是加倍；逾期未改另扣2。没有就空着。",
)
