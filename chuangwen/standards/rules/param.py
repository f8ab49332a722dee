"""One setting of a rule: how it is edited on a page, written in an Excel cell, and kept as data.

Data are canonical: every number is the text its author wrote, what equals the default is left out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

NUMBER = r"[-−]?\d{1,12}(?:\.\d{1,6})?"
Rule = dict[str, Any]


class Unreadable(ValueError):
    """A text nobody can read as this setting; the message says how to write it."""


def plain(value: Any) -> Any:
    """Data with every number as text, whatever a YAML reader made of it."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, bool) or value is None:
        return value
    return str(value).strip()


@dataclass(frozen=True, kw_only=True)
class Param:
    """A setting by its name in the data and its Chinese label. begins: what the form of a new rule has in the field."""

    name: str
    label: str
    help: str = ""
    default: Any = None
    begins: str = ""

    def keep(self, value: Any) -> Any:
        """The canonical value of data or of a text edited on a page."""
        return plain(value)

    def text(self, value: Any) -> str:
        """The value as edited on a page."""
        return str(value)

    def clauses(self, rule: Rule) -> list[str]:
        """The value as phrases of an Excel cell; nothing where the rule says nothing."""
        return []

    def claim(self, clause: str) -> Rule | None:
        """What a phrase sets, or None when it is not about this setting."""
        return None


@dataclass(frozen=True, kw_only=True)
class Text(Param):
    """A word or number, written after one of a few words: 封顶5, 最多扣5分."""

    before: tuple[str, ...]
    after: str = ""
    pattern: str = r".+"

    def clauses(self, rule: Rule) -> list[str]:
        return [f"{self.before[0]}{rule[self.name]}{self.after}"] if self.name in rule else []

    def claim(self, clause: str) -> Rule | None:
        heads = "|".join(map(re.escape, self.before))
        found = re.fullmatch(rf"(?:{heads})\s*[:：]?\s*({self.pattern})\s*(?:{re.escape(self.after)})?分?", clause)
        return {self.name: found[1].replace("−", "-").strip()} if found else None


@dataclass(frozen=True, kw_only=True)
class Silent(Text):
    """Said inside the phrase of another setting; a field of its own on the page only."""

    before: tuple[str, ...] = ()

    def clauses(self, rule: Rule) -> list[str]:
        return []

    def claim(self, clause: str) -> Rule | None:
        return None


@dataclass(frozen=True, kw_only=True)
class Number(Text):
    """A decimal number."""

    pattern: str = NUMBER

    def keep(self, value: Any) -> Any:
        return str(value).strip().replace("−", "-")


@dataclass(frozen=True, kw_only=True)
class Choice(Param):
    """One of a few words; `options`: value → how it is said (first) and may be said."""

    options: Mapping[str, tuple[str, ...]]

    def clauses(self, rule: Rule) -> list[str]:
        value = rule.get(self.name)
        return [self.options[value][0]] if value in self.options else []

    def claim(self, clause: str) -> Rule | None:
        return next(({self.name: value} for value, words in self.options.items() if clause in words), None)


@dataclass(frozen=True, kw_only=True)
class Flag(Choice):
    """Yes or no; `options` say both, under "" and "true"."""

    default: Any = False

    def keep(self, value: Any) -> Any:
        return str(value).lower() == "true"

    def text(self, value: Any) -> str:
        return "true" if value else ""

    def clauses(self, rule: Rule) -> list[str]:
        return [self.options["true"][0]] if rule.get(self.name) is True else []

    def claim(self, clause: str) -> Rule | None:
        return {self.name: True} if clause in self.options["true"] else None


@dataclass(frozen=True, kw_only=True)
class Lines(Param):
    """Several things of one form, one a line on the page, one a phrase in Excel."""

    sample: str = ""
    default: Any = field(default_factory=list)

    def item(self, line: str) -> Any:
        """One line as data, None when it cannot be read."""
        return line

    def line(self, item: Any) -> str:
        """One thing as a line."""
        return str(item)

    def keep(self, value: Any) -> Any:
        if not isinstance(value, str):
            return plain(value)
        found = [(line, self.item(line)) for line in map(str.strip, value.splitlines()) if line]
        for line, item in found:
            if item is None:
                raise Unreadable(f"{self.label}：“{line}”看不懂。照这样写：{self.sample}。")
        return [item for _, item in found]

    def text(self, value: Any) -> str:
        return "\n".join(self.line(item) for item in value)

    def clauses(self, rule: Rule) -> list[str]:
        return [self.line(item) for item in rule.get(self.name, ())]

    def claim(self, clause: str) -> Rule | None:
        found = self.item(clause)
        return None if found is None else {self.name: [found]}


@dataclass(frozen=True, kw_only=True)
class Table(Lines):
    """Things by name, a table in the data; `item` and `line` are of (name, value)."""

    default: Any = field(default_factory=dict)

    def keep(self, value: Any) -> Any:
        if not isinstance(value, str):
            return plain(value)
        pairs = super().keep(value)
        if len(dict(pairs)) < len(pairs):
            raise Unreadable(f"{self.label}：同一样写了两次，只留一次。")
        return dict(pairs)

    def text(self, value: Any) -> str:
        return "\n".join(self.line(item) for item in value.items())

    def clauses(self, rule: Rule) -> list[str]:
        return [self.line(item) for item in rule.get(self.name, {}).items()]

    def claim(self, clause: str) -> Rule | None:
        found = self.item(clause)
        return {self.name: dict([found])} if found else None


@dataclass(frozen=True, kw_only=True)
class Items(Lines):
    """Texts that stand in a column of their own (分项), never among the phrases."""

    def clauses(self, rule: Rule) -> list[str]:
        return []

    def claim(self, clause: str) -> Rule | None:
        return None


def unnumbered(rows: Any) -> Any:
    """Rows without their ordinals where these only count them: 1, 2, 3."""
    numbers = [str(row.get("ordinal", at)) if isinstance(row, dict) else "" for at, row in enumerate(rows, start=1)]
    if numbers != [str(at) for at in range(1, len(rows) + 1)]:
        return rows
    return [{name: value for name, value in row.items() if name != "ordinal"} for row in rows]


def merge(rule: Rule, found: Rule) -> None:
    """Add what a phrase sets; lists and tables grow, anything else may be said once."""
    for name, value in found.items():
        if isinstance(value, list):
            rule[name] = [*rule.get(name, ()), *value]
        elif isinstance(value, dict):
            merge(rule.setdefault(name, {}), value)
        elif rule.setdefault(name, value) != value:
            raise Unreadable(f"“{rule[name]}”与“{value}”说的是同一件事，只留一样。")
