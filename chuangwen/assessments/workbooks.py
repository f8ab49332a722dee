"""Result tables of the level above come in (docs/formats/assessment-results.md)."""

import hashlib
from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.urls import reverse

from chuangwen.assessments import queries
from chuangwen.assessments.models import SCALE, Assessment, Result, plain
from chuangwen.assessments.tables import AROUND
from chuangwen.base import imports
from chuangwen.base.errors import Refused
from chuangwen.base.imports import IN_AT_MOST, Applied, Checked, Directory, ImportSpec, Row, RowCheck, Undoing
from chuangwen.base.models import ImportBatch
from chuangwen.base.workbooks import Column
from chuangwen.organisations.models import Person, Role
from chuangwen.organisations.queries import scope_of
from chuangwen.places.models import PlaceType
from chuangwen.places.queries import governed_by
from rulebook.matching import NEAR, Match
from rulebook.tables.results import NOT_EXAMINED, NUMBERS

MOST_POINTS, MOST_PLACES = 1_000_000, 1_000_000
POINTED = ("how", "node_key", "proposed_key", "place_type_id")  # what people say of a row once it is in
GONE = "这次上级测评已经不归本办管，结果表没有导入。"

COLUMNS = (
    Column("code", "编号", help="他们的指标编号"),
    Column("name", "指标", help="指标或测评标准的名称", required=True),
    Column("above", "上级指标", help="它上面的各级指标"),
    Column("type", "点位类型", help="分类型给分的才有"),
    Column("place", "点位", help="分点位给分的才有"),
    Column("places", "测了几处", help="写了点位数的才有"),
    Column("possible", "满分", help="空着就是得分加扣分"),
    Column("got", "得分", help="没有测的写“未测”；空着就是满分减扣分"),
    Column("lost", "扣分", help="空着就是满分减得分"),
    Column("reason", "原因", help="他们写的扣分原因"),
)
SHOWN = {"possible": plain, "got": lambda value: "未测" if value is None else plain(value)}


def digest(*texts: str) -> str:
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()


class Registers:
    """What a file is checked against: a fixed number of queries, whatever its length."""

    def __init__(self, rows: list[Row], context: dict[str, Any], person: Person) -> None:
        found = queries.visible_to(person).filter(pk=context.get("assessment")).first()
        if found is None:
            raise Refused(GONE)
        self.assessment: Assessment = found
        self.tree = queries.Tree(found.version_id)
        self.matcher = self.tree.matcher()
        self.known = {row.digest: row for row in found.results.all()}
        types = PlaceType.objects.filter(tenant=person.tenant_id, archived_at__isnull=True)
        self.types = Directory([(one.pk, one.code, [one.name]) for one in types], called="点位类型")
        places = list(_named(person, {row.cells.get("place", "") for row in rows}))
        self.places = Directory([(one.pk, one.code, [one.name]) for one in places], called="点位名册")
        self.type_of = {one.pk: one.type_id for one in places}
        self.matches: dict[str, Match] = {}
        self.seen: dict[str, int] = {}

    def match(self, term: str, row: Row) -> Match:
        """One look for each thing of their table, however many rows say it."""
        if term not in self.matches:
            above = row.cells.get("above", "").split(AROUND)
            self.matches[term] = self.matcher.find(row.cells.get("code", ""), row.cells.get("name", ""), above)
        return self.matches[term]


def _named(person: Person, texts: set[str]) -> Any:
    places = governed_by(person).filter(archived_at__isnull=True)
    few = len(texts) <= IN_AT_MOST // 2
    return places.filter(Q(code__in=texts) | Q(name__in=texts)) if few else places


def _check(rows: list[Row], context: dict[str, Any], person: Person) -> list[Checked]:
    registers = Registers(rows, context, person)
    return [_check_row(row, registers) for row in rows]


def _check_row(row: Row, registers: Registers) -> Checked:
    check = RowCheck(row, COLUMNS, is_new=True)
    for key, longest in (("code", 40), ("above", 500), ("reason", 4000)):
        check.text(key, longest=longest)
    if check.cell("name") or not check.cell("code"):
        check.text("name", longest=500)
    for key, field in (("type", "type_text"), ("place", "place_text")):
        check.text(key, field, longest=100)
    check.number("places", low=0, high=MOST_PLACES)
    _points(check)
    said = [check.cell(key) for key in ("code", "name", "above", "type", "place")]
    of, term = digest(*said), digest(*said[:3])
    first = registers.seen.setdefault(of, row.number)
    if first != row.number:
        check.bad("name", f"与第 {first} 行是同一个指标、点位类型和点位。合成一行，或写明各是哪个点位。")
    _places(check, registers)
    known = registers.known.get(of)
    if known is None:
        check.values |= {"digest": of, "term": term, "position": row.number, **_matched(registers.match(term, row))}
        return check.finish()
    today = {field: getattr(known, field) for field in check.values}
    return check.finish(today, object_id=known.pk, shown=_shown)


def _shown(field: str, value: Any) -> tuple[str, str]:
    """(column, today's text) of a changed field, for the preview."""
    if field in SHOWN:
        return field, SHOWN[field](value)
    return {"place_type_id": "type", "place_id": "place"}.get(field, field), str(value or "")


def _matched(match: Match) -> dict[str, str]:
    return {"how": match.how, "node_key": match.key, "proposed_key": match.proposed}


def _places(check: RowCheck, registers: Registers) -> None:
    """What of ours the type and the place are; what is none of ours stays as written."""
    kind, place = (registers.types.find(check.cell("type"))[0], registers.places.find(check.cell("place"))[0])
    if place is not None:
        check.values["place_id"] = place
        kind = kind or (None if check.cell("type") else registers.type_of[place])
    if kind is not None:
        check.values["place_type_id"] = kind


def _points(check: RowCheck) -> None:
    """Two of possible, got and lost give the third; all three must agree."""
    untested = NOT_EXAMINED in (check.cell("got"), check.cell("lost"))
    for role in NUMBERS:
        if check.cell(role) != NOT_EXAMINED:
            check.number(role, low=0, high=MOST_POINTS, scale=SCALE)
    if any(role in check.errors for role in NUMBERS):
        return
    possible, got, lost = (check.values.pop(role, None) for role in NUMBERS)
    if possible is None and got is not None and lost is not None:
        possible = got + lost
    if not possible:
        why = "满分没有填" if possible is None else "满分是 0"
        return check.bad("possible", f"{why}，算不出得分率。填满分，或去掉这行。")
    if untested:
        got = lost = None
    elif got is None and lost is None:
        check.bad("got", "得分和扣分都没有填。填一样就够；没有测的，得分填“未测”。")
    else:
        got = possible - lost if got is None else got
        _agree(check, possible, got, lost)
    check.values |= {"possible": possible, "got": got}


def _agree(check: RowCheck, possible: int, got: int, lost: int | None) -> None:
    if got < 0:
        check.bad("lost", f"扣分 {plain(lost or 0)} 比满分 {plain(possible)} 多。请核对。")
    elif got > possible:
        check.bad("got", f"得分 {plain(got)} 比满分 {plain(possible)} 多。请核对。")
    elif lost is not None and possible - got != lost:
        right = plain(possible - got)
        said = f"满分 {plain(possible)} 减得分 {plain(got)} 是 {right}，扣分却写 {plain(lost)}。请核对。"
        check.bad("lost", said, right)


def _apply(checked: list[Checked], context: dict[str, Any], person: Person) -> list[Applied]:
    assessment = queries.visible_to(person).filter(pk=context.get("assessment")).first()
    if assessment is None:
        raise Refused(GONE)
    fixed = {"tenant_id": assessment.tenant_id, "assessment_id": assessment.pk}
    return imports.save_plain(Result, checked, fixed=fixed)


def _undo(rows: list[Undoing], person: Person) -> dict[int, str]:
    """Rows are taken out again whatever they were pointed to meanwhile: that was said of these very rows."""
    return imports.undo_plain(Result, [replace(row, before=_unpointed(row.before or {})) for row in rows])


def _unpointed(before: dict[str, Any]) -> dict[str, Any]:
    return {**before, "new": {field: value for field, value in before["new"].items() if field not in POINTED}}


def _onward(batch: ImportBatch) -> tuple[str, str]:
    found = Assessment.objects.filter(pk=batch.context.get("assessment")).first()
    if found is None:
        return "看上级测评", reverse("assessments:assessments")
    waiting = found.results.filter(node_key="").exists()
    page = "assessments:match" if waiting else "assessments:assessment"
    return ("对应没有对上的" if waiting else "看这次测评"), reverse(page, args=[found.uuid])


RESULTS = ImportSpec(
    kind=queries.KIND,
    title="上级测评结果",
    measure="行",
    model=Result,
    event="assessments.results_imported",
    columns=COLUMNS,
    permission=lambda person: Role.OFFICE in scope_of(person).roles,
    check=_check,
    apply=_apply,
    undo=_undo,
    list_url="assessments:assessments",
    updates="同一个指标、点位类型和点位的行认作同一行，分数、原因有变的更新。",
    page_url="assessments:table",
    onward=_onward,
    beside=lambda context: [Assessment(pk=context["assessment"])],
)


def matched_words(rows: list[Row], context: dict[str, Any], person: Person) -> dict[int, tuple[str, str]]:
    """Row number → (how it is matched, what of ours it is or may be), for the preview."""
    registers = Registers(rows, context, person)
    called, found = registers.tree.called, {}
    for row in rows:
        match = registers.match(digest(*(row.cells.get(key, "") for key in ("code", "name", "above"))), row)
        text = called.get(match.proposed if match.how == NEAR else match.key, "")
        found[row.number] = (str(Result.How(match.how).label), text)
    return found
