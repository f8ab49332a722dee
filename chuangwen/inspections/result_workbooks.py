"""Excel of results entered for units: the sheet to be filled in, and reading it back (docs/formats/results.md)."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from chuangwen.base.errors import Refused
from chuangwen.base.imports import Applied, Checked, ImportSpec, Row, RowCheck, Undoing
from chuangwen.base.imports.spec import Outcome
from chuangwen.base.models import ImportBatch
from chuangwen.base.workbooks import Column, template
from chuangwen.inspections import actions, queries
from chuangwen.inspections.actions import Result
from chuangwen.inspections.entries import CHOICES, marked_as
from chuangwen.inspections.marks import Marked, checked
from chuangwen.inspections.models import Answer, Round, Visit
from chuangwen.organisations.models import Person, Role
from chuangwen.organisations.queries import scope_of
from chuangwen.standards.checklists import MARK, Item, Section, Wrong

Mark = Answer.Mark
COLUMNS = (
    Column("key", "编号", help="本轮里这一格的编号，下载的表里已经填好，不要改", required=True, unique=True, width=30),
    Column("unit", "单位", help="给人看的，不导入", width=24),
    Column("criterion", "测评标准", help="给人看的，不导入", width=44),
    Column("asked", "记什么", help="给人看的，不导入", width=24),
    Column("value", "结果", help="数字，或“合格”“不合格”“缺项”；空着的是未测", width=12),
    Column("base", "共多少", help="记什么里有两个数的，第二个填这里", width=10),
    Column("source", "谁提供的", help="如 县统计局问卷；填了结果的行要有", width=22),
    Column("given_on", "日期", help="结果出来的那天，如 2026-04-02；填了结果的行要有", width=14),
    Column("note", "说明", help="缺项要在这里写理由", width=30),
)  # fmt: skip
NOT_THERE = "本轮没有这一格：编号改动过，或单位已经移出。重新下载表格再填。"


@dataclass(frozen=True)
class Slot:
    """One item of one unit of a round, and what is there."""

    visit: Visit
    item: Item
    answer: Answer

    @property
    def typed(self) -> tuple[str, str]:
        """What is there as it would be typed; nothing where it is 未测."""
        if self.answer.mark in (Mark.NOT_EXAMINED, Mark.NOT_APPLICABLE) or self.item.ask == MARK:
            words = "" if self.answer.mark == Mark.NOT_EXAMINED else self.answer.get_mark_display()
            return words, ""
        count, base = self.item.typed(self.answer.count, self.answer.base)
        return count, base if len(self.item.asked.called) > 1 else ""


def slots_of(round: Round, method: str = "") -> dict[str, Slot]:
    """By its number in the sheet, every item of every unit, unit by unit: three queries."""
    items = [item for row, own in queries.items_by_criterion(round) for item in own if method in ("", row.method)]
    visits = queries.units_entered(round).select_related("unit", "place", "place_type").order_by("unit__path", "id")
    found = {}
    for line in queries.lines_for(round, list(visits), items):
        line.visit.round = round
        key = f"{line.visit.unit.code}/{line.item.criterion.key}/{line.item.ordinal}"
        found[key] = Slot(line.visit, line.item, line.answer)
    return found


def input_sheet(round: Round, method: str) -> bytes:
    """The sheet of one method with every unit and item, what is entered already filled in."""
    out, rows = io.BytesIO(), [_row(key, slot) for key, slot in slots_of(round, method).items()]
    notes = (
        f"{round.name}：{method}。填好以后，在“其他方法的结果”页导入。",
        "已经录了的行原样留着；要改的，在页面上更正。",
    )
    marks = {"合格不合格": {"value": CHOICES}}
    template(COLUMNS, TITLE, out=out, notes=notes, rows=rows, offers=lambda row: marks.get(row["asked"], {}))
    return out.getvalue()


def _row(key: str, slot: Slot) -> dict[str, Any]:
    item, (value, base) = slot.item, slot.typed
    numbers = "、".join(item.asked.called) + (f"（{item.measure}）" if item.measure else "")
    given = getattr(slot.answer, "provenance", None)
    return {
        "key": key,
        "unit": slot.visit.unit.name,
        "criterion": item.full,
        "asked": numbers or "合格不合格",
        "value": value,
        "base": base,
        "source": given.source if given else "",
        "given_on": given.given_on.isoformat() if given else "",
        "note": slot.answer.note,
    }


def check(rows: list[Row], context: dict[str, Any], person: Person) -> list[Checked]:
    """Every row against the round as it stands."""
    round = _rounds(person).filter(pk=context["round"]).first()
    slots = slots_of(round) if round else {}
    return [_check(row, slots) for row in rows]


def _check(row: Row, slots: Mapping[str, Slot]) -> Checked:
    look, slot = RowCheck(row, COLUMNS, is_new=True), slots.get(row.cells.get("key", ""))
    if slot is None:
        look.bad("key", NOT_THERE)
        return look.finish()
    found = Checked(row.number, Outcome.SAME, object_id=slot.answer.pk)
    try:
        marked = marked_as(slot.item, look.cell("value"), look.cell("base"), look.cell("note"))
    except Wrong as wrong:
        look.bad("value", str(wrong))
        return look.finish()
    if marked is None or (look.cell("value"), look.cell("base")) == slot.typed:
        return found
    if slot.answer.mark != Mark.NOT_EXAMINED:
        look.bad("value", f"已经录了“{'，共 '.join(filter(None, slot.typed))}”。要改，请在页面上更正。", slot.typed[0])
        return look.finish()
    return _filled(look, slot, marked)


def _filled(look: RowCheck, slot: Slot, marked: Marked) -> Checked:
    """A row that fills in what is 未测."""
    look.text("source", longest=100)
    look.date("given_on")
    for key, header in (("source", "谁提供的"), ("given_on", "日期")):
        if not look.values.get(key) and key not in look.errors:
            look.bad(key, f"填了结果，{header}没有填。")
    try:
        checked(slot.visit, [Section(1, "", (slot.item,))], [marked])
    except Refused as refused:
        look.bad("value", refused.message)
    found = look.finish({}, object_id=slot.answer.pk)
    if not found.errors:
        found.outcome, found.changes = Outcome.UPDATE, {"value": "未测"}
        found.values |= {"result": Result(slot.visit, marked), "answer": slot.answer.pk}
    return found


def apply(rows: list[Checked], context: dict[str, Any], person: Person) -> list[Applied]:
    round = queries.governed_rounds(person).get(pk=context["round"])
    given: dict[tuple[str, date], list[Result]] = {}
    for row in rows:
        given.setdefault((row.values["source"], row.values["given_on"]), []).append(row.values["result"])
    actions.fill_results(actor=person, round=round, given=given)
    answers = Answer.objects.in_bulk([row.object_id for row in rows])
    return [Applied(row.number, row.object_id, {"now": _now(answers[row.object_id])}) for row in rows]


def _now(answer: Answer) -> list[int]:
    return [answer.mark, answer.count, answer.base]


def undo(rows: list[Undoing], person: Person) -> dict[int, str]:
    """Results nobody has touched since are 未测 again."""
    answers = Answer.objects.select_related("round").in_bulk([row.object_id for row in rows])
    stay, gone = {}, []
    for row in rows:
        answer = answers[row.object_id]
        if answer.round.state not in queries.ENTERABLE:
            stay[row.number] = f"“{answer.round.name}”{answer.round.get_state_display()}，留着不动。"
        elif answer.corrected or _now(answer) != row.before["now"]:
            stay[row.number] = "导入以后又改过，留着不动。"
        else:
            gone.append(answer)
    if gone:
        actions.take_back_results(actor=person, round=gone[0].round, answers=gone)
    return stay


def _rounds(person: Person) -> Any:
    """The rounds a person may enter results for, with units on their list."""
    listed = Visit.objects.filter(state=Visit.State.ENTERED).values("round")
    rows = queries.governed_rounds(person).filter(state__in=queries.ENTERABLE, pk__in=listed)
    return rows.select_related("version").order_by("-starts_on", "-id")


def _asks_round(person: Person) -> dict[str, forms.Field]:
    told = {"required": "是哪一轮的结果，没有选。先在轮次里列入单位。"}
    box = forms.Select(attrs={"class": "form-select"})
    return {
        "round": forms.ModelChoiceField(
            label="轮次", queryset=_rounds(person), empty_label=None, widget=box, error_messages=told
        )
    }


def _onward(batch: ImportBatch) -> tuple[str, str]:
    return "看其他方法的结果", queries.results_address(batch.context["round"])


TITLE = "其他方法的结果"
RESULTS = ImportSpec(
    kind="results",
    title=TITLE,
    measure="格",
    model=Answer,
    event="inspections.results_imported",
    columns=COLUMNS,
    permission=lambda person: Role.OFFICE in scope_of(person).roles,
    check=check,
    apply=apply,
    undo=undo,
    list_url="inspections:rounds",
    examples=(
        {
            "key": "J01/satisfied/0", "unit": "示例县教育局", "criterion": "群众满意度", "asked": "实测值（%）",
            "value": "93.5", "source": "县统计局问卷", "given_on": "2026-04-02",
        },
    ),
    notes=("单位和编号都填好的表，在轮次的“其他方法的结果”页按方法下载。",),
    updates="空着的格不导入；已经录了的不改，要改的在页面上更正。",
    context_fields=_asks_round,
    onward=_onward,
)  # fmt: skip
