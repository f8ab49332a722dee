"""Answers of a round: the list behind every figure, corrections, and deciding on 缺项."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chuangwen.base import lists
from chuangwen.base.access import allow
from chuangwen.inspections import actions, queries
from chuangwen.inspections.forms import CorrectionForm, RefuseForm
from chuangwen.inspections.models import Answer
from chuangwen.inspections.views.rounds import READERS
from chuangwen.inspections.views.steps import button, step

AFTER = "得分随之重算，已定的分不变。"
KEPT = ("at", "team", "spot", "corrected", "unit", "criterion", "place")


def loaded(request: HttpRequest, uuid: UUID) -> Answer:
    rows = queries.governed_answers(request.user)
    names = ("visit__round__version", "visit__round__jurisdiction", "visit__place", "visit__place_type", "criterion")
    return get_object_or_404(rows.select_related(*names), uuid=uuid)


@allow(*READERS)
@require_safe
def answers(request: HttpRequest, uuid: UUID) -> HttpResponse:
    round = get_object_or_404(queries.visible_rounds(request.user), uuid=uuid)
    found = queries.listed_answers(request.user, round, request.GET)
    slice_ = lists.keyset(found, order=("id",), cursor=request.GET.get("cursor", ""))
    queries.with_items(round, slice_.rows)
    shown = {
        "round": round,
        "slice": slice_,
        "count": found.count(),
        "types": queries.types_of_round(round),
        "governs": queries.governs(request.user, round),
        "kept": [(name, request.GET[name]) for name in KEPT if request.GET.get(name)],
    }
    return render(request, "inspections/answers.html", shown)


@allow("office")
def correct(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = loaded(request, uuid)
    item = queries.item_of(found)
    number, base = item.typed(found.count, found.base)
    initial = {"mark": found.mark, "number": number, "base": base, "note": found.note}
    problem = queries.live_problem_of(found)
    form, back = CorrectionForm(item, request.POST or None, initial=initial, problem=problem), _visit(found)
    return step(
        request,
        form,
        lambda: actions.correct_answer(actor=request.user, answer=found, **form.values()),
        to=back,
        title="更正记录",
        lead=f"{found.visit.place.name}：{item.full}。原来记的是{found.get_mark_display()}，留着不抹。{AFTER}",
        verb="更正",
        back=back,
        back_label=found.visit.place.name,
    )


@allow("office")
@require_POST
def grant(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = loaded(request, uuid)
    back = reverse("inspections:answers", args=[found.visit.round.uuid]) + "?mark=asked"
    return button(request, lambda: actions.decide_absent(actor=request.user, answer=found, grant=True), to=back)


@allow("office")
def refuse(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = loaded(request, uuid)
    form = RefuseForm(request.POST or None)
    back = reverse("inspections:answers", args=[found.visit.round.uuid]) + "?mark=asked"
    return step(
        request,
        form,
        lambda: actions.decide_absent(actor=request.user, answer=found, grant=False, words=form.cleaned_data["words"]),
        to=back,
        title="不予认定缺项",
        lead=f"{found.visit.place.name}：{queries.item_of(found).full}。不予认定的按未查计，不算合格，也不扣分。",
        verb="不予认定",
        back=back,
        back_label="缺项待定",
    )


def _visit(answer: Answer) -> str:
    return reverse("inspections:visit", args=[answer.visit.uuid])
