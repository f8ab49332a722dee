"""The grades 等次 of checklists and bands: a share of the points each, and what the marked worst does."""

from dataclasses import dataclass
from fractions import Fraction

from rulebook.scoring.kinds.base import Frame
from rulebook.scoring.params import Params


@dataclass(frozen=True)
class Grade:
    """A grade; `marked` is the worst grade C# when the standard lets it zero the item above."""

    label: str
    rate: Fraction
    marked: bool


def read_grades(params: Params, frame: Frame) -> dict[str, Grade]:
    """Take `grades` (label: share of the points, or points with `in: points`), `worst` and `worst_effect`."""
    in_points = params.choice("grades_in", ("share", "points"), "share") == "points"
    table = params.table("grades")
    if not table:
        raise params.error("缺少“grades”")
    worst = params.text("worst", "")
    if worst and worst not in table:
        raise params.error(f"“worst”写的“{worst}”不在“grades”里")
    effect = params.choice("worst_effect", ("zero", "zero_parent"), "zero")
    read = Params(params.key, table)
    grades = {}
    for label in table:
        rate = read.number(label)
        rate = rate / frame.points if in_points and frame.points else rate
        if not frame.floor <= rate <= 1:
            raise params.error(f"等次“{label}”超出了最低分到满分的范围")
        grades[label] = Grade(label, rate, label == worst and effect == "zero_parent")
    if worst and any(grades[worst].rate > grade.rate for grade in grades.values()):
        raise params.error(f"最差等次“{worst}”的得分比别的等次高")
    return grades
