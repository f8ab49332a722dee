"""Assessments of the level above: the list, one of them, what is matched."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from chuangwen.assessments import actions, pages, queries
from chuangwen.assessments.forms import AssessmentForm, TypesForm
from chuangwen.assessments.models import Assessment
from chuangwen.base import files, lists
from chuangwen.base.access import allow
from chuangwen.base.errors import Refused
from chuangwen.inspections.views.steps import step
from chuangwen.organisations.models import Role
from chuangwen.organisations.queries import own_jurisdiction
from chuangwen.places.queries import open_types


def loaded(request: HttpRequest, uuid: UUID) -> Assessment:
    return get_object_or_404(queries.visible_to(request.user), uuid=uuid)


@allow(Role.OFFICE)
@require_safe
def assessments(request: HttpRequest) -> HttpResponse:
    rows = queries.listed(request.user, request.GET)
    page = lists.keyset(rows, order=("-held_on", "-id"), cursor=request.GET.get("cursor", ""))
    return render(request, "assessments/assessments.html", {"slice": page, "words": request.GET.get("q", "").strip()})


@allow(Role.OFFICE)
@require_safe
def assessment(request: HttpRequest, uuid: UUID) -> HttpResponse:
    page = pages.assessment_page(request.user, loaded(request, uuid), request.GET)
    return render(request, "assessments/assessment.html", page)


@allow(Role.OFFICE)
def new(request: HttpRequest) -> HttpResponse:
    ground = own_jurisdiction(request.user)
    form = AssessmentForm(ground, request.POST or None)
    return step(
        request,
        form,
        lambda: actions.create_assessment(
            actor=request.user, client_id=form.cleaned_data["client_id"], jurisdiction=ground, **form.values()
        ),
        to=lambda made: reverse("assessments:table-new", args=[made.uuid]),
        title="登记上级测评",
        lead="登记以后导入他们的结果表，再与我们自己的一轮对照。",
        verb="去导入结果表",
        back=reverse("assessments:assessments"),
        back_label="上级测评",
    )


@allow(Role.OFFICE)
def edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = loaded(request, uuid)
    form = AssessmentForm(found.jurisdiction, request.POST or None, assessment=found)
    return step(
        request,
        form,
        lambda: actions.edit_assessment(actor=request.user, assessment=found, **form.values()),
        to=lambda row: reverse("assessments:assessment", args=[row.uuid]),
        title=f"改：{found.name}",
        lead="结果表导入以后，对照的体系不能换。",
        verb="改好了",
        back=reverse("assessments:assessment", args=[uuid]),
        back_label=found.name,
    )


@allow(Role.OFFICE)
def match(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = loaded(request, uuid)
    page = pages.match_page(found, request.GET.get("tab", ""), request.POST or None)
    if request.method == "POST" and page["form"].is_valid():
        try:
            actions.point(actor=request.user, assessment=found, chosen=page["form"].chosen)
            return redirect("assessments:match", uuid)
        except Refused as refused:
            page["form"].add_error(None, refused.message)
    page["types"] = TypesForm(page["strange"], open_types(request.user))
    return render(request, "assessments/match.html", page)


@allow(Role.OFFICE)
@require_POST
def types(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = loaded(request, uuid)
    form = TypesForm(queries.strange_types(found), open_types(request.user), request.POST)
    if form.is_valid():
        actions.point_types(actor=request.user, assessment=found, chosen=form.chosen())
    return redirect("assessments:match", uuid)


@allow(Role.OFFICE)
@require_safe
def file(request: HttpRequest, uuid: UUID, batch: UUID) -> HttpResponse:
    kept = get_object_or_404(queries.files_of(loaded(request, uuid)), uuid=batch)
    answer = HttpResponse(files.read(kept.file), content_type=kept.file.media_type)
    answer["Content-Disposition"] = content_disposition_header(True, kept.file_name)
    return answer
