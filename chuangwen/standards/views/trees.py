"""The tree of a draft worked on by keyboard: rows moved, deleted, written in place, the last step taken back."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chuangwen.base.access import allow
from chuangwen.base.errors import Refused
from chuangwen.base.ids import client_id_of, key_of
from chuangwen.standards import actions, pages, queries
from chuangwen.standards.drafts import digest, makes
from chuangwen.standards.forms import LineForm
from chuangwen.standards.models import Indicator, StandardVersion

GONE = "这一行已经在别处删掉了，没有再改。"
DO = {
    "up": partial(actions.move_row, step=-1),
    "down": partial(actions.move_row, step=1),
    "in": partial(actions.shift_row, way="in"),
    "out": partial(actions.shift_row, way="out"),
    "delete": actions.delete_row,
}


@allow("office")
@require_POST
def act(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Do one thing to one row: `do`, `row`; or take the `step` back."""
    version, asked = get_object_or_404(queries.governed_by(request.user), uuid=uuid), request.POST
    at, refused = asked.get("row", ""), ""
    try:
        if asked.get("do") == "undo":
            at = actions.undo_step(actor=request.user, version=version, step=key_of(asked.get("step")) or 0)
        elif row := queries.row_of(version, at):
            DO.get(asked.get("do", ""), _nothing)(actor=request.user, row=row)
        else:
            refused = GONE
    except Refused as error:
        refused = error.message
    return _tree(request, version, at, refused)


def _nothing(**given: Any) -> None:
    """A verb nobody knows changes nothing."""


@allow("office")
@require_safe
def findings(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Faults and remarks of a draft, worked out anew."""
    found = get_object_or_404(queries.drafts_of(request.user), uuid=uuid)
    shown = {"version": found, "governed": True, "alone": True, **pages.findings(found, request.user)}
    return render(request, "standards/_findings.html", shown)


@allow("office")
def line(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A row's form in its place; `new` (beside, indicator, criterion) makes one that is not there yet."""
    version = get_object_or_404(queries.governed_by(request.user), uuid=uuid)
    asked = request.POST or request.GET
    row, new = queries.row_of(version, asked.get("row", "")), asked.get("new", "")
    form = _form(row, new, request.POST.dict() or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _tree(request, version, _write(request, version, row, form.values()))
        except Refused as refused:
            form.add_error(None, refused.message)
            form.data["seen"] = digest(queries.row_of(version, asked["row"])) if row and not new else ""
    shown = {"form": form, "version": version, "new": new}
    shown |= {"row": asked.get("row", ""), "level": asked.get("level", "1")}
    response = render(request, "standards/_line.html" if _is_fragment(request) else "standards/line.html", shown)
    if request.method == "POST":  # refused: the form stays open with what was typed
        response["HX-Retarget"], response["HX-Reswap"] = "#line", "outerHTML"
    return response


def _form(row: Any, new: str, data: Any) -> LineForm:
    if new or row is None:
        return LineForm(makes(row, new), data)
    first = {"label": row.label, "text": row.name if isinstance(row, Indicator) else row.text, "points": row.points}
    return LineForm(type(row), data, initial=first | {"seen": digest(row)})


def _write(request: HttpRequest, version: StandardVersion, row: Any, fields: dict[str, str]) -> str:
    """The name of the row changed or made."""
    asked = request.POST
    if asked.get("new") or not asked.get("row"):
        return actions.add_line(
            actor=request.user,
            client_id=client_id_of(request),
            version=version,
            row=row,
            new=asked.get("new", ""),
            fields=fields,
        )
    if row is None:
        raise Refused(f"{GONE}填的还在，可以复制出来。")
    actions.change_line(actor=request.user, row=row, fields=fields, seen=asked.get("seen", ""))
    return asked["row"]


def _tree(request: HttpRequest, version: StandardVersion, at: str, refused: str = "") -> HttpResponse:
    """The tree as it is now with the row to stand at; without scripts the page, with the refusal above it."""
    if not _is_fragment(request):
        if refused:
            messages.error(request, refused, extra_tags="is-bad")
        ask = f"?{at[0]}={at[1:]}" if queries.row_of(version, at) else ""
        return redirect(reverse("standards:version", args=[version.uuid]) + ask)
    shown = {"version": version, "governed": True, "alone": True, "at": at, "refused": refused}
    shown |= pages.edited(version, request.user, request.POST.get("seen_tree", ""))
    response = render(request, "standards/_tree.html", shown)
    response["HX-Trigger"] = "tree-changed"
    return response


def _is_fragment(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request"))
