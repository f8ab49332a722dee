"""A draft filled from an office's own table: the file, its columns, the rows before they are written."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from chuangwen.base.access import allow
from chuangwen.base.errors import Refused
from chuangwen.base.ids import client_id_of
from chuangwen.base.imports import elsewhere
from chuangwen.base.models import ImportBatch
from chuangwen.standards import actions, queries
from chuangwen.standards.tables import keep_file, pages
from chuangwen.standards.tables.forms import TableFileForm
from chuangwen.standards.tables.preview import preview


@allow("office")
def new(request: HttpRequest, uuid: UUID) -> HttpResponse:
    version = get_object_or_404(queries.drafts_of(request.user), uuid=uuid)
    form, other = TableFileForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = keep_file(
                actor=request.user,
                version=version,
                data=file.read(),
                name=file.name,
                client_id=client_id_of(request),
            )
            return redirect("standards:table-columns", batch.uuid)
        except Refused as refused:
            form.add_error("file", refused.message)
            other = elsewhere(refused, request.user)
    return render(request, "standards/table_new.html", {"form": form, "version": version, "other": other})


def _batch(request: HttpRequest, uuid: UUID) -> ImportBatch:
    return get_object_or_404(queries.table_imports(request.user), uuid=uuid)


@allow("office")
def columns(request: HttpRequest, uuid: UUID) -> HttpResponse:
    batch = _batch(request, uuid)
    version = queries.drafts_of(request.user).filter(pk=batch.context.get("version")).first()
    if batch.state != batch.State.PREVIEW:
        return redirect("base:import", uuid)
    if version is None:
        return render(request, "standards/table_gone.html", {"batch": batch})
    page = pages.columns(batch, version, request.POST or None)
    if request.method == "POST" and page.is_ready():
        try:
            actions.map_columns(actor=request.user, batch=batch, file=page.file, mapping=page.form.result())
            return redirect("standards:table", uuid)
        except Refused as refused:
            page.form.add_error(None, refused.message)
    return render(request, "standards/table_columns.html", {"batch": batch, "version": version, "page": page})


@allow("office")
@require_safe
def table(request: HttpRequest, uuid: UUID) -> HttpResponse:
    batch = _batch(request, uuid)
    if batch.state != batch.State.PREVIEW:
        return redirect("base:import", uuid)
    if "mapping" not in batch.context:
        return redirect("standards:table-columns", uuid)
    version = queries.drafts_of(request.user).filter(pk=batch.context["version"]).first()
    if version is None:
        return render(request, "standards/table_gone.html", {"batch": batch})
    shown = {"batch": batch, "version": version, "page": preview(batch, request.GET)}
    return render(request, "standards/table.html", shown)
