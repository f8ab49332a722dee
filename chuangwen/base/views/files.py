"""Files: only through the row they are attached to; 404 for whoever may not read that row."""

from urllib.parse import quote
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from chuangwen.base import files, queries
from chuangwen.base.access import signed_in
from chuangwen.base.models import Attachment

# The policy of a file shown by itself: nothing in it runs or loads.
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, max-age=86400, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
}


@signed_in
@require_safe
def file(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = _readable(request, uuid)
    stored = found.file
    kind = "inline" if files.is_picture(stored) else "attachment"
    response = FileResponse(files.path_of(stored).open("rb"), content_type=stored.media_type, headers=HEADERS)
    response["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(found.name or stored.sha256[:12])}"
    return response


@signed_in
@require_safe
def thumbnail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    stored = _readable(request, uuid).file
    if not files.is_picture(stored):
        raise Http404
    return FileResponse(files.thumbnail_path(stored).open("rb"), content_type="image/jpeg", headers=HEADERS)


def _readable(request: HttpRequest, uuid: UUID) -> Attachment:
    found = get_object_or_404(queries.attachments(request.user), uuid=uuid)
    if not files.may_read(request.user, found) or not files.path_of(found.file).exists():
        raise Http404
    return found
