"""The same step for many problems: first said how many can take it and why the others cannot, then done."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from chuangwen.base.access import allow
from chuangwen.base.errors import Refused
from chuangwen.base.ids import client_id_of
from chuangwen.organisations.models import Role
from chuangwen.problems import actions, queries, wording
from chuangwen.problems.actions import Order
from chuangwen.problems.forms import StepForm
from chuangwen.problems.previews import preview_steps

VERBS = {Role.OFFICE: queries.BULK, Role.CONTACT: ("sign",)}
SHOWN = 50


@allow("office", "contact")
def bulk(request: HttpRequest) -> HttpResponse:
    """GET tells what would happen; POST, with the same address, does it."""
    verb = request.GET.get("verb", "")
    if not any(verb in VERBS.get(role, ()) for role in request.user.roles):
        raise Http404(verb)
    problems = queries.picked(request.user, request.GET)
    form = StepForm(verb, request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            order, client_id = form.order(), client_id_of(request)
            done = actions.take_steps(actor=request.user, problems=problems, order=order, client_id=client_id)
            messages.info(request, wording.bulk_done(form.label, done))
            return redirect(f"{reverse('problems:ledger')}?{queries.after(request.user, verb, request.GET)}")
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    outcome = preview_steps(actor=request.user, problems=problems, order=Order(verb))
    shown = {"form": form, "outcome": outcome, "count": outcome.done + sum(outcome.left.values())}
    shown["spot"] = queries.on_spot(request.user, request.GET)
    return render(request, "problems/bulk.html", {**shown, "first": problems[:SHOWN]})


@allow("office", "contact", "leader")
@require_safe
def text(request: HttpRequest) -> HttpResponse:
    """群通知: what to send to the units' chat groups about these problems."""
    rows = queries.rows_of(request.user.tenant_id, list(queries.to_send(request.user, request.GET)[:200]))
    base = request.build_absolute_uri("/").rstrip("/")
    groups = wording.for_groups(rows, base)
    return render(request, "problems/text.html", {"groups": groups, "count": len(rows)})
