"""Every view says who may open it: `@allow("office", "contact")`, `@signed_in`, or `@public`.

The rights matrix test walks the URL map and fails on a view that says nothing. Which rows a person sees is another
question: views load them through `queries.visible_to(person)` only.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]
ANYONE = frozenset({"*"})
SIGNED_IN = frozenset({"+"})


def allow(*roles: str) -> Callable[[View], View]:
    """Only people who hold one of these roles today; others are told whom to ask."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated or not request.user.roles & set(roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.access = frozenset(roles)  # type: ignore[attr-defined]
        return guarded

    return decorate


def signed_in(view: View) -> View:
    view.access = SIGNED_IN  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    view.access = ANYONE  # type: ignore[attr-defined]
    return view
