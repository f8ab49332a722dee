"""After submitting: a correction 更正 with its reason, and the decision on a wish to leave something out 缺项."""

from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from chuangwen.base.errors import Refused
from chuangwen.base.events import record
from chuangwen.base.files import attachments_of
from chuangwen.inspections import queries
from chuangwen.inspections.actions import findings
from chuangwen.inspections.marks import EXAMINED, Marked, judged
from chuangwen.inspections.models import Answer, AnswerCorrection, NotApplicable, Round, Visit
from chuangwen.organisations.models import Person
from chuangwen.problems.models import Problem
from chuangwen.standards.checklists import Item

FIELDS = ("mark", "count", "base", "grade", "note")
Mark = Answer.Mark


@transaction.atomic
def correct_answer(
    *,
    actor: Person,
    answer: Answer,
    client_id: UUID,
    mark: int,
    reason: str,
    count: int = 0,
    base: int = 0,
    note: str = "",
    kept: str = "",
) -> Answer:
    """Change an answer after submitting; what stood before stays on record. Sent again: the answer as it stands.

    To anything but not qualified: its problem not ended is withdrawn, unless it is `kept`, which says why.
    To not qualified: a problem is opened.
    """
    answer, visit = _locked(actor, answer)
    if AnswerCorrection.objects.filter(uuid=client_id, answer=answer).exists():
        return answer
    if not reason.strip():
        raise Refused("为什么更正，没有填。", field="reason")
    if answer.mark == Mark.NA_ASKED:
        raise Refused("这一项的缺项还没有定。先裁定，再更正。")
    item = queries.item_of(answer)
    before = _now(answer)
    _apply(visit, answer, item, mark, count, base, note)
    if _now(answer) == before:
        raise Refused("与原来的记录一样，没有要更正的。", field="mark")
    answer.corrected, answer.by_default = True, False
    answer.save(update_fields=[*FIELDS, "corrected", "by_default"])
    fields = {"uuid": client_id, "tenant_id": answer.tenant_id, "answer": answer, "actor": actor}
    AnswerCorrection.objects.create(
        **fields, before=before, after=_now(answer), reason=reason, kept=kept, at=timezone.now()
    )
    if answer.mark == Mark.NOT_QUALIFIED:
        _open_again(actor, visit, answer, item, client_id, before["mark"])
    elif not kept:
        findings.withdraw(actor=actor, answer=answer, client_id=uuid5(client_id, "withdraw"), reason=reason)
    data = {"round": visit.round_id, "visit": visit.pk, "answer": answer.pk, "reason": reason}
    record("inspections.answer_corrected", actor=actor, targets=[answer, visit, visit.round], data=data)
    return answer


@transaction.atomic
def decide_absent(*, actor: Person, answer: Answer, grant: bool, words: str = "") -> Answer:
    """Grant (缺项) or refuse (未查, with words) a wish to leave an item out. Sent again: as it stands."""
    answer, visit = _locked(actor, answer)
    wish = NotApplicable.objects.select_related("decided_by").filter(answer=answer).first()
    if wish is None:
        raise Refused("这一项没有申请缺项。刷新页面看现在的情况。")
    state = NotApplicable.State.GRANTED if grant else NotApplicable.State.REFUSED
    if wish.state == state:
        return answer
    if wish.state != NotApplicable.State.ASKED:
        raise Refused(f"{wish.decided_by.name}已经裁定：{wish.get_state_display()}。要改，请用更正。")
    if not grant and not words.strip():
        raise Refused("不予认定的理由没有填。写给测评员看。", field="words")
    wish.state, wish.words, wish.decided_at, wish.decided_by = state, words.strip(), timezone.now(), actor
    wish.save(update_fields=["state", "words", "decided_at", "decided_by"])
    answer.mark = Mark.NOT_APPLICABLE if grant else Mark.NOT_EXAMINED
    answer.save(update_fields=["mark"])
    data = {"round": visit.round_id, "visit": visit.pk, "answer": answer.pk, "state": str(state), "reason": wish.words}
    record("inspections.na_decided", actor=actor, targets=[answer, visit, visit.round], data=data)
    return answer


def _locked(actor: Person, answer: Answer) -> tuple[Answer, Visit]:
    rows = Answer.objects.select_for_update(of=("self",)).select_related(
        "criterion",
        "visit__round__version",
        "visit__round__jurisdiction__root",
        "visit__round__jurisdiction__tenant",
        "visit__place",
        "visit__place_type",
        "visit__unit",
        "visit__team",
    )
    answer = rows.defer("visit__round__version__spec").get(pk=answer.pk, tenant_id=actor.tenant_id)
    if not queries.governs(actor, answer.visit.round):
        raise Refused("记录由创建办更正。请告诉创建办是哪一项、应是什么。")
    if answer.visit.round.state == Round.State.DRAFT:
        raise Refused("本轮还没有开始，没有记录可改。")
    return answer, answer.visit


def _now(answer: Answer) -> dict[str, Any]:
    return {name: int(value) if name == "mark" else value for name in FIELDS for value in [getattr(answer, name)]}


def _apply(visit: Visit, answer: Answer, item: Item, mark: int, count: int, base: int, note: str) -> None:
    if mark not in (*EXAMINED, Mark.NOT_EXAMINED, Mark.NOT_APPLICABLE):
        raise Refused("更正成什么，没有选。", field="mark")
    examined = mark in EXAMINED
    given = Marked(item.criterion.key, item.ordinal, mark, count if examined else 0, base if examined else 0)
    fit = judged(visit, item, given) if examined else given
    answer.mark, answer.count, answer.base, answer.note = fit.mark, fit.count, fit.base, note.strip()[:500]


def _open_again(actor: Person, visit: Visit, answer: Answer, item: Item, client_id: UUID, before: int) -> None:
    """A problem of an answer that was none before."""
    if before == Mark.NOT_QUALIFIED or not _goes_to_ledger(visit, answer):
        return
    photos = {answer.pk: [row.file for row in attachments_of([answer], role="before")[answer.pk]]}
    items = {(item.criterion.pk, ordinal): item for ordinal in item.ordinals}
    source = client_id if queries.problem_of(answer) else None
    findings.open_for(actor=actor, visit=visit, answers=[answer], items=items, photos=photos, source=source)


def _goes_to_ledger(visit: Visit, answer: Answer) -> bool:
    """Not what the unit has as a problem already; of entered results only what was a problem once."""
    problem = queries.problem_of(answer)
    if problem is None:
        return visit.state != Visit.State.ENTERED
    return problem.state == Problem.State.WITHDRAWN
