"""Visits: the list of a round, one visit as the office sees it, giving it to another team, replacing its place."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from chuangwen.base import history, lists
from chuangwen.base.access import allow
from chuangwen.inspections import actions, queries
from chuangwen.inspections.forms import AddPlaceForm, ReasonForm, ReassignForm
from chuangwen.inspections.models import Visit
from chuangwen.inspections.views.rounds import READERS, loaded
from chuangwen.inspections.views.steps import step


def governed(request: HttpRequest, uuid: UUID) -> Visit:
    rows = queries.governed_visits(request.user)
    rows = rows.select_related("round__jurisdiction__root", "place", "place_type", "unit", "team")
    return get_object_or_404(rows, uuid=uuid)


@allow(*READERS)
@require_safe
def visits(request: HttpRequest, uuid: UUID) -> HttpResponse:
    round = get_object_or_404(queries.visible_rounds(request.user), uuid=uuid)
    found = queries.listed_visits(request.user, round, request.GET)
    shown = {
        "round": round,
        "slice": lists.keyset(found, order=("place__code", "id"), cursor=request.GET.get("cursor", "")),
        "count": found.count(),
        "teams": round.teams.order_by("id"),
        "types": queries.types_of_round(round),
        "governs": queries.governs(request.user, round),
        "filtered": any(request.GET.get(name) for name in ("q", "state", "team", "type", "origin", "unit")),
    }
    return render(request, "inspections/visits.html", shown)


@allow(*READERS)
@require_safe
def visit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    rows = queries.visible_visits(request.user).select_related(
        "round__version",
        "round__jurisdiction",
        "place",
        "place_type",
        "unit",
        "team",
        "submitted_by",
        "replaces__place",
    )
    found = get_object_or_404(rows, uuid=uuid)
    shown = {
        "visit": found,
        "sections": queries.lines_of(request.user, found, queries.sheet_of(found)),
        "governs": queries.governs(request.user, found.round),
        "may_answer": queries.may_answer(request.user, found),
        "replacement": queries.replacement_of(found),
        "history": history.lines(found),
    }
    return render(request, "inspections/visit.html", shown)


@allow("office")
def add(request: HttpRequest, uuid: UUID) -> HttpResponse:
    round = loaded(request, uuid)
    form, back = AddPlaceForm(round, request.POST or None), reverse("inspections:round", args=[uuid])
    return step(
        request,
        form,
        lambda: actions.add_places(actor=request.user, round=round, **form.cleaned_data),
        to=reverse("inspections:visits", args=[uuid]) + "?origin=added",
        title="指定点位",
        lead="不在抽样里、又要去看的，或在别处抽定的。指定的在名单上注明，与抽中的分开。",
        verb="列入本轮",
        back=back,
        back_label=round.name,
    )


@allow("office")
def reassign(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = governed(request, uuid)
    form, back = ReassignForm(found.round, request.POST or None), reverse("inspections:visit", args=[uuid])
    return step(
        request,
        form,
        lambda: actions.reassign_visit(actor=request.user, visit=found, team=form.cleaned_data["team"]),
        to=back,
        title=f"改派：{found.place.name}",
        lead=f"现在是{found.team.name if found.team else '没有分组'}。",
        verb="改派",
        back=back,
        back_label=found.place.name,
    )


@allow("office")
def replace(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = governed(request, uuid)
    form, back = ReasonForm(request.POST or None), reverse("inspections:visit", args=[uuid])
    return step(
        request,
        form,
        lambda: actions.replace_place(actor=request.user, visit=found, reason=form.cleaned_data["reason"]),
        to=lambda made: reverse("inspections:visit", args=[made.uuid]),
        title=f"替换：{found.place.name}",
        lead="换成抽样名册里同一类的下一处，次序抽样时已定，不能挑。",
        verb="换下一处",
        back=back,
        back_label=found.place.name,
    )
