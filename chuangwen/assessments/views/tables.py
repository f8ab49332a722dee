"""A result table taken in: the file, its columns, the rows before they are written."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from chuangwen.assessments import actions, pages, queries
from chuangwen.assessments.forms import ResultFileForm
from chuangwen.assessments.models import Assessment
from chuangwen.assessments.tables import keep_file
from chuangwen.assessments.views.assessments import loaded
from chuangwen.base.access import allow
from chuangwen.base.errors import Refused
from chuangwen.base.imports import elsewhere
from chuangwen.base.models import ImportBatch
from chuangwen.organisations.models import Role


@allow(Role.OFFICE)
def new(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = loaded(request, uuid)
    form, other = ResultFileForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        file, client_id = form.cleaned_data["file"], form.cleaned_data["client_id"]
        given = {"data": file.read(), "name": file.name, "client_id": client_id}
        try:
            batch = keep_file(actor=request.user, assessment=found, **given)
            return redirect("assessments:table-columns", batch.uuid)
        except Refused as refused:
            form.add_error("file", refused.message)
            other = elsewhere(refused, request.user)
    return render(request, "assessments/table_new.html", {"form": form, "assessment": found, "other": other})


def _batch(request: HttpRequest, uuid: UUID) -> tuple[ImportBatch, Assessment]:
    batch = get_object_or_404(queries.table_imports(request.user), uuid=uuid)
    return batch, get_object_or_404(queries.visible_to(request.user), pk=batch.context["assessment"])


@allow(Role.OFFICE)
def columns(request: HttpRequest, uuid: UUID) -> HttpResponse:
    batch, found = _batch(request, uuid)
    if batch.state != batch.State.PREVIEW:
        return redirect("base:import", uuid)
    page = pages.columns(batch, found, request.POST or None)
    if request.method == "POST" and page.is_ready():
        try:
            actions.map_columns(actor=request.user, batch=batch, file=page.file, mapping=page.form.result())
            return redirect("assessments:table", uuid)
        except Refused as refused:
            page.form.add_error(None, refused.message)
    return render(request, "assessments/table_columns.html", {"batch": batch, "assessment": found, "page": page})


@allow(Role.OFFICE)
@require_safe
def table(request: HttpRequest, uuid: UUID) -> HttpResponse:
    batch, found = _batch(request, uuid)
    if batch.state != batch.State.PREVIEW:
        return redirect("base:import", uuid)
    if "mapping" not in batch.context:
        return redirect("assessments:table-columns", uuid)
    page = pages.preview(request.user, batch, request.GET)
    return render(request, "assessments/table.html", {"assessment": found, **page})
