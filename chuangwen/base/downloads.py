"""A file answered to a request under its own name."""

from urllib.parse import quote

from django.http import HttpResponse

from chuangwen.base.files import XLSX


def workbook(data: bytes, name: str) -> HttpResponse:
    name = name if name.endswith(".xlsx") else f"{name}.xlsx"
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    return HttpResponse(data, content_type=XLSX, headers={"Content-Disposition": disposition})
