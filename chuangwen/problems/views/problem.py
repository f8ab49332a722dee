"""One problem, and the steps done on it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chuangwen.base.access import allow
from chuangwen.base.errors import Refused
from chuangwen.base.ids import client_id_of
from chuangwen.problems import actions, queries
from chuangwen.problems.forms import ASKS, StepForm
from chuangwen.problems.models import Problem
from chuangwen.problems.pages import page_of

READERS = ("office", "contact", "leader")
GOES_ON = ("close", "send_back", "uphold_objection", "reject_objection")  # the next one waiting is opened


@allow(*READERS)
@require_safe
def problem(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _page(request, _load(request, uuid))


@allow(*READERS)
@require_POST
def step(request: HttpRequest, uuid: UUID, verb: str) -> HttpResponse:
    found = _load(request, uuid)
    if verb not in ASKS:
        raise Http404(verb)
    form = StepForm(verb, request.user, request.POST, request.FILES, problem=found)
    if not form.is_valid():
        return _page(request, found, form)
    following = queries.next_case(request.user, found, request.GET) if verb in GOES_ON else (None, "")
    try:
        done = actions.take_step(
            actor=request.user, problem=found, verb=verb, client_id=client_id_of(request), **form.given()
        )
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return _page(request, _load(request, uuid), form)
    return _after(request, done, *following)


def _load(request: HttpRequest, uuid: UUID) -> Problem:
    return get_object_or_404(queries.find(request.user), uuid=uuid)


def _page(request: HttpRequest, found: Problem, form: StepForm | None = None) -> HttpResponse:
    """The problem's page, with the form that was refused in place of its empty one."""
    return render(request, "problems/problem.html", page_of(request.user, found, request.GET, form))


def _after(request: HttpRequest, done: Problem, following: Problem | None, query: str) -> HttpResponse:
    """The new state itself; after a decision the next case that waits for the same one."""
    if following is None:
        kept = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(reverse("problems:problem", args=[done.uuid]) + kept)
    messages.info(request, f"{done.number} {done.get_state_display()}。接着是下一件。")
    return redirect(f"{reverse('problems:problem', args=[following.uuid])}?{query}")
