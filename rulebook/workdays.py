"""Deadlines 期限 in working days, by a calendar that is given; what it does not know is provisional 暂估."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

ONE = timedelta(days=1)
FARTHEST = 3660  # days looked ahead or back: a calendar without working days is an error, not an endless loop


class Day(NamedTuple):
    """What a calendar says of one date."""

    is_workday: bool
    provisional: bool = False


class Deadline(NamedTuple):
    """A deadline: its local date, and whether any day counted was not in the official calendar 暂估."""

    on: date
    provisional: bool


class Left(NamedTuple):
    """Working days between today and a deadline: `days` left (0 today), or `overdue` since it passed."""

    days: int
    overdue: int
    provisional: bool


class DeadlineClass(StrEnum):
    """How long a problem may take."""

    ON_THE_SPOT = "on_the_spot"  # 当场整改
    SAME_DAY = "same_day"  # 事不过夜
    WORKING_DAYS = "working_days"  # n 个工作日
    DATED = "dated"  # 限定日期


CLASS_LABELS: Mapping[DeadlineClass, str] = {
    DeadlineClass.ON_THE_SPOT: "当场整改",
    DeadlineClass.SAME_DAY: "当日整改",
    DeadlineClass.WORKING_DAYS: "按工作日",
    DeadlineClass.DATED: "限定日期",
}

Calendar = Mapping[date, Day | tuple[bool, bool]]


def day_of(calendar: Calendar, day: date) -> Day:
    """Return what is known of a date; a date not in the calendar is Monday to Friday, provisionally."""
    known = calendar.get(day)
    return Day(day.weekday() < 5, True) if known is None else Day(*known)


def walk(calendar: Calendar, start: date, days: int, step: timedelta) -> Deadline:
    """Go on from `start`, which is not counted itself, to the n-th working day."""
    day, provisional = start, False
    for _ in range(FARTHEST + days * 7):
        if days <= 0:
            return Deadline(day, provisional)
        day += step
        found = day_of(calendar, day)
        provisional |= found.provisional
        days -= found.is_workday
    raise ValueError("工作日历里找不到足够的工作日，请核对日历")


def first_day(calendar: Calendar, start: datetime, cutoff_hour: int) -> Deadline:
    """Return the day counting begins from: the local day itself, or the next working day.

    It is the next working day when `start` is at or after the cut-off hour, or on a day off.
    """
    day = day_of(calendar, start.date())
    if day.is_workday and start.hour < cutoff_hour:
        return Deadline(start.date(), day.provisional)
    found = walk(calendar, start.date(), 1, ONE)
    return Deadline(found.on, found.provisional or day.provisional)


def add_workdays(calendar: Calendar, start: datetime, days: int, cutoff_hour: int = 24) -> Deadline:
    """Return the deadline n working days after a local instant; the day counted from is not one of them."""
    begin = first_day(calendar, start, cutoff_hour)
    end = walk(calendar, begin.on, days, ONE)
    return Deadline(end.on, begin.provisional or end.provisional)


def left(calendar: Calendar, deadline: date, today: date) -> Left:
    """Return the working days left, or overdue, of a deadline as of a local date."""
    early, late = min(deadline, today), max(deadline, today)
    days = [day_of(calendar, early + ONE * n) for n in range(1, (late - early).days + 1)]
    working = sum(day.is_workday for day in days)
    provisional = any(day.provisional for day in days)
    return Left(0, working, provisional) if today > deadline else Left(working, 0, provisional)


def left_at(calendar: Calendar, deadline: date, now: datetime, cutoff_hour: int) -> Left:
    """Return the working days left, or overdue, at a local instant, counted as `add_workdays` grants them.

    From the cut-off hour on, and on days off, the next working day is the one counted from: what is granted now as
    n working days has n left now. Before `now` has reached the deadline's date it is never overdue.
    """
    today = now.date()
    begin = today if deadline <= today else min(deadline, first_day(calendar, now, cutoff_hour).on)
    return left(calendar, deadline, begin)


def deadline_for(
    calendar: Calendar,
    kind: DeadlineClass,
    start: datetime,
    *,
    days: int = 0,
    on: date | None = None,
    cutoff_hour: int = 24,
) -> Deadline:
    """Return the deadline of a class, counted from a local instant.

    On the spot and same day end on the day itself, whatever day it is. Working days count as in `add_workdays`.
    A dated one is taken as given. Raises ValueError where the class lacks its number or date.
    """
    kind = DeadlineClass(kind)
    if kind in (DeadlineClass.ON_THE_SPOT, DeadlineClass.SAME_DAY):
        return Deadline(start.date(), False)
    if kind is DeadlineClass.DATED:
        if on is None:
            raise ValueError("限定日期的，要填整改截止日期")
        return Deadline(on, False)
    if days < 1:
        raise ValueError("按工作日的，天数至少为 1")
    return add_workdays(calendar, start, days, cutoff_hour)
