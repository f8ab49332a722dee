"""Sentences sent or shown about problems."""

from dataclasses import dataclass

from django.urls import reverse

from chuangwen.base.templatetags.words import NBSP, count, day
from chuangwen.problems.actions import Outcome
from chuangwen.problems.queries import Row


def bulk_done(label: str, outcome: Outcome) -> str:
    left = "；".join(f"{why} {count(number, '件')}" for why, number in outcome.left.items())
    return f"已{label} {count(outcome.done, '件')}。" + (f"没有办的：{left}。" if left else "")


@dataclass(frozen=True)
class GroupText:
    """The text for one unit's chat group."""

    unit: str
    count: int
    text: str

    @property
    def rows(self) -> int:
        return self.text.count("\n") + 2


def for_groups(rows: list[Row], base: str) -> list[GroupText]:
    """One text per unit, in the order the units come: numbered problems with place, deadline and link."""
    by_unit: dict[str, list[Row]] = {}
    for row in rows:
        by_unit.setdefault(str(row.problem.unit or "责任单位未定"), []).append(row)
    return [GroupText(unit, len(own), _text(unit, own, base)) for unit, own in by_unit.items()]


def _text(unit: str, rows: list[Row], base: str) -> str:
    head = f"{unit}：以下问题 {len(rows)} 件，请按期整改并报送。".replace(NBSP, " ")
    return "\n".join([head, *(_line(number, row, base) for number, row in enumerate(rows, start=1))])


def _line(number: int, row: Row, base: str) -> str:
    problem, due = row.problem, row.due
    when = f"期限 {day(due.on)} {due.cutoff_hour}:00 前" if due else "期限未定"
    late = f"，已逾期 {due.late} 个工作日" if due and due.is_late else ""
    link = base + reverse("problems:problem", args=[problem.uuid])
    return f"{number}. {problem.title}（{problem.number}）\n   {problem.get_state_display()}，{when}{late}\n   {link}"
