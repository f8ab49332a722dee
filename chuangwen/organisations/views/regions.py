"""Pages of regions 区域."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chuangwen.base import history, lists
from chuangwen.base.access import allow
from chuangwen.organisations import actions
from chuangwen.organisations.forms.units import NewRegionForm, RegionForm
from chuangwen.organisations.models import Region
from chuangwen.organisations.queries import governed_regions, units, visible_regions
from chuangwen.organisations.views.steps import button, step

LIST = "organisations:regions"


@allow("office")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    text, archived = request.GET.get("q", "").strip(), request.GET.get("archived") == "1"
    rows = units.find_regions(request.user, text=text, archived=archived)
    slice = lists.keyset(rows, order=("path", "id"), cursor=request.GET.get("cursor", ""), size=200)
    open_, closed = Q(archived_at__isnull=True), Q(archived_at__isnull=False)
    numbers = visible_regions(request.user).aggregate(open=Count("pk", filter=open_), closed=Count("pk", filter=closed))
    context = {"slice": slice, "q": text, "archived": archived, "numbers": numbers, "total": rows.count()}
    return render(request, "organisations/regions.html", context)


@allow("office")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = NewRegionForm(request.POST or None, person=request.user)
    back = reverse(LIST)
    words = {"title": "新设区域", "verb": "新设区域", "back": back, "back_label": "区域"}
    return step(request, form, lambda data: actions.create_region(actor=request.user, **data), to=back, **words)


@allow("office")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    region = _own(request, pk)
    form = RegionForm(request.POST or None, person=request.user, region=region)
    return step(
        request,
        form,
        lambda data: actions.edit_region(actor=request.user, region=region, **{"parent": region.parent, **data}),
        to=reverse(LIST),
        title=region.name,
        lead=f"编码 {region.code}",
        verb="改好",
        back=reverse(LIST),
        back_label="区域",
        region=region,
        history=history.lines(region),
    )


def _own(request: HttpRequest, pk: int) -> Region:
    return get_object_or_404(governed_regions(request.user).select_related("parent"), pk=pk)


@allow("office")
@require_POST
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    region = _own(request, pk)
    at = reverse("organisations:region", args=[pk])
    return button(request, lambda: actions.archive_region(actor=request.user, region=region), to=at)


@allow("office")
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    region = _own(request, pk)
    at = reverse("organisations:region", args=[pk])
    return button(request, lambda: actions.restore_region(actor=request.user, region=region), to=at)
