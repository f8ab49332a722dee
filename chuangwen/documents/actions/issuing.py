"""Issuing 签发: a number is given and everything freezes. Voiding 作废: the number stays, with the reason."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from chuangwen.base import files
from chuangwen.base.errors import Refused
from chuangwen.base.events import record
from chuangwen.base.receipts import once
from chuangwen.documents import composing
from chuangwen.documents.actions.editing import lock
from chuangwen.documents.models import Document, DocumentNumber
from chuangwen.documents.queries import Number, next_number
from chuangwen.documents.readiness import free_number, may_issue, refuse_taken
from chuangwen.organisations.models import Jurisdiction, Person

State = Document.State


def issue(
    *,
    actor: Person,
    document: Document,
    client_id: UUID,
    signer: str,
    dated_on: date | None = None,
    number: str = "",
) -> Document:
    """Give a draft its number and freeze words, figures and file. Sent again: the paper as issued.

    number: given by hand, as 示创建办〔2026〕7号; empty = the next one of the jurisdiction's word and the date's year.
    """

    def do() -> dict[str, int]:
        paper = lock(actor, document, State.DRAFT)
        may_issue(actor, paper, signer)
        paper.dated_on = dated_on or timezone.localdate()
        given = _give_number(paper, number.strip())
        paper.number_text, paper.signer, paper.state = str(given), signer, State.ISSUED
        paper.issued_at, paper.issued_by = timezone.now(), actor
        data = composing.file_of(paper)
        paper.file = files.store(data, tenant=paper.tenant, media_type=files.DOCX)
        paper.save()
        record("documents.issued", actor=actor, targets=_touched(paper), data={"number": paper.number_text})
        return {"document": paper.pk}

    result = once(tenant=actor.tenant, client_id=client_id, action="documents.issue", do=do)
    return Document.objects.select_related("file", "jurisdiction").get(pk=result["document"])


def _touched(paper: Document) -> list:
    """The paper; and its unit, once it has been sent: a draft is the office's own."""
    return [paper, *([paper.unit] if paper.unit and paper.issued_at else [])]


def _give_number(paper: Document, by_hand: str) -> Number:
    """One number for this paper and for no other, ever; the jurisdiction's row is the lock."""
    jurisdiction = Jurisdiction.objects.select_for_update().get(pk=paper.jurisdiction_id)
    number = free_number(jurisdiction, by_hand) if by_hand else _next(jurisdiction, paper)
    row = DocumentNumber(
        tenant_id=paper.tenant_id,
        jurisdiction=jurisdiction,
        document=paper,
        by_hand=bool(by_hand),
        given_at=timezone.now(),
        **number._asdict(),
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        refuse_taken(jurisdiction, number)
        raise
    return number


def _next(jurisdiction: Jurisdiction, paper: Document) -> Number:
    if not jurisdiction.document_word:
        raise Refused("还没有定发文代字。先在本办设置里写上（如 示创建办），或在这里自己填文号。", field="number")
    return next_number(jurisdiction, paper.dated_on)


def void(*, actor: Person, document: Document, client_id: UUID, reason: str) -> Document:
    """Void a paper: an issued one keeps its number with the reason, and the number is never given again."""

    def do() -> dict[str, int]:
        if not reason.strip():
            raise Refused("作废的理由没有写。", field="reason")
        paper = lock(actor, document, State.DRAFT, State.ISSUED)
        paper.state = State.VOID
        paper.save(update_fields=["state"])
        paper.numbers.filter(void_reason="").update(void_reason=reason.strip()[:200])
        record("documents.voided", actor=actor, targets=_touched(paper), data={"reason": reason.strip()[:200]})
        return {"document": paper.pk}

    result = once(tenant=actor.tenant, client_id=client_id, action="documents.void", do=do)
    return Document.objects.get(pk=result["document"])
