"""What waits for an inspector and for the office in their rounds."""

from datetime import date

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from chuangwen.base.todo import Todo
from chuangwen.inspections.models import Answer, Round, Visit
from chuangwen.inspections.queries.mended import outlived
from chuangwen.inspections.queries.results import is_looked_at
from chuangwen.inspections.queries.rounds import governed_rounds, of_teams
from chuangwen.organisations.models import Person
from chuangwen.organisations.queries import scope_of
from chuangwen.problems.queries import Clock, clock_for
from rulebook import workdays

NBSP = "\u00a0"
NAMED = 10  # numbers written out


def own_visits(person: Person) -> QuerySet[Visit]:
    """The visits of the person's own teams in open rounds, whatever the role."""
    return of_teams(scope_of(person)).filter(round__state=Round.State.OPEN, tenant_id=person.tenant_id)


def todo_for_inspector(person: Person) -> list[Todo]:
    """One row per open round with places left: two queries beyond the scope."""
    clock = clock_for(person.tenant_id)
    rows = own_visits(person).filter(state=Visit.State.ASSIGNED)
    counted = rows.values("round__name", "round__ends_on").annotate(left=Count("pk", distinct=True))
    return [
        Todo(
            kind="实地",
            title=f"{row['round__name']}：还有 {row['left']}{NBSP}处没有测",
            url=reverse("mobile:today"),
            verb="去测",
            due=row["round__ends_on"],
            days_left=days_left(clock, row["round__ends_on"]),
            count=row["left"],
        )
        for row in counted.order_by("round__ends_on", "round__name")
    ]


def todo_for_office(person: Person) -> list[Todo]:
    """Rounds to draw, open, close, release; places late; wishes to leave something out; records corrected away.

    Four queries, a fifth where records were corrected.
    """
    clock = clock_for(person.tenant_id)
    rounds = governed_rounds(person).exclude(state=Round.State.RELEASED)
    rounds = rounds.select_related("version").defer("version__spec")
    standing = Q(visits__state__in=Visit.IN_THE_FIELD)
    counted = rounds.annotate(
        places=Count("visits", filter=standing),
        left=Count("visits", filter=Q(visits__state=Visit.State.ASSIGNED)),
        teamless=Count("visits", filter=standing & Q(visits__team__isnull=True)),
    )
    found = [todo for round in counted.order_by("ends_on", "id") if (todo := _of_round(round, clock))]
    return [*_to_decide(person), *_to_withdraw(person), *found]


def _to_withdraw(person: Person) -> list[Todo]:
    """Problems whose record has been corrected away, of which nobody said that they go on: one row for all."""
    rows = [row.problem for row in outlived(person.tenant_id, governed_rounds(person).values("pk")) if not row.kept]
    if not rows:
        return []
    rest = f"，等 {len(rows)}{NBSP}件" if len(rows) > 1 else ""
    return [
        Todo(
            kind="撤销",
            title=f"记录已更正、问题没有撤销：{rows[0].title}{rest}",
            url=reverse("problems:problem", args=[rows[0].uuid]),
            verb="去撤销",
            sub="、".join(row.number for row in rows[:NAMED]),
            count=len(rows),
            group="new",
        )
    ]


def _to_decide(person: Person) -> list[Todo]:
    rows = Answer.objects.filter(round__in=governed_rounds(person).values("pk"), mark=Answer.Mark.NA_ASKED)
    counted = rows.values("round__uuid", "round__name").annotate(number=Count("pk")).order_by("round__name")
    return [
        Todo(
            kind="缺项",
            title=f"{row['round__name']}：{row['number']}{NBSP}项缺项待定",
            url=reverse("inspections:answers", args=[row["round__uuid"]]) + "?mark=asked",
            verb="裁定",
            sub="定下之前按未查计",
            count=row["number"],
            group="new",
        )
        for row in counted
    ]


def days_left(clock: Clock, end: date) -> int:
    """Working days left until the end of a round; negative = over by so many, at least 1."""
    found = workdays.left(clock.calendar, end, clock.today)
    return -max(1, found.overdue) if end < clock.today else found.days


def _of_round(round: Round, clock: Clock) -> Todo | None:
    """The next step of a round, when it is the office's turn."""
    page = reverse("inspections:round", args=[round.uuid])
    days = days_left(clock, round.ends_on)
    if round.state == Round.State.DRAFT and not round.places and is_looked_at(round):
        draw = reverse("inspections:round-draw", args=[round.uuid])
        return Todo("抽样", f"{round.name}：还没有抽点位", draw, "抽样", due=round.starts_on, group="new")
    if round.state == Round.State.DRAFT and round.teamless:
        teams = reverse("inspections:teams", args=[round.uuid])
        sub = f"{round.teamless}{NBSP}处点位没有分到组"
        return Todo("分组", f"{round.name}：点位还没有分完", teams, "分组", sub=sub, due=round.starts_on, group="new")
    if round.state == Round.State.DRAFT:
        return Todo("开始", f"{round.name}：可以开始", page, "开始", due=round.starts_on, group="new")
    if round.state == Round.State.OPEN and (not round.left or days < 0):
        sub = f"还有 {round.left}{NBSP}处没有交" if round.left else "点位都交齐了"
        group = "late" if round.left else "send"
        return Todo(
            "结束", f"{round.name}：可以结束", page, "结束", sub=sub, due=round.ends_on, days_left=days, group=group
        )
    if round.state == Round.State.CLOSED:
        return Todo("公开", f"{round.name}：结果还没有公开", page, "公开", sub="责任单位现在看不到", group="send")
    return None
