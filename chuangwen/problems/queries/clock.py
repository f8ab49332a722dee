"""Deadlines 期限 of problems: what they are from now on, and how near or how late one is. Late is not a state."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from chuangwen.base.calendar import calendar_of
from chuangwen.base.templatetags.words import count, day
from chuangwen.organisations.models import Jurisdiction
from chuangwen.problems.models import Problem
from rulebook import workdays
from rulebook.workflows import OPEN_STATES

AHEAD = timedelta(days=400)


@dataclass(frozen=True)
class Due:
    """A deadline as of now. late: working days overdue, at least 1 once it has passed.

    left: working days to go, counted as they are granted: once the cut-off hour is over, from the next working day.
    """

    on: date
    cutoff_hour: int
    late: int
    left: int
    provisional: bool
    is_today: bool = False

    @property
    def is_late(self) -> bool:
        return self.late > 0

    @property
    def days_left(self) -> int:
        """For lists of things to do: negative = overdue."""
        return -self.late or self.left


@dataclass(frozen=True)
class Clock:
    """The local time now and the working calendar around it."""

    now: datetime
    calendar: Mapping[date, tuple[bool, bool]]

    @property
    def today(self) -> date:
        return self.now.date()

    def has_passed(self, deadline: date | None, cutoff_hour: int) -> bool:
        return deadline is not None and self._is_over(deadline, cutoff_hour)

    def _is_over(self, deadline: date, cutoff_hour: int) -> bool:
        return deadline < self.today or (deadline == self.today and self.now.hour >= cutoff_hour)

    def due(self, problem: Problem) -> Due | None:
        """How its deadline stands while the unit has the work; reported, disputed or ended problems are not late."""
        if problem.deadline is None:
            return None
        hour = problem.jurisdiction.cutoff_hour
        found = workdays.left_at(self.calendar, problem.deadline, self.now, hour)
        late = problem.state in OPEN_STATES and self.has_passed(problem.deadline, hour)
        return Due(
            on=problem.deadline,
            cutoff_hour=hour,
            late=self.late_days(problem.deadline) if late else 0,
            left=found.days,
            provisional=problem.deadline_provisional,
            is_today=problem.deadline == self.today and not late,
        )

    def late_days(self, deadline: date) -> int:
        """Working days since a deadline that has passed, at least 1."""
        return max(1, workdays.left(self.calendar, deadline, self.today).overdue)

    def workdays_since(self, instant: datetime) -> int:
        return workdays.left(self.calendar, timezone.localtime(instant).date(), self.today).overdue

    def is_workday(self, day: date) -> bool:
        return workdays.day_of(self.calendar, day).is_workday

    def next_workday(self, day: date) -> date:
        return workdays.walk(self.calendar, day, 1, workdays.ONE).on

    def longer(self, until: date, deadline: date | None) -> int:
        """By how many working days a deadline would be put off."""
        return workdays.left(self.calendar, until, deadline).days if deadline else 0

    def deadline(self, jurisdiction: Jurisdiction, days: int | None = None) -> workdays.Deadline:
        """The deadline of work handed out now: the days given, else those of the jurisdiction, by its cut-off hour."""
        granted = jurisdiction.deadline_days if days is None else days
        return workdays.add_workdays(self.calendar, self.now, granted, jurisdiction.cutoff_hour)

    def counted_from(self, cutoff_hour: int) -> str:
        """Why a deadline granted now is not counted from today; empty when it is."""
        first = workdays.first_day(self.calendar, self.now, cutoff_hour).on
        if first == self.today:
            return ""
        why = f"过了 {cutoff_hour} 点" if self.is_workday(self.today) else "今天不是工作日"
        return f"{why}，算 {day(first)}办的"

    def said(self, jurisdiction: Jurisdiction) -> str:
        """The deadline of work handed out now, in words."""
        why = self.counted_from(jurisdiction.cutoff_hour)
        until = f"{day(self.deadline(jurisdiction).on)} {jurisdiction.cutoff_hour}:00"
        return f"{count(jurisdiction.deadline_days, '个工作日')}，到 {until}" + (f"（{why}）" if why else "")


def clock_for(tenant_id: int, problems: Iterable[Problem] = (), *, now: datetime | None = None) -> Clock:
    """A clock whose calendar holds the deadlines of these problems and the year ahead: one query."""
    now = timezone.localtime(now)
    deadlines = [problem.deadline for problem in problems if problem.deadline]
    start = min([now.date() - timedelta(days=1), *deadlines])
    end = max([now.date() + AHEAD, *deadlines])
    return Clock(now, calendar_of(tenant_id, start=start, days=(end - start).days + 1))


def is_late(tenant_id: int, now: datetime | None = None) -> Q:
    """Condition: the unit has the work and its deadline has passed (one query: the cut-off hours)."""
    now = timezone.localtime(now)
    hours = Jurisdiction.objects.filter(tenant_id=tenant_id).values_list("pk", "cutoff_hour")
    over_today = [pk for pk, hour in hours if hour <= now.hour]
    passed = Q(due_order__lt=now.date()) | Q(due_order=now.date(), jurisdiction_id__in=over_today)  # in the index
    return passed & Q(state__in=OPEN_STATES)
