"""A section of a paper's facts: what the data says, and the registered figures it prints."""

from dataclasses import dataclass, field
from typing import Any

from chuangwen.base.figures import Figure
from chuangwen.problems.models import Problem
from rulebook.workflows import OPEN_STATES

TO_PUT_RIGHT = (Problem.State.PENDING, *OPEN_STATES)


@dataclass(frozen=True)
class Section:
    """facts: JSON; a figure in it is named, never written. figures: what those names stand for."""

    name: str
    facts: dict[str, Any]
    figures: list[Figure] = field(default_factory=list)


def printed(figure: Figure) -> str:
    """The text as it stands in a paper: per cent has its sign, measure words are the sentence's."""
    return f"{figure.text}%" if figure.unit == "%" and figure.value is not None else figure.text


def problem_row(problem: Problem) -> dict[str, Any]:
    """A problem as the lists of papers show it."""
    where, _, what = problem.title.partition("：")
    place = problem.place.name if problem.place else problem.place_text or (where if what else "")
    return {
        "uuid": str(problem.uuid),
        "unit": problem.unit.name if problem.unit else "",
        "place": place or "（没有写地点）",
        "finding": what or problem.title,
        "criterion": problem.criterion_text,
        "deadline": problem.deadline.isoformat() if problem.deadline else None,
        "settled": "" if problem.state in TO_PUT_RIGHT else problem.get_state_display(),
        "responsible": problem.responsible,
    }
