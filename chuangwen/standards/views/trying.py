"""A whole version tried out on imagined places; sent as a form because there is much of it, and nothing is kept."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from chuangwen.base.access import allow
from chuangwen.standards import pages, queries
from chuangwen.standards.views.reading import READERS


@allow(*READERS)
def tryout(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """`t`: a type's code (none: everything), `places`: how many; m, n, b: what is found at each."""
    found = get_object_or_404(queries.visible_to(request.user), uuid=uuid)
    shown = {"version": found, **pages.tryout(found, request.POST or request.GET)}
    template = "standards/_tried.html" if request.headers.get("HX-Request") else "standards/tryout.html"
    return render(request, template, shown)
