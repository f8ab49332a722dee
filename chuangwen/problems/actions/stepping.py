"""Steps of the flow: one on one problem, or the same one on thousands. Who was first has it; sent again is harmless."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date as Date
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import QuerySet

from chuangwen.base.errors import Refused
from chuangwen.base.events import kind_of, record
from chuangwen.base.models import Attachment, StoredFile
from chuangwen.base.receipts import once
from chuangwen.base.templatetags.words import moment
from chuangwen.organisations.models import Organisation, Person, Role
from chuangwen.problems.models import Problem, ProblemStep
from chuangwen.problems.photos import Photo, stored
from chuangwen.problems.planning import Order, Plan, Unfit, check, plan
from chuangwen.problems.queries import REPORTS, Acting, Clock, acting_as, clock_for
from rulebook.workflows import INSPECTOR, PROBLEM

BLOCK = 500
VERBS = {transition.verb: transition.label for transition in PROBLEM.transitions} | {"found": "发现", "import": "录入"}


def take_step(
    *,
    actor: Person,
    problem: Problem,
    verb: str,
    client_id: UUID,
    words: str = "",
    date: Date | None = None,
    days: int | None = None,
    photos: Sequence[Photo] = (),
    unit: Organisation | None = None,
    to: str | None = None,
    responsible: str = "",
) -> Problem:
    """Do one verb of the workflow on one problem and return it as it then stands.

    client_id is the step's uuid: sent again, nothing more is done. A problem that has moved on meanwhile is Refused,
    with its state and who brought it there. The office doing a unit's step does it on behalf of the unit 代签、代录.
    date, days: the deadline set, asked or granted. unit: the new unit of reassign, uphold_objection, hand_out.
    """
    order = Order(verb, words.strip(), date, days, unit, to, responsible, len(photos))
    files = [stored(photo, actor) for photo in photos]
    with transaction.atomic():
        locked = _lock(problem)
        if locked.steps.filter(uuid=client_id).exists():
            return locked
        clock = clock_for(locked.tenant_id, [locked])
        acting = acting_as(actor)
        planned = _plan_or_say(locked, order, acting, clock)
        step = _step(locked, order, planned, acting, clock, uuid=client_id)
        _write(locked.state, [locked.pk], planned, clock)
        step.save()
        _attach([step], files, actor)
        data = {"from": locked.state, "to": planned.to}
        record(f"problems.{verb}", actor=actor, targets=[locked], on_behalf_of=planned.on_behalf_of, data=data)
        return _fresh(locked.pk)


def _lock(problem: Problem) -> Problem:
    rows = Problem.objects.select_for_update(of=("self",)).select_related("unit", "jurisdiction")
    return rows.get(pk=problem.pk, tenant_id=problem.tenant_id)


def _fresh(pk: int) -> Problem:
    return Problem.objects.select_related("unit", "jurisdiction", "place").get(pk=pk)


def _roles(problem: Problem, order: Order, acting: Acting) -> frozenset[str]:
    """Office, contact; and the inspector who found it, for what was put right on the spot."""
    roles = acting.roles_at(problem)
    inspects = order.verb == "fix_on_spot" and any(m.role == Role.INSPECTOR for m in acting.memberships)
    if inspects and problem.steps.filter(verb="found", actor=acting.person).exists():
        return roles | {INSPECTOR}
    return roles


def _plan_or_say(problem: Problem, order: Order, acting: Acting, clock: Clock) -> Plan:
    """The plan; when the problem has moved on, a refusal that says who did what and when."""
    fits = problem.state in order.transition(problem.state).sources
    if fits:
        check(order, clock, problem)
    try:
        return plan(problem, order, acting, clock, roles=_roles(problem, order, acting))
    except Unfit as unfit:
        if fits:
            raise
        last = problem.steps.order_by("-id").first()
        who = f"（{moment(last.at)} {last.actor_label} {VERBS.get(last.verb, '')}）" if last else ""
        raise Refused(f"{unfit.message.rstrip('。')}{who}。请看经过，再决定怎么办。") from None


def _step(problem: Problem, order: Order, planned: Plan, acting: Acting, clock: Clock, *, uuid: UUID) -> ProblemStep:
    return ProblemStep(
        uuid=uuid,
        tenant_id=problem.tenant_id,
        problem=problem,
        verb=order.verb,
        from_state=problem.state,
        to_state=planned.to,
        at=clock.now,
        actor=acting.person,
        actor_label=acting.label_at(problem),
        on_behalf_of=planned.on_behalf_of,
        words=planned.words,
        date=planned.date,
    )


def _write(from_state: str, pks: list[int], planned: Plan, clock: Clock) -> None:
    """Bring these rows from one state to the next; one that has moved on meanwhile spoils the transaction."""
    changes = {**planned.changes, "state": planned.to}
    if planned.to != from_state:
        changes["state_at"] = clock.now
    if Problem.objects.filter(pk__in=pks, state=from_state).update(**changes) != len(pks):
        raise Refused("刚刚有人办了其中的件。请刷新页面，看清现在的状态再办。")


def _attach(steps: Iterable[ProblemStep], photos: Sequence[StoredFile], actor: Person) -> None:
    rows = [
        Attachment(
            tenant_id=step.tenant_id,
            file=photo,
            target_kind=kind_of(ProblemStep),
            target_id=step.pk,
            role="after" if step.verb in (*REPORTS, "confirm_spot") else "evidence",
            created_by=actor,
        )
        for step in steps
        for photo in {photo.pk: photo for photo in photos}.values()
    ]
    Attachment.objects.bulk_create(rows)


@dataclass
class Outcome:
    """done: how many took the step. left: why the others did not → how many."""

    done: int = 0
    left: dict[str, int] = field(default_factory=dict)

    def leave(self, why: str) -> None:
        self.left[why] = self.left.get(why, 0) + 1


def take_steps(*, actor: Person, problems: QuerySet[Problem], order: Order, client_id: UUID) -> Outcome:
    """The same step on every problem that can take it: one transaction, one event, rows written in bulk.

    Sent again: the same answer, nothing done twice.
    """

    def do() -> dict:
        outcome = _take_steps(actor, problems, order, client_id)
        return {"done": outcome.done, "left": outcome.left}

    return Outcome(**once(tenant=actor.tenant, client_id=client_id, action=f"problems.{order.verb}", do=do))


def _take_steps(actor: Person, problems: QuerySet[Problem], order: Order, client_id: UUID) -> Outcome:
    clock, acting, outcome, taken = clock_for(actor.tenant_id), acting_as(actor), Outcome(), []
    pks = list(problems.order_by("id").values_list("pk", flat=True))
    for start in range(0, len(pks), BLOCK):
        rows = Problem.objects.select_for_update(of=("self",)).select_related("unit", "jurisdiction")
        block = list(rows.filter(pk__in=pks[start : start + BLOCK]).order_by("id"))
        planned = []
        for problem in block:
            try:
                planned.append((problem, plan(problem, order, acting, clock, roles=acting.roles_at(problem))))
                check(order, clock, problem)
            except Unfit as unfit:
                outcome.leave(unfit.message)
        _write_block(planned, order, acting, clock, client_id)
        taken += [problem for problem, _ in planned]
    if taken:
        record(f"problems.{order.verb}", actor=actor, targets=taken, data={"count": len(taken)})
    outcome.done = len(taken)
    return outcome


def _write_block(
    planned: list[tuple[Problem, Plan]], order: Order, acting: Acting, clock: Clock, client_id: UUID
) -> None:
    """One UPDATE per distinct change, one INSERT for the steps."""
    alike: dict[tuple, tuple[str, list[int], Plan]] = {}
    for problem, found in planned:
        key = (problem.state, found.to, *sorted(found.changes.items()))
        alike.setdefault(key, (problem.state, [], found))[1].append(problem.pk)
    for from_state, pks, found in alike.values():
        _write(from_state, pks, found, clock)
    ProblemStep.objects.bulk_create(
        [
            _step(problem, order, found, acting, clock, uuid=uuid5(client_id, str(problem.uuid)))
            for problem, found in planned
        ]
    )
