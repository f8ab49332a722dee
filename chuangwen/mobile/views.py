"""The phone in the field: today's places, a place's checklist, the receipt."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from chuangwen.base.access import allow
from chuangwen.base.errors import Refused
from chuangwen.inspections import actions, queries
from chuangwen.inspections.models import Visit
from chuangwen.mobile import asking, lists
from chuangwen.mobile.sheet import Sheet

FIELD = ("inspector", "office")


def _visits(request: HttpRequest) -> QuerySet[Visit]:
    """Own places, and for the office those of its rounds 代录."""
    rows = (
        queries.visible_visits(request.user)
        .select_related("round__version", "round__jurisdiction", "place__region", "place_type", "unit", "team")
        .defer("round__version__spec")
    )
    return rows


@allow(*FIELD)
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    return render(request, "mobile/today.html", lists.today(request.user, request.GET.get("q", "")))


@allow(*FIELD)
@require_safe
def done(request: HttpRequest) -> HttpResponse:
    return render(request, "mobile/done.html", lists.done(request.user))


@allow(*FIELD)
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Who is signed in, the other pages, the password and the way out."""
    return render(request, "mobile/me.html")


@allow(*FIELD)
@require_safe
def place(request: HttpRequest, code: str) -> HttpResponse:
    """Where the code at a place leads: its checklist, if it is today's."""
    found = queries.own_visits(request.user).filter(place__code=code).distinct().first()
    if found is None:
        shown = lists.today(request.user, "") | {"missing": code}
        return render(request, "mobile/today.html", shown, status=404)
    return redirect("mobile:visit", found.uuid)


@allow(*FIELD)
def visit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = get_object_or_404(_visits(request), uuid=uuid)
    if found.state != Visit.State.ASSIGNED and request.method == "GET":
        return redirect("mobile:receipt", uuid)
    sheet = Sheet(found, request.POST if request.method == "POST" else None, request.FILES)
    if request.method == "POST" and sheet.is_valid():
        try:
            marks = sheet.marks()
            if not asking.asks(found, sheet, marks):
                actions.submit_visit(actor=request.user, visit=found, marks=marks, confirmed=sheet.confirmed())
                return redirect("mobile:receipt", uuid)
        except Refused as refused:
            sheet.refuse(refused)
    status = 422 if request.method == "POST" else 200
    return render(request, "mobile/visit.html", {"sheet": sheet, **lists.around(request.user, found)}, status=status)


@allow(*FIELD)
@require_safe
def meaning(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What the number just typed means; the checklist works without it."""
    return JsonResponse(asking.meaning(get_object_or_404(_visits(request), uuid=uuid), request.GET))


@allow(*FIELD)
@require_safe
def receipt(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = get_object_or_404(_visits(request).select_related("submitted_by"), uuid=uuid)
    if found.state == Visit.State.ASSIGNED:
        return redirect("mobile:visit", uuid)
    return render(request, "mobile/receipt.html", {"visit": found, **lists.receipt(request.user, found)})
