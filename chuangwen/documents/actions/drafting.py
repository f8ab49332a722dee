"""Drafting 起草: the data gives facts and figures, the usual words stand in for the person's own."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from django.utils import timezone

from chuangwen.base.errors import Refused
from chuangwen.base.events import record
from chuangwen.base.receipts import once
from chuangwen.documents import figures
from chuangwen.documents.figures import Section
from chuangwen.documents.models import Document, DocumentFigure
from chuangwen.documents.words import Words
from chuangwen.inspections.models import Round
from chuangwen.organisations.models import Jurisdiction, Organisation, Person
from chuangwen.organisations.queries import scope_of
from chuangwen.problems.models import Problem

Kind, State = Document.Kind, Document.State


def draft_circular(*, actor: Person, round: Round, client_id: UUID) -> Document:
    """Draft the circular 通报 of a round that is over. Sent again: the same draft.

    Refused while the round goes on, or when its circular lies there as a draft already.
    """

    def do() -> dict[str, int]:
        _may_draft(actor, round)
        if _of_round(round, Kind.CIRCULAR).filter(state=State.DRAFT).exists():
            raise Refused(f"{round.name}的通报已有一份草稿。接着改那一份，或先作废它。", field="round")
        return {"document": _circular(actor, round).pk}

    return _document(once(tenant=actor.tenant, client_id=client_id, action="documents.draft_circular", do=do))


def _circular(actor: Person, round: Round) -> Document:
    sections = [make() for make in figures.circular_sections(actor, round).values()]
    facts = {section.name: section.facts for section in sections}
    if not any(figure.name == "inspections.submitted" and figure.value for figure in sections[0].figures):
        raise Refused(f"{round.name}没有测过的点位，没有可通报的。", field="round")
    words = _usual(actor, round.jurisdiction, addressee="各责任单位")
    return _keep(
        actor,
        Document(
            jurisdiction=round.jurisdiction,
            kind=Kind.CIRCULAR,
            title=f"关于{round.name}情况的通报",
            source_kind="round",
            source_uuid=round.uuid,
            content=words.kept(),
            facts=facts,
        ),
        sections,
    )


def draft_notices(*, actor: Person, round: Round, client_id: UUID) -> list[Document]:
    """Draft one notice of rectification 整改通知书 for each unit with handed-out problems of the round that are not
    ended. Units that have a notice of this round already are left out. Sent again: the same drafts."""

    def do() -> dict[str, list[int]]:
        _may_draft(actor, round, notices=True)
        rows = figures.to_put_right(actor).filter(jurisdiction_id=round.jurisdiction_id, batch_uuid=round.uuid)
        served = _of_round(round, Kind.NOTICE).exclude(state=State.VOID).values("unit_id")
        found = list(rows.exclude(unit_id__in=served))
        if not found and rows.exists():
            raise Refused(f"{round.name}有问题的单位都已有整改通知书。要重发，先作废原来的。", field="round")
        if not found:
            raise Refused(f"{round.name}没有已交办、还没有销号的问题。先在问题台账交办。", field="round")
        by_unit = groupby(found, key=lambda row: row.unit)
        return {"documents": [_notice(actor, list(part), round=round).pk for _, part in by_unit]}

    result = once(tenant=actor.tenant, client_id=client_id, action="documents.draft_notices", do=do)
    return list(Document.objects.filter(pk__in=result["documents"]).select_related("unit").order_by("id"))


def draft_notice(*, actor: Person, problems: Sequence[Problem], client_id: UUID) -> Document:
    """Draft a notice for chosen problems of one unit, whatever round they came from. Sent again: the same draft."""

    def do() -> dict[str, int]:
        chosen = figures.to_put_right(actor).filter(pk__in=[problem.pk for problem in problems])
        rows = list(chosen.filter(jurisdiction_id__in=scope_of(actor).jurisdiction_ids))
        if not rows:
            raise Refused("这里没有已交办、还没有销号的问题。先在问题台账交办。", field="unit")
        if figures.unit_of(rows) is None:
            raise Refused("所选的问题属于几个单位。一份通知书只发一个单位，请分开选。", field="unit")
        if len({row.jurisdiction_id for row in rows}) > 1:
            raise Refused("所选的问题有本办的，也有下级创建办的。一份通知书只列一家的，请分开选。", field="unit")
        return {"document": _notice(actor, rows).pk}

    return _document(once(tenant=actor.tenant, client_id=client_id, action="documents.draft_notice", do=do))


def _notice(actor: Person, rows: list[Problem], *, round: Round | None = None) -> Document:
    unit: Organisation = rows[0].unit
    jurisdiction = Jurisdiction.objects.select_related("office").get(pk=rows[0].jurisdiction_id)
    paper = Document(
        jurisdiction=jurisdiction,
        kind=Kind.NOTICE,
        title=f"整改通知书（{unit.name}）"[:200],
        source_kind="round" if round else "problems",
        source_uuid=round.uuid if round else None,
        unit=unit,
    )
    section = figures.notice_section(rows, figures.paper_url(paper))
    paper.content = _usual(actor, jurisdiction, basis=_ground(jurisdiction, round)).kept()
    paper.facts = {
        "unit": unit.name,
        "kind": round.get_kind_display() if round else "检查",
        "first_day": round.starts_on.isoformat() if round else None,
        "last_day": figures.last_day(round).isoformat() if round else None,
        "problems": section.facts,
    }
    return _keep(actor, paper, [section])


def _ground(jurisdiction: Jurisdiction, round: Round | None) -> str:
    """On what ground a notice is given, if nobody says otherwise."""
    if round is None:
        return f"{jurisdiction.name}文明创建工作要求"
    return f"《{round.version.standard.name}（{round.version.label}）》"


def _may_draft(actor: Person, round: Round, *, notices: bool = False) -> None:
    """The round is held until the commit: of two drafting at once, the second finds the first one's papers."""
    round = Round.objects.select_for_update().get(pk=round.pk, tenant_id=actor.tenant_id)
    if round.jurisdiction_id not in scope_of(actor).jurisdiction_ids:
        raise Refused("这一轮不归本办管，不能起草它的公文。")
    over = (Round.State.CLOSED, Round.State.RELEASED)
    if not notices and round.state not in over:
        raise Refused(f"{round.name}现在是“{round.get_state_display()}”。先结束本轮，再起草通报。", field="round")


def _of_round(round: Round, kind: Kind) -> Any:
    return Document.objects.filter(tenant_id=round.tenant_id, source_uuid=round.uuid, kind=kind)


def _usual(actor: Person, jurisdiction: Jurisdiction, **words: Any) -> Words:
    office = jurisdiction.office
    issuer = jurisdiction.issuer or office.name
    return Words(
        examiner=office.name, reply_to=office.name, contact=actor.name, phone=actor.phone, issuer=issuer, **words
    )


def _keep(actor: Person, paper: Document, sections: list[Section]) -> Document:
    paper.tenant_id = actor.tenant_id
    paper.drafted_by = actor
    paper.dated_on = timezone.localdate()
    paper.save()
    for section in sections:
        keep_figures(paper, section)
    record("documents.drafted", actor=actor, targets=[paper], data={"kind": paper.kind})
    return paper


def keep_figures(paper: Document, section: Section) -> None:
    """Put the figures of one section in place of those kept before."""
    paper.figures.filter(section=section.name).delete()
    rows = [
        DocumentFigure(
            document=paper,
            name=figure.name,
            label=figure.label[:120],
            text=figures.printed(figure),
            value=figure.value,
            unit=figure.unit,
            definition=figure.definition[:300],
            records_url=figure.records_url,
            section=section.name,
            position=POSITIONS[section.name] + number,
        )
        for number, figure in enumerate(section.figures)
    ]
    DocumentFigure.objects.bulk_create(rows, batch_size=500)


POSITIONS = {"round": 0, "score": 1_000, "problems": 100_000}  # as they stand in the text


def _document(result: dict[str, int]) -> Document:
    return Document.objects.select_related("jurisdiction", "unit").get(pk=result["document"])
