"""Working on a draft: the person's words, and figures that have changed since."""

from datetime import date
from typing import Any

from django.db import transaction

from chuangwen.base.errors import Refused
from chuangwen.base.events import record
from chuangwen.documents import composing, figures
from chuangwen.documents.actions.drafting import keep_figures
from chuangwen.documents.models import Document
from chuangwen.documents.queries import governs
from chuangwen.documents.words import Words
from chuangwen.organisations.models import Person


def change_words(
    *, actor: Person, document: Document, words: Words, title: str, copies_to: str, dated_on: date
) -> Document:
    """Write the words of a draft anew. Refused when they do not make a paper, or when it is issued already."""
    with transaction.atomic():
        paper = lock_draft(actor, document)
        paper.content = words.kept()
        paper.title, paper.copies_to, paper.dated_on = title, copies_to, dated_on
        composing.paper_of(paper)
        paper.save(update_fields=["content", "title", "copies_to", "dated_on"])
        record("documents.words_changed", actor=actor, targets=[paper])
        return paper


def take_figures(*, actor: Person, document: Document, name: str = "") -> Document:
    """Take a figure as the data has it now, with everything of its section so that one sentence holds for one day;
    without a name everything."""
    with transaction.atomic():
        paper = lock_draft(actor, document)
        live = figures.live_sections(actor, paper)
        wanted = {row.section for row in paper.figures.all() if row.name == name} if name else live.keys()
        for key in wanted & live.keys():
            section = live[key]()
            paper.facts[key] = section.facts
            keep_figures(paper, section)
        _still_a_paper(paper)
        paper.save(update_fields=["facts"])
        record("documents.figures_taken", actor=actor, targets=[paper], data={"sections": sorted(wanted)})
        return paper


def _still_a_paper(paper: Document) -> None:
    try:
        composing.paper_of(paper)
    except Refused as refused:
        raise Refused(f"{refused.message.rstrip('。')}。数字没有改，这份草稿可以作废。") from refused


def lock_draft(actor: Person, document: Document) -> Document:
    """The row, locked; refused when it is no draft any more or not this office's."""
    return lock(actor, document, Document.State.DRAFT)


def lock(actor: Person, document: Document, *states: Any) -> Document:
    """The row, locked, in one of these states."""
    paper = (
        Document.objects.select_for_update(of=("self",))
        .select_related("jurisdiction__office", "unit", "tenant", "issued_by")
        .get(pk=document.pk, tenant_id=actor.tenant_id)
    )
    if not governs(actor, paper):
        raise Refused("这份公文不归本办管。")
    if paper.state not in states:
        by = f"（{paper.number_text}）" if paper.number_text else ""
        raise Refused(f"这份公文现在是“{paper.get_state_display()}”{by}，没有改动。请看页面上现在的样子。")
    return paper
