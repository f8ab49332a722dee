"""The working calendar of a tenant as the mapping rulebook.workdays wants, and its seed."""

from datetime import date, timedelta

import chinese_calendar
import holidays

from chuangwen.base.models import CalendarDay, Tenant


def calendar_of(tenant_id: int, *, start: date, days: int = 500) -> dict[date, tuple[bool, bool]]:
    """date → (is a working day, provisional) for the days from `start` that the tenant's table holds."""
    rows = CalendarDay.objects.filter(tenant_id=tenant_id, date__gte=start, date__lt=start + timedelta(days))
    return {day: (work, guess) for day, work, guess in rows.values_list("date", "is_workday", "provisional")}


def seed(tenant: Tenant, *, first_year: int, last_year: int) -> int:
    """Add announced days, later years as provisional 暂估; days already there stay. Returns rows added."""
    days = [
        date(year, 1, 1) + timedelta(offset)
        for year in range(first_year, last_year + 1)
        for offset in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)
    ]
    public_holidays = holidays.country_holidays("CN", years=range(first_year, last_year + 1))
    before = CalendarDay.objects.filter(tenant=tenant).count()
    CalendarDay.objects.bulk_create(
        [_day(tenant, day, public_holidays) for day in days], ignore_conflicts=True, batch_size=500
    )
    return CalendarDay.objects.filter(tenant=tenant).count() - before


def _day(tenant: Tenant, day: date, public_holidays: dict[date, str]) -> CalendarDay:
    try:
        is_holiday, name = chinese_calendar.get_holiday_detail(day)
        return CalendarDay(tenant=tenant, date=day, is_workday=not is_holiday, name=(name or "")[:40])
    except NotImplementedError:  # a year not announced yet
        work = day.weekday() < 5 and day not in public_holidays
        return CalendarDay(tenant=tenant, date=day, is_workday=work, provisional=True)
