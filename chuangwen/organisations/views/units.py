"""Pages of units 单位."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chuangwen.base import history, lists
from chuangwen.base.access import allow
from chuangwen.base.asking import unsure
from chuangwen.base.ids import key_of
from chuangwen.organisations import actions, holdings, questions
from chuangwen.organisations.forms.units import MoveForm, RenameForm, UnitFactsForm, UnitForm
from chuangwen.organisations.models import Organisation
from chuangwen.organisations.queries import (
    contacts_of,
    governed_units,
    scope_of,
    sees_phones,
    units,
    visible_regions,
    visible_units,
)
from chuangwen.organisations.views.steps import button, step


@allow("office", "contact", "leader")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The tree; a search or a filter turns it into a list."""
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "kind", "region")}
    archived = request.GET.get("archived") == "1"
    context = {
        **asked,
        "archived": archived,
        "kinds": units.kinds_of(request.user),
        "regions": visible_regions(request.user).filter(archived_at__isnull=True).order_by("path")[:200],
        "numbers": units.numbers(request.user),
        "governs": bool(scope_of(request.user).office_units),
    }
    shown = units.listed if archived or any(asked.values()) else units.unfolded
    return render(request, "organisations/units.html", context | shown(request.user, request.GET))


@allow("office", "contact", "leader")
@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(visible_units(request.user).select_related("parent", "region"), pk=pk)
    seen = visible_units(request.user).filter(parent=unit)
    context = {
        "unit": unit,
        "parent_seen": visible_units(request.user).filter(pk=unit.parent_id).exists(),
        "contacts": contacts_of([unit.pk]).get(unit.pk, []),
        "phones": sees_phones(scope_of(request.user)),
        "children": seen.filter(archived_at__isnull=True).order_by("path")[: lists.SIZE * 2],
        "states": unit.states.select_related("parent").order_by("-valid_from"),
        "holdings": holdings.open_at(unit, request.user),
        "governs": scope_of(request.user).governs_unit(unit.path),
        "history": history.lines(unit),
    }
    return render(request, "organisations/unit.html", context)


def _own(request: HttpRequest, pk: int) -> Organisation:
    return get_object_or_404(governed_units(request.user).select_related("parent", "region"), pk=pk)


def _step(request: HttpRequest, unit: Organisation, form: object, act: object, **words: str) -> HttpResponse:
    at = reverse("organisations:unit", args=[unit.pk])
    return step(request, form, act, to=at, back=at, back_label=unit.name, **words)


@allow("office")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    parent = governed_units(request.user).filter(pk=key_of(request.GET.get("parent"))).first()
    form = UnitForm(request.POST or None, person=request.user, initial={"parent": parent} if parent else None)

    back = reverse("organisations:units")
    return step(
        request,
        form,
        lambda data: actions.create_unit(actor=request.user, **data),
        to=lambda unit: reverse("organisations:unit", args=[unit.pk]),
        title="新设单位",
        verb="新设单位",
        back=back,
        back_label="单位",
    )


@allow("office")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    unit = _own(request, pk)
    form = UnitFactsForm(request.POST or None, person=request.user, unit=unit)
    lead = "改名称、换上级各有一页，原来的会留在曾用名里。"
    return _step(
        request,
        unit,
        form,
        lambda data: actions.edit_unit(actor=request.user, unit=unit, **data),
        title="改基本情况",
        verb="改好",
        lead=lead,
    )


@allow("office")
@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    unit = _own(request, pk)
    form = RenameForm(request.POST or None)
    lead = f"现在叫“{unit.name}”，会留作曾用名。已封存的计分和公文不变。"
    return _step(
        request,
        unit,
        form,
        lambda data: actions.rename_unit(actor=request.user, unit=unit, **data),
        title="改名称",
        verb="改名称",
        lead=lead,
    )


@allow("office")
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    unit = _own(request, pk)
    form = MoveForm(request.POST or None, person=request.user)
    lead = f"现在的上级：{unit.parent.name if unit.parent else '无'}。下级单位跟着一起移。"
    return _step(
        request,
        unit,
        form,
        lambda data: actions.move_unit(actor=request.user, unit=unit, **data),
        title="换上级",
        verb="换上级",
        lead=lead,
    )


@allow("office")
@require_POST
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    unit = _own(request, pk)
    at = reverse("organisations:unit", args=[pk])
    asked = unsure(request, questions.closing(unit))
    return asked or button(request, lambda: actions.archive_unit(actor=request.user, unit=unit), to=at)


@allow("office")
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    unit = _own(request, pk)
    at = reverse("organisations:unit", args=[pk])
    return button(request, lambda: actions.restore_unit(actor=request.user, unit=unit), to=at)
