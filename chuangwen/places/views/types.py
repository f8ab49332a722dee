"""Place types: one page with the list and a form, one page per type."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from chuangwen.base import history, lists
from chuangwen.base.access import allow
from chuangwen.base.errors import Refused
from chuangwen.base.ids import client_id_of
from chuangwen.places import actions, queries
from chuangwen.places.forms import TypeForm


@allow("office")
def types(request: HttpRequest) -> HttpResponse:
    form = TypeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_type(actor=request.user, client_id=client_id_of(request), fields=form.values())
            return redirect("places:types")
        except Refused as refused:
            form.add_error(refused.field or None, refused.message)
    found = queries.types_with_counts(request.user)
    page = lists.keyset(found, order=("code", "id"), cursor=request.GET.get("cursor", ""))
    return render(request, "places/types.html", {"form": form, "slice": page, "count": found.count()})


@allow("office")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.types_with_counts(request.user), pk=pk)
    form = TypeForm(request.user, request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            fresh = get_object_or_404(queries.visible_types(request.user), pk=pk)
            actions.change_type(actor=request.user, type=fresh, fields=form.values())
            return redirect("places:types")
        except Refused as refused:
            form.add_error(refused.field or None, refused.message)
    return render(request, "places/type.html", {"form": form, "type": found, "history": history.lines(found)})


@allow("office")
@require_POST
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.visible_types(request.user), pk=pk)
    try:
        actions.archive_type(actor=request.user, type=found)
    except Refused as refused:
        messages.error(request, refused.message, extra_tags="is-bad")
        return redirect("places:type", pk)
    return redirect("places:types")
