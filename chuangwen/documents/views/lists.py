"""The list of papers, and the register of numbers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chuangwen.base.access import allow
from chuangwen.base.lists import keyset
from chuangwen.documents import queries
from chuangwen.documents.models import Document
from chuangwen.documents.pages import SHAPES
from chuangwen.organisations.models import Role


@allow("office", "contact", "leader")
@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    rows = queries.listed(request.user, request.GET)
    page = keyset(rows, order=("-id",), cursor=request.GET.get("cursor", ""))
    shown = {
        "slice": page,
        "rows": [(row, SHAPES[row.state]) for row in page.rows],
        "count": rows.count(),
        "filter": queries.filter_of(request.GET),
        "kinds": Document.Kind.choices,
        "states": Document.State.choices,
        "years": queries.years_of(request.user),
        "is_office": Role.OFFICE in request.user.roles,
    }
    return render(request, "documents/documents.html", shown)


@allow("office")
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    rows = queries.listed_numbers(request.user, request.GET)
    page = keyset(rows, order=("-year", "word", "-serial", "-id"), cursor=request.GET.get("cursor", ""))
    shown = {
        "slice": page,
        "count": rows.count(),
        "filter": queries.filter_of(request.GET),
        "years": queries.number_years(request.user),
    }
    return render(request, "documents/numbers.html", shown)
