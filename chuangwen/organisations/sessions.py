"""How long a session lasts: 12 hours in all (settings.SESSION_COOKIE_AGE), 4 hours without a request; and from where.

Stopping an account or resetting its password ends its sessions at once without this: the session carries a hash of the
password, and a stopped person is nobody.
"""

import ipaddress
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

IDLE = 4 * 3600  # a morning on the road without network is not yet idleness
GRAIN = 300  # the last request is noted to five minutes, so that a page seldom writes
STARTED, SEEN = "session_started", "session_seen"


def stamp(request: HttpRequest, **signal: object) -> None:
    """At sign-in: when the session began."""
    now = int(time.time())
    request.session[STARTED] = request.session[SEEN] = now


class SessionLimits:
    """Ends a session that is too old or was idle too long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = int(time.time())
        seen = request.session.get(SEEN)
        if seen is not None:
            if now - request.session.get(STARTED, 0) > settings.SESSION_COOKIE_AGE or now - seen > IDLE:
                logout(request)
            elif now - seen > GRAIN:
                request.session[SEEN] = now
        return self.get_response(request)


def client_address(request: HttpRequest) -> str | None:
    """The address wrong passwords are counted for: the connection's, or the one the installation's own proxy saw.

    The proxy adds what it saw at the end of X-Forwarded-For; everything before that is the sender's own word.
    """
    connected = request.META.get("REMOTE_ADDR")
    if not settings.BEHIND_PROXY:
        return connected
    seen = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address(seen))
    except ValueError:
        return connected
