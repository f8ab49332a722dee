"""待办: each app's offers in one list, in the order of the work (product: the home page is a to-do list)."""

from datetime import date

from chuangwen.base.todo import Todo
from chuangwen.dashboards.todo import OFFICE_GROUPS, UNIT_GROUPS, group_by_act, group_by_due


def todo(title: str, **given: object) -> Todo:
    return Todo(kind="整改", title=title, url="/", verb="整改", **given)


def test_the_office_sees_what_to_decide_then_whom_to_urge_then_what_to_send() -> None:
    rows = [todo("文", group="send"), todo("催", group="late", count=3), todo("新", group="new"), todo("无组")]
    found = [(section.name, [row.title for row in section.rows], section.count) for section in group_by_act(rows)]
    assert found == [("new", ["新", "无组"], 2), ("late", ["催"], 3), ("send", ["文"], 1)]
    assert [name for name, *_ in OFFICE_GROUPS] == ["new", "late", "send"]


def test_a_unit_sees_late_then_papers_to_sign_then_today_then_this_week_then_later() -> None:
    rows = [
        todo("公文", group="sign"),
        todo("以后", due=date(2026, 4, 30), days_left=9),
        todo("本周", due=date(2026, 4, 14), days_left=3),
        todo("今天", due=date(2026, 4, 9), days_left=0),
        todo("逾期", due=date(2026, 4, 8), days_left=-1),
        todo("无期限"),
    ]
    found = [(section.name, [row.title for row in section.rows]) for section in group_by_due(rows)]
    assert found == [
        ("late", ["逾期"]),
        ("sign", ["公文"]),
        ("today", ["今天"]),
        ("week", ["本周"]),
        ("after", ["以后", "无期限"]),
    ]
    assert [name for name, *_ in UNIT_GROUPS] == ["late", "sign", "today", "week", "after"]
