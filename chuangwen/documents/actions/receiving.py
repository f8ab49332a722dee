"""After issuing: the unit signs for a notice 签收, the office keeps the sealed version 盖章件."""

import io
import zipfile
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from chuangwen.base import files, images
from chuangwen.base.errors import Refused
from chuangwen.base.events import record
from chuangwen.base.models import Attachment
from chuangwen.base.receipts import once
from chuangwen.base.templatetags.words import moment
from chuangwen.documents import figures
from chuangwen.documents.actions.editing import lock
from chuangwen.documents.models import Document
from chuangwen.documents.queries import contact_membership, governs
from chuangwen.organisations.models import Person
from chuangwen.problems.actions import take_step

PDF = "application/pdf"
MAIN_PART = "word/document.xml"
MOST_UNPACKED = 200 * 2**20


def sign(*, actor: Person, document: Document, client_id: UUID) -> Document:
    """Sign for a notice: the contact of its unit, or the office on its behalf 代签. Sent again: as it stands.

    The problems it lists that still wait for the unit's signature are signed for with it, each with its own event.
    """

    def do() -> dict[str, int]:
        paper = Document.objects.select_for_update(of=("self",)).select_related("unit", "jurisdiction__office")
        row = paper.get(pk=document.pk, tenant_id=actor.tenant_id)
        membership, office = contact_membership(actor, row), governs(actor, row)
        if row.kind != Document.Kind.NOTICE or not (membership or office):
            raise Refused("这份公文不用你签收。")
        if row.state != Document.State.ISSUED:
            raise Refused(f"这份通知书现在是“{row.get_state_display()}”，不用签收。")
        if row.signed_at:
            raise Refused(f"{row.signed_by_label} 已在 {moment(row.signed_at)} 签收，不用再签。")
        where = f"{membership.organisation}" if membership else f"{row.jurisdiction.office}代{row.unit}"
        row.signed_at, row.signed_by_label = timezone.now(), f"{where} {actor.name}"[:100]
        row.save(update_fields=["signed_at", "signed_by_label"])
        behalf = None if membership else row.unit
        data = {"problems": _sign_problems(actor, row, client_id)}
        record("documents.signed", actor=actor, targets=[row, row.unit], on_behalf_of=behalf, data=data)
        return {"document": row.pk}

    result = once(tenant=actor.tenant, client_id=client_id, action="documents.sign", do=do)
    return Document.objects.select_related("unit").get(pk=result["document"])


def _sign_problems(actor: Person, paper: Document, client_id: UUID) -> int:
    """How many there were. They are held first: what somebody else has just signed for is left alone."""
    waiting = list(figures.to_sign(paper).select_for_update(of=("self",)).order_by("id"))
    for problem in waiting:
        given = {"client_id": uuid5(client_id, str(problem.uuid)), "words": f"见整改通知书 {paper.number_text}"}
        take_step(actor=actor, problem=problem, verb="sign", **given)
    return len(waiting)


def keep_sealed(*, actor: Person, document: Document, data: bytes, name: str) -> Attachment:
    """Keep the sealed final version (docx, PDF or picture) beside an issued paper; the same file is kept once."""
    media_type = _checked(data)
    with transaction.atomic():
        paper = lock(actor, document, Document.State.ISSUED)
        row = files.attach(data, target=paper, role="sealed", actor=actor, name=name, media_type=media_type)
        record("documents.sealed_kept", actor=actor, targets=[paper], data={"file": row.file_id})
        return row


def _checked(data: bytes) -> str:
    """The media type by content, never by name."""
    if data.startswith(b"%PDF-") and b"%%EOF" in data[-2048:]:
        return PDF
    if data.startswith(b"PK"):
        if _is_word(data):
            return files.DOCX
        raise Refused("这个压缩文件不是不带宏的 Word 文件（.docx）。请传 PDF、.docx 或照片。", field="file")
    if data.startswith(b"%PDF-"):
        raise Refused("这个 PDF 不完整，可能没有传完。请重新选它。", field="file")
    try:
        return images.check(data)
    except Refused as refused:
        raise Refused("这个文件打不开。盖章件收 PDF、Word（.docx）和照片。", field="file") from refused


def _is_word(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            small = sum(part.file_size for part in archive.infolist()) <= MOST_UNPACKED
            plain = MAIN_PART in names and not any("vba" in name.lower() for name in names)
            return small and plain and archive.testzip() is None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        return False
