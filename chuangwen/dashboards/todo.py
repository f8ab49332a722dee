"""The to-do list 待办 of one person: every app offers its own things to do, here they are put in order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from chuangwen.base.todo import Todo
from chuangwen.documents import queries as documents
from chuangwen.inspections import queries as inspections
from chuangwen.organisations.models import Person, Role
from chuangwen.problems import queries as problems

Offer = Callable[[Person], Iterable[Todo]]
OFFERS: tuple[tuple[str, Offer], ...] = (
    (Role.OFFICE, lambda person: problems.todo_for_office(person)),
    (Role.OFFICE, lambda person: inspections.todo_for_office(person)),
    (Role.OFFICE, lambda person: documents.todo_for_office(person)),
    (Role.CONTACT, lambda person: problems.todo_for_unit(person)),
    (Role.CONTACT, lambda person: documents.todo_for_unit(person)),
    (Role.LEADER, lambda person: problems.todo_for_leader(person)),
    (Role.INSPECTOR, lambda person: inspections.todo_for_inspector(person)),
)
WITH_TODO = frozenset(role for role, _ in OFFERS)
OFFICE_GROUPS = (("new", "新来的", "要定的事"), ("late", "要催的", "到期没有动静"), ("send", "要发的", "还没有发出"))
UNIT_GROUPS = (
    ("late", "逾期", ""),
    ("sign", "收文", "等签收的公文"),
    ("today", "今天到期", ""),
    ("week", "五个工作日内", ""),
    ("after", "以后", ""),
)
NEXT_DAYS = 5


@dataclass(frozen=True)
class Section:
    """One heading of the page with its rows; `note` stands in grey beside it."""

    name: str
    title: str
    note: str
    rows: list[Todo]

    @property
    def count(self) -> int:
        return sum(row.count for row in self.rows)


def sections_for(person: Person) -> list[Section]:
    """The person's things to do, by heading: the office by what kind of act it is, everybody else by the due date."""
    roles = person.roles
    found = {role: [row for held, offer in OFFERS if held == role for row in offer(person)] for role in roles}
    office = group_by_act(found.pop(Role.OFFICE, []))
    return office + group_by_due([row for rows in found.values() for row in rows])


def group_by_act(rows: list[Todo]) -> list[Section]:
    return _sections(OFFICE_GROUPS, rows, lambda row: row.group or "new")


def group_by_due(rows: list[Todo]) -> list[Section]:
    return _sections(UNIT_GROUPS, rows, _when)


def _sections(
    groups: tuple[tuple[str, str, str], ...], rows: list[Todo], group_of: Callable[[Todo], str]
) -> list[Section]:
    by_group: dict[str, list[Todo]] = {}
    for row in sorted(rows, key=lambda row: (row.due or date.max, row.title)):
        by_group.setdefault(group_of(row), []).append(row)
    return [Section(name, title, note, by_group[name]) for name, title, note in groups if name in by_group]


def _when(row: Todo) -> str:
    if row.days_left is None:
        return row.group or "after"
    if row.days_left < 0:
        return "late"
    if row.days_left == 0 and not row.is_ahead:
        return "today"
    return "week" if row.days_left <= NEXT_DAYS else "after"
