"""A composite as the engine takes it, and what is wrong with one, told at the field it stands in."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from chuangwen.base.workbooks import tidy
from chuangwen.scores.models import Composite, CompositePart
from rulebook.scoring.composing import Composite as Compiled
from rulebook.scoring.composing import compile_composite
from rulebook.scoring.errors import Problem, SpecError
from rulebook.scoring.exact import decimal

TOP = "总评"
BONUS, DEDUCTION = "bonus", "deduction"
EXTRAS = {BONUS: "另加分", DEDUCTION: "另扣分"}
NAMES = {
    "gate": "最低线",
    "weight": "权重",
    "points": "满分",
    "term": "怎样合",
    "parts": "下面的部分",
    "digits": "小数",
    "bonus_cap": "另加分最多计几分",
}
QUOTED = re.compile(r"“(\w+)”")
NO_PARTS, NO_LABEL, SAME_LABEL = "还没有一个部分。先加一部分。", "名称没有填。", "名称与另一部分相同，换一个。"


@dataclass(frozen=True)
class Fault:
    """What is wrong: the key of the part (TOP: the whole), the field (empty: the part itself), the sentence."""

    key: str
    field: str
    words: str


def spec_of(composite: Composite, parts: Sequence[CompositePart]) -> dict[str, Any]:
    """The plain data of docs/formats/composite.md; what is blank is left out."""
    given = {
        "key": TOP,
        "title": composite.title,
        "digits": composite.digits,
        "missing": composite.missing,
        "bonus_cap": composite.bonus_cap or None,
        "term": composite.term,
    }
    return {**given, "parts": _below("", parts)}


def _below(key: str, parts: Sequence[CompositePart]) -> list[dict[str, Any]]:
    return [_part(part, parts) for part in parts if part.parent_key == key]


def _part(part: CompositePart, parts: Sequence[CompositePart]) -> dict[str, Any]:
    rows = _below(part.key, parts)
    given = {
        "key": part.key,
        "label": part.label or part.key,
        "weight": part.weight or None,
        "points": part.points or None,
        "gate": part.gate or None,
        "effect": part.effect if part.gate else None,
        "term": part.term if rows else None,
        "parts": rows or None,
    }
    return {name: value for name, value in given.items() if value is not None}


def compiled(composite: Composite, parts: Sequence[CompositePart]) -> Compiled:
    """SpecError where the draft is not yet one."""
    return compile_composite(spec_of(composite, parts))


def faults_of(composite: Composite, parts: Sequence[CompositePart]) -> list[Fault]:
    """Everything that keeps a draft from being worked out."""
    found = [Fault(part.key, "label", NO_LABEL) for part in parts if not part.label]
    labels = [part.label for part in parts]
    found += [Fault(part.key, "label", SAME_LABEL) for part in parts if part.label and labels.count(part.label) > 1]
    if not parts:
        return [*found, Fault(TOP, "", NO_PARTS)]
    try:
        compiled(composite, parts)
    except SpecError as error:
        found += told(error.problems)
    return found


def told(problems: Iterable[Problem]) -> list[Fault]:
    """The engine's faults with its words for settings as the page calls them."""
    found = []
    for problem in problems:
        names = [name for name in QUOTED.findall(problem.message) if name in NAMES]
        words = QUOTED.sub(lambda match: f"“{NAMES.get(match[1], match[1])}”", problem.message)
        field = "" if problem.key == TOP and names != ["bonus_cap"] else (names[0] if names else "")
        found.append(Fault(problem.key, field, f"{words}。"))
    return found


def entered_parts(parts: Sequence[CompositePart]) -> list[CompositePart]:
    """The parts whose scores are entered by hand: no round, nothing below."""
    above = {part.parent_key for part in parts}
    return [part for part in parts if part.round_id is None and part.key not in above]


def columns_of(parts: Sequence[CompositePart]) -> dict[str, str]:
    """What can be entered of a subject: column → its words."""
    return {part.key: part.label for part in entered_parts(parts)} | EXTRAS


def score_text(text: str) -> str:
    """A score as it is kept; blank stays blank. ValueError with the words for the field."""
    text = tidy(text)
    if not text:
        return ""
    try:
        value = decimal(text)
    except ValueError:
        raise ValueError(f"“{text[:20]}”不是得分。填数，小数最多 6 位；没有结果的空着。") from None
    if value < 0:
        raise ValueError(f"{text} 小于 0 了，填 0 或以上的数。")
    return text.removeprefix("+")
