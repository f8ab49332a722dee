"""What deciding an objection means for the score: said before, done with the decision."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chuangwen.base.errors import Refused
from chuangwen.base.templatetags.words import day, scaled
from chuangwen.inspections import queries as inspections
from chuangwen.inspections.actions import uphold_objection
from chuangwen.inspections.forms import RightForm
from chuangwen.inspections.models import Answer, Round, Visit
from chuangwen.organisations.models import Person
from chuangwen.problems.models import Problem
from chuangwen.problems.rulings import Behind, Follows
from chuangwen.scores import queries
from chuangwen.scores.first import Opened, look_of
from chuangwen.scores.moved import moved


def behind(person: Person, problem: Problem, sent: Mapping[str, Any] | None) -> Behind | None:
    """The answer a problem came from, for the office of its round."""
    answer = inspections.answer_behind(problem)
    if answer is None or not inspections.governs(person, answer.visit.round):
        return None
    visit, wrong = answer.visit, answer.mark == Answer.Mark.NOT_QUALIFIED
    right = RightForm(answer, sent) if wrong else None

    def uphold(*, client_id: UUID, to: str | None = None, **given: Any) -> Problem:
        if right and to == Problem.State.WITHDRAWN:
            if not right.is_valid():
                raise Refused(next(iter(right.errors.values()))[0])
            given["right"] = right.values()
        return uphold_objection(actor=person, problem=problem, client_id=client_id, to=to, **given)

    def say() -> Follows:
        frozen = _frozen(visit.round)
        return Follows(
            moved=_moved(visit, frozen),
            wrong=(*_wrong(person, problem, answer), *frozen) if wrong else (_corrected(answer),),
            kept=("记录和得分不变。",),
        )

    return Behind(right, uphold, say)


def _corrected(answer: Answer) -> str:
    return f"记录已经更正为“{answer.get_mark_display()}”，得分已按更正后的算。"


def _wrong(person: Person, problem: Problem, answer: Answer) -> tuple[str, ...]:
    """The score with the record qualified, as far as it moves."""
    look = look_of(person, answer.visit.round, None)
    found = moved(look, [Opened(problem, answer)])
    if found.is_nothing:
        return ("记录更正为合格的，得分不变：这一条还被别的记录扣着，或者不计分。",)
    own = next((move for move in found.units if move.unit_id == answer.visit.unit_id), None)
    said = [f"{own.name}得分 {own.got[0]} → {own.got[1]}"] if own and own.got[0] != own.got[1] else []
    if own and own.rank[0] != own.rank[1]:
        said.append(f"名次 {own.rank[0]} → {own.rank[1]}")
    if found.before != found.after:
        said.append(f"本轮总得分 {found.before} → {found.after}")
    return (f"记录更正为合格的，{'，'.join(said) or f'多得 {found.gain} 分，不到公布的位数'}。",)


def _moved(visit: Visit, frozen: tuple[str, ...]) -> tuple[str, ...]:
    """Points stand with the place's owner, whoever puts it right."""
    stays = f"得分随点位的归属，不随由谁整改：这一处的失分记在{visit.unit}。"
    owner = visit.place.owner
    if owner.pk == visit.unit_id:
        return (stays, "点位的归属登记错了的，先在点位页改过来，再裁定。")
    return (stays, f"名册上这一处现在归{owner}，改由它负责的，这一处在本轮的得分一并改记到它名下。", *frozen)


def _frozen(round: Round) -> tuple[str, ...]:
    run = queries.latest_run(round)
    if run is None:
        return ()
    kept = f"{day(run.as_of)}第 {run.number} 次定分的得分不变（本轮总得分 {scaled(run.got, run.digits)}）"
    return (f"{kept}；要按更正后的公布，到计分页写明原因再定一次。",)
