"""Criteria without a rule, one after another: what was read from the words is taken, changed or passed over."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chuangwen.base.access import allow
from chuangwen.base.errors import Refused
from chuangwen.standards import actions, pages, queries


@allow("office")
@require_safe
def walk(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = get_object_or_404(queries.drafts_of(request.user), uuid=uuid)
    return render(request, "standards/rules.html", {"version": found, **pages.walk(found, request.GET)})


@allow("office")
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the proposal that was shown (`mark`); on a walk then the next criterion, else back to this one."""
    row = get_object_or_404(queries.governed_criteria(request.user), pk=pk)
    sent, at = request.POST, f"c={pk}"
    page = "standards:rules" if "walk" in sent else "standards:version"
    try:
        actions.take_proposal(actor=request.user, criterion=row, seen=sent.get("seen", ""), mark=sent.get("mark", ""))
        if "alike" in sent:
            actions.decide_alike(actor=request.user, criterion=row)
        at = f"after={pk}" if "walk" in sent else at
    except Refused as refused:
        messages.error(request, refused.message, extra_tags="is-bad")
    return redirect(f"{reverse(page, args=[row.version.uuid])}?{at}")
