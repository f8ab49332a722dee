"""The ledger 问题台账, and the views people keep of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chuangwen.base.access import allow
from chuangwen.base.ids import client_id_of
from chuangwen.organisations.models import Role
from chuangwen.problems import actions, queries
from chuangwen.problems.forms import ViewForm

READERS = ("office", "contact", "leader")


@allow(*READERS)
@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    to_print = request.GET.get("print") == "1"
    found = queries.ledger(request.user, request.GET, to_print=to_print)
    offered = queries.choices(request.user, found.filter)
    shown = {
        "ledger": found,
        "filter": found.filter,
        "slice": found.slice,
        "choices": offered,
        "words": found.filter.words(batch_label=offered.batch_label(found.filter)),
        "who": queries.house_of(request.user),
        "is_office": Role.OFFICE in request.user.roles,
        "bulk_verbs": queries.bulk_verbs(found.filter.tab),
        "to_sign": queries.to_sign(request.user, found),
    }
    return render(request, "problems/print.html" if to_print else "problems/ledger.html", shown)


@allow(*READERS)
@require_POST
def keep_view(request: HttpRequest) -> HttpResponse:
    form = ViewForm(request.POST)
    query = request.POST.get("query", "")
    if form.is_valid():
        actions.keep_view(actor=request.user, client_id=client_id_of(request), **form.cleaned_data)
    else:
        messages.error(request, "给这组筛选起个名字，40 个字以内。", extra_tags="is-bad")
    return redirect(f"{reverse('problems:ledger')}?{query}")


@allow(*READERS)
@require_POST
def drop_view(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.views_of(request.user), pk=pk)
    actions.drop_view(actor=request.user, view=found)
    return redirect("problems:ledger")
