"""Results of other methods 录入: materials, surveys, declared numbers, lists, entered for units where nobody goes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from chuangwen.base import receipts
from chuangwen.base.errors import Refused
from chuangwen.base.events import record
from chuangwen.inspections import queries
from chuangwen.inspections.actions import findings
from chuangwen.inspections.actions.drawing import new_visit
from chuangwen.inspections.actions.rounds import locked, require
from chuangwen.inspections.marks import Marked, answers_for, checked
from chuangwen.inspections.models import Answer, NotApplicable, Provenance, Round, Visit
from chuangwen.organisations.models import Organisation, Person
from chuangwen.places.itself import places_of
from chuangwen.standards.checklists import Item

Mark = Answer.Mark
FIELDS = ("mark", "count", "base", "note", "at")


@dataclass(frozen=True)
class Result:
    """What is entered of one item of one unit."""

    visit: Visit
    marked: Marked


@transaction.atomic
def list_units(*, actor: Person, round: Round, units: Collection[Organisation]) -> list[Visit]:
    """Put units on the list results are entered for 列入; everything about them is 未测 until then.

    Done again: the visits there are. Refused: nothing to enter in this standard, or a unit that is not the round's.
    """
    round = _open_to(actor, round)
    sheet = queries.sheet_of_units(round.version)
    if not sheet:
        raise Refused("这套体系的标准都是实地考察的，没有要录入的结果。")
    fit = set(queries.units_for(round).filter(pk__in=[unit.pk for unit in units]).values_list("pk", flat=True))
    if strange := [unit.name for unit in units if unit.pk not in fit]:
        raise Refused(f"{'、'.join(strange)}不归本辖区，或已撤销。核对单位。", field="units")
    places = places_of(round.tenant, units)
    there = {visit.place_id: visit for visit in round.visits.filter(place__in=places.values())}
    fields = {"state": Visit.State.ENTERED, "origin": Visit.Origin.LISTED}
    fresh = [new_visit(round, place, **fields) for place in places.values() if place.pk not in there]
    made, now = Visit.objects.bulk_create(fresh, batch_size=500), timezone.now()
    rows = [answer for visit in made for answer in answers_for(visit, sheet, {}, (), now)]
    Answer.objects.bulk_create(rows, batch_size=500)
    if made:
        record("inspections.units_listed", actor=actor, targets=[*made, round], data=_data(round, made))
    there |= {visit.place_id: visit for visit in made}
    return [there[places[unit.pk].pk] for unit in units]


@transaction.atomic
def unlist_unit(*, actor: Person, visit: Visit) -> None:
    """Take a unit off the list again, as long as nothing was entered for it."""
    round = _open_to(actor, visit.round)
    visit = Visit.objects.select_related("unit").filter(pk=visit.pk, state=Visit.State.ENTERED).first()
    if visit is None:
        raise Refused("这个单位不在录入的名单上。刷新页面看现在的情况。")
    if visit.answers.exclude(mark=Mark.NOT_EXAMINED, corrected=False).exists():
        raise Refused(f"{visit.unit.name}已经录了结果，不能移出。录错的用更正。")
    record("inspections.unit_unlisted", actor=actor, targets=[round], data={"round": round.pk, "unit": visit.unit_id})
    visit.answers.all().delete()
    visit.delete()


def enter_results(
    *,
    actor: Person,
    client_id: UUID,
    round: Round,
    results: Sequence[Result],
    source: str,
    given_on: date,
    to_ledger: bool = False,
) -> int:
    """Enter results nobody has entered yet, all of them or none; how many. Sent again: the same number.

    source, given_on: who gave them and when. to_ledger: what is not qualified becomes a problem of the unit. What was
    entered otherwise meanwhile is Refused, naming it: only a correction changes it.
    """

    def do() -> dict[str, int]:
        return {"entered": len(_write(actor, _open_to(actor, round), results, (source, given_on), to_ledger))}

    kept = receipts.once(tenant=actor.tenant, client_id=client_id, action="inspections.enter_results", do=do)
    return int(kept["entered"])


@transaction.atomic
def fill_results(*, actor: Person, round: Round, given: Mapping[tuple[str, date], Sequence[Result]]) -> list[Answer]:
    """Enter the results of several sources at once (an import): (who gave them, when) → what they gave."""
    round = _open_to(actor, round)
    return [answer for source, results in given.items() for answer in _write(actor, round, results, source)]


def _write(
    actor: Person, round: Round, results: Sequence[Result], given: tuple[str, date], to_ledger: bool = False
) -> list[Answer]:
    """Write results into a round held by the caller; returns the answers that changed."""
    source = _source(*given)
    sheet = queries.sheet_of_units(round.version)
    by_visit = _checked(round, sheet, results)
    rows = Answer.objects.select_for_update(of=("self",)).select_related("criterion").filter(visit__in=by_visit)
    answers = {(row.visit_id, row.criterion.key, row.ordinal): row for row in rows}
    changed: list[Answer] = []
    for visit, marks in by_visit.items():
        for key, (item, marked) in marks.items():
            answer = answers[visit.pk, *key]
            if _fill(visit, item, answer, marked):
                answer.visit = visit
                changed.append(answer)
    if not changed:
        return []
    Answer.objects.bulk_update(changed, FIELDS, batch_size=200)
    _keep_sources(actor, changed, source, given[1])
    touched = list({answer.visit_id: answer.visit for answer in changed}.values())
    if to_ledger:
        _open_problems(actor, sheet, touched, changed)
    data = _data(round, touched) | {"answers": len(changed)}
    record("inspections.results_entered", actor=actor, targets=[*touched, round], data=data)
    return changed


@transaction.atomic
def take_back_results(*, actor: Person, round: Round, answers: Iterable[Answer]) -> None:
    """Make entered results 未测 again, as if they had not been entered (an import undone)."""
    round = _open_to(actor, round)
    held = Answer.objects.select_for_update(of=("self",)).filter(round=round, visit__state=Visit.State.ENTERED)
    rows = list(held.select_related("visit").in_bulk(sorted(answer.pk for answer in answers)).values())
    if any(answer.corrected for answer in rows):
        raise Refused("有的结果刚刚更正过，没有撤回。刷新页面看现在的情况。")
    for answer in rows:
        answer.mark, answer.count, answer.base, answer.note = Mark.NOT_EXAMINED, 0, 0, ""
    Answer.objects.bulk_update(rows, FIELDS, batch_size=200)
    Provenance.objects.filter(answer__in=rows).delete()
    NotApplicable.objects.filter(answer__in=rows).delete()
    touched = list({answer.visit_id: answer.visit for answer in rows}.values())
    data = _data(round, touched) | {"answers": len(rows)}
    record("inspections.results_taken_back", actor=actor, targets=[*touched, round], data=data)


def _open_to(actor: Person, round: Round) -> Round:
    """The round held until the commit, where this person may enter."""
    round = locked(round)
    if not queries.governs(actor, round):
        raise Refused("其他方法的结果由创建办录入。请把数交给创建办。")
    require(round, *queries.ENTERABLE)
    return round


def _source(source: str, given_on: date) -> str:
    source = source.strip()
    if not source:
        raise Refused("谁提供的，没有填。例如“统计局问卷”“县档案局审核”。", field="source")
    if given_on > timezone.localdate():
        raise Refused("日期在今天以后。填结果出来的那天。", field="given_on")
    return source[:100]


def _checked(
    round: Round, sheet: Sequence[queries.Section], results: Sequence[Result]
) -> dict[Visit, dict[tuple[str, int], tuple[Item, Marked]]]:
    """Visit → item key → (item, what is entered), each usable by its rule; visits in the order of their keys."""
    items = {item.key: item for section in sheet for item in section.items}
    given: dict[int, list[Marked]] = {}
    for result in results:
        given.setdefault(result.visit.pk, []).append(result.marked)
    rows = Visit.objects.select_related("place", "place_type", "unit").filter(round=round, state=Visit.State.ENTERED)
    found = {visit.pk: visit for visit in rows.filter(pk__in=given).order_by("pk")}
    if set(given) - set(found):
        raise Refused("有的单位已经不在录入的名单上。刷新页面再录。")
    by_visit = {}
    for pk, visit in found.items():
        visit.round = round
        try:
            marks = checked(visit, sheet, given[pk])
        except Refused as refused:
            raise Refused(f"{visit.unit.name}：{refused.message}", field=refused.field) from refused
        by_visit[visit] = {key: (items[key], marked) for key, marked in marks.items()}
    return by_visit


def _fill(visit: Visit, item: Item, answer: Answer, marked: Marked) -> bool:
    """Put a result into its answer; False where it says the same already."""
    mark = Mark.NOT_APPLICABLE if marked.mark == Mark.NA_ASKED else marked.mark
    note = marked.reason if mark == Mark.NOT_APPLICABLE else marked.note
    wanted = (mark, marked.count, marked.base)
    if answer.mark != Mark.NOT_EXAMINED:
        if (answer.mark, answer.count, answer.base) == wanted:
            return False
        raise Refused(f"{visit.unit.name}的“{item.full}”已经录过，与这次的不同。要改，请用更正。", field=item.name)
    answer.mark, answer.count, answer.base, answer.note, answer.at = *wanted, note, timezone.now()
    return mark != Mark.NOT_EXAMINED


def _keep_sources(actor: Person, answers: Sequence[Answer], source: str, given_on: date) -> None:
    """Who gave the results; a 缺项 is the office's own and so decided at once."""
    now = timezone.now()
    given = {"source": source, "given_on": given_on, "entered_at": now, "entered_by": actor}
    Provenance.objects.bulk_create(
        [Provenance(tenant_id=row.tenant_id, answer=row, **given) for row in answers],
        update_conflicts=True,
        unique_fields=["answer"],
        update_fields=list(given),
        batch_size=500,
    )
    absent = [row for row in answers if row.mark == Mark.NOT_APPLICABLE]
    decided = {"state": NotApplicable.State.GRANTED, "decided_at": now, "decided_by": actor}
    NotApplicable.objects.bulk_create(
        [NotApplicable(tenant_id=row.tenant_id, answer=row, reason=row.note[:200], **decided) for row in absent],
        update_conflicts=True,
        unique_fields=["answer"],
        update_fields=["reason", *decided],
    )


def _open_problems(
    actor: Person, sheet: Sequence[queries.Section], visits: Sequence[Visit], answers: Sequence[Answer]
) -> None:
    items: Mapping[tuple[int, int], Item] = queries.by_answer(sheet)
    for visit in visits:
        own = [answer for answer in answers if answer.visit_id == visit.pk]
        findings.open_for(actor=actor, visit=visit, answers=own, items=items, photos={})


def _data(round: Round, visits: Sequence[Visit]) -> dict[str, object]:
    return {"round": round.pk, "visits": [visit.pk for visit in visits]}
