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
from chuangwen.problems import actions, queries, rulings, wording
from chuangwen.problems.forms import ASKS, StepForm
from chuangwen.problems.models import Problem
from chuangwen.problems.pages import page_of

READERS = ("office", "contact", "leader")
GOES_ON = (
    "close",
    "confirm_spot",
    "send_back",
    "uphold_objection",
    "reject_objection",
    *queries.EXTENDS,
)  # the next one is opened


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
    following = queries.next_case(request.user, found, request.GET, verb) if verb in GOES_ON else (None, "")
    try:
        done = _take(request, found, form)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return _page(request, _load(request, uuid), form)
    if next_one := following[0]:
        messages.info(request, wording.decided(done, verb), extra_tags="went-on")
        return redirect(f"{reverse('problems:problem', args=[next_one.uuid])}?{following[1]}")
    return _stay(request, found, done, form)


def _take(request: HttpRequest, found: Problem, form: StepForm) -> Problem:
    """The step; an objection upheld together with what it means for the record behind the problem."""
    given = {"client_id": client_id_of(request), **form.given()}
    source = rulings.behind(request.user, found, request.POST) if form.verb == "uphold_objection" else None
    if source:
        return source.uphold(**given)
    return actions.take_step(actor=request.user, problem=found, verb=form.verb, **given)


def _load(request: HttpRequest, uuid: UUID) -> Problem:
    return get_object_or_404(queries.find(request.user), uuid=uuid)


def _page(request: HttpRequest, found: Problem, form: StepForm | None = None) -> HttpResponse:
    """The problem's page, with the form that was refused in place of its empty one."""
    return render(request, "problems/problem.html", page_of(request.user, found, request.GET, form))


def _stay(request: HttpRequest, before: Problem, done: Problem, form: StepForm) -> HttpResponse:
    """The new state itself, said in a line; the contact is told what follows, and offered the next one."""
    verb = form.verb
    if verb in wording.BY_UNIT and queries.acting_as(request.user).is_contact_of(done):
        messages.info(request, wording.done_by_unit(done, verb, *queries.next_for_unit(request.user, before)))
    else:
        messages.info(request, wording.done_by_office(done, form.label))
    kept = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(reverse("problems:problem", args=[done.uuid]) + kept)
