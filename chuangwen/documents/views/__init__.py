"""Pages of papers (HTTP only)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chuangwen.base.access import allow
from chuangwen.base.lists import keyset
from chuangwen.documents import queries


@allow("office", "contact", "leader")
def documents(request: HttpRequest) -> HttpResponse:
    page = keyset(queries.visible_to(request.user), order=("-id",), cursor=request.GET.get("cursor", ""))
    return render(request, "documents/documents.html", {"slice": page})
