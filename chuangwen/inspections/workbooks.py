"""Lists of a round as Excel: its visits, its answers."""

from typing import Any

from django.db.models import QuerySet

from chuangwen.base.exports import ExportSpec
from chuangwen.base.ids import uuid_of
from chuangwen.base.workbooks import Column
from chuangwen.inspections import queries
from chuangwen.inspections.models import Answer, Round, Visit
from chuangwen.organisations.models import Person, Role

READERS = frozenset({Role.OFFICE, Role.CONTACT, Role.LEADER, Role.INSPECTOR})


def may_export(person: Person) -> bool:
    return bool(READERS & person.roles)


def _round(person: Person, query: Any) -> Round | None:
    """The round the list page was of; none that is not the person's to see."""
    key = uuid_of(query.get("round"))
    return queries.visible_rounds(person).filter(uuid=key).first() if key else None


def visits(person: Person, query: Any) -> QuerySet[Visit]:
    return queries.listed_visits(person, _round(person, query), query).order_by("round_id", "place__code")


def answers(person: Person, query: Any) -> QuerySet[Answer]:
    rows = queries.listed_answers(person, _round(person, query), query)
    return rows.select_related("visit__round__version").defer("visit__round__version__spec").order_by("id")


def _line(row: Answer) -> str:
    """Which line of the criterion, where it has several: a class of severity, a standard, one found again."""
    item = queries.line_of(row, row.visit.round.version)
    return item.text if item.head else ""


def words(person: Person, query: Any) -> str:
    """The list's filter in words, for the export's last sheet."""
    states = dict(Visit.State.choices)
    marks = {"bad": "不合格", "good": "合格", "none": "未查", "absent": "缺项", "asked": "缺项待定", "seen": "测过的"}
    parts = [states.get(query.get("state", ""), ""), marks.get(query.get("mark", ""), "")]
    parts += [{"field": "实地的", "units": "录入的"}.get(query.get("at", ""), "")]
    parts += [f"查找“{query['q']}”"] if query.get("q") else []
    return "，".join(part for part in parts if part)


VISITS = ExportSpec(
    kind="visits",
    title="实地点位",
    columns=(
        Column("round", "轮次", get=lambda row: row.round.name),
        Column("code", "点位编码", get=lambda row: row.place.code),
        Column("place", "点位", get=lambda row: row.place.name),
        Column("type", "类型", get=lambda row: row.place_type.name),
        Column("unit", "责任单位", get=lambda row: row.unit.name),
        Column("team", "组", get=lambda row: row.team.name if row.team else ""),
        Column("origin", "来历", get=lambda row: row.get_origin_display()),
        Column("state", "状态", get=lambda row: row.get_state_display()),
        Column("bad", "不合格项", get=lambda row: row.bad_count),
        Column("submitted", "何时交", get=lambda row: row.submitted_at),
        Column("reason", "说明", get=lambda row: row.reason),
    ),
    rows=visits,
    permission=may_export,
    words=words,
)
ANSWERS = ExportSpec(
    kind="answers",
    title="测评记录",
    columns=(
        Column("code", "点位编码", get=lambda row: row.place.code),
        Column("place", "点位", get=lambda row: row.place.name),
        Column("unit", "责任单位", get=lambda row: row.visit.unit.name),
        Column("criterion", "测评标准", get=lambda row: row.criterion.text),
        Column("line", "哪一项", get=_line, width=30),
        Column("mark", "结果", get=lambda row: row.get_mark_display()),
        Column("count", "数量", get=lambda row: row.count),
        Column("base", "检查总数", get=lambda row: row.base or ""),
        Column("note", "情况", get=lambda row: row.note),
        Column("corrected", "更正过", get=lambda row: "是" if row.corrected else ""),
        Column("at", "何时交", get=lambda row: row.at),
    ),
    rows=answers,
    permission=may_export,
    words=words,
)
