"""Excel of composites: the sheet scores are filled in, reading it back, and the ranking (docs/formats/composite.md)."""

import io
from typing import Any

from django import forms
from django.http import QueryDict

from chuangwen.base.exports import ExportSpec
from chuangwen.base.ids import uuid_of
from chuangwen.base.imports import Applied, Checked, ImportSpec, Row, RowCheck, Undoing
from chuangwen.base.imports.spec import Outcome
from chuangwen.base.models import ImportBatch
from chuangwen.base.workbooks import Column, template
from chuangwen.organisations.models import Person, Role
from chuangwen.organisations.queries import scope_of
from chuangwen.scores.composites import actions, pages, subjects
from chuangwen.scores.composites.actions import Entered
from chuangwen.scores.composites.results import Result, result_of
from chuangwen.scores.composites.spec import EXTRAS, columns_of, score_text
from chuangwen.scores.models import Composite, CompositeScore

TITLE = "综合考评得分"
COLUMNS = (
    Column("subject", "考评对象", help="编码或全名", required=True, width=28, aliases=("单位", "编码")),
    Column("part", "部分", help="综合考评里的部分，或“另加分”“另扣分”", required=True, width=24),
    Column("got", "得分", help="数；空着的是未有结果，不导入", width=12),
    Column("source", "谁公布的", help="如 省测评通报；填了得分的行要有", width=24),
    Column("given_on", "日期", help="公布的那天，如 2026-04-02；填了得分的行要有", width=14),
)
Place = tuple[str, int]


def input_sheet(person: Person, composite: Composite) -> bytes:
    """Every subject with every part that is entered, what is there already filled in."""
    out = io.BytesIO()
    notes = (f"{composite.title}。填好以后，在“录入得分”页导入。", "空着的不导入，仍是未有结果，不当作 0 分。")
    template(COLUMNS, TITLE, out=out, notes=notes, rows=_sheet_rows(person, composite))
    return out.getvalue()


def _sheet_rows(person: Person, composite: Composite) -> list[dict[str, Any]]:
    columns = columns_of(list(composite.parts.all()))
    there = {(row.column, row.subject_id): row for row in composite.scores.all()}
    among = subjects.candidates(person, composite)
    listed = [subjects.Whole(composite.jurisdiction.name)] if among is None else among
    return [
        _sheet_row(one, label, there.get((column, one.pk)))
        for one in listed
        for column, label in columns.items()
        if column not in EXTRAS or (column, one.pk) in there
    ]


def _sheet_row(subject: Any, label: str, row: CompositeScore | None) -> dict[str, Any]:
    said = {"got": row.got, "source": row.source, "given_on": row.given_on.isoformat()} if row else {}
    return {"subject": subject.code or subject.name, "part": label, **said}


class _Register:
    """What a file is checked against: its composite, the subjects, the columns, what is entered."""

    def __init__(self, person: Person, composite: Composite | None) -> None:
        self.columns: dict[str, str] = {}
        self.there: dict[Place, CompositeScore] = {}
        if composite:
            self.subjects = pages.register_of(person, composite)
            self.columns = {label: column for column, label in columns_of(list(composite.parts.all())).items()}
            self.there = {(row.column, row.subject_id): row for row in composite.scores.all()}


def check(rows: list[Row], context: dict[str, Any], person: Person) -> list[Checked]:
    """Every row against the composite as it stands."""
    draft = _drafts(person).filter(pk=context["composite"]).first()
    register, seen = _Register(person, draft), dict[Place, int]()
    return [_check(row, register, seen, draft) for row in rows]


def _check(row: Row, register: _Register, seen: dict[Place, int], draft: Composite | None) -> Checked:
    look = RowCheck(row, COLUMNS, is_new=True)
    if draft is None:
        look.bad("subject", "这个综合考评已经公布或删掉，不能再导入。")
        return look.finish()
    look.pick("subject", register.subjects, "subject_id")
    look.one_of("part", register.columns)
    if look.errors:
        return look.finish()
    at = (look.values["part"], look.values["subject_id"])
    if at in seen:
        look.bad("part", f"与第 {seen[at]} 行相同。同一个就去掉这行。")
    seen.setdefault(at, row.number)
    return _scored(look, at, register.there.get(at))


def _scored(look: RowCheck, at: Place, there: CompositeScore | None) -> Checked:
    """A row with a subject and a part: what its number would do."""
    try:
        got = score_text(look.cell("got"))
    except ValueError as error:
        look.bad("got", str(error))
        return look.finish()
    if not look.errors and got in ("", there.got if there else ""):
        return Checked(look.row.number, Outcome.SAME, object_id=there.pk if there else None)
    look.text("source", longest=100)
    look.date("given_on")
    for key, header in (("source", "谁公布的"), ("given_on", "日期")):
        if not look.values.get(key) and key not in look.errors:
            look.bad(key, f"填了得分，{header}没有填。")
    found = look.finish({} if there else None, object_id=there.pk if there else None)
    if not found.errors:
        found.changes = {"got": there.got} if there else {}
        found.values = {"entered": Entered(*at, got), "said": (look.values["source"], look.values["given_on"])}
        found.values["was"] = _now(there)
    return found


def _now(row: CompositeScore | None) -> dict[str, str]:
    """What undoing puts back."""
    return {"got": row.got, "source": row.source, "given_on": row.given_on.isoformat()} if row else {}


def apply(rows: list[Checked], context: dict[str, Any], person: Person) -> list[Applied]:
    composite = subjects.governed(person).get(pk=context["composite"])
    given: dict[Any, list[Entered]] = {}
    for row in rows:
        given.setdefault(row.values["said"], []).append(row.values["entered"])
    for (source, day), scores in given.items():
        actions.enter_scores(actor=person, composite=composite, scores=scores, source=source, given_on=day)
    there = {(row.column, row.subject_id): row.pk for row in composite.scores.all()}
    return [_applied(row, there) for row in rows]


def _applied(row: Checked, there: dict[Place, int]) -> Applied:
    one: Entered = row.values["entered"]
    return Applied(row.number, there[one.column, one.subject_id], {"was": row.values["was"], "now": one.got})


def undo(rows: list[Undoing], person: Person) -> dict[int, str]:
    """Scores nobody has touched since are as they were before, or 未有结果 again."""
    there = CompositeScore.objects.select_related("composite").in_bulk([row.object_id for row in rows])
    stay, back = {}, []
    for row in rows:
        score, before = there.get(row.object_id), row.before or {}
        if score is None or score.got != before["now"]:
            stay[row.number] = "导入以后又改过，留着不动。"
        elif not score.composite.is_draft:
            stay[row.number] = "综合考评已经公布，留着不动。"
        else:
            back.append((score, before["was"]))
    actions.restore_scores(actor=person, back=back)
    return stay


def _drafts(person: Person) -> Any:
    rows = subjects.governed(person).filter(state=Composite.State.DRAFT)
    return rows.select_related("jurisdiction").order_by("-last_year", "-id")


def _asks_composite(person: Person) -> dict[str, forms.Field]:
    told = {"required": "是哪个综合考评的得分，没有选。"}
    box = forms.Select(attrs={"class": "form-select"})
    return {
        "composite": forms.ModelChoiceField(
            label="综合考评", queryset=_drafts(person), empty_label=None, widget=box, error_messages=told
        )
    }


def _onward(batch: ImportBatch) -> tuple[str, str]:
    return "看综合考评", pages.address_of(batch.context["composite"])


SCORES = ImportSpec(
    kind="composite-scores",
    title=TITLE,
    measure="格",
    model=CompositeScore,
    event="scores.composite_imported",
    columns=COLUMNS,
    permission=lambda person: Role.OFFICE in scope_of(person).roles,
    check=check,
    apply=apply,
    undo=undo,
    list_url="scores:composites",
    examples=({"subject": "J01", "part": "2024 年", "got": "86.50", "source": "省测评通报", "given_on": "2025-01-20"},),
    notes=("对象和部分都填好的表，在综合考评的“录入得分”页下载。",),
    updates="空着的格不导入；已经录了、数不同的，改成表里的。",
    context_fields=_asks_composite,
    onward=_onward,
)


def _asked(person: Person, query: QueryDict) -> tuple[Composite, Result] | None:
    """What the page shows this person; None for a composite that is not the person's to see."""
    rows = subjects.visible_to(person).select_related("jurisdiction")
    found = rows.filter(uuid=uuid_of(query.get("composite"))).first()
    return (found, result_of(found).only(subjects.seen_by(person, found))) if found else None


def _columns(person: Person, query: QueryDict) -> tuple[Column, ...]:
    asked = _asked(person, query)
    heads = asked[1].heads if asked else []
    called = subjects.CALLED[Composite.Kind(asked[0].kind)] if asked else "考评对象"
    return (
        Column("rank", "名次", get=lambda row: row.rank),
        Column("name", called, width=28),
        *(column for head in heads for column in _of_part(head.key, head.label)),
        Column("total", "总评", get=lambda row: row.total),
        Column("above", "差上一名"),
        Column("below", "超下一名"),
        Column("told", "说明", width=50),
    )


def _of_part(key: str, label: str) -> tuple[Column, Column]:
    def got(row: Any) -> str:
        cell = row.cell(key)
        return "未有结果" if cell.missing else cell.got

    def share(row: Any) -> str:
        cell = row.cell(key)
        return "" if cell.missing else f"{cell.share}%"

    return Column(key, label, get=got), Column(f"{key}-share", f"{label}占", get=share)


def _rows(person: Person, query: QueryDict) -> list[Any]:
    asked = _asked(person, query)
    return asked[1].rows if asked else []


def _words(person: Person, query: QueryDict) -> str:
    asked = _asked(person, query)
    if asked is None:
        return ""
    state = "已公布" if not asked[0].is_draft else "草稿，还没有公布"
    return f"{asked[0].title}，{asked[0].years}，{state}"


RANKING = ExportSpec(
    kind="composite",
    title="综合考评",
    columns=_columns,
    rows=_rows,
    permission=lambda person: bool(person.roles & {Role.OFFICE, Role.CONTACT, Role.LEADER}),
    words=_words,
)
