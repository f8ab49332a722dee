"""Content security policy, what browsers may keep, no NUL in what is asked, signing in before what is not public."""

from collections.abc import Callable, Iterator

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from chuangwen.base.access import ANYONE

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; object-src 'none'; "
    "base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
Respond = Callable[[HttpRequest], HttpResponse]


class ContentSecurityPolicy:
    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", POLICY)
        response.setdefault("Permissions-Policy", "camera=(self), geolocation=(self), microphone=()")
        return response


class NoStore:
    """What a signed-in person was shown is not kept: on a shared computer the next one does not page back to it.

    Files by content hash say `immutable` themselves and stay; static files never come this far.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and "immutable" not in response.get("Cache-Control", ""):
            response["Cache-Control"] = "no-store"
        return response


class NoNul:
    """Answers 400 to a NUL in the address or a form: PostgreSQL's text cannot hold one, and nobody types it."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        try:
            sent = [request.path, *(text for query in (request.GET, request.POST) for text in _texts(query))]
        except OSError:  # the sender went away in the middle of a form
            return HttpResponseBadRequest()
        return HttpResponseBadRequest() if any("\0" in text for text in sent) else None


def _texts(query: QueryDict) -> Iterator[str]:
    for name, values in query.lists():
        yield name
        yield from values


class SignInRequired:
    """A view not marked public needs somebody signed in; a first password must be changed before anything else."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        if getattr(view, "access", None) == ANYONE:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        change = reverse("organisations:own-password")
        if request.user.must_change_password and request.path not in (change, reverse("organisations:logout")):
            return redirect(change)
        return None


class OnlyPosted:
    """A button's address opened as a page (a reload, a restored tab): words and the way back, still 405."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or request.method != "GET":
            return response
        above = request.path.rstrip("/").rpartition("/")[0] + "/"
        return render(request, "base/only_posted.html", {"above": above}, status=405)
