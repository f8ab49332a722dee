"""Verbs on accounts; slips are shown in the answer itself, once, and never kept."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from chuangwen.base.access import allow
from chuangwen.base.asking import unsure
from chuangwen.base.errors import Refused
from chuangwen.organisations import actions, questions
from chuangwen.organisations.queries import accounts, managed_people
from chuangwen.organisations.views.people import MANAGERS
from chuangwen.organisations.views.steps import button


def _sheet(request: HttpRequest, slips: list[actions.Slip]) -> HttpResponse:
    pages = [slips[start : start + 8] for start in range(0, len(slips), 8)]
    address = request.build_absolute_uri(reverse("organisations:activate"))
    return render(request, "organisations/slips.html", {"pages": pages, "total": len(slips), "address": address})


@allow(*MANAGERS)
@require_POST
def slips(request: HttpRequest) -> HttpResponse:
    people = accounts.for_slips(request.user, request.POST.getlist("person"), all_waiting="all" in request.POST)
    try:
        made = actions.issue_slips(actor=request.user, people=people)
    except Refused as refused:
        messages.error(request, refused.message, extra_tags="is-bad")
        return redirect("organisations:people")
    if not made:
        messages.error(request, "还没选人。请在要印激活单的人前面打勾。", extra_tags="is-bad")
        return redirect("organisations:people")
    return _sheet(request, made)


@allow(*MANAGERS)
@require_POST
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(managed_people(request.user), pk=pk)
    if asked := unsure(request, questions.resetting(person)):
        return asked
    try:
        return _sheet(request, [actions.reset_password(actor=request.user, person=person)])
    except Refused as refused:
        messages.error(request, refused.message, extra_tags="is-bad")
        return redirect("organisations:person", pk)


@allow(*MANAGERS)
@require_POST
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(managed_people(request.user), pk=pk)
    at = reverse("organisations:person", args=[pk])
    asked = unsure(request, questions.stopping(request.user, person))
    return asked or button(request, lambda: actions.deactivate_person(actor=request.user, person=person), to=at)


@allow(*MANAGERS)
@require_POST
def reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(managed_people(request.user), pk=pk)
    at = reverse("organisations:person", args=[pk])
    return button(request, lambda: actions.reactivate_person(actor=request.user, person=person), to=at)
