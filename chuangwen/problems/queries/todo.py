"""Things to do 待办 about problems, each one click from doing it; as many queries for one row as for many."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Max, Min, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse

from chuangwen.base.templatetags.words import NBSP, count, day
from chuangwen.base.todo import Todo
from chuangwen.organisations.models import Organisation, Person, Role
from chuangwen.organisations.queries import contacts_of, scope_of
from chuangwen.problems.models import Problem
from chuangwen.problems.queries.clock import Clock, clock_for, is_late
from chuangwen.problems.queries.ledger import Row, rows_of, with_names
from chuangwen.problems.queries.visible import Acting, acting_as, reported_by, visible_to
from rulebook.workflows import OPEN_STATES

State = Problem.State
MOST = 60
UNIT_ACTS = {State.HANDED_OUT: ("签收", "签收"), State.FIXING: ("整改", "整改"), State.RETURNED: ("退回", "重改")}


def todo_for_unit(person: Person) -> list[Todo]:
    """What the contact's units must sign for or put right, the most urgent first; beyond MOST, one row for the rest."""
    acting = acting_as(person)
    if not acting.contact_ranges:
        return todo_for_leader(person) if Role.LEADER in scope_of(person).roles else []
    problems = _open_of(acting)
    found = list(with_names(problems).order_by("due_order", "id")[: MOST + 1])
    shown = rows_of(person.tenant_id, found[:MOST])
    rows = [*_to_sign(problems, shown), *(_for_unit(row) for row in shown)]
    if len(found) > MOST:
        rest = problems.count() - MOST
        url = reverse("problems:ledger")
        rows.append(
            Todo("问题", f"其余问题 {count(rest, '件')}", url, "看台账", sub="期限都在以上各件之后", count=rest)
        )
    return rows


def _to_sign(problems: QuerySet[Problem], rows: list[Row]) -> list[Todo]:
    """Several handed out are signed for at once."""
    number = problems.filter(state=State.HANDED_OUT).count()
    if number < 2:
        return []
    first = next((row for row in rows if row.problem.state == State.HANDED_OUT), None)
    if first is None:  # behind MOST more urgent ones
        waiting = problems.filter(state=State.HANDED_OUT).order_by("due_order", "id")[:1]
        first = rows_of(waiting[0].tenant_id, list(waiting))[0]
    return [
        Todo(
            kind="签收",
            title=f"待签收的问题 {count(number, '件')}",
            url=f"{reverse('problems:bulk')}?tab={State.HANDED_OUT}&verb=sign&all=1",
            verb="一并签收",
            sub="也可以逐件签收",
            due=first.problem.deadline,
            days_left=first.due.days_left if first.due else None,
            count=0,  # each has its own row below
        )
    ]


def _open_of(acting: Acting) -> QuerySet[Problem]:
    return visible_to(acting.person).filter(acting.own, state__in=OPEN_STATES)


def next_for_unit(person: Person, problem: Problem) -> tuple[Problem | None, int]:
    """After the contact's step on a problem (as it was before): the next one for the same step, else the most urgent;
    and how many others wait."""
    others = _open_of(acting_as(person)).exclude(pk=problem.pk).order_by("due_order", "id")
    return others.filter(state=problem.state).first() or others.first(), others.count()


def _for_unit(row: Row) -> Todo:
    problem, (kind, verb) = row.problem, UNIT_ACTS[row.problem.state]
    waits = "先签收" if problem.state == State.HANDED_OUT else f"需 1{NBSP}张整改后照片"
    if problem.extension_asked_to:
        waits = f"已申请延至 {day(problem.extension_asked_to)}，等创建办批"
    return Todo(
        kind=kind,
        title=problem.title,
        url=reverse("problems:problem", args=[problem.uuid]),
        verb=verb,
        sub=" · ".join(filter(None, [problem.batch_label, problem.number, waits])),
        due=problem.deadline,
        days_left=row.due.days_left if row.due else None,
        provisional=problem.deadline_provisional,
    )


@dataclass(frozen=True)
class LateUnit:
    """A unit with problems past their deadline, whom to ring up."""

    unit: Organisation
    count: int
    oldest: date  # the earliest deadline
    late: int  # working days since then
    contact: str
    phone: str


def late_units(person: Person) -> list[LateUnit]:
    """Overdue problems by unit, most first: four queries."""
    rows = visible_to(person).filter(is_late(person.tenant_id), unit__isnull=False).order_by()
    found = list(rows.values("unit_id").annotate(n=Count("pk"), oldest=Min("deadline")).order_by("-n", "unit_id"))
    units = Organisation.objects.in_bulk([row["unit_id"] for row in found])
    contacts = contacts_of(list(units))
    clock = clock_for(person.tenant_id, [Problem(deadline=row["oldest"]) for row in found])
    late = []
    for row in found:
        held = next(iter(contacts.get(row["unit_id"], [])), None)
        name, phone = (held.person.name, held.person.phone) if held else ("", "")
        late.append(
            LateUnit(units[row["unit_id"]], row["n"], row["oldest"], clock.late_days(row["oldest"]), name, phone)
        )
    return late


def todo_for_leader(person: Person) -> list[Todo]:
    """A leader sees who in the area is late."""
    return [_late_row(row, verb="查看", kind="督促") for row in late_units(person)]


def _late_row(row: LateUnit, *, verb: str, kind: str) -> Todo:
    called = " ".join(filter(None, [row.contact, row.phone])) or "还没有联络员"
    query = f"?tab=late&unit={row.unit.pk}"
    bulk = f"{reverse('problems:bulk')}{query}&verb=urge&all=1"
    return Todo(
        kind=kind,
        title=f"{row.unit}：问题未整改 {count(row.count, '件')}",
        url=bulk if verb == "催办" else reverse("problems:ledger") + query,
        verb=verb,
        sub=f"联络员 {called}",
        due=row.oldest,
        days_left=-row.late,
        count=row.count,
        group="late",
    )


def todo_for_office(person: Person) -> list[Todo]:
    """What the office must decide, whom it must urge, what it has not handed out yet."""
    problems = visible_to(person).filter(jurisdiction_id__in=scope_of(person).jurisdiction_ids)
    clock = clock_for(person.tenant_id)
    others = problems.exclude(pk__in=reported_by(person).values("pk"))
    decide = [_reviews(others, clock), _appeals(problems, clock), _extensions(problems, clock)]
    late = [_late_row(row, verb="催办", kind="催办") for row in late_units(person)]
    return [*(row for row in decide if row), *_pending(problems), *late]


def _waiting(problems: QuerySet[Problem], **condition: object) -> tuple[int, QuerySet[Problem]]:
    waiting = problems.filter(**condition).order_by("due_order", "id")
    return waiting.count(), waiting


def _reviews(problems: QuerySet[Problem], clock: Clock) -> Todo | None:
    number, waiting = _waiting(problems, state=State.REVIEW)
    if not number:
        return None
    called = Coalesce(NullIf("unit__short_name", Value("")), F("unit__name"))
    by_unit = waiting.order_by().values("unit_id", name=called).annotate(n=Count("pk")).order_by("-n", "name")[:4]
    since = clock.workdays_since(waiting.aggregate(at=Min("state_at"))["at"])
    longest = f"，最久 {count(since, '个工作日')}" if since else ""
    return Todo(
        kind="复核",
        title=f"各单位报来整改 {count(number, '件')}",
        url=f"{reverse('problems:problem', args=[waiting.first().uuid])}?tab=review",
        verb="逐件复核",
        sub=" · ".join(f"{row['name']} {count(row['n'], '件')}" for row in by_unit) + longest,
        count=number,
        group="new",
    )


def _appeals(problems: QuerySet[Problem], clock: Clock) -> Todo | None:
    number, waiting = _waiting(problems, state=State.APPEAL)
    if not number:
        return None
    first = waiting.select_related("unit").first()
    return Todo(
        kind="异议",
        title=f"{first.unit}：{first.title}" + (f"，等 {count(number, '件')}" if number > 1 else ""),
        url=f"{reverse('problems:problem', args=[first.uuid])}?tab=appeal",
        verb=f"裁定 {count(number, '件')}异议",
        sub=" · ".join(filter(None, [first.batch_label, "责任单位提出异议"])),
        count=number,
        group="new",
    )


def _extensions(problems: QuerySet[Problem], clock: Clock) -> Todo | None:
    number, waiting = _waiting(problems, extension_asked_to__isnull=False, state__in=OPEN_STATES)
    if not number:
        return None
    first = waiting.select_related("unit", "jurisdiction").first()
    due = clock.due(first)
    longer = clock.longer(first.extension_asked_to, first.deadline)
    return Todo(
        kind="延期",
        title=f"{first.unit}：{first.title}，申请延至 {day(first.extension_asked_to)}",
        url=f"{reverse('problems:problem', args=[first.uuid])}?tab=open&only=extension",
        verb=f"批办 {count(number, '件')}",
        sub=" · ".join(filter(None, [f"延长 {count(longer, '个工作日')}", first.batch_label])),
        due=first.deadline,
        days_left=due.days_left if due else None,
        count=number,
        group="new",
    )


def _pending(problems: QuerySet[Problem]) -> list[Todo]:
    """One row for each round or import, and one for those typed in: never all of them at once."""
    counted = (
        problems.filter(state=State.PENDING)
        .order_by()
        .values("batch_uuid")
        .annotate(
            n=Count("pk"),
            label=Max("batch_label"),
            day=Max("found_on"),
            none=Count("pk", filter=Q(unit__isnull=True)),
            spot=Count("pk", filter=Q(fixed_on_spot=True)),
        )
    )
    return [_pending_row(row) for row in counted.order_by("-day", "batch_uuid")]


def _pending_row(row: dict[str, Any]) -> Todo:
    which = f"batch={row['batch_uuid']}" if row["batch_uuid"] else "only=typed"
    without = f"，其中 {count(row['none'], '件')}还没有责任单位" if row["none"] else ""
    spot = f"，{count(row['spot'], '件')}记了当场已整改" if row["spot"] else ""
    return Todo(
        kind="交办",
        title=f"{row['label'] if row['batch_uuid'] else '新建的'}：待交办的问题 {count(row['n'], '件')}",
        url=f"{reverse('problems:bulk')}?tab=pending&{which}&verb=hand_out&all=1",
        verb="交办",
        sub=f"最近一件 {day(row['day'])}发现{without}{spot}",
        count=row["n"],
        group="send",
    )
