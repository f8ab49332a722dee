"""The draw of a round, and the frame it was made from."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from chuangwen.base import lists
from chuangwen.base.access import allow
from chuangwen.inspections import actions, queries
from chuangwen.inspections.forms import DrawForm
from chuangwen.inspections.views.rounds import loaded
from chuangwen.inspections.views.steps import step


@allow("office")
def draw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = loaded(request, uuid)
    form = DrawForm(found, request.POST or None, wished=request.GET)
    return step(
        request,
        form,
        lambda: actions.draw(actor=request.user, round=found, **form.values()),
        to=reverse("inspections:round-drawn", args=[uuid]),
        template="draw",
        round=found,
    )


@allow("office")
@require_safe
def drawn(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = loaded(request, uuid)
    return render(
        request,
        "inspections/drawn.html",
        {"round": found, "drawn": queries.drawn_of(found), "error": queries.error_of(found)},
    )


@allow("office")
@require_safe
def frame(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = loaded(request, uuid)
    rows = found.frame.select_related("place", "place__type", "place__owner")
    if request.GET.get("drawn") == "1":
        rows = rows.filter(drawn=True)
    shown = {
        "round": found,
        "slice": lists.keyset(rows, order=("stratum", "position", "id"), cursor=request.GET.get("cursor", "")),
        "count": rows.count(),
        "repeats": queries.repeats(found) if found.drawn_at else None,
    }
    return render(request, "inspections/frame.html", shown)
