"""The browser walk: the system's Chromium, a desktop and a phone; any error in the console fails the test."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tools import browser as chromium

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs an event loop in the thread of the test

SCREENSHOTS = Path(__file__).resolve().parents[2] / "var" / "screenshots"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"viewport": {"width": 1366, "height": 768}}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
PATIENCE = 30_000  # ms; two cores may be busy with other tests
failed_call = pytest.StashKey[bool]()

# `desktop()` opens a page with a session of its own, one for each person of the walk; its arguments are parts of
# console errors that are the point of the test: desktop("status of 403").
Opener = Callable[..., Page]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    report = yield
    if call.when == "call":
        item.stash[failed_call] = report.failed
    return report


@pytest.fixture(autouse=True)
def seeded(django_db_serialized_rollback: None) -> None:
    """What the migrations have put into the database is there again for every test."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium.ensure(), args=FLAGS)
        yield launched
        launched.close()


def _opener(browser: Browser, url: str, device: dict[str, Any], pages: list[Page], errors: list[str]) -> Opener:
    def open_page(*expected: str) -> Page:
        def on_console(message: ConsoleMessage) -> None:
            if message.type == "error" and not any(part in message.text for part in expected):
                errors.append(f"{message.text} ({message.location.get('url')})")

        context = browser.new_context(base_url=url, locale="zh-CN", timezone_id="Asia/Shanghai", **device)
        context.set_default_timeout(PATIENCE)
        context.on("console", on_console)
        context.on("weberror", lambda error: errors.append(str(error.error)))
        pages.append(context.new_page())
        return pages[-1]

    return open_page


def _walk(browser: Browser, url: str, device: dict[str, Any], request: pytest.FixtureRequest) -> Iterator[Opener]:
    """Opens pages for one test; afterwards keeps pictures of a failure and asks whether the console stayed silent."""
    pages: list[Page] = []
    errors: list[str] = []
    yield _opener(browser, url, device, pages, errors)
    if errors or request.node.stash.get(failed_call, False):
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        for number, page in enumerate(pages, 1):
            name = re.sub(r"\W+", "-", f"{request.node.name}-{request.fixturename}-{number}")
            page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
    for page in pages:
        page.context.close()
    assert errors == [], "the browser's console has errors"


@pytest.fixture
def desktop(browser: Browser, live_server: LiveServer, request: pytest.FixtureRequest) -> Iterator[Opener]:
    """`desktop()` gives a page of 1366 × 768 with a session of its own."""
    yield from _walk(browser, live_server.url, DESKTOP, request)


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer, request: pytest.FixtureRequest) -> Iterator[Opener]:
    """`phone()` gives a page of 390 × 844, touched, with a session of its own."""
    yield from _walk(browser, live_server.url, PHONE, request)


@pytest.fixture
def plain_phone(browser: Browser, live_server: LiveServer, request: pytest.FixtureRequest) -> Iterator[Opener]:
    """`plain_phone()` gives the same without JavaScript."""
    yield from _walk(browser, live_server.url, PHONE | {"java_script_enabled": False}, request)


@pytest.fixture
def sign_in(live_server: LiveServer) -> Callable[[Page, AbstractBaseUser], None]:
    """`sign_in(page, person)` puts a session of the person into the page's browser, past the sign-in form."""

    def put(page: Page, person: AbstractBaseUser) -> None:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])

    return put
