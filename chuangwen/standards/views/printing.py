"""On paper: the official table, also as Excel, and the operation sheet 考察操作表 of a type of place, boxes empty."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from chuangwen.base.access import allow
from chuangwen.base.files import XLSX
from chuangwen.standards import pages, queries
from chuangwen.standards.official import table_of
from chuangwen.standards.views.reading import READERS, file
from chuangwen.standards.workbooks.official import official_workbook


@allow(*READERS)
@require_safe
def official(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = get_object_or_404(queries.visible_to(request.user), uuid=uuid)
    return render(request, "standards/official.html", {"version": found, "table": table_of(found)})


@allow(*READERS)
@require_safe
def official_excel(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = get_object_or_404(queries.visible_to(request.user), uuid=uuid)
    return file(official_workbook(found), XLSX, f"{found.standard.name} {found.label} 测评体系表.xlsx")


@allow(*READERS)
@require_safe
def sheets(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """`t`: the code of one type; without it all of them, one after the other."""
    found = get_object_or_404(queries.visible_to(request.user), uuid=uuid)
    shown = {"version": found, **pages.sheets(found, request.GET.get("t", ""))}
    return render(request, "standards/sheets.html", shown)
