"""What a person has imported and exported."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chuangwen.base import exports, lists
from chuangwen.base.access import signed_in
from chuangwen.base.imports import queries, spec


@signed_in
def transfers(request: HttpRequest) -> HttpResponse:
    tab = "exports" if request.GET.get("tab") == "exports" else "imports"
    source = exports if tab == "exports" else queries
    own = source.visible_to(request.user)
    page = lists.keyset(own, order=("-id",), cursor=request.GET.get("cursor", ""))
    titles = {item.kind: item.title for item in spec.registered()}
    return render(
        request,
        "base/transfers.html",
        {"tab": tab, "slice": page, "specs": spec.specs_for(request.user), "titles": titles, "count": own.count()},
    )
