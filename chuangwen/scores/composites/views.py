"""Pages of composites (HTTP only)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chuangwen.base.access import allow
from chuangwen.base.asking import unsure
from chuangwen.base.downloads import workbook
from chuangwen.base.errors import Refused
from chuangwen.organisations.models import Role
from chuangwen.organisations.queries import own_jurisdiction
from chuangwen.scores.composites import actions, pages, questions, shaping, subjects
from chuangwen.scores.composites.forms import NewForm, ScoresForm, SettingsForm, shapes_of, typed_shapes
from chuangwen.scores.composites.results import result_of
from chuangwen.scores.composites.spec import faults_of
from chuangwen.scores.composites.workbooks import input_sheet
from chuangwen.scores.models import Composite

READERS = (Role.OFFICE, Role.CONTACT, Role.LEADER)


@allow(*READERS)
@require_GET
def composites(request: HttpRequest) -> HttpResponse:
    return render(request, "scores/composites.html", pages.composite_list(request.user, request.GET))


@allow(*READERS)
@require_GET
def composite(request: HttpRequest, uuid: UUID) -> HttpResponse:
    rows = subjects.visible_to(request.user).select_related("jurisdiction", "published_by")
    page = pages.composite_page(request.user, get_object_or_404(rows, uuid=uuid), request.GET)
    if page is None:
        raise Http404
    return render(request, "scores/composite.html", page)


@allow(Role.OFFICE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    jurisdiction, year = own_jurisdiction(request.user), timezone.localdate().year
    wanted = request.GET.get("pattern", "cycle")
    wanted = wanted if wanted in shaping.PATTERNS else "free"
    first = {"first_year": year - 2 if wanted == "cycle" else year, "last_year": year, "kind": Composite.Kind.UNIT}
    form = NewForm(request.POST or None, initial=first)
    if form.is_valid():
        try:
            given = {"jurisdiction": jurisdiction, "shaped": wanted, **form.cleaned_data}
            made = actions.make_composite(actor=request.user, **given)
            return redirect("scores:composite-parts", uuid=made.uuid)
        except Refused as refused:
            form.add_error(refused.field or None, refused.message)
    shown = {"form": form, "patterns": shaping.PATTERNS, "wanted": wanted, "hint": shaping.HINTS[wanted]}
    return render(request, "scores/composite_new.html", shown, status=422 if form.is_bound else 200)


def _governed(request: HttpRequest, uuid: UUID) -> Composite:
    return get_object_or_404(subjects.governed(request.user).select_related("jurisdiction"), uuid=uuid)


@allow(Role.OFFICE)
@require_http_methods(["GET", "POST"])
def parts(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = _governed(request, uuid)
    rows, rounds = list(found.parts.all()), pages.rounds_for(request.user, found)
    shapes, faults = shapes_of(rows), faults_of(found, rows)
    fields = {name: getattr(found, name) for name in (*actions.SETTINGS, "revision")}
    form = SettingsForm(request.POST or None, initial=fields)
    if request.method == "POST":
        shapes = typed_shapes(request.POST, shapes, rounds)
        if form.is_valid() and (answer := _shape(request, found, form, shapes)):
            return answer
    else:
        form = SettingsForm({name: str(value) for name, value in fields.items()})
        form.say(faults)
    shown = {
        "composite": found,
        "form": form,
        "rows": pages.shape_rows(found, shapes, faults),
        "top_faults": pages.top_faults(faults),
        "rounds": rounds.values(),
        "terms": Composite.Term.choices,
    }
    return render(request, "scores/composite_parts.html", shown, status=422 if request.method == "POST" else 200)


def _shape(
    request: HttpRequest, found: Composite, form: SettingsForm, shapes: list[shaping.Shape]
) -> HttpResponse | None:
    """Kept: back to the page, or on to the result; None with the refusal at its field and the rows as typed."""
    after = _done(request.POST.get("act", ""), shapes)
    given = {"revision": form.cleaned_data["revision"], "settings": form.settings(), "shapes": after}
    try:
        made = actions.shape_composite(actor=request.user, composite=found, **given)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return None
    on = not request.POST.get("act") and not faults_of(made, list(made.parts.all()))
    return redirect("scores:composite" if on else "scores:composite-parts", uuid=found.uuid)


def _done(act: str, shapes: list[shaping.Shape]) -> list[shaping.Shape]:
    """The rows after the button that was pressed: add, add:p1, remove:p1, up:p1, down:p1."""
    verb, _, key = act.partition(":")
    if verb == "add":
        return shaping.added(shapes, key)
    if verb == "remove":
        return shaping.removed(shapes, key)
    return shaping.moved(shapes, key, {"up": -1, "down": 1}[verb]) if verb in ("up", "down") else shapes


@allow(Role.OFFICE)
@require_http_methods(["GET", "POST"])
def entered(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = _governed(request, uuid)
    table = pages.entry_table(request.user, found, request.GET)
    given = (table.columns, table.subjects, table.there, table.register)
    form = ScoresForm(*given, request.POST or None, revision=found.revision)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("source", "given_on", "revision")}
        try:
            count = actions.enter_scores(actor=request.user, composite=found, scores=form.scores, **said)
            messages.info(request, f"录了 {count} 格。" if count else "没有改动，一格也没有录。")
            return redirect(request.get_full_path())
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    shown = {"composite": found, "form": form, "table": table, "called": subjects.CALLED[Composite.Kind(found.kind)]}
    return render(request, "scores/composite_entered.html", shown, status=422 if form.is_bound else 200)


@allow(Role.OFFICE)
@require_GET
def sheet(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = _governed(request, uuid)
    return workbook(input_sheet(request.user, found), f"{found.title} 录入表")


@allow(Role.OFFICE)
@require_POST
def publish(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = _governed(request, uuid)
    try:
        result = result_of(found)
        if found.is_draft:
            actions.may_publish(result)
        if asked := unsure(request, questions.publishing(found, result)):
            return asked
        actions.publish_composite(actor=request.user, composite=found)
    except Refused as refused:
        messages.error(request, refused.message, extra_tags="is-bad")
    return redirect("scores:composite", uuid=uuid)


@allow(Role.OFFICE)
@require_POST
def discard(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = _governed(request, uuid)
    if asked := unsure(request, questions.discarding(found)):
        return asked
    try:
        actions.discard_composite(actor=request.user, composite=found)
    except Refused as refused:
        messages.error(request, refused.message, extra_tags="is-bad")
        return redirect("scores:composite", uuid=uuid)
    return redirect("scores:composites")
