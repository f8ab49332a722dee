"""One paper: its page, its files, its verbs."""

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from chuangwen.base import files
from chuangwen.base.access import allow
from chuangwen.base.asking import Question, unsure
from chuangwen.base.errors import Refused
from chuangwen.base.ids import client_id_of
from chuangwen.documents import actions, composing, queries, questions, slips, word
from chuangwen.documents.forms import IssueForm, SealedForm, VoidForm
from chuangwen.documents.models import Document
from chuangwen.documents.pages import following, page_of
from chuangwen.documents.readiness import may_issue

READERS = ("office", "contact", "leader")


@allow(*READERS)
@require_safe
def document(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _page(request, _load(request, uuid))


@allow("office")
@require_POST
def take(request: HttpRequest, uuid: UUID) -> HttpResponse:
    name = request.POST.get("name", "")
    return _act(request, _own(request, uuid), actions.take_figures, name=name)


@allow("office")
@require_POST
def issue(request: HttpRequest, uuid: UUID) -> HttpResponse:
    paper = _own(request, uuid)

    def question(**given: Any) -> Question | None:
        may_issue(request.user, paper, given["signer"])
        return questions.issuing(request.user, paper, **given)

    return _with_form(request, paper, IssueForm(request.POST, following=following(paper)), actions.issue, question)


@allow("office")
@require_POST
def void(request: HttpRequest, uuid: UUID) -> HttpResponse:
    paper = _own(request, uuid)
    return _with_form(request, paper, VoidForm(request.POST), actions.void, partial(questions.voiding, paper))


@allow("office", "contact")
@require_POST
def sign(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _act(request, _load(request, uuid), actions.sign, client_id=client_id_of(request))


@allow("office")
@require_POST
def sealed(request: HttpRequest, uuid: UUID) -> HttpResponse:
    paper, form = _own(request, uuid), SealedForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, paper, form)
    file = form.cleaned_data["file"]
    try:
        actions.keep_sealed(actor=request.user, document=paper, data=file.read(), name=file.name)
    except Refused as refused:
        form.add_error("file", refused.message)
        return _page(request, paper, form)
    return redirect("documents:document", uuid)


@allow(*READERS)
@require_safe
def file(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The frozen file of an issued paper; a draft as it reads now."""
    paper = _load(request, uuid)
    try:
        data = files.read(paper.file) if paper.file else composing.file_of(paper)
    except Refused as refused:
        messages.error(request, refused.message, extra_tags="is-bad")
        return redirect("documents:document", uuid)
    return _word(paper, data, f"{paper.number_text or Document.State.DRAFT.label} {paper.title}")


@allow(*READERS)
@require_safe
def slip(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The reply slip of an issued notice, filled as far as its problems have come."""
    paper = _load(request, uuid)
    if paper.kind != Document.Kind.NOTICE or paper.issued_at is None:
        raise Http404
    return _word(paper, slips.slip_of(paper), f"{paper.number_text} 整改回执（{paper.unit}）")


def _word(paper: Document, data: bytes, name: str) -> HttpResponse:
    """A Word file to keep; of a voided paper it says so, in its name and on its pages."""
    if why := queries.void_words(paper):
        data, name = word.voided(data, why), f"作废 {name}"
    disposition = f"attachment; filename*=UTF-8''{quote(name)}.docx"
    headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(data, content_type=files.DOCX, headers=headers)


def _load(request: HttpRequest, uuid: UUID) -> Document:
    return get_object_or_404(queries.find(request.user), uuid=uuid)


def _own(request: HttpRequest, uuid: UUID) -> Document:
    return get_object_or_404(queries.find(request.user).filter(pk__in=queries.governed(request.user)), uuid=uuid)


def _page(request: HttpRequest, paper: Document, refused: Any = None) -> HttpResponse:
    return render(request, "documents/document.html", page_of(request.user, paper, refused))


def _act(request: HttpRequest, paper: Document, action: Callable[..., Any], **given: Any) -> HttpResponse:
    """A verb that asks nothing; what is wrong stands above the page."""
    try:
        action(actor=request.user, document=paper, **given)
    except Refused as refused:
        messages.error(request, refused.message, extra_tags="is-bad")
    return redirect("documents:document", paper.uuid)


def _with_form(
    request: HttpRequest,
    paper: Document,
    form: Any,
    action: Callable[..., Any],
    question: Callable[..., Question | None],
) -> HttpResponse:
    """A verb with a form, asked once more; what is wrong stands at its field."""
    if form.is_valid():
        try:
            if asked := unsure(request, question(**form.cleaned_data)):
                return asked
            action(actor=request.user, document=paper, client_id=client_id_of(request), **form.cleaned_data)
            return redirect("documents:document", paper.uuid)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
            paper.refresh_from_db()
    return _page(request, paper, form)
