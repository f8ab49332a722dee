"""The first start, and what an office's papers and deadlines go by."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from chuangwen.base import history
from chuangwen.base.access import allow, public
from chuangwen.organisations import actions
from chuangwen.organisations.forms.people import FirstRunForm
from chuangwen.organisations.forms.units import JurisdictionForm
from chuangwen.organisations.queries import installations, own_jurisdiction
from chuangwen.organisations.views.steps import attempt, step


@public
@require_http_methods(["GET", "POST"])
@never_cache
def first_run(request: HttpRequest) -> HttpResponse:
    """Only while the installation is empty; afterwards there is no such page."""
    if installations():
        raise Http404
    form = FirstRunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done, slip = attempt(form, lambda: actions.first_run(**form.cleaned_data))
        if done:
            address = request.build_absolute_uri(reverse("organisations:activate"))
            return render(request, "organisations/first_run_done.html", {"slip": slip, "address": address})
    return render(request, "organisations/first_run.html", {"form": form})


@allow("office")
@require_http_methods(["GET", "POST"])
def jurisdiction(request: HttpRequest) -> HttpResponse:
    ground = own_jurisdiction(request.user)
    if ground is None:
        raise Http404
    form = JurisdictionForm(request.POST or None, jurisdiction=ground)
    return step(
        request,
        form,
        lambda data: actions.edit_jurisdiction(actor=request.user, jurisdiction=ground, **data),
        to=reverse("organisations:jurisdiction"),
        title=f"{ground.name}：公文和期限",
        lead="从下一次交办、下一份公文起用；已经交办的，期限不变。",
        verb="改好",
        history=history.lines(ground),
    )
