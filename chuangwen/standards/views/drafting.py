"""A standard made, described, published; a new draft begun or given up; a YAML file read in."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from chuangwen.base.access import allow
from chuangwen.base.asking import unsure
from chuangwen.base.errors import Refused
from chuangwen.base.ids import client_id_of
from chuangwen.organisations.queries import own_jurisdiction
from chuangwen.standards import actions, queries, questions
from chuangwen.standards.beginnings import SAMPLES, said
from chuangwen.standards.exchange import read_yaml
from chuangwen.standards.forms import DraftForm, SettingsForm, StandardForm, YamlForm
from chuangwen.standards.models import StandardVersion


@allow("office")
@require_safe
def samples(request: HttpRequest) -> HttpResponse:
    return render(request, "standards/samples.html", {"samples": SAMPLES.values()})


@allow("office")
def new(request: HttpRequest) -> HttpResponse:
    sample = SAMPLES.get(request.GET.get("sample", ""))
    form = StandardForm(sample, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_standard(
                actor=request.user,
                client_id=client_id_of(request),
                jurisdiction=own_jurisdiction(request.user),
                sample=sample,
                **form.cleaned_data,
            )
            return redirect("standards:version", made.uuid)
        except Refused as refused:
            form.add_error(refused.field or None, refused.message)
    note = said(sample, request.user) if sample else ""
    return render(request, "standards/form.html", {"form": form, "title": "新建测评体系", "verb": "新建", "note": note})


@allow("office")
def settings(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = get_object_or_404(queries.drafts_of(request.user), uuid=uuid)
    form = SettingsForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_settings(actor=request.user, version=found, fields=form.values())
            return redirect("standards:version", uuid)
        except Refused as refused:
            form.add_error(None, refused.message)
    return render(request, "standards/settings.html", {"form": form, "version": found})


@allow("office")
def import_yaml(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = get_object_or_404(queries.drafts_of(request.user), uuid=uuid)
    form = YamlForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            spec = read_yaml(form.cleaned_data["file"].read())
            actions.replace_tree(actor=request.user, version=found, spec=spec)
            return redirect("standards:version", uuid)
        except Refused as refused:
            form.add_error("file", refused.message)
    shown = {"form": form, "version": found, "title": "从体系文件导入", "verb": "导入", "multipart": True}
    return render(request, "standards/form.html", shown)


@allow("office")
@require_POST
def publish(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = get_object_or_404(queries.governed_by(request.user), uuid=uuid)
    if asked := unsure(request, questions.publishing(found)):
        return asked
    try:
        actions.publish(actor=request.user, version=found)
    except Refused as refused:
        messages.error(request, refused.message, extra_tags="is-bad")
    return redirect("standards:version", uuid)


@allow("office")
def new_draft(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = get_object_or_404(queries.governed_by(request.user), uuid=uuid)
    form = DraftForm(request.POST if request.method == "POST" else None, initial={"source": found.source})
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("standards:version", _begin(request, found, form.cleaned_data).uuid)
        except Refused as refused:
            form.add_error(refused.field or None, refused.message)
    shown = {"form": form, "version": found, "title": f"从{found.label}起草", "verb": "起草"}
    return render(request, "standards/form.html", shown)


def _begin(request: HttpRequest, version: StandardVersion, given: dict[str, str]) -> StandardVersion:
    """The draft: of the same standard, or of another one with the name and code given."""
    common = {"actor": request.user, "client_id": client_id_of(request)}
    if not given["code"]:
        return actions.new_draft_from(**common, version=version, label=given["label"], source=given["source"])
    jurisdiction = own_jurisdiction(request.user)
    return actions.create_standard(**common, jurisdiction=jurisdiction, like=version, **given)


@allow("office")
@require_POST
def discard(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = get_object_or_404(queries.governed_by(request.user), uuid=uuid)
    if asked := unsure(request, questions.discarding(found)):
        return asked
    try:
        actions.discard_draft(actor=request.user, version=found)
    except Refused as refused:
        messages.error(request, refused.message, extra_tags="is-bad")
        return redirect("standards:version", uuid)
    return redirect("standards:standards")
