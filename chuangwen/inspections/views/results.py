"""Results of other methods: the table of a round, entering them, and the units they are entered for."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chuangwen.base.access import allow
from chuangwen.base.downloads import workbook
from chuangwen.inspections import actions, queries
from chuangwen.inspections.entry_forms import EntryForm, UnitsForm
from chuangwen.inspections.result_workbooks import TITLE, input_sheet
from chuangwen.inspections.views.rounds import loaded
from chuangwen.inspections.views.steps import button, step
from chuangwen.inspections.views.visits import governed


@allow("office")
@require_safe
def results(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = loaded(request, uuid)
    shown = {
        "round": found,
        "table": queries.results_table(found, request.GET),
        "looked_at": queries.units_looked_at(found).count(),
        "may_enter": found.state in queries.ENTERABLE,
    }
    return render(request, "inspections/results.html", shown)


@allow("office")
@require_safe
def sheet(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = loaded(request, uuid)
    table = queries.results_table(found, request.GET)
    return workbook(input_sheet(found, table.method), f"{found.name} {table.method or TITLE}")


@allow("office")
def enter(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = loaded(request, uuid)
    page = queries.entry_page(found, request.GET)
    if page is None:
        raise Http404
    form = EntryForm(page, request.POST or None)
    return step(
        request,
        form,
        lambda: actions.enter_results(actor=request.user, round=found, **form.values()),
        to=request.get_full_path(),
        template="results_enter",
        round=found,
        page=page,
        may_enter=found.state in queries.ENTERABLE,
    )


@allow("office")
def units(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found, back = loaded(request, uuid), reverse("inspections:results", args=[uuid])
    form = UnitsForm(found, request.POST or None)
    return step(
        request,
        form,
        lambda: actions.list_units(actor=request.user, round=found, units=form.cleaned_data["units"]),
        to=back,
        title="列入单位",
        lead="其他方法的结果按单位录入。列入以后，没有录的按未测，不计 0 分。",
        verb="列入",
        back=back,
        back_label="其他方法的结果",
    )


@allow("office")
@require_POST
def units_looked_at(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = loaded(request, uuid)
    units = list(queries.units_looked_at(found))
    back = reverse("inspections:results", args=[uuid])
    return button(request, lambda: actions.list_units(actor=request.user, round=found, units=units), to=back)


@allow("office")
@require_POST
def unlist(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = governed(request, uuid)
    back = reverse("inspections:results", args=[found.round.uuid])
    return button(request, lambda: actions.unlist_unit(actor=request.user, visit=found), to=back)
