"""Pages of areas 包片."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from chuangwen.base import history, lists
from chuangwen.base.access import allow
from chuangwen.organisations import actions
from chuangwen.organisations.forms.units import AreaForm, NewAreaForm
from chuangwen.organisations.queries import governed_areas, own_jurisdiction
from chuangwen.organisations.views.steps import step


@allow("office")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    rows = governed_areas(request.user).select_related("leader__person", "leader__organisation")
    rows = rows.prefetch_related("parts__organisation", "parts__region")
    slice = lists.keyset(rows, order=("name", "id"), cursor=request.GET.get("cursor", ""))
    return render(request, "organisations/areas.html", {"slice": slice, "total": rows.count()})


@allow("office")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = NewAreaForm(request.POST or None, person=request.user)
    ground = own_jurisdiction(request.user)
    back = reverse("organisations:areas")
    words = {"title": "新设片", "verb": "新设片", "back": back, "back_label": "包片"}
    return step(
        request,
        form,
        lambda data: actions.create_area(actor=request.user, jurisdiction=ground, **data),
        to=back,
        **words,
    )


@allow("office")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    area = get_object_or_404(governed_areas(request.user), pk=pk)
    form = AreaForm(request.POST or None, person=request.user, area=area)
    back = reverse("organisations:areas")
    words = {"title": area.name, "verb": "改好", "back": back, "back_label": "包片", "history": history.lines(area)}
    return step(request, form, lambda data: actions.edit_area(actor=request.user, area=area, **data), to=back, **words)
