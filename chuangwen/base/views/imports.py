"""An import from the choice of the file to its undoing."""

import uuid as uuids
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chuangwen.base import history
from chuangwen.base.access import signed_in
from chuangwen.base.asking import Question, unsure
from chuangwen.base.downloads import workbook
from chuangwen.base.errors import Refused
from chuangwen.base.forms import FileForm
from chuangwen.base.imports import actions, pages, queries, questions, sheets
from chuangwen.base.imports.recognising import elsewhere
from chuangwen.base.imports.spec import ImportSpec, spec_of


def _spec(request: HttpRequest, kind: str) -> ImportSpec:
    spec = spec_of(kind)
    if not spec.permission(request.user):
        raise PermissionDenied
    return spec


def _from_template(request: HttpRequest, kind: str) -> ImportSpec:
    """A kind that begins here, with a file like its template."""
    spec = _spec(request, kind)
    if spec.page_url:
        raise Http404(kind)
    return spec


@signed_in
def new(request: HttpRequest, kind: str) -> HttpResponse:
    spec = _from_template(request, kind)
    first = {**request.GET.dict(), "client_id": uuids.uuid4()}
    form = FileForm(spec, request.user, request.POST or None, request.FILES or None, initial=first)
    other = None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = actions.receive(
                actor=request.user,
                kind=kind,
                data=file.read(),
                name=file.name,
                client_id=form.cleaned_data["client_id"],
                context=form.context(),
            )
            return redirect("base:import", batch.uuid)
        except Refused as refused:
            form.add_error("file", refused.message)
            other = elsewhere(refused, request.user)
    return render(request, "base/import_new.html", {"spec": spec, "form": form, "other": other})


@signed_in
@require_safe
def template(request: HttpRequest, kind: str) -> HttpResponse:
    spec = _from_template(request, kind)
    return workbook(sheets.template_file(spec, request.user), f"{spec.title}导入模板.xlsx")


@signed_in
@require_safe
def batch(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    found = _load(request, uuid)
    spec = _spec(request, found.kind)
    if spec.page_url and found.state == found.State.PREVIEW:
        return redirect(reverse(spec.page_url, args=[uuid]) + pages.place_of(request.GET))
    tab, cursor = request.GET.get("tab", ""), request.GET.get("cursor", "")
    page = pages.page(found, spec, request.user, tab=tab, cursor=cursor)
    shown = {"batch": found, "spec": spec, "page": page, "slice": page.slice, "history": history.lines(found)}
    shown["onward"] = spec.onward(found) if spec.onward else (f"看{spec.title}", reverse(spec.list_url))
    return render(request, page.template, shown)


@signed_in
@require_safe
def errors(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    found = _load(request, uuid)
    return workbook(sheets.errors_file(found, _spec(request, found.kind)), f"要改的行 {found.file_name}")


@signed_in
@require_POST
def mend(request: HttpRequest, uuid: uuids.UUID, number: int) -> HttpResponse:
    cells = {key: request.POST[key] for key in request.POST if key != "csrfmiddlewaretoken"}
    return _act(request, uuid, actions.mend, number=number, cells=cells)


@signed_in
@require_POST
def drop(request: HttpRequest, uuid: uuids.UUID, number: int) -> HttpResponse:
    return _act(request, uuid, actions.drop, number=number)


@signed_in
@require_POST
def confirm(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    return _act(request, uuid, actions.confirm)


@signed_in
@require_POST
def undo(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    return _ask(request, uuid, questions.undoing) or _act(request, uuid, actions.undo)


@signed_in
@require_POST
def abandon(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    return _ask(request, uuid, questions.abandoning) or _act(request, uuid, actions.abandon)


def _load(request: HttpRequest, uuid: uuids.UUID) -> Any:
    return get_object_or_404(queries.visible_to(request.user), uuid=uuid)


def _ask(
    request: HttpRequest, uuid: uuids.UUID, question: Callable[[Any, ImportSpec], Question | None]
) -> HttpResponse | None:
    found = _load(request, uuid)
    return unsure(request, question(found, _spec(request, found.kind)))


def _act(request: HttpRequest, uuid: uuids.UUID, action: Any, **given: Any) -> HttpResponse:
    """Do one verb on the person's own batch and show the batch again, where the reader stood."""
    found = _load(request, uuid)
    try:
        done = action(actor=request.user, batch=found, **given)
        message = getattr(done, "message", "")
    except Refused as refused:
        message = refused.message
    if message:
        messages.error(request, message, extra_tags="is-bad")
    return redirect(reverse("base:import", args=[uuid]) + pages.place_of(request.GET))
