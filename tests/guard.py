"""A GET that writes is a bug: this middleware of the test settings raises on it, and remembers it for the test."""

import re
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.db import connections
from django.http import HttpRequest, HttpResponse

WRITE = re.compile(r"\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+[\"`]?(\w+)", re.I)
SCHEMA = re.compile(r"\s*(?:CREATE|ALTER|DROP|TRUNCATE)\b", re.I)
EXEMPT = re.compile(r"django_session$|axes_")
seen: list[str] = []


class WriteInGet(AssertionError):
    """A statement that changes the database came from a GET or HEAD request."""


def refuse_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    write = WRITE.match(sql)
    if SCHEMA.match(sql) or (write and not EXEMPT.match(write[1])):
        seen.append(sql[:200])
        raise WriteInGet(f"a GET request writes: {sql[:200]}")
    return execute(sql, params, many, context)


class ReadOnlyGet:
    """Lets GET and HEAD read only; tables of sessions and of sign-in attempts are exempt."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(refuse_writes))
            return self.get_response(request)
