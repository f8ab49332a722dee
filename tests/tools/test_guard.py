"""GET never writes: the guard of the tests sees a write, lets reads and sessions pass, and cannot be silenced."""

import pytest

from tests.guard import WriteInGet, refuse_writes, seen


def run(sql: str) -> str:
    return refuse_writes(lambda sql, *rest: f"ran {sql}", sql, (), False, {})


@pytest.mark.parametrize(
    "sql",
    [
        'INSERT INTO "places_place" ("name") VALUES (%s)',
        'INSERT OR IGNORE INTO "base_event" VALUES (%s)',
        'UPDATE "problems_problem" SET "state" = %s',
        'DELETE FROM "places_place"',
        "DROP TABLE places_place",
    ],
)
def test_a_write_during_a_get_is_refused_and_remembered(sql: str) -> None:
    with pytest.raises(WriteInGet):
        run(sql)
    assert seen == [sql]
    seen.clear()


@pytest.mark.parametrize(
    "sql",
    ['SELECT "update" FROM "places_place"', 'UPDATE "django_session" SET x = 1', 'INSERT INTO "axes_accesslog" ()'],
)
def test_reads_sessions_and_sign_in_attempts_pass(sql: str) -> None:
    assert run(sql) == f"ran {sql}"
