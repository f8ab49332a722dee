"""Pages of assessment systems."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from chuangwen.base import history, lists
from chuangwen.base.access import allow
from chuangwen.standards import queries

READERS = ("office", "contact", "leader")


@allow(*READERS)
@require_safe
def standards(request: HttpRequest) -> HttpResponse:
    found = queries.listed(request.user, request.GET)
    order = ("standard__name", "standard_id", "-number", "id")
    shown = {
        "slice": lists.keyset(found, order=order, cursor=request.GET.get("cursor", "")),
        "count": found.count(),
        "may_edit": queries.may_edit(request.user),
        "filtered": any(request.GET.get(name) for name in ("q", "state")),
    }
    return render(request, "standards/standards.html", shown)


@allow(*READERS)
@require_safe
def version(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = get_object_or_404(queries.visible_to(request.user), uuid=uuid)
    return render(request, "standards/version.html", {"version": found, "history": history.lines(found)})
