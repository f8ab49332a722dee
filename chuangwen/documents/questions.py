"""What issuing and voiding a paper say before they are done."""

from datetime import date
from typing import Any

from django.urls import reverse

from chuangwen.base.asking import Question
from chuangwen.base.templatetags.words import NBSP, day
from chuangwen.documents import figures, queries
from chuangwen.documents.forms import CIRCULAR
from chuangwen.documents.models import Document
from chuangwen.documents.readiness import free_number, outlived, said_of
from chuangwen.inspections.models import Round
from chuangwen.organisations.models import Person

State, Kind = Document.State, Document.Kind


def drafting(person: Person, *, kind: str, round: Round | None, **given: Any) -> Question | None:
    """A second circular of a round of which one stands issued; None for every other draft."""
    before = queries.issued_of(person.tenant_id, round.uuid) if kind == CIRCULAR and round else None
    if before is None:
        return None
    facts = (
        f"本轮已发过{before.number_text}（{day(before.issued_at)}），再拟的作更正或重发用。",
        f"{before.number_text}还有效；作废它，到它那一页。",
    )
    return Question("拟通报", f"“{round}”", reverse("documents:document", args=[before.uuid]), facts)


def issuing(person: Person, paper: Document, *, signer: str, dated_on: date, number: str) -> Question | None:
    """None where no number can be given: the action says what to do. Refused: the number given is somebody's."""
    if paper.state != State.DRAFT:
        return _asked("签发", paper, over=f"{paper.number_text} {paper.get_state_display()}，没有再签发一次。")
    by_hand = free_number(paper.jurisdiction, number.strip()) if number.strip() else None
    given = str(by_hand or _next(paper, dated_on))
    if not given:
        return None
    changes, kept = figures.changes(person, paper), said_of(outlived(person, paper))
    stale = (f"起草以后{changes}有变动，文中还是起草时的。",) if changes else ()
    seen = (
        "各单位的联络员和包片领导从现在起看得到。"
        if paper.kind == Kind.CIRCULAR
        else f"{paper.unit}的联络员从现在起看得到，由它签收。"
    )
    facts = (
        f"文号 {given}，签发人 {signer}，成文日期 {day(dated_on)}。",
        *(_left_out(paper, by_hand) if by_hand else ()),
        *stale,
        *((f"{kept}。",) if kept else ()),
        seen,
        f"全文和文中 {paper.figures.count()}{NBSP}个数字从此不变；有错只能作废，另拟一份，文号不再用。",
    )
    return _asked("签发", paper, facts)


def _left_out(paper: Document, number: queries.Number) -> tuple[str, ...]:
    """What a number ahead of the next one means for those between, and for those to come."""
    following = queries.next_number(paper.jurisdiction, date(number.year, 1, 1))
    skipped = number.serial - following.serial
    if number.word != following.word or skipped <= 0:
        return ()
    which = f"{following.serial}—{number.serial - 1}号" if skipped > 1 else f"{following.serial}号"
    return (f"{which}空着，以后自动编号从{number.serial + 1}号起。",)


def _next(paper: Document, dated_on: date) -> str:
    return str(queries.next_number(paper.jurisdiction, dated_on)) if paper.jurisdiction.document_word else ""


def voiding(paper: Document, *, reason: str) -> Question:
    if paper.state == State.VOID:
        return _asked("作废", paper, over="这份公文已经作废，没有再作废一次。")
    kept = (f"{paper.number_text}不再给别的公文。", "已经看到它的单位，看到它注明作废。") if paper.number_text else ()
    return _asked("作废", paper, (f"理由：{reason.strip()}", *kept, "不能恢复；要用，另拟一份。"))


def _asked(verb: str, paper: Document, facts: tuple[str, ...] = (), over: str = "") -> Question:
    return Question(verb, f"《{paper.title}》", reverse("documents:document", args=[paper.uuid]), facts, over)
