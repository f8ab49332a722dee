"""Issue 2, 12: deadlines in working days, with the cut-off hour, into a year nobody has announced yet."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from chuangwen.base.calendar import seed
from chuangwen.problems.models import Problem
from chuangwen.problems.queries import clock_for, is_late
from tests.factories.organisations import World, county
from tests.factories.problems import fixing, in_review, run_out

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def world(db: None) -> World:
    world = county()
    seed(world.tenant, first_year=2026, last_year=2027)
    return world


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=SHANGHAI)


def test_holidays_are_not_counted(world):
    clock = clock_for(world.tenant.pk, now=at(2026, 4, 3, 11))
    assert clock.deadline(world.jurisdiction, 3) == (date(2026, 4, 9), False)


def test_after_the_cutoff_hour_counting_begins_the_next_working_day(world):
    before = clock_for(world.tenant.pk, now=at(2026, 4, 8, 17, 59)).deadline(world.jurisdiction, 1)
    after = clock_for(world.tenant.pk, now=at(2026, 4, 8, 18)).deadline(world.jurisdiction, 1)
    assert (before.on, after.on) == (date(2026, 4, 9), date(2026, 4, 10))


def test_a_deadline_in_2027_is_provisional(world):
    found = clock_for(world.tenant.pk, now=at(2026, 12, 30, 10)).deadline(world.jurisdiction, 3)
    assert (found.on.year, found.provisional) == (2027, True)


def test_the_day_itself_is_late_from_the_cutoff_hour(world):
    problem = run_out(fixing(world), date(2026, 4, 9))
    states = [clock_for(world.tenant.pk, [problem], now=at(2026, 4, 9, hour)).due(problem).late for hour in (17, 18)]
    assert states == [0, 1]


def test_late_days_are_working_days(world):
    problem = run_out(fixing(world), date(2026, 4, 3))
    late = [clock_for(world.tenant.pk, [problem], now=at(2026, 4, day, 9)).due(problem).late for day in (4, 7, 9)]
    assert late == [1, 1, 3]


def test_what_is_reported_is_no_longer_late(world):
    problem = run_out(in_review(world), date(2026, 4, 3))
    assert clock_for(world.tenant.pk, [problem], now=at(2026, 4, 9, 9)).due(problem).late == 0


def test_the_database_and_the_page_agree_who_is_late(world):
    problems = [run_out(fixing(world), date(2026, 4, day)) for day in (8, 9, 10)]
    for hour in (17, 18):
        now = at(2026, 4, 9, hour)
        clock = clock_for(world.tenant.pk, problems, now=now)
        shown = {problem.pk for problem in problems if clock.due(problem).is_late}
        assert set(Problem.objects.filter(is_late(world.tenant.pk, now)).values_list("pk", flat=True)) == shown


@pytest.mark.parametrize(
    ("hour", "said"),
    [
        (17, "3\u00a0个工作日，到 11月30日 18:00"),
        (21, "3\u00a0个工作日，到 12月1日 18:00（过了 18 点，算 11月26日办的）"),
    ],
)
def test_a_default_deadline_says_why_it_is_not_counted_from_today(world, hour, said):
    assert clock_for(world.tenant.pk, now=at(2026, 11, 25, hour)).said(world.jurisdiction) == said


def test_on_a_day_off_it_is_counted_from_the_next_working_day(world):
    said = clock_for(world.tenant.pk, now=at(2026, 11, 28, 9)).said(world.jurisdiction)
    assert said == "3\u00a0个工作日，到 12月3日 18:00（今天不是工作日，算 11月30日办的）"


@pytest.mark.parametrize(("day", "hour"), [(25, 9), (25, 21), (27, 21), (28, 9)])
def test_what_is_granted_as_three_days_has_three_left_on_the_same_clock(world, day, hour):
    now = at(2026, 11, day, hour)
    until = clock_for(world.tenant.pk, now=now).deadline(world.jurisdiction).on
    problem = run_out(fixing(world), until)
    assert clock_for(world.tenant.pk, [problem], now=now).due(problem).days_left == 3


def test_the_evening_before_nothing_is_left_to_count_but_it_is_not_today(world):
    problem = run_out(fixing(world), date(2026, 11, 26))
    due = clock_for(world.tenant.pk, [problem], now=at(2026, 11, 25, 21)).due(problem)
    assert (due.left, due.is_today, due.is_late) == (0, False, False)
