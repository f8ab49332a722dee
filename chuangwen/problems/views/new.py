"""A problem typed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chuangwen.base.access import allow
from chuangwen.base.errors import Refused
from chuangwen.base.ids import client_id_of
from chuangwen.organisations.queries import own_jurisdiction
from chuangwen.problems import actions
from chuangwen.problems.forms import NewProblemForm


@allow("office")
def new(request: HttpRequest) -> HttpResponse:
    form = NewProblemForm(request.user, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            problem = actions.type_in(
                actor=request.user,
                jurisdiction=own_jurisdiction(request.user),
                client_id=client_id_of(request),
                **form.given(),
            )
            return redirect("problems:problem", problem.uuid)
        except Refused as refused:
            form.add_error(refused.field or "photos", refused.message)
    return render(request, "problems/new.html", {"form": form})
