"""What is wrong in an answer becomes a problem 问题; what was corrected away is withdrawn."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils import timezone

from chuangwen.base.models import StoredFile
from chuangwen.inspections import queries
from chuangwen.inspections.models import Answer, Visit
from chuangwen.inspections.wording import phenomenon
from chuangwen.organisations.models import Person
from chuangwen.problems.actions import Finding, open_problems, take_step
from chuangwen.problems.models import Problem
from chuangwen.standards.checklists import Item


def open_for(
    *,
    actor: Person,
    visit: Visit,
    answers: Sequence[Answer],
    items: Mapping[tuple[int, int], Item],
    photos: Mapping[int, Sequence[StoredFile]],
    source: UUID | None = None,
) -> list[Problem]:
    """One problem 待交办 per answer that is not qualified (handed out at once when the round says so).

    source: the correction that made it so again, where the answer's own problem was withdrawn.
    """
    bad = [answer for answer in answers if answer.mark == Answer.Mark.NOT_QUALIFIED]
    if not bad:
        return []
    found = [
        finding_of(visit, answer, items[(answer.criterion_id, answer.ordinal)], photos.get(answer.pk, ()), source)
        for answer in bad
    ]
    return open_problems(actor=actor, findings=found)


def finding_of(visit: Visit, answer: Answer, item: Item, photos: Sequence[StoredFile], source: UUID | None) -> Finding:
    """地点：现象; turned out of the item's words where the inspector wrote none."""
    written = item.written(answer.count, answer.base)
    how_many = f"（{written}）" if written else ""
    what = answer.note or phenomenon(item, answer.count, answer.base)
    spot = "测评员记：当场已整改。" if answer.fixed_on_spot else ""
    return Finding(
        jurisdiction=visit.round.jurisdiction,
        source_kind=queries.SOURCE,
        source_uuid=source or answer.uuid,
        batch_uuid=visit.round.uuid,
        batch_label=visit.round.name,
        title=f"{visit.place.name}：{what}",
        detail=f"不符合“{item.text.rstrip('。')}”{how_many}。{spot}",
        found_on=timezone.localdate(answer.at),
        place=visit.place,
        unit=visit.unit,
        criterion_key=item.criterion.key,
        criterion_text=item.criterion.text,
        photos=photos,
        fixed_on_spot=answer.fixed_on_spot,
        hand_out=visit.round.hand_out_at_once,
        deadline_days=visit.round.deadline_days,
    )


def withdraw(*, actor: Person, answer: Answer, client_id: UUID, reason: str) -> Problem | None:
    """Withdraw the problem of an answer that is none any more, unless it has ended; returns it."""
    problem = queries.live_problem_of(answer)
    if problem is None:
        return None
    words = f"记录已更正：{reason}"
    return take_step(actor=actor, problem=problem, verb="withdraw", client_id=client_id, words=words)
