"""Two versions side by side on a page, and as Excel."""

from io import BytesIO
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from chuangwen.base.access import allow
from chuangwen.base.files import XLSX
from chuangwen.standards import pages, queries
from chuangwen.standards.views.reading import READERS, file
from chuangwen.standards.workbooks.changes import write_changes


@allow(*READERS)
@require_safe
def compare(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """`old`: the version to compare with (else the one before); `kind` and `q` narrow what is shown."""
    shown = _compared(request, uuid)
    return render(request, "standards/compare.html", shown)


@allow(*READERS)
@require_safe
def compare_excel(request: HttpRequest, uuid: UUID) -> HttpResponse:
    out, shown = BytesIO(), _compared(request, uuid)
    write_changes(shown["changes"], shown["old"], shown["version"], out=out)
    return file(out.getvalue(), XLSX, f"{shown['version'].standard.name} {shown['version'].label} 变动.xlsx")


def _compared(request: HttpRequest, uuid: UUID) -> dict:
    found = get_object_or_404(queries.visible_to(request.user), uuid=uuid)
    others = queries.others_to_compare(request.user, found)
    return {"version": found, "others": others, **pages.compared(found, others, request.GET)}
