"""Fixtures of every test: the guard on GET, and the count of queries that must not grow with the rows."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator

import hypothesis
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import guard

# CI tries the same examples each time, so that what it finds anybody finds again; by hand new ones are looked for.
hypothesis.settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("ci")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """LibreOffice is optional: without it the tests marked `libreoffice` are deselected, and dev.py test says so."""
    if shutil.which("soffice"):
        return
    without = [item for item in items if item.get_closest_marker("libreoffice")]
    config.hook.pytest_deselected(items=without)
    items[:] = [item for item in items if item not in without]


def pytest_collection_finish() -> None:
    """Garbage is looked for as seldom as in the web server (chuangwen/wsgi.py): a tenth of the run otherwise."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000)


@pytest.fixture(autouse=True)
def get_never_writes() -> Iterator[None]:
    """Fails the test in which a GET wrote, even when the page caught the error."""
    guard.seen.clear()
    yield
    assert guard.seen == [], "a GET request wrote to the database"


def _queries(client: Client, url: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200, f"{url} answered {response.status_code}"
    return [query["sql"] for query in captured]


@pytest.fixture
def same_queries(db: None) -> Callable[[Callable[[], object], str, Client], int]:
    """`same_queries(make_one, url, client)`: the page with 1 row and with 3 rows asks the same number of queries."""

    def check(make_one: Callable[[], object], url: str, client: Client) -> int:
        make_one()
        client.get(url)  # fills what is read once per process
        one = _queries(client, url)
        make_one()
        make_one()
        three = _queries(client, url)
        assert len(one) == len(three), "\n".join(["with 1 row:", *one, "with 3 rows:", *three])
        return len(three)

    return check
