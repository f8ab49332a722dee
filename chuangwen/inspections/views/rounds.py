"""Rounds: the list, one round, and its own steps."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chuangwen.base import history, lists
from chuangwen.base.access import allow
from chuangwen.base.asking import unsure
from chuangwen.inspections import actions, figures, queries, questions
from chuangwen.inspections.forms import EndForm, RoundForm
from chuangwen.inspections.models import Round
from chuangwen.inspections.views.steps import button, step

READERS = ("office", "contact", "leader", "inspector")


def loaded(request: HttpRequest, uuid: UUID) -> Round:
    """The round as the office that governs it loads it."""
    rows = queries.governed_rounds(request.user)
    rows = rows.select_related("version__standard", "jurisdiction__root", "jurisdiction__region", "tenant")
    return get_object_or_404(rows, uuid=uuid)


@allow(*READERS)
@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    found = queries.listed_rounds(request.user, request.GET)
    shown = {
        "slice": lists.keyset(found, order=("-starts_on", "-id"), cursor=request.GET.get("cursor", "")),
        "count": found.count(),
        "states": Round.State.choices,
        "kinds": Round.Kind.choices,
        "may_edit": "office" in request.user.roles,
        "filtered": any(request.GET.get(name) for name in ("q", "state", "kind")),
    }
    return render(request, "inspections/rounds.html", shown)


@allow(*READERS)
@require_safe
def round(request: HttpRequest, uuid: UUID) -> HttpResponse:
    rows = queries.visible_rounds(request.user)
    found = get_object_or_404(rows.select_related("version__standard", "jurisdiction__root"), uuid=uuid)
    shown = {"round": found, "figures": figures.of_round(request.user, found)}
    if not queries.governs(request.user, found):
        visits = queries.listed_visits(request.user, found, request.GET)
        slice = lists.keyset(visits, order=("place__code", "id"), cursor=request.GET.get("cursor", ""))
        return render(request, "inspections/round_read.html", {**shown, "slice": slice, "count": visits.count()})
    shown |= {"page": queries.round_page(found), "history": history.lines(found, limit=8)}
    return render(request, "inspections/round.html", shown)


@allow("office")
def new(request: HttpRequest) -> HttpResponse:
    form = RoundForm(request.user, request.POST or None)
    return step(
        request,
        form,
        lambda: actions.create_round(actor=request.user, client_id=form.cleaned_data["client_id"], **form.values()),
        to=lambda made: reverse("inspections:round-draw", args=[made.uuid]),
        title="新建轮次",
        lead="建好以后抽点位、分组，再开始。",
        verb="去抽点位",
        back=reverse("inspections:rounds"),
        back_label="轮次",
    )


@allow("office")
def edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = loaded(request, uuid)
    names = ("name", "kind", "starts_on", "ends_on", "hand_out_at_once", "deadline_days")
    initial = {name: getattr(found, name) for name in names} | {"version": found.version_id}
    form = RoundForm(request.user, request.POST or None, initial=initial, round=found)
    return step(
        request,
        form,
        lambda: actions.edit_round(
            actor=request.user,
            round=found,
            version=form.cleaned_data["version"],
            **{n: form.cleaned_data[n] for n in names},
        ),
        to=reverse("inspections:round", args=[uuid]),
        title="修改轮次",
        lead="开始以后只有结束日期还能改。",
        verb="改好",
        back=reverse("inspections:round", args=[uuid]),
        back_label=found.name,
    )


@allow("office")
@require_POST
def open(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = loaded(request, uuid)
    asked = unsure(request, questions.opening(found))
    return asked or button(request, lambda: actions.open_round(actor=request.user, round=found), to=_page(found))


@allow("office")
def end(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = loaded(request, uuid)
    form = EndForm(request.POST or None, initial={"ends_on": found.ends_on})
    return step(
        request,
        form,
        lambda: actions.move_end(actor=request.user, round=found, **form.cleaned_data),
        to=_page(found),
        title="改结束日期",
        lead="测评员手机上的日期随着改；已交办问题的整改期限从交办那天算，不变。到期不会自己结束，仍由本办按“结束”。",
        verb="改好",
        back=_page(found),
        back_label=found.name,
    )


@allow("office")
@require_POST
def close(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = loaded(request, uuid)
    asked = unsure(request, questions.closing(found))
    return asked or button(request, lambda: actions.close_round(actor=request.user, round=found), to=_page(found))


@allow("office")
@require_POST
def release(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = loaded(request, uuid)
    asked = unsure(request, questions.releasing(found))
    return asked or button(request, lambda: actions.release_round(actor=request.user, round=found), to=_page(found))


def _page(round: Round) -> str:
    return reverse("inspections:round", args=[round.uuid])
