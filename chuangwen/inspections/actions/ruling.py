"""An objection upheld 异议成立: the problem's step together with what it means for the record it came from."""

from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from chuangwen.base.errors import Refused
from chuangwen.base.events import record
from chuangwen.inspections import queries
from chuangwen.inspections.actions.correcting import correct_answer
from chuangwen.inspections.models import Answer, Visit
from chuangwen.organisations.models import Organisation, Person
from chuangwen.problems.actions import take_step
from chuangwen.problems.models import Problem


@transaction.atomic
def uphold_objection(
    *,
    actor: Person,
    problem: Problem,
    client_id: UUID,
    words: str = "",
    to: str | None = None,
    unit: Organisation | None = None,
    right: dict[str, Any] | None = None,
) -> Problem:
    """No problem: its record is corrected to `right` (mark, count, base), which may not be wrong again. Not ours: the
    problem moves; the place counts for the new unit if the register says it is that unit's, else it stays.

    Sent again: the problem as it stands, nothing done twice.
    """
    answer = queries.answer_behind(problem)
    given = {"words": _said(words.strip(), to, answer), "to": to, "unit": unit}
    done = take_step(actor=actor, problem=problem, verb="uphold_objection", client_id=client_id, **given)
    reason = f"异议成立（{done.number}）：{words.strip()}"
    if answer is None:
        return done
    if done.state == Problem.State.WITHDRAWN and answer.mark == Answer.Mark.NOT_QUALIFIED:
        key = uuid5(client_id, "correct")
        mended = correct_answer(actor=actor, answer=answer, client_id=key, reason=reason[:200], **(right or {}))
        if mended.mark == Answer.Mark.NOT_QUALIFIED:
            raise Refused("照这样更正还是不合格。不作问题处理的，数字要合格；只是数不对的，用记录页的更正。")
    elif done.state == Problem.State.HANDED_OUT and unit is not None:
        _hand_over(actor, answer.visit, unit, reason)
    return done


def _said(words: str, to: str | None, answer: Answer | None) -> str:
    """The words of the step, with what happens to the record: the unit reads them, not the record's own history."""
    mends = to == Problem.State.WITHDRAWN and answer is not None and answer.mark == Answer.Mark.NOT_QUALIFIED
    return f"{words}\n测评记录一并更正，得分随之重算。" if words and mends else words


def _hand_over(actor: Person, visit: Visit, unit: Organisation, reason: str) -> None:
    """The place counts for its owner of today, where that is the unit the problem went to."""
    if visit.unit_id == unit.pk or visit.place.owner_id != unit.pk:
        return
    former, visit.unit = visit.unit_id, unit
    visit.save(update_fields=["unit"])
    data = {"round": visit.round_id, "visit": visit.pk, "from": former, "to": unit.pk, "reason": reason}
    record("inspections.visit_handed_over", actor=actor, targets=[visit, visit.round], data=data)
