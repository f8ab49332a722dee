"""Sentences of our papers, read once from wording.toml, and figures put into them."""

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

from .paper import Text, chinese_date, pieces


@cache
def wording() -> dict[str, Any]:
    """The sentences of every paper."""
    return tomllib.loads(files(__package__).joinpath("wording.toml").read_text(encoding="utf-8"))


def sentence(pattern: str, **values: Text) -> Text:
    """Fill a pattern; figures stay figures."""
    parts: list[Any] = []
    for literal, name, _spec, _conversion in Formatter().parse(pattern):
        parts.append(literal)
        if name is not None:
            parts.extend(pieces(values[name]))
    return tuple(part for part in parts if part != "")


def joined(texts: tuple[Text, ...], between: str = "") -> Text:
    """Several texts as one."""
    parts: list[Any] = []
    for index, text in enumerate(texts):
        parts.extend(([between] if index and between else []) + list(pieces(text)))
    return tuple(parts)


def period(first: date, last: date) -> str:
    """3月17日至24日, 3月31日至4月11日; the year is named at the start and where it changes."""
    start = chinese_date(first)
    if first == last:
        return start
    if first.year != last.year:
        return f"{start}至{chinese_date(last)}"
    if first.month != last.month:
        return f"{start}至{last.month}月{last.day}日"
    return f"{start}至{last.day}日"
