"""Sentences sent or shown about problems."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from chuangwen.base.templatetags.words import NBSP, count, day
from chuangwen.problems.actions import Outcome
from chuangwen.problems.models import Problem
from chuangwen.problems.queries import Row
from rulebook.workflows import OPEN_STATES


def bulk_done(label: str, outcome: Outcome) -> str:
    left = "；".join(f"{why} {count(number, '件')}" for why, number in outcome.left.items())
    return f"已{label} {count(outcome.done, '件')}。" + (f"没有办的：{left}。" if left else "")


BY_UNIT = {  # what a contact did, and what follows
    "sign": "已签收，现在是{state}。",
    "report": "已报送，现在是{state}，等创建办复核。",
    "fix_on_spot": "已报送，现在是{state}，等创建办复核。",
    "object": "已提出异议，等创建办裁定。",
    "ask_extension": "已申请延至 {asked}，等创建办批。",
}


def done_by_unit(done: Problem, verb: str, following: Problem | None, others: int) -> SafeString:
    said = BY_UNIT[verb].format(state=done.get_state_display(), asked=day(done.extension_asked_to))
    if following is None:
        return format_html("{}没有别的要办了。", said)
    url = reverse("problems:problem", args=[following.uuid])
    return format_html('{}还有 {}要办。<a class="btn btn-row" href="{}">办下一件</a>', said, count(others, "件"), url)


def done_by_office(done: Problem, label: str) -> str:
    """The new state in a line, where the office stays on the page; the deadline while it runs."""
    state = done.get_state_display()
    if state == f"已{label}":
        return f"{state}。"
    until = f"，期限 {day(done.deadline)}" if done.deadline and done.state in OPEN_STATES else ""
    return f"{label}：现在是{state}{until}。"


def decided(done: Problem, verb: str) -> str:
    """Said above the next one that waits for the office's decision."""
    until, state = day(done.deadline), done.get_state_display()
    said = {
        "grant_extension": f"延期到 {until}",
        "refuse_extension": f"不予延期，期限还是 {until}",
        "uphold_objection": f"异议成立，{_upheld(done)}",
        "reject_objection": f"异议不成立，现在是{state}，期限 {until}",
    }
    return f"{done.number} {said.get(verb, state)}。接着是下一件。"


def _upheld(done: Problem) -> str:
    if done.state != Problem.State.WITHDRAWN:
        return f"改由{done.unit}负责，现在是{done.get_state_display()}"
    return "不算问题，已撤销" + ("；记录和得分按裁定更正" if done.source_kind == "answer" else "")


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
