"""Issue 2, 7: what waits for this person, with its date and one click from doing it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from chuangwen.problems.queries import late_units, todo_for_leader, todo_for_office, todo_for_unit
from tests.factories.organisations import World, county
from tests.factories.problems import act, fixing, handed_out, in_review, make_problem, run_out


@pytest.fixture
def world(db: None) -> World:
    return county()


def test_the_unit_signs_and_puts_right_the_most_urgent_first(world):
    new, late = handed_out(world), run_out(fixing(world))
    make_problem(world)
    rows = todo_for_unit(world.contact)
    assert [(row.kind, row.title, row.url) for row in rows] == [
        ("整改", late.title, f"/problems/{late.uuid}/"),
        ("签收", new.title, f"/problems/{new.uuid}/"),
    ]
    assert rows[0].days_left < 0 <= rows[1].days_left


def test_what_was_sent_back_says_so(world):
    act(world.office, in_review(world), "send_back", words="没改")
    assert [(row.kind, row.verb) for row in todo_for_unit(world.contact)] == [("退回", "重改")]


def test_the_office_decides_urges_and_hands_out(world):
    make_problem(world)
    review, late = in_review(world), run_out(fixing(world))
    appeal = act(world.contact, handed_out(world), "object", words="不归本局")
    until = next(d for n in range(20, 27) if (d := timezone.localdate() + timedelta(days=n)).weekday() < 5)
    extension = act(world.contact, fixing(world), "ask_extension", words="定制件", date=until)
    rows = {row.kind: (row.group, row.count, row.url) for row in todo_for_office(world.office)}
    assert rows == {
        "复核": ("new", 1, f"/problems/{review.uuid}/?tab=review"),
        "异议": ("new", 1, f"/problems/{appeal.uuid}/?tab=appeal"),
        "延期": ("new", 1, f"/problems/{extension.uuid}/?tab=open&only=extension"),
        "交办": ("send", 1, "/problems/bulk/?tab=pending&only=typed&verb=hand_out&all=1"),
        "催办": ("late", 1, f"/problems/bulk/?tab=late&unit={late.unit.pk}&verb=urge&all=1"),
    }


def test_what_is_not_handed_out_is_listed_round_by_round(world, client):
    first, second = uuid4(), uuid4()
    for batch, label, number in ((first, "3月督导", 2), (second, "4月暗访", 1)):
        for _ in range(number):
            make_problem(world, batch_uuid=batch, batch_label=label)
    rows = [row for row in todo_for_office(world.office) if row.kind == "交办"]
    assert {row.title: row.count for row in rows} == {
        "3月督导：待交办的问题 2\u00a0件": 2,
        "4月暗访：待交办的问题 1\u00a0件": 1,
    }
    client.force_login(world.office, backend="django.contrib.auth.backends.ModelBackend")
    counts = {row.title[:5]: client.get(row.url).context["count"] for row in rows}
    assert counts == {"3月督导：": 2, "4月暗访：": 1}


def test_late_units_come_with_their_contact(world):
    run_out(fixing(world))
    world.contact.phone = "000-0001"
    world.contact.save()
    row = late_units(world.office)[0]
    assert (row.unit, row.count, row.contact, row.phone) == (world.bureau, 1, world.contact.name, "000-0001")


def test_a_leader_sees_who_is_late_in_the_area(world):
    run_out(fixing(world))
    assert [(row.kind, row.url) for row in todo_for_leader(world.leader)] == [
        ("督促", f"/problems/?tab=late&unit={world.bureau.pk}")
    ]


def test_nobody_else_has_any(world):
    make_problem(world)
    assert (todo_for_unit(world.other_contact), todo_for_office(world.contact)) == ([], [])


def test_units_called_alike_are_counted_apart(world):
    for unit, number in ((world.station, 2), (world.other_station, 1)):
        type(unit).objects.filter(pk=unit.pk).update(short_name="环卫所")
        for _ in range(number):
            in_review(world, unit)
    row = next(row for row in todo_for_office(world.office) if row.kind == "复核")
    assert row.sub.split("，")[0] == "环卫所 2\u00a0件 · 环卫所 1\u00a0件"


@pytest.mark.parametrize(("who", "offer"), [("contact", todo_for_unit), ("office", todo_for_office)])
def test_many_rows_take_as_many_queries_as_one(world, who, offer):
    def queries() -> int:
        person = type(world.office).objects.get(pk=getattr(world, who).pk)
        with CaptureQueriesContext(connection) as captured:
            offer(person)
        return len(captured)

    run_out(fixing(world))
    one = queries()
    run_out(fixing(world, world.station))
    run_out(fixing(world))
    assert queries() == one
