"""What follows from events and is not done yet: for the system administrator."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from chuangwen.base import actions, history, lists, queries
from chuangwen.base.access import allow


@allow("system")
@require_safe
def follow_ups(request: HttpRequest) -> HttpResponse:
    rows = queries.unfinished_follow_ups(request.user)
    failed = rows.filter(state="failed").count()
    page = lists.keyset(rows, order=("state", "-id"), cursor=request.GET.get("cursor", ""))
    for row in page.rows:
        row.label = history.word(row.event.name)
    return render(request, "base/follow_ups.html", {"slice": page, "failed": failed, "count": rows.count()})


@allow("system")
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.unfinished_follow_ups(request.user), pk=pk)
    actions.try_follow_up_again(actor=request.user, follow_up=found)
    return redirect("base:follow-ups")
