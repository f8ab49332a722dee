"""Indicators and criteria of a draft, each on a form of its own: added, changed."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from chuangwen.base.access import allow
from chuangwen.base.errors import Refused
from chuangwen.base.ids import client_id_of
from chuangwen.standards import actions, queries
from chuangwen.standards.criterion_form import CriterionForm
from chuangwen.standards.drafts import digest
from chuangwen.standards.forms import METHODS, IndicatorForm
from chuangwen.standards.models import Criterion, Indicator, StandardVersion
from chuangwen.standards.proposals import alike, with_proposal


def _draft(request: HttpRequest, uuid: UUID) -> StandardVersion:
    return get_object_or_404(queries.drafts_of(request.user), uuid=uuid)


def _indicator(request: HttpRequest, pk: int) -> Indicator:
    return get_object_or_404(queries.governed_indicators(request.user), pk=pk)


def _criterion(request: HttpRequest, pk: int) -> Criterion:
    return get_object_or_404(queries.governed_criteria(request.user), pk=pk)


def _page(version: StandardVersion, ask: str = "") -> str:
    return reverse("standards:version", args=[version.uuid]) + (f"?{ask}" if ask else "")


def _form(
    request: HttpRequest, form: Any, version: StandardVersion, title: str, back: str, seen: str = ""
) -> HttpResponse:
    shown = {"form": form, "version": version, "title": title, "verb": "改好", "back": back, "methods": METHODS}
    walk = "walk" in request.GET
    shown |= {"seen": seen, "walk": walk, "alike": alike(form.instance) if walk else ()}
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
    seen = request.POST.get("seen") or digest(row)
    back, form = _page(row.version, f"i={pk}"), IndicatorForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        now = _indicator(request, pk)
        try:
            actions.change_indicator(actor=request.user, indicator=now, fields=form.values(), seen=seen)
            return redirect(back)
        except Refused as refused:
            seen = digest(now)
            form.add_error(None, refused.message)
    return _form(request, form, row.version, "修改指标", back, seen)


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


def _ways(request: HttpRequest, row: Criterion) -> tuple[str, str, str]:
    """Where cancelling leads, where writing leads (on with the walk, else both to the row), and the title."""
    if "walk" not in request.GET:
        page = _page(row.version, f"c={row.pk}")
        return page, page, "修改测评标准"
    walk = reverse("standards:rules", args=[row.version.uuid])
    title = f"定规则：{row.label or row.indicator.label} {row.indicator.name}"
    return f"{walk}?c={row.pk}", f"{walk}?after={row.pk}", title


@allow("office")
def criterion_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = _criterion(request, pk)
    seen = request.POST.get("seen") or digest(row)
    (back, onward, title), data = _ways(request, row), request.POST or None
    if "read" in request.GET and data is None:
        row.rules = with_proposal(row)
    form = CriterionForm(request.user, data, instance=row)
    if data and "show" not in data and form.is_valid():
        now = _criterion(request, pk)
        try:
            actions.change_criterion(actor=request.user, criterion=now, fields=form.values(), seen=seen)
            if "alike" in data:
                actions.decide_alike(actor=request.user, criterion=now)
            return redirect(onward)
        except Refused as refused:
            seen = digest(now)
            form.add_error(None, refused.message)
    return _form(request, form, row.version, title, back, seen)
