"""Deadlines in working days (D2)."""

from datetime import date, datetime

import pytest

from rulebook.workdays import Deadline, DeadlineClass, Left, add_workdays, deadline_for, left, left_at

# April 2026 around 清明: the 6th is a holiday, Saturday the 11th is worked.
OFF, EXTRA = {date(2026, 4, 6)}, {date(2026, 4, 11)}
APRIL = {
    day: ((day.weekday() < 5 and day not in OFF) or day in EXTRA, False)
    for day in (date(2026, 4, number) for number in range(1, 31))
}


def at(day, hour, month=4):
    """Return a local instant of 2026."""
    return datetime(2026, month, day, hour)  # noqa: DTZ001 - local time by design


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (at(1, 9), 3, 7),  # Thursday, Friday, then Tuesday after the holiday
        (at(9, 9), 2, 11),  # a Saturday that is worked counts
        (at(9, 16), 1, 10),
        (at(9, 17), 1, 11),  # at the cut-off hour it counts from the next working day
        (at(4, 9), 1, 8),  # found on a Saturday off: counts from Tuesday
    ],
)
def test_the_deadline_is_the_nth_working_day_after_the_day_counted_from(start, days, end):
    assert add_workdays(APRIL, start, days, cutoff_hour=17) == Deadline(date(2026, 4, end), False)


def test_a_year_the_calendar_does_not_know_is_counted_by_weekdays_and_called_provisional():
    assert add_workdays({}, at(31, 9, month=12), 2) == Deadline(date(2027, 1, 4), True)


def test_a_deadline_that_runs_out_of_the_calendar_is_provisional():
    assert add_workdays(APRIL, at(30, 9), 1) == Deadline(date(2026, 5, 1), True)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (7, Left(4, 0, False)),
        (10, Left(1, 0, False)),
        (11, Left(0, 0, False)),
        (12, Left(0, 0, False)),
        (13, Left(0, 1, False)),
        (15, Left(0, 3, False)),
    ],
)
def test_days_left_and_overdue_are_working_days(today, expected):
    deadline = date(2026, 4, 11)
    assert left(APRIL, deadline, date(2026, 4, today)) == expected


def test_each_class_of_deadline():
    start = at(9, 20)
    assert deadline_for(APRIL, DeadlineClass.ON_THE_SPOT, start).on == date(2026, 4, 9)
    assert deadline_for(APRIL, DeadlineClass.SAME_DAY, start).on == date(2026, 4, 9)
    assert deadline_for(APRIL, DeadlineClass.WORKING_DAYS, start, days=3, cutoff_hour=17).on == date(2026, 4, 14)
    assert deadline_for(APRIL, DeadlineClass.DATED, start, on=date(2026, 4, 30)).on == date(2026, 4, 30)


@pytest.mark.parametrize(
    ("kind", "message"),
    [(DeadlineClass.WORKING_DAYS, "按工作日的，天数至少为 1"), (DeadlineClass.DATED, "限定日期的，要填整改截止日期")],
)
def test_a_class_without_its_number_or_date_is_refused(kind, message):
    with pytest.raises(ValueError, match=message):
        deadline_for(APRIL, kind, at(9, 9))


def test_a_calendar_without_working_days_is_an_error_and_no_endless_loop():
    never = {date.fromordinal(date(2026, 4, 1).toordinal() + n): (False, False) for n in range(5000)}
    with pytest.raises(ValueError, match="工作日历里找不到足够的工作日"):
        add_workdays(never, at(1, 9), 1)


@pytest.mark.parametrize("hour", [9, 17, 18, 23])
@pytest.mark.parametrize("day", [3, 7, 10, 11, 12, 30])
@pytest.mark.parametrize("days", [1, 3, 5])
def test_days_just_granted_are_all_left(day, hour, days):
    now = at(day, hour)
    until = add_workdays(APRIL, now, days, 18)
    assert left_at(APRIL, until.on, now, 18).days == days


@pytest.mark.parametrize(
    ("day", "hour", "expected"), [(9, 17, (1, 0)), (9, 18, (0, 0)), (10, 18, (0, 0)), (13, 9, (0, 2))]
)
def test_days_left_end_with_the_hours_of_the_day(day, hour, expected):
    found = left_at(APRIL, date(2026, 4, 10), at(day, hour), 18)
    assert (found.days, found.overdue) == expected
