"""Rules proposed from the words of criteria that have none yet, to be taken, changed or passed over by a person."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from chuangwen.standards.models import Criterion, StandardVersion
from chuangwen.standards.panels import compiled
from chuangwen.standards.rules import KINDS, Rule, canonical, is_undecided, role_of, shown_items, write
from chuangwen.standards.spec import in_tree_order
from rulebook.prose import PARTIAL, UNKNOWN, Reading, Span
from rulebook.prose import read as read_prose
from rulebook.scoring import content_hash
from rulebook.tables import folded, without
from rulebook.tables import said as points_said

# Stand-ins for the parts while a sentence of grades is read: their own words may hold numbers that say nothing of it.
STAND_IN = "制度健全"
UNREAD = "unread"
BESIDE = "“说明”里的话没有读进规则，请看一看"
_SET = {"minus": "each", "band": "bands", "worse": "better"}  # what a phrase says → the setting it makes
_COUNTED = re.compile(r"(?:上述|以上)\s*(\d{1,2})\s*项")


def read_words(rule: str, text: str, points: str, items: Sequence[str]) -> tuple[Reading, str]:
    """What prose makes of a rule's words (of a text that says its rule itself, where there are none), and which words.

    A checklist gets the parts that are known already, or there is none.
    """
    words = rule or without(text, points_said(text))
    counted = {int(found) for found in _COUNTED.findall(folded(rule))}
    if items and counted - {len(items)}:
        why = f"写的是上述 {max(counted)} 项，读出 {len(items)} 项"
        return replace(read_prose(words, points), status=PARTIAL, rule=None, notes=(why,)), words
    if not items:
        return read_prose(words, points), words
    numbered = "".join(f"{number}){STAND_IN}；\n" for number, _ in enumerate(items, 1))
    reading = read_prose(numbered + rule, points)
    if reading.rule and len(reading.rule.get("items", ())) == len(items):
        spans = tuple(_moved(reading.spans, len(numbered)))
        return replace(reading, rule={**reading.rule, "items": list(items)}, spans=spans), rule
    alone = read_prose(words, points)
    return (replace(alone, rule=None) if alone.kind == "checklist" else alone), words


def _moved(spans: Iterable[Span], by: int) -> Iterable[Span]:
    for span in spans:
        if span.end > by:
            yield replace(span, start=max(span.start - by, 0), end=span.end - by)


@dataclass(frozen=True)
class Piece:
    """A stretch of the words read: what it sets (its number in `Proposed.settings`), or that it was not understood."""

    text: str
    role: str  # setting, unread, or one of the others
    number: int = 0


@dataclass(frozen=True)
class Proposed:
    """`rule` None: no proposal, `notes` say why. `words`: the rule as the rulebook says it, `phrases`: as Excel has it.

    settings: names of what the marked pieces set. of_text: the words are the text, not the explanation.
    """

    rule: Rule | None
    label: str
    words: str
    phrases: str
    items: tuple[str, ...]
    pieces: tuple[Piece, ...]
    settings: tuple[str, ...]
    notes: tuple[str, ...]
    of_text: bool

    @property
    def mark(self) -> str:
        """Changes when the proposal does."""
        return content_hash(self.rule)[:16]

    @property
    def has_unread(self) -> bool:
        return any(piece.role == UNREAD for piece in self.pieces)


def is_open(row: Criterion) -> bool:
    """Is how it is scored still to be decided?"""
    return len(row.rules) == 1 and is_undecided(row.rules[0])


def proposed(row: Criterion) -> Proposed | None:
    """What the words of a criterion say of its rule; None where its rule is decided or its points are missing.

    The explanation, where a table had the rule, is read before the text.
    """
    if not row.points or not is_open(row):
        return None
    items = tuple(shown_items(row.rules[0]))
    if row.explanation:
        reading, words = read_words(row.explanation, row.text, row.points, items)
        if reading.status != UNKNOWN:
            return _shown(row, reading, words, of_text=False)
    reading, words = read_words("", row.text, row.points, items)
    beside = (BESIDE,) if row.explanation and reading.rule else ()
    return _shown(row, replace(reading, notes=(*reading.notes, *beside)), words, of_text=True)


def _shown(row: Criterion, reading: Reading, words: str, *, of_text: bool) -> Proposed:
    rule = canonical(reading.rule) if reading.rule else None
    names = {param.name: param.label for param in KINDS[reading.kind].params} if rule else {}
    said = [_SET.get(span.setting, span.setting) for span in reading.spans]
    used = list(dict.fromkeys(name for name in said if name in names))
    pieces = tuple(
        Piece(words[span.start : span.end], span.role, used.index(name) + 1 if name in used else 0)
        for span, name in zip(reading.spans, said, strict=True)
    )
    label, phrases = write(rule) if rule else ("", "")
    points = {} if rule and role_of([rule]) == "veto" else {"points": row.points}
    standard, _ = compiled({"key": row.key, "rule": rule or {}, **points})
    return Proposed(
        rule,
        label,
        standard.criteria[0].rules[0].describe() if standard else "",
        phrases,
        tuple(shown_items(rule or {})),
        pieces,
        tuple(names[name] for name in used),
        reading.notes,
        of_text,
    )


def to_decide(version: StandardVersion, asked: int | None, after: int | None) -> tuple[list[Criterion], int]:
    """Criteria without a rule in the order of the tree, and which of them to show; two queries.

    The one asked for, else the first behind another criterion (open or not), else the first.
    """
    rows = in_tree_order(version)
    found = [row for row in rows if is_open(row)]
    keys = [row.pk for row in rows]
    behind = rows[keys.index(after) + 1 :] if after in keys else rows
    chosen = next((row for row in found if row.pk == asked), None) or next(filter(is_open, behind), None)
    return found, found.index(chosen) if chosen else 0


def alike(row: Criterion) -> list[Criterion]:
    """Other open criteria with points whose rule is said in the same words; two queries."""
    words = row.explanation or row.text
    items = any(map(shown_items, row.rules))  # they are of the text
    return [
        one
        for one in in_tree_order(row.version)
        if one.pk != row.pk
        and one.points
        and is_open(one)
        and not shown_items(one.rules[0])
        and (one.explanation or one.text) == words
        and (one.text == row.text or not items)
    ]


def with_proposal(row: Criterion) -> list[Rule]:
    """The rules a form begins with: the proposal for a criterion that has none, else its own."""
    found = proposed(row)
    return [found.rule] if found and found.rule else row.rules


def fields_of(found: Proposed) -> dict[str, Any]:
    """The fields of a criterion that takes the proposal."""
    rules = [found.rule or {}]
    return {"rules": rules, "combine": "sum", "precedence": [], "role": role_of(rules)}
