"""Codes of indicators as written: Ⅰ-1, 1.1.1, A1, 一、 （一） 1. （1） ①; the form says how deep one stands."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rulebook.tables.plaintext import folded

DIGITS = "一二三四五六七八九十"
ROMAN = ("Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ")
_ROMAN_WORDS = {"Ⅰ": 1, "I": 1, "Ⅱ": 2, "II": 2, "Ⅲ": 3, "III": 3, "Ⅳ": 4, "IV": 4, "Ⅴ": 5, "V": 5}
_CHINESE = r"[一二三四五六七八九十]{1,3}"
_NO_QUANTITY = r"(?![\d%．.]|\s*(?:分|米|公里|万|亿|元|个|年|月|日|小时|天|倍|平方|吨|级以上))"

# (form, rank of the form in an outline, pattern). Longer forms stand first.
_FORMS = tuple(
    (form, rank, re.compile(pattern))
    for form, rank, pattern in (
        ("roman", 0, r"(Ⅰ|Ⅱ|Ⅲ|Ⅳ|Ⅴ|III|II|IV|I|V)\s*[-._]\s*(\d{1,3})(?!\d)[.、:]?"),
        ("letter", 0, r"([A-E])\s*-?(\d{1,2}(?:\.\d{1,2})*)(?!\d|[A-Za-z%])[.、:]?"),
        ("part", 1, rf"第({_CHINESE}|\d{{1,2}})(?:部分|大项|章|篇|板块|版块)[、:]?"),
        ("dotted", 4, rf"(\d{{1,3}}(?:\.\d{{1,3}}){{1,4}}){_NO_QUANTITY}[.、]?"),
        ("dotted", 4, rf"(\d{{1,2}}(?:-\d{{1,3}}){{1,4}}){_NO_QUANTITY}[.、]?"),
        ("chinese", 2, rf"({_CHINESE})[、.]"),
        ("(chinese)", 3, rf"\(({_CHINESE})\)[、.]?"),
        ("number", 4, r"(\d{1,3})(?:、|\.(?!\d))"),
        ("(number)", 5, r"\((\d{1,3})\)[、.]?"),
        ("number)", 6, r"(\d{1,3})\)[、.]?"),
        ("circle", 7, r"([①-⑳])"),
    )
)
# In a cell that holds nothing else the sign behind the number may be missing.
_BARE = (("chinese", 2, re.compile(rf"({_CHINESE})")), ("number", 4, re.compile(r"(\d{1,4})")))
_DAY = re.compile(r"\d{4}-(\d\d)-(\d\d)")  # what Excel makes of a typed 1-1


@dataclass(frozen=True)
class Code:
    """A code at the beginning of a text. `level` is its depth where the form alone says it (Ⅱ-3 is level 2), else 0.

    order: forms of one outline stand in this order from the outside in; dotted numbers by their length.
    """

    text: str
    form: str
    order: tuple[int, int]
    numbers: tuple[int, ...]
    level: int
    rest: str


def read_code(text: str, *, alone: bool = False) -> Code | None:
    """The code a text begins with, and what follows it. alone: the cell is for codes, so 一 and 1 are codes too."""
    text = text.strip()
    if alone and (day := _DAY.fullmatch(text)):
        text = f"{int(day[1])}-{int(day[2])}"
    plain = folded(text)
    for form, rank, pattern in _FORMS:
        if found := pattern.match(plain):
            return _code(form, rank, found, text)
    for form, rank, pattern in _BARE if alone else ():
        if found := pattern.fullmatch(plain):
            return _code(form, rank, found, text)
    return None


def _code(form: str, rank: int, found: re.Match[str], text: str) -> Code:
    parts, rest = found.groups(), text[found.end() :].strip()
    if form == "roman":
        level = _ROMAN_WORDS[parts[0]]
        return Code(f"{ROMAN[level - 1]}-{parts[1]}", form, (0, level), (level, int(parts[1])), level, rest)
    if form == "letter":
        numbers = tuple(int(part) for part in parts[1].split("."))
        depth = len(numbers) if len(numbers) > 1 else ord(parts[0]) - 64
        return Code(parts[0] + parts[1], form, (0, depth), numbers, depth, rest)
    if form == "dotted":
        numbers = tuple(int(part) for part in re.split(r"[.-]", parts[0]))
        return Code(parts[0], form, (rank, len(numbers)), numbers, 0, rest)
    written = text[: found.end()].strip().rstrip("、.．:：")
    return Code(written, form, (rank, 1), (value_of(parts[0]),), 0, rest)


def value_of(text: str) -> int:
    """一 → 1, 二十三 → 23, ③ → 3, 12 → 12."""
    if text.isascii():
        return int(text)
    if "①" <= text <= "⑳":
        return ord(text) - ord("①") + 1
    tens, found, ones = text.partition("十")
    if not found:
        return DIGITS.index(text[0]) + 1
    return (DIGITS.index(tens[0]) + 1 if tens else 1) * 10 + (DIGITS.index(ones[0]) + 1 if ones else 0)


def chinese(number: int) -> str:
    """1 → 一, 12 → 十二, 30 → 三十; above 99 plain digits."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = f"{DIGITS[tens - 1] if tens > 1 else ''}十" if tens else ""
    return head + (DIGITS[ones - 1] if ones else "")


def depths(codes: Iterable[Code | None]) -> dict[tuple[int, int], int]:
    """What depth, from 1, each order of code stands at among those of one column."""
    orders = sorted({code.order for code in codes if code})
    return {order: depth for depth, order in enumerate(orders, 1)}


def mended(codes: list[Code | None]) -> list[Code | None]:
    """Dotted codes that lost a nought in Excel put right: after 1.9 a 1.1 is 1.10, after 1.19 a 1.2 is 1.20."""
    last: dict[tuple[int, ...], int] = {}
    found: list[Code | None] = []
    for code in codes:
        if code and code.form == "dotted" and len(code.numbers) == 2:
            above, number = code.numbers[:1], code.numbers[1]
            due = last.get(above, 0) + 1
            if due != number and str(due).rstrip("0") == str(number):
                text = code.text + "0" * (len(str(due)) - len(str(number)))
                code = replace(code, text=text, numbers=(*above, due))
            last[above] = code.numbers[1]
        found.append(code)
    return found
