"""A finding becomes a problem 问题: numbered, with its photos, pending until it is handed out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from chuangwen.base.events import kind_of, record
from chuangwen.base.models import Attachment, StoredFile
from chuangwen.organisations.models import Jurisdiction, Organisation, Person
from chuangwen.places.models import Place
from chuangwen.problems.models import Problem, ProblemStep
from chuangwen.problems.numbers import Key, keep_batches, lock_counters, take_numbers
from chuangwen.problems.queries import Acting, acting_as, clock_for


@dataclass(frozen=True)
class Finding:
    """What was found. `source` names the row it comes from; (source_kind, source_uuid) gives at most one problem.

    unit None = not yet known who answers for it. deadline_days: working days the round grants, else the jurisdiction's.
    """

    jurisdiction: Jurisdiction
    source_kind: str
    source_uuid: UUID | None
    title: str
    found_on: date
    batch_uuid: UUID | None = None
    batch_label: str = ""
    place: Place | None = None
    place_text: str = ""
    unit: Organisation | None = None
    criterion_key: str = ""
    criterion_text: str = ""
    detail: str = ""
    photos: Sequence[StoredFile] = ()
    hand_out: bool = False
    deadline_days: int | None = None
    fixed_on_spot: bool = False  # as the inspector recorded it; such a one is verified, not handed out by itself
    found_by: str = ""  # the team as the unit may read it 暗访二组; else the batch, else unit and name of the actor


@transaction.atomic
def open_problems(*, actor: Person, findings: Sequence[Finding]) -> list[Problem]:
    """Open one problem per finding, in order; a finding whose source already has a problem gives that problem.

    One event for all. Those with `hand_out` and a unit are handed out at once, unless put right on the spot.
    Sent twice at once is harmless: whoever holds the counter goes on, the other then finds the problem there.
    """
    counters = lock_counters(_years(findings))
    known = _already_open(findings)
    fresh = [finding for finding in findings if (finding.source_kind, finding.source_uuid) not in known]
    opened = Problem.objects.bulk_create(_rows(fresh, counters), batch_size=500)
    _keep_steps(opened, fresh, actor)
    keep_batches(opened)
    if opened:
        data = {"count": len(opened), "handed_out": sum(problem.handed_out_at is not None for problem in opened)}
        record("problems.opened", actor=actor, targets=opened, data=data)
    by_source = known | {
        (finding.source_kind, finding.source_uuid): problem
        for problem, finding in zip(opened, fresh, strict=True)
        if finding.source_uuid
    }
    new = iter([row for row, finding in zip(opened, fresh, strict=True) if not finding.source_uuid])
    return [
        by_source[(finding.source_kind, finding.source_uuid)] if finding.source_uuid else next(new)
        for finding in findings
    ]


def _years(findings: Sequence[Finding]) -> list[tuple[Jurisdiction, int]]:
    return [(finding.jurisdiction, finding.found_on.year) for finding in findings]


def _already_open(findings: Sequence[Finding]) -> dict[tuple[str, UUID | None], Problem]:
    sources = [finding.source_uuid for finding in findings if finding.source_uuid]
    tenants = {finding.jurisdiction.tenant_id for finding in findings}
    rows = Problem.objects.filter(tenant_id__in=tenants, source_uuid__in=sources) if sources else ()
    return {(row.source_kind, row.source_uuid): row for row in rows}


def _rows(findings: Sequence[Finding], counters: dict[Key, int]) -> list[Problem]:
    numbers = take_numbers(_years(findings), counters)
    now = timezone.now()
    rows = [
        Problem(
            tenant_id=finding.jurisdiction.tenant_id,
            jurisdiction=finding.jurisdiction,
            number=number,
            title=finding.title[:200],
            detail=finding.detail,
            source_kind=finding.source_kind,
            source_uuid=finding.source_uuid,
            batch_uuid=finding.batch_uuid,
            batch_label=finding.batch_label[:100],
            place=finding.place,
            place_text=(finding.place_text or (finding.place.name if finding.place else ""))[:100],
            unit=finding.unit,
            criterion_key=finding.criterion_key,
            criterion_text=finding.criterion_text[:200],
            found_on=finding.found_on,
            fixed_on_spot=finding.fixed_on_spot,
            state_at=now,
        )
        for finding, number in zip(findings, numbers, strict=True)
    ]
    for row, finding in zip(rows, findings, strict=True):
        if finding.hand_out and finding.unit and not finding.fixed_on_spot:
            _hand_out(row, finding)
    return rows


def _hand_out(row: Problem, finding: Finding) -> None:
    """By the round's option 发现即交办: the clock starts with the finding."""
    clock = clock_for(row.tenant_id)
    row.state, row.handed_out_at = Problem.State.HANDED_OUT, row.state_at
    row.deadline, row.deadline_provisional = clock.deadline(finding.jurisdiction, finding.deadline_days)


def _keep_steps(opened: Sequence[Problem], findings: Sequence[Finding], actor: Person) -> None:
    acting = acting_as(actor)
    pairs = list(zip(opened, findings, strict=True))
    found = ProblemStep.objects.bulk_create(
        [_found_step(problem, finding, acting) for problem, finding in pairs], batch_size=500
    )
    _attach(found, findings, actor)
    handed = [_handed_step(problem, acting) for problem in opened if problem.handed_out_at]
    ProblemStep.objects.bulk_create(handed, batch_size=500)


def _found_step(problem: Problem, finding: Finding, acting: Acting) -> ProblemStep:
    return ProblemStep(
        tenant_id=problem.tenant_id,
        problem=problem,
        verb="found",
        to_state=Problem.State.PENDING,
        at=problem.state_at,
        actor=acting.person,
        actor_label=finding.found_by or finding.batch_label or acting.label_at(problem),
        words=finding.detail,
    )


def _handed_step(problem: Problem, acting: Acting) -> ProblemStep:
    return ProblemStep(
        tenant_id=problem.tenant_id,
        problem=problem,
        verb="hand_out",
        from_state=Problem.State.PENDING,
        to_state=problem.state,
        at=problem.state_at,
        actor=acting.person,
        actor_label=f"{problem.jurisdiction.office}",
        words="发现即交办",
        date=problem.deadline,
    )


def _attach(steps: Sequence[ProblemStep], findings: Sequence[Finding], actor: Person) -> None:
    """The finding's photos, shown with the problem: the unit may see them although the round is not released."""
    Attachment.objects.bulk_create(
        [
            Attachment(
                tenant_id=step.tenant_id,
                file=photo,
                target_kind=kind_of(ProblemStep),
                target_id=step.pk,
                role="before",
                created_by=actor,
            )
            for step, finding in zip(steps, findings, strict=True)
            for photo in finding.photos
        ],
        batch_size=500,
    )
