"""An export: asked for, waited for, fetched."""

from urllib.parse import quote
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from chuangwen.base import exports, files
from chuangwen.base.access import signed_in
from chuangwen.base.ids import client_id_of


@signed_in
@require_POST
def new(request: HttpRequest, kind: str) -> HttpResponse:
    if not exports.spec_of(kind).permission(request.user):
        raise PermissionDenied
    job = exports.ask(actor=request.user, kind=kind, query=request.GET, client_id=client_id_of(request))
    return redirect("base:export", job.uuid)


@signed_in
@require_safe
def job(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = get_object_or_404(exports.visible_to(request.user), uuid=uuid)
    return render(request, "base/export.html", {"job": found})


@signed_in
@require_safe
def download(request: HttpRequest, uuid: UUID) -> FileResponse:
    found = get_object_or_404(exports.visible_to(request.user), uuid=uuid)
    if found.file is None:
        raise Http404
    name = f"{found.title} {timezone.localtime(found.created_at):%Y-%m-%d}.xlsx"
    response = FileResponse(files.path_of(found.file).open("rb"), content_type=files.XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
