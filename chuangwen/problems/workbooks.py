"""Excel of problems: ledger and feedback come in, the filtered ledger goes out (docs/formats/problems.md)."""

from typing import Any

from django import forms
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import QueryDict
from django.utils import timezone

from chuangwen.base import imports
from chuangwen.base.exports import ExportSpec
from chuangwen.base.imports import Applied, Checked, Directory, ImportSpec, Row, RowCheck, Undoing
from chuangwen.base.workbooks import Column
from chuangwen.organisations.models import Organisation, Person, Role
from chuangwen.organisations.queries import governed_units, own_jurisdiction, scope_of
from chuangwen.places.models import Place
from chuangwen.places.queries import governed_by
from chuangwen.problems import queries
from chuangwen.problems.entries import Entry, import_problems, steps_made
from chuangwen.problems.models import Problem, ProblemStep

State = Problem.State
STATES = {str(state.label): str(state) for state in State} | {
    "已整改": "closed",
    "已完成": "closed",
    "已办结": "closed",
    "未整改": "fixing",
    "未完成": "fixing",
    "办理中": "fixing",
}


def _what(problem: Problem) -> str:
    """The finding without the place before it."""
    return problem.title.removeprefix(f"{problem.place_text}：")


COLUMNS = (
    Column("number", "编号", help="原来的编号；不填就往下编", unique=True, width=14, aliases=("问题编号", "台账编号")),
    Column("found_on", "发现日期", help="如 2026-03-18", required=True, width=12, aliases=("检查日期", "发现时间")),
    Column("label", "来源", lambda row: row.batch_label, "哪次检查、哪份反馈", width=20, aliases=("问题来源",)),
    Column("place", "点位编码", lambda row: row.place.code if row.place else None, "名册里的编码，可不填", width=14),
    Column("place_text", "地点", help="名册里没有的地方直接写", width=26, aliases=("点位", "位置", "点位名称")),
    Column("what", "问题", _what, "看到的现象", required=True, width=40, aliases=("问题描述", "存在问题")),
    Column("criterion_text", "测评标准", help="对应的测评标准，可不填", width=24, aliases=("指标", "测评内容")),
    Column("unit", "责任单位", lambda row: row.unit.name if row.unit else None,
           "编码、全名或简称；不填就是点位的责任单位", width=26, aliases=("整改单位", "单位")),
    Column("responsible", "责任人", help="可不填", width=10),
    Column("deadline", "期限", help="原来定的期限", width=12, aliases=("整改期限", "整改时限", "完成时限")),
    Column("state", "状态", lambda row: row.get_state_display(), "、".join(STATES), width=10, aliases=("整改状态",)),
    Column("closed_on", "销号日期", help="已销号的要填", width=12, aliases=("完成日期", "整改日期", "办结日期")),
    Column("measures", "整改情况", help="做了什么，可不填", width=40, aliases=("整改措施", "整改结果")),
)  # fmt: skip


class _Registers:
    """What a file is checked against: a fixed number of queries, whatever its length."""

    def __init__(self, rows: list[Row], person: Person, label: str) -> None:
        self.label, self.today = label, timezone.localdate()
        self.jurisdiction = own_jurisdiction(person)
        known = Problem.objects.filter(jurisdiction=self.jurisdiction)
        self.known = imports.existing(known, "number", [row.cells.get("number", "") for row in rows])
        units = list(governed_units(person).filter(archived_at__isnull=True))
        places = list(governed_by(person).filter(archived_at__isnull=True).select_related("owner"))
        self.units = {unit.pk: unit for unit in units}
        self.places = {place.pk: place for place in places}
        self.unit_names = Directory([(u.pk, u.code, {u.name, u.short_name}) for u in units], called="单位目录")
        self.place_codes = Directory([(p.pk, p.code, [p.name]) for p in places], called="点位名册")


def _check(rows: list[Row], context: dict[str, Any], person: Person) -> list[Checked]:
    registers = _Registers(rows, person, context.get("label", ""))
    return [_check_row(row, registers) for row in rows]


def _check_row(row: Row, registers: _Registers) -> Checked:
    check = RowCheck(row, COLUMNS, is_new=True)
    for name, longest in (("number", 40), ("label", 100), ("place_text", 100), ("what", 90), ("criterion_text", 200)):
        check.text(name, longest=longest)
    check.text("responsible", longest=40)
    check.text("measures", longest=2000)
    check.pick("place", registers.place_codes, "place_id")
    check.pick("unit", registers.unit_names, "unit_id")
    check.one_of("state", STATES)
    for name in ("found_on", "deadline", "closed_on"):
        check.date(name)
    entry = _entry(check.values, registers)
    _state_fits(check, entry, registers)
    known = registers.known.get(entry.number)
    if known is None:
        checked = check.finish()
        checked.values = {"entry": entry}
        return checked
    if known.title != entry.title:
        check.bad(
            "number", f"编号 {entry.number} 已在台账里，是“{known.title}”。导入只收新的；换一个编号，或空着自动编。"
        )
    return check.finish({}, object_id=known.pk) if check.errors else _same(row, known)


def _same(row: Row, known: Problem) -> Checked:
    """Already there, perhaps from this very file: what became of it is kept on its page."""
    return Checked(row.number, outcome="same", object_id=known.pk)


def _entry(values: dict[str, Any], registers: _Registers) -> Entry:
    place: Place | None = registers.places.get(values.get("place_id"))
    unit: Organisation | None = registers.units.get(values.get("unit_id")) or (place.owner if place else None)
    where = values.get("place_text") or (place.name if place else "")
    what = values.get("what") or ""
    closed_on = values.get("closed_on")
    return Entry(
        title=f"{where}：{what}" if where else what,
        found_on=values.get("found_on") or registers.today,
        number=values.get("number") or "",
        label=values.get("label") or registers.label,
        place=place,
        place_text=where,
        criterion_text=values.get("criterion_text") or "",
        unit=unit,
        responsible=values.get("responsible") or "",
        deadline=values.get("deadline"),
        state=values.get("state") or (State.CLOSED if closed_on else State.PENDING),
        closed_on=closed_on,
        measures=values.get("measures") or "",
    )


def _state_fits(check: RowCheck, entry: Entry, registers: _Registers) -> None:
    """Dates and state tell one story."""
    found, closed = check.values.get("found_on"), entry.closed_on
    if not entry.place_text and "place_id" not in check.values:
        check.bad("place_text", "地点没有填。写点位编码，或直接写地点。")
    if found and found > registers.today:
        check.bad("found_on", f"{found.isoformat()} 在今天以后。请核对。")
    if closed and closed > registers.today:
        check.bad("closed_on", f"{closed.isoformat()} 在今天以后。请核对。")
    if found and closed and closed < found:
        check.bad("closed_on", f"销号日期早于发现日期 {found.isoformat()}。请核对。")
    if entry.state == State.CLOSED and not closed:
        near = min(entry.deadline or entry.found_on, registers.today)
        check.bad("closed_on", "已销号的要填销号日期。", max(near, entry.found_on).isoformat())
    if closed and entry.state != State.CLOSED:
        check.bad("state", f"有销号日期 {closed.isoformat()}，状态却不是已销号。", "已销号")
    if entry.state not in (State.PENDING, State.WITHDRAWN) and entry.unit is None:
        check.bad("unit", "已交办的问题要有责任单位。请填责任单位，或把状态改为待交办。")


def _apply_as(kind: str) -> Any:
    def apply(checked: list[Checked], context: dict[str, Any], person: Person) -> list[Applied]:
        entries = [row.values["entry"] for row in checked]
        jurisdiction = own_jurisdiction(person)
        made = import_problems(actor=person, jurisdiction=jurisdiction, kind=kind, entries=entries)
        return [
            Applied(row.number, problem.pk, {"steps": steps_made(entry)})
            for row, problem, entry in zip(checked, made, entries, strict=True)
        ]

    return apply


def _undo(rows: list[Undoing], person: Person) -> dict[int, str]:
    """Problems nobody has touched since are taken out again."""
    keys = [row.object_id for row in rows]
    steps: dict[int, int] = {}
    for start in range(0, len(keys), 500):
        block = ProblemStep.objects.filter(problem_id__in=keys[start : start + 500]).order_by()
        for key in block.values_list("problem_id", flat=True):
            steps[key] = steps.get(key, 0) + 1
    stay = {
        row.number: "导入以后已经办过，留着不动。" for row in rows if steps.get(row.object_id, 0) > row.before["steps"]
    }
    gone = [row.object_id for row in rows if row.number not in stay]
    for start in range(0, len(gone), 500):
        Problem.objects.filter(pk__in=gone[start : start + 500]).delete()
    return stay


def _is_office(person: Person) -> bool:
    return Role.OFFICE in scope_of(person).roles


def _lists(person: Person) -> dict[str, list[str]]:
    units = governed_units(person).filter(archived_at__isnull=True).order_by("path")
    return {"责任单位": list(units.values_list("name", flat=True)), "状态": [str(state.label) for state in State]}


def _asks_label(hint: str, *, required: bool) -> Any:
    def fields(person: Person) -> dict[str, forms.Field]:
        box = forms.TextInput(attrs={"class": "form-control"})
        told = {"required": "来源没有填。写这是哪次测评、哪份反馈。"}
        return {
            "label": forms.CharField(
                label="来源", max_length=100, required=required, help_text=hint, widget=box, error_messages=told
            )
        }

    return fields


def _example(**cells: str) -> dict[str, str]:
    return {"found_on": "2026-03-18", "what": "垃圾箱满溢，地面散落垃圾", **cells}


def _spec(kind: str, title: str, source: str, hint: str, *, required: bool, example: dict[str, str]) -> ImportSpec:
    return ImportSpec(
        kind=kind,
        title=title,
        measure="件",
        model=Problem,
        event="problems.imported",
        columns=COLUMNS,
        permission=_is_office,
        check=_check,
        apply=_apply_as(source),
        undo=_undo,
        list_url="problems:ledger",
        examples=(example,),
        notes=("点位编码和地点至少填一个。状态空着的，有销号日期算已销号，没有就是待交办。",),
        updates="已在台账里的编号不会改动。",
        lists=_lists,
        context_fields=_asks_label(hint, required=required),
    )


LEDGER = _spec(
    "problems-ledger",
    "问题台账",
    "ledger",
    "表里“来源”空着的行用它，如 3月自查。",
    required=False,
    example=_example(
        number="2026-0007", place_text="人民路", unit="示例县城管局", deadline="2026-03-23", state="已销号",
        closed_on="2026-03-20", measures="已清运，每日收运 3 次",
    ),
)  # fmt: skip
FEEDBACK = _spec(
    "problems-feedback",
    "上级反馈的问题",
    "feedback",
    "哪次测评、哪份反馈，如 2026年省级模拟测评反馈。",
    required=True,
    example=_example(place_text="城东农贸市场", what="活禽区无隔离", unit="示例县市场监管局"),
)


def _export_rows(person: Person, query: QueryDict) -> QuerySet[Problem]:
    last = ProblemStep.objects.filter(
        problem=OuterRef("pk"), verb__in=("report", "fix_on_spot", "confirm_spot", "import")
    )
    measures = Subquery(last.order_by("-id").values("words")[:1])
    return queries.listed(person, query).annotate(measures=measures)


def _export_words(person: Person, query: QueryDict) -> str:
    return queries.words_of(query)


EXPORT = ExportSpec(
    kind="problems",
    title="问题台账",
    columns=COLUMNS,
    rows=_export_rows,
    permission=lambda person: bool(scope_of(person).roles & {Role.OFFICE, Role.CONTACT, Role.LEADER}),
    words=_export_words,
)
