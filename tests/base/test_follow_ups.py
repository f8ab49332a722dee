"""The system administrator sees what was not done, why, and starts it again."""

from uuid import uuid4

import pytest
from django.db import connection
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django_q.models import Schedule

from chuangwen.base import events, exports
from chuangwen.base.models import Event, FollowUp
from tests.factories.organisations import World, client_of, county


@pytest.fixture
def world(db: None) -> World:
    return county()


def failed(world: World) -> FollowUp:
    exports.ask(actor=world.office, kind="places", query=QueryDict(""), client_id=uuid4())
    row = FollowUp.objects.order_by("-id").first()
    FollowUp.objects.filter(pk=row.pk).update(state="failed", attempts=8, last_error="OSError: 磁盘满了")
    return row


def test_a_failed_one_is_shown_with_its_last_error(world):
    failed(world)
    page = client_of(world.system).get(reverse("base:follow-ups"))
    assert [(row.label, row.last_error) for row in page.context["slice"].rows] == [("导出", "OSError: 磁盘满了")]
    assert page.content.decode().count("有 1&nbsp;项没有办成") == 1


def test_started_again_it_is_done(world):
    row = failed(world)
    client_of(world.system).post(reverse("base:follow-up-again", args=[row.pk]))
    assert events.run_due(timezone.now()) == 1
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("done", 1)
    assert Event.objects.filter(name="base.follow_up_tried_again").count() == 1


def test_only_the_system_administrator_of_the_tenant(world):
    row = failed(world)
    url = reverse("base:follow-up-again", args=[row.pk])
    stranger = county("邻县").system
    assert [client_of(person).post(url).status_code for person in (world.office, world.audit, stranger)] == [
        403,
        403,
        404,
    ]
    assert list(client_of(stranger).get(reverse("base:follow-ups")).context["slice"].rows) == []


def test_one_and_three_rows_ask_the_same_queries(world, same_queries):
    same_queries(lambda: failed(world), reverse("base:follow-ups"), client_of(world.system))


def test_what_is_due_is_run_every_minute(db):
    rows = Schedule.objects.order_by("name").values_list("func", "schedule_type", "minutes", "repeats")
    assert list(rows) == [
        ("chuangwen.base.events.run_due", "I", 1, -1),
        ("chuangwen.base.imports.actions.forget_previews", "D", None, -1),
    ]


def test_one_that_another_worker_is_at_is_left_to_it(world):
    exports.ask(actor=world.office, kind="places", query=QueryDict(""), client_id=uuid4())
    row = FollowUp.objects.get()
    seen = []

    def meanwhile(execute, sql, params, many, context):
        """The sweeper comes by while the export is being made."""
        if sql.startswith("SELECT") and "exportjob" in sql and not seen:
            seen.append((events.run_due(), events.run_follow_up(row.pk)))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(meanwhile):
        assert events.run_follow_up(row.pk) is True
    row.refresh_from_db()
    assert (seen, row.state, row.attempts) == ([(0, False)], "done", 1)


def test_one_that_takes_its_worker_down_every_time_is_given_up_and_shown(world):
    exports.ask(actor=world.office, kind="places", query=QueryDict(""), client_id=uuid4())
    row = FollowUp.objects.get()

    def killed(execute, sql, params, many, context):
        if sql.startswith("SELECT") and "exportjob" in sql:
            raise KeyboardInterrupt  # nothing of ours is run any more, as after kill -9
        return execute(sql, params, many, context)

    for _ in range(events.MAX_ATTEMPTS):
        FollowUp.objects.update(next_at=timezone.now())
        with connection.execute_wrapper(killed), pytest.raises(KeyboardInterrupt):
            events.run_follow_up(row.pk)
    FollowUp.objects.update(next_at=timezone.now())
    assert events.run_follow_up(row.pk) is False
    row.refresh_from_db()
    assert (row.state, row.attempts, row.last_error) == ("failed", events.MAX_ATTEMPTS, events.LOST)
