"""Indicators and criteria of a draft: added, changed, moved, deleted."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from chuangwen.base.access import allow
from chuangwen.base.errors import Refused
from chuangwen.base.ids import client_id_of
from chuangwen.standards import actions, queries
from chuangwen.standards.forms import METHODS, CriterionForm, IndicatorForm
from chuangwen.standards.models import Criterion, Indicator, StandardVersion

STEPS = {"up": -1, "down": 1}


def _draft(request: HttpRequest, uuid: UUID) -> StandardVersion:
    return get_object_or_404(queries.drafts_of(request.user), uuid=uuid)


def _indicator(request: HttpRequest, pk: int) -> Indicator:
    return get_object_or_404(queries.governed_indicators(request.user), pk=pk)


def _criterion(request: HttpRequest, pk: int) -> Criterion:
    return get_object_or_404(queries.governed_criteria(request.user), pk=pk)


def _page(version: StandardVersion, ask: str = "") -> str:
    return reverse("standards:version", args=[version.uuid]) + (f"?{ask}" if ask else "")


def _form(request: HttpRequest, form: Any, version: StandardVersion, title: str, back: str) -> HttpResponse:
    shown = {"form": form, "version": version, "title": title, "verb": "改好", "back": back, "methods": METHODS}
    template = "standards/criterion_form.html" if isinstance(form, CriterionForm) else "standards/form.html"
    return render(request, template, shown)


@allow("office")
def indicator_new(request: HttpRequest, uuid: UUID) -> HttpResponse:
    version = _draft(request, uuid)
    parent = (
        get_object_or_404(version.indicators, pk=request.GET["i"]) if request.GET.get("i", "").isdecimal() else None
    )
    form = IndicatorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            pk = actions.add_indicator(
                actor=request.user,
                client_id=client_id_of(request),
                version=version,
                parent=parent,
                fields=form.values(),
            )
            return redirect(_page(version, f"i={pk}"))
        except Refused as refused:
            form.add_error(None, refused.message)
    title = f"在“{parent.name}”下面新增指标" if parent else "新增一级指标"
    return _form(request, form, version, title, _page(version))


@allow("office")
def indicator_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = _indicator(request, pk)
    back, form = _page(row.version, f"i={pk}"), IndicatorForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_indicator(actor=request.user, indicator=_indicator(request, pk), fields=form.values())
            return redirect(back)
        except Refused as refused:
            form.add_error(None, refused.message)
    return _form(request, form, row.version, "修改指标", back)


@allow("office")
def criterion_new(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
    version = _draft(request, uuid)
    indicator = get_object_or_404(version.indicators.select_related("version"), pk=pk)
    data = request.POST or None
    form = CriterionForm(request.user, data, instance=Criterion(version=version, indicator=indicator))
    if data and "show" not in data and form.is_valid():
        try:
            made = actions.add_criterion(
                actor=request.user, client_id=client_id_of(request), indicator=indicator, fields=form.values()
            )
            return redirect(_page(version, f"c={made}"))
        except Refused as refused:
            form.add_error(None, refused.message)
    return _form(request, form, version, f"在“{indicator.name}”下面新增测评标准", _page(version, f"i={pk}"))


@allow("office")
def criterion_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = _criterion(request, pk)
    back, data = _page(row.version, f"c={pk}"), request.POST or None
    form = CriterionForm(request.user, data, instance=row)
    if data and "show" not in data and form.is_valid():
        try:
            actions.change_criterion(actor=request.user, criterion=_criterion(request, pk), fields=form.values())
            return redirect(back)
        except Refused as refused:
            form.add_error(None, refused.message)
    return _form(request, form, row.version, "修改测评标准", back)


@allow("office")
@require_POST
def indicator_move(request: HttpRequest, pk: int, way: str) -> HttpResponse:
    return _moved(request, _indicator(request, pk), way, f"i={pk}")


@allow("office")
@require_POST
def criterion_move(request: HttpRequest, pk: int, way: str) -> HttpResponse:
    return _moved(request, _criterion(request, pk), way, f"c={pk}")


def _moved(request: HttpRequest, row: Any, way: str, ask: str) -> HttpResponse:
    try:
        actions.move_row(actor=request.user, row=row, step=STEPS[way])
    except Refused as refused:
        messages.error(request, refused.message, extra_tags="is-bad")
    return redirect(_page(row.version, ask))


@allow("office")
@require_POST
def indicator_delete(request: HttpRequest, pk: int) -> HttpResponse:
    return _deleted(request, _indicator(request, pk))


@allow("office")
@require_POST
def criterion_delete(request: HttpRequest, pk: int) -> HttpResponse:
    return _deleted(request, _criterion(request, pk))


def _deleted(request: HttpRequest, row: Any) -> HttpResponse:
    try:
        actions.delete_row(actor=request.user, row=row)
    except Refused as refused:
        messages.error(request, refused.message, extra_tags="is-bad")
    return redirect(_page(row.version))
