"""Results of other methods as the office enters them: which units and criteria, what is there, what is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from chuangwen.base.ids import uuid_of
from chuangwen.base.lists import Slice, keyset
from chuangwen.inspections.models import Answer, Provenance, Round, Visit
from chuangwen.inspections.queries.sheets import compiled, sheet_of_units
from chuangwen.organisations.models import Organisation
from chuangwen.organisations.queries import range_of
from chuangwen.standards.checklists import Item
from chuangwen.standards.entering import entered, is_only_entered
from chuangwen.standards.models import Criterion
from rulebook import scoring

Mark = Answer.Mark
ENTERABLE = (Round.State.OPEN, Round.State.CLOSED)  # after the release only corrections
UNITS_SHOWN, CELLS_SHOWN = 30, 100
IS_ENTERED = ~Q(mark=Mark.NOT_EXAMINED)


def results_address(round_id: int) -> str:
    """Where the table of a round is."""
    return reverse("inspections:results", args=[Round.objects.values_list("uuid", flat=True).get(pk=round_id)])


def has_entered(round: Round) -> bool:
    """Is there anything in the round's standard that nobody goes to see?"""
    return entered(round.version, compiled(round.version)).exists()


def is_looked_at(round: Round) -> bool:
    """Is there anything in the round's standard for which somebody goes to a place?"""
    return not all(is_only_entered(criterion) for criterion in compiled(round.version).criteria)


def still_missing(round: Round) -> str:
    """What of the other methods is 未测 yet, in words; empty where all of it is there or there is nothing to enter."""
    if not has_entered(round):
        return ""
    rows = Answer.objects.filter(round=round, visit__state=Visit.State.ENTERED)
    counted = rows.aggregate(total=Count("pk"), missing=Count("pk", filter=~IS_ENTERED))
    if not counted["total"]:
        return "其他方法的结果还没有列入单位，都是未测，不计 0 分。"
    return f"其他方法的结果还有 {counted['missing']}\u00a0格没有录，是未测，不计 0 分。" if counted["missing"] else ""


def units_for(round: Round) -> QuerySet[Organisation]:
    """The units results can be entered for: those of the round's jurisdiction, its head too."""
    start, end = range_of(round.jurisdiction.root)
    rows = Organisation.objects.filter(tenant_id=round.tenant_id, path__gte=start, path__lt=end)
    return rows.filter(archived_at__isnull=True).order_by("path")


def units_looked_at(round: Round) -> QuerySet[Organisation]:
    """Those of them whose places are in the round and that are not on the list yet."""
    looked_at = round.visits.filter(state__in=Visit.IN_THE_FIELD).values("unit")
    listed = units_entered(round).values("unit")
    return units_for(round).filter(pk__in=looked_at).exclude(pk__in=listed)


def units_entered(round: Round) -> QuerySet[Visit]:
    """The list results are entered for: one visit for each unit."""
    return round.visits.filter(state=Visit.State.ENTERED).select_related("unit")


@dataclass(frozen=True)
class Method:
    """One method with how many of its items are entered."""

    name: str
    done: int
    total: int


@dataclass(frozen=True)
class Column:
    """One criterion of the table, with how many of its items are entered over all units."""

    criterion: Criterion
    items: tuple[Item, ...]
    done: int
    total: int


@dataclass(frozen=True)
class Cell:
    """One criterion of one unit; words: what is entered, where one item says it all; open: why there is no result."""

    done: int
    total: int
    bad: int
    words: str
    open: str

    @property
    def is_missing(self) -> bool:
        return not self.done


@dataclass(frozen=True)
class Table:
    """Units × criteria of one method; rows: (visit, its cells in the order of the columns)."""

    methods: list[Method]
    method: str
    columns: list[Column]
    rows: list[tuple[Visit, list[Cell]]]
    slice: Slice
    units: int
    found: int


def results_table(round: Round, query: Any) -> Table:
    """The table for a query string (method, q, cursor): five queries, however many units and criteria."""
    sheet = items_by_criterion(round)
    counts = _counts(round)
    methods = _methods(sheet, counts)
    names = [method.name for method in methods]
    chosen = query.get("method") if query.get("method") in names else next(iter(names), "")
    columns = [Column(row, tuple(items), *counts.get(row.pk, (0, 0))) for row, items in sheet if row.method == chosen]
    listed = units_entered(round)
    visits = listed.annotate(done=Count("answers", filter=~Q(answers__mark=Mark.NOT_EXAMINED)))
    if text := query.get("q", "").strip():
        visits = visits.filter(Q(unit__name__icontains=text) | Q(unit__code__icontains=text))
    page = keyset(visits, order=("unit__path", "id"), cursor=query.get("cursor", ""), size=UNITS_SHOWN)
    rows = _rows(compiled(round.version), page.rows, columns)
    return Table(methods, chosen, columns, rows, page, listed.count(), visits.count())


def items_by_criterion(round: Round) -> list[tuple[Criterion, list[Item]]]:
    """The criteria entered for units, each with its items."""
    found: dict[Criterion, list[Item]] = {}
    for section in sheet_of_units(round.version):
        for item in section.items:
            found.setdefault(item.criterion, []).append(item)
    return list(found.items())


def _counts(round: Round) -> dict[int, tuple[int, int]]:
    """Criterion → (items entered, items there are) over all units."""
    rows = Answer.objects.filter(round=round, visit__state=Visit.State.ENTERED).order_by()
    counted = rows.values_list("criterion_id").annotate(done=Count("pk", filter=IS_ENTERED), total=Count("pk"))
    return {pk: (done, total) for pk, done, total in counted}


def _methods(sheet: Iterable[tuple[Criterion, list[Item]]], counts: dict[int, tuple[int, int]]) -> list[Method]:
    sums: dict[str, tuple[int, int]] = {}
    for criterion, _ in sheet:
        done, total = sums.get(criterion.method, (0, 0))
        more = counts.get(criterion.pk, (0, 0))
        sums[criterion.method] = (done + more[0], total + more[1])
    return [Method(name, *numbers) for name, numbers in sums.items()]


def _rows(
    standard: scoring.Standard, visits: Sequence[Any], columns: Sequence[Column]
) -> list[tuple[Visit, list[Cell]]]:
    rows = Answer.objects.filter(visit__in=visits, criterion__in=[column.criterion for column in columns])
    found: dict[tuple[int, int], list[Answer]] = {}
    for answer in rows:
        found.setdefault((answer.visit_id, answer.criterion_id), []).append(answer)
    return [
        (visit, [_cell(standard, column, found.get((visit.pk, column.criterion.pk), [])) for column in columns])
        for visit in visits
    ]


def _cell(standard: scoring.Standard, column: Column, answers: Sequence[Answer]) -> Cell:
    key, done = column.criterion.key, [answer for answer in answers if answer.mark != Mark.NOT_EXAMINED]
    told = {item.ordinal for item in column.items if item.has_default}  # of a number the number says it
    bad = sum(answer.mark == Mark.NOT_QUALIFIED and answer.ordinal in told for answer in done)
    words = said(column.items[0], done[0]) if len(column.items) == 1 and done else ""
    given = (scoring.Answer(row.place_id, key, row.ordinal, row.mark, row.count, row.base) for row in done)
    open_ = "、".join(scoring.why_open(standard, key, given)) if len(column.items) > 1 and done else ""
    return Cell(len(done), len(column.items), bad, words, open_)


def said(item: Item, answer: Answer) -> str:
    """What is entered, as people write it: 93.5 %, 3 处, 合格, 缺项."""
    examined = answer.mark in (Mark.QUALIFIED, Mark.NOT_QUALIFIED)
    written = item.written(answer.count, answer.base) if examined else ""
    return written or answer.get_mark_display()


@dataclass(frozen=True)
class Line:
    """One item of one unit to be entered, or as it was; words: what is there."""

    visit: Visit
    item: Item
    answer: Answer
    is_first: bool  # of its criterion and unit

    @property
    def is_open(self) -> bool:
        return self.answer.mark == Mark.NOT_EXAMINED

    @property
    def words(self) -> str:
        return said(self.item, self.answer)


def lines_for(round: Round, visits: Sequence[Any], items: Sequence[Item]) -> list[Line]:
    """Every item of these units, unit by unit: one query."""
    rows = Answer.objects.filter(visit__in=visits, criterion__in={item.criterion.pk for item in items})
    rows = rows.select_related("provenance__entered_by", "not_applicable")
    answers = {(row.visit_id, row.criterion_id, row.ordinal): row for row in rows}
    found, said = [], set()
    for visit in visits:
        for item in items:
            if answer := answers.get((visit.pk, item.criterion.pk, item.ordinal)):
                found.append(Line(visit, item, answer, (visit.pk, item.criterion.pk) not in said))
                said.add((visit.pk, item.criterion.pk))
    return found


@dataclass(frozen=True)
class EntryPage:
    """What is entered at once: one criterion for many units, or everything of one unit."""

    title: str
    rule: str
    lines: list[Line]
    slice: Slice
    of_unit: Visit | None
    source: str  # who gave the last results of the same method

    @property
    def open(self) -> int:
        return sum(line.is_open for line in self.lines)


def entry_page(round: Round, query: Any) -> EntryPage | None:
    """For a query string (criterion, or unit with method; cursor); None where it names nothing there is."""
    sheet = items_by_criterion(round)
    if unit := uuid_of(query.get("unit")):
        visit = units_entered(round).filter(uuid=unit).first()
        wanted = query.get("method", "")
        items = [item for row, own in sheet for item in own if wanted in ("", row.method)]
        return _page(round, visit.unit.name, "", [visit], items, Slice([visit]), visit) if visit and items else None
    items = next((own for row, own in sheet if row.key == query.get("criterion")), [])
    if not items:
        return None
    page = keyset(
        units_entered(round),
        order=("unit__path", "id"),
        cursor=query.get("cursor", ""),
        size=max(3, CELLS_SHOWN // len(items)),
    )
    return _page(round, items[0].criterion.text, items[0].rule, page.rows, items, page, None)


def _page(
    round: Round, title: str, rule: str, visits: Sequence[Any], items: list[Item], page: Slice, unit: Visit | None
) -> EntryPage:
    method = items[0].criterion.method
    given = Provenance.objects.filter(answer__round=round, answer__criterion__method=method).order_by("-entered_at")
    last = given.values_list("source", flat=True).first()
    return EntryPage(title, rule, lines_for(round, visits, items), page, unit, last or "")
