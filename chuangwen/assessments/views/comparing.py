"""Ours and theirs side by side."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chuangwen.assessments import actions
from chuangwen.assessments.compare_page import compare_page
from chuangwen.assessments.forms import ThresholdForm
from chuangwen.assessments.views.assessments import loaded
from chuangwen.base.access import allow
from chuangwen.organisations.models import Role


@allow(Role.OFFICE)
@require_safe
def compare(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return render(request, "assessments/compare.html", compare_page(request.user, loaded(request, uuid), request.GET))


@allow(Role.OFFICE)
@require_POST
def threshold(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found, form = loaded(request, uuid), ThresholdForm(request.POST)
    if form.is_valid():
        actions.edit_assessment(actor=request.user, assessment=found, threshold=form.tenths())
    else:
        messages.error(request, "".join(form.errors["threshold"]), extra_tags="is-bad")
    query = request.GET.urlencode()
    return redirect(reverse("assessments:compare", args=[uuid]) + (f"?{query}" if query else ""))
