"""Score pages (HTTP only)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chuangwen.base.access import allow
from chuangwen.base.asking import unsure
from chuangwen.base.errors import Refused
from chuangwen.base.history import lines
from chuangwen.base.ids import key_of
from chuangwen.inspections.models import Round
from chuangwen.inspections.queries import governed_rounds
from chuangwen.organisations.models import Role
from chuangwen.scores import actions, forecast_page, pages, queries, questions
from chuangwen.scores.first_page import first_page, moved_part
from chuangwen.scores.forecasting import type_rows
from chuangwen.scores.forms import ForecastForm, FreezeForm
from chuangwen.scores.freezing import may_freeze

READERS = (Role.OFFICE, Role.CONTACT, Role.LEADER)


@allow(*READERS)
@require_GET
def scores(request: HttpRequest) -> HttpResponse:
    return render(request, "scores/scores.html", pages.score_list(request.user, request.GET))


@allow(*READERS)
@require_GET
def round(request: HttpRequest, uuid: UUID) -> HttpResponse:
    page = pages.score_page(request.user, _round(request, uuid), request.GET)
    if page is None:
        raise Http404
    return render(request, "scores/round.html", page)


def _round(request: HttpRequest, uuid: UUID) -> Round:
    rounds = queries.scored_rounds(request.user).select_related("version", "jurisdiction").defer("version__spec")
    return get_object_or_404(rounds, uuid=uuid)


@allow(*READERS)
@require_GET
def first(request: HttpRequest, uuid: UUID) -> HttpResponse:
    ticking = bool(request.headers.get("HX-Request"))
    page = (moved_part if ticking else first_page)(request.user, _round(request, uuid), request.GET)
    if page is None:
        raise Http404
    return render(request, "scores/_moved.html" if ticking else "scores/first.html", page)


@allow(Role.OFFICE)
@require_http_methods(["GET", "POST"])
def forecast_new(request: HttpRequest, uuid: UUID) -> HttpResponse:
    rounds = governed_rounds(request.user).select_related("version", "jurisdiction__root", "jurisdiction__region")
    found = get_object_or_404(rounds, uuid=uuid)
    wanted = key_of(request.GET.get("all")) or 0
    form = ForecastForm(request.POST or None, rows=type_rows(found, wanted))
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("line", "client_id")}
        try:
            row = actions.ask_forecast(actor=request.user, round=found, plan=form.plan, **given)
            return redirect("scores:forecast", uuid=row.uuid)
        except Refused as refused:
            form.add_error(None, refused.message)
    context = {"round": found, "form": form, "wanted": wanted or "", "earlier": forecast_page.earlier(found)}
    return render(request, "scores/forecast_new.html", context)


@allow(Role.OFFICE)
@require_GET
def forecast(request: HttpRequest, uuid: UUID) -> HttpResponse:
    rows = queries.visible_forecasts(request.user).select_related("round__version", "round__jurisdiction", "asked_by")
    page = forecast_page.forecast_page(get_object_or_404(rows, uuid=uuid))
    return render(request, "scores/forecast.html", page)


@allow(Role.OFFICE)
@require_POST
def freeze(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = get_object_or_404(governed_rounds(request.user), uuid=uuid)
    form = FreezeForm(request.POST)
    try:
        if form.is_valid():
            if "sure" not in request.POST:
                may_freeze(request.user, found, form.cleaned_data["reason"])
            if asked := unsure(request, questions.freezing(found)):
                return asked
            run = actions.freeze_run(actor=request.user, round=found, **form.cleaned_data)
            return redirect("scores:run", uuid=run.uuid)
        messages.error(request, "表单不全，请从计分页重新定分。", extra_tags="is-bad")
    except Refused as refused:
        messages.error(request, refused.message, extra_tags="is-bad")
    return redirect("scores:round", uuid=uuid)


@allow(Role.OFFICE)
@require_GET
def run(request: HttpRequest, uuid: UUID) -> HttpResponse:
    runs = queries.visible_runs(request.user).select_related("round__version", "frozen_by")
    kept = get_object_or_404(runs, uuid=uuid)
    page = pages.run_page(kept, request.GET)
    if page is None:
        raise Http404
    return render(request, "scores/run.html", {"run": kept, "history": lines(kept), **page})
