"""The list of versions, one version with its tree, and its files."""

from urllib.parse import quote
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from chuangwen.base import history, lists
from chuangwen.base.access import allow
from chuangwen.base.files import XLSX
from chuangwen.standards import pages, queries
from chuangwen.standards.exchange import write_yaml
from chuangwen.standards.spec import spec_of
from chuangwen.standards.workbooks import workbook

READERS = ("office", "contact", "leader")


@allow(*READERS)
@require_safe
def standards(request: HttpRequest) -> HttpResponse:
    found = queries.listed(request.user, request.GET)
    order = ("standard__name", "standard_id", "-number", "id")
    shown = {
        "slice": lists.keyset(found, order=order, cursor=request.GET.get("cursor", "")),
        "count": found.count(),
        "may_edit": queries.may_edit(request.user),
        "filtered": any(request.GET.get(name) for name in ("q", "state")),
    }
    return render(request, "standards/standards.html", shown)


@allow(*READERS)
@require_safe
def version(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = get_object_or_404(queries.visible_to(request.user), uuid=uuid)
    governed = queries.governs(request.user, found)
    shown = {"version": found, "governed": governed, **pages.panel(found, request.GET)}
    if request.headers.get("HX-Request"):
        return render(request, "standards/_panel.html", shown)
    shown |= {**pages.whole(found, request.user, check=governed), "history": history.lines(found)}
    return render(request, "standards/version.html", shown)


@allow(*READERS)
@require_safe
def excel(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = get_object_or_404(queries.visible_to(request.user), uuid=uuid)
    return file(workbook(spec_of(found)), XLSX, f"{found.standard.name} {found.label}.xlsx")


@allow(*READERS)
@require_safe
def yaml(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = get_object_or_404(queries.visible_to(request.user), uuid=uuid)
    text = write_yaml(spec_of(found))
    return file(text.encode(), "application/yaml", f"{found.standard.name} {found.label}.yaml")


def file(data: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
