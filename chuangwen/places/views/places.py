"""The register of places, and one place."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from chuangwen.base import history, lists
from chuangwen.base.access import allow
from chuangwen.base.errors import Refused
from chuangwen.base.ids import client_id_of
from chuangwen.places import actions, queries
from chuangwen.places.forms import PlaceForm

READERS = ("office", "contact", "leader")


@allow(*READERS)
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    found = queries.listed(request.user, request.GET)
    return render(
        request,
        "places/places.html",
        {
            "slice": lists.keyset(found, order=("code", "id"), cursor=request.GET.get("cursor", "")),
            "count": found.count(),
            "types": queries.open_types(request.user),
            "regions": queries.open_regions(request.user),
            "units": queries.open_units(request.user),
            "may_edit": queries.may_edit(request.user),
            "filtered": any(request.GET.get(name) for name in ("q", "type", "region", "owner", "archived")),
        },
    )


@allow(*READERS)
@require_safe
def place(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.visible_to(request.user), pk=pk)
    may_edit = queries.governed_by(request.user).filter(pk=pk).exists()
    shown = {"place": found, "may_edit": may_edit, "history": history.lines(found)}
    return render(request, "places/place.html", shown)


@allow("office")
def new(request: HttpRequest) -> HttpResponse:
    form = PlaceForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            pk = actions.add_place(actor=request.user, client_id=client_id_of(request), fields=form.values())
            return redirect("places:place", pk)
        except Refused as refused:
            form.add_error(refused.field or None, refused.message)
    return render(request, "places/place_form.html", {"form": form})


@allow("office")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.governed_by(request.user), pk=pk)
    form = PlaceForm(request.user, request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            fresh = get_object_or_404(queries.governed_by(request.user), pk=pk)
            actions.change_place(actor=request.user, place=fresh, fields=form.values())
            return redirect("places:place", pk)
        except Refused as refused:
            form.add_error(refused.field or None, refused.message)
    return render(request, "places/place_form.html", {"form": form, "place": found})


@allow("office")
@require_POST
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.governed_by(request.user), pk=pk)
    actions.archive_place(actor=request.user, place=found)
    return redirect("places:place", pk)


@allow("office")
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.governed_by(request.user), pk=pk)
    actions.reopen_place(actor=request.user, place=found)
    return redirect("places:place", pk)
