"""Drafting a paper, and changing its words."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from chuangwen.base.access import allow
from chuangwen.base.asking import unsure
from chuangwen.base.errors import Refused
from chuangwen.base.ids import client_id_of
from chuangwen.documents import actions, drafts, queries, questions
from chuangwen.documents.forms import DraftForm, WordsForm


@allow("office")
def new(request: HttpRequest) -> HttpResponse:
    form = DraftForm(request.user, request.POST or None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        try:
            if asked := unsure(request, questions.drafting(request.user, **form.cleaned_data)):
                return asked
            return redirect(drafts.draft(request.user, client_id_of(request), **form.cleaned_data))
        except Refused as refused:
            form.add_error(refused.field or None, refused.message)
    return render(request, "documents/new.html", {"form": form})


@allow("office")
def notice(request: HttpRequest) -> HttpResponse:
    """The problems one unit has to put right, all ticked; a notice for those that stay ticked."""
    unit, rows = drafts.problems_of(request.user, request.GET)
    chosen = rows.filter(uuid__in=drafts.picked(request.POST.getlist("pick")))
    if request.method == "POST":
        try:
            paper = actions.draft_notice(actor=request.user, problems=chosen, client_id=client_id_of(request))
            return redirect("documents:document", paper.uuid)
        except Refused as refused:
            messages.error(request, refused.message, extra_tags="is-bad")
    return render(request, "documents/notice.html", {"unit": unit, "rows": rows})


@allow("office")
def edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    paper = get_object_or_404(queries.governed(request.user).select_related("jurisdiction", "unit"), uuid=uuid)
    form = WordsForm(paper, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_words(actor=request.user, document=paper, **form.given())
            return redirect("documents:document", uuid)
        except Refused as refused:
            form.add_error(None, refused.message)
    return render(request, "documents/edit.html", {"form": form, "paper": paper})
