"""Several standards in one cell: 1) 2) 3), ① ② ③, （1）（2）; and the sentence of grades that covers them all."""

import re
from dataclasses import dataclass

from rulebook.tables.codes import value_of
from rulebook.tables.plaintext import folded

_LINE_START = r"(?:(?<=\n)|(?<=[;。:,])|(?<=[;。:,] )|^)[ \t]*"
# Marks that may follow any sign, and marks that only count at the beginning of a line or clause.
_MARKS = (
    re.compile(r"(?<![(\d])(\d{1,2})\)"),
    re.compile(r"\((\d{1,2})\)"),
    re.compile(r"([①-⑳])"),
    re.compile(rf"{_LINE_START}(\d{{1,2}})(?:\.(?!\d)|、)", re.M),
    re.compile(rf"{_LINE_START}\(([一二三四五六七八九十]{{1,3}})\)", re.M),
    re.compile(rf"{_LINE_START}([一二三四五六七八九十]{{1,3}})是", re.M),
)
_GRADE = r"[A-D]#?(?![A-Za-z0-9.])"
_GRADES = re.compile(
    rf"(?:全部|均|都)?(?:符合|达到|满足|具备|做到)[^。;\n]{{0,30}}?{_GRADE}"
    rf"|{_GRADE}\s*[:=><≥≤]|\d\s*项\s*{_GRADE}|(?<![A-Za-z]){_GRADE}\s*(?:级|等|档)?\s*(?:为|:)"
)
_END = " \t\n；;，,、"


@dataclass(frozen=True)
class Item:
    """One of several: its number, the mark as written, its text without the mark."""

    number: int
    mark: str
    text: str


@dataclass(frozen=True)
class Numbered:
    """A text taken apart: what stands before the first item, the items, and the grades said after the last."""

    lead: str
    items: tuple[Item, ...]
    grades: str = ""


def grades_at(text: str) -> int:
    """Where the sentence of grades begins (符合4项为A；…); the text's length when it does not grade."""
    plain = folded(text)
    found = _GRADES.search(plain)
    grades = set(re.findall(_GRADE, plain[found.start() :])) if found else set()
    return found.start() if found and len(grades) > 1 and "A" in grades else len(text)


def apart(text: str) -> Numbered:
    """Take a text apart; without at least two items in order it is all lead."""
    end = grades_at(text)
    body, grades = text[:end], text[end:].strip(_END)
    plain = folded(body)
    best: list[re.Match[str]] = []
    for pattern in _MARKS:
        found = _sequence(pattern, plain)
        if len(found) > 1 and (not best or found[0].start(1) < best[0].start(1)):
            best = found
    if not best:
        return Numbered(body.strip(_END), (), grades)
    edges = [*(_begin(mark) for mark in best), len(body)]
    items = tuple(
        Item(number, body[edges[number - 1] : mark.end()].strip(), body[mark.end() : edges[number]].strip(_END))
        for number, mark in enumerate(best, 1)
    )
    return Numbered(body[: edges[0]].strip(_END), items, grades)


def _begin(mark: re.Match[str]) -> int:
    """Where the mark itself begins, without the space before it."""
    return mark.start() + len(mark[0]) - len(mark[0].lstrip())


def _sequence(pattern: re.Pattern[str], plain: str) -> list[re.Match[str]]:
    """The marks 1, 2, 3 … of one form, in this order; numbers out of turn are part of the text."""
    found: list[re.Match[str]] = []
    for mark in pattern.finditer(plain):
        if value_of(mark[1]) == len(found) + 1 and not _within_brackets(plain[: mark.start(1)].rstrip("(")):
            found.append(mark)
    return found


def _within_brackets(before: str) -> bool:
    """Is a bracket still open at the end? The second half of 1) closes none."""
    depth = 0
    for sign in before:
        depth = depth + 1 if sign == "(" else max(0, depth - (sign == ")"))
    return depth > 0


_GROUP = re.compile(r"(?:\d{1,2}\)|\(\d{1,2}\)|[①-⑳])(?:\s*[、,和及\-至]?\s*(?:\d{1,2}\)|\(\d{1,2}\)|[①-⑳]))*")
_ONE = re.compile(r"(\d{1,2})\)|([①-⑳])")


def by_number(text: str) -> dict[int, str]:
    """What a neighbouring cell says for each number: 1)问卷调查 2)、3)材料审核 1)-3)…; 0: what it says for all."""
    plain, found, at, numbers = folded(text), dict[int, str](), 0, [0]
    for group in _GROUP.finditer(plain):
        _say(found, numbers, text[at : group.start()])
        numbers, at = _numbers(group[0]), group.end()
    _say(found, numbers, text[at:])
    return found


def _say(found: dict[int, str], numbers: list[int], text: str) -> None:
    words = text.strip(_END + "：:")
    for number in numbers if words else ():
        found[number] = f"{found[number]}\n{words}" if number in found else words


def _numbers(group: str) -> list[int]:
    marks = list(_ONE.finditer(group))
    found = [value_of(mark[1] or mark[2]) for mark in marks]
    if len(found) == 2 and re.search(r"[-至]", group):
        return list(range(found[0], found[1] + 1))
    return found
