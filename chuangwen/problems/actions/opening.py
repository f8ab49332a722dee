"""A finding becomes a problem 问题: numbered, with its photos, pending until it is handed out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from chuangwen.base.events import kind_of, record
from chuangwen.base.models import Attachment, StoredFile
from chuangwen.organisations.models import Jurisdiction, Organisation, Person
from chuangwen.places.models import Place
from chuangwen.problems.models import NumberCounter, Problem, ProblemStep


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


@transaction.atomic
def open_problems(*, actor: Person, findings: Sequence[Finding]) -> list[Problem]:
    """Open one problem per finding, in order; a finding whose source already has a problem gives that problem.

    One event for all. Those with `hand_out` are handed out in the same transaction.
    """
    known = _already_open(findings)
    fresh = [finding for finding in findings if (finding.source_kind, finding.source_uuid) not in known]
    opened = Problem.objects.bulk_create(_rows(fresh), batch_size=500)
    steps = ProblemStep.objects.bulk_create(
        [_found_step(problem, finding, actor) for problem, finding in zip(opened, fresh, strict=True)], batch_size=500
    )
    _attach(steps, fresh, actor)
    if opened:
        record("problems.opened", actor=actor, targets=opened, data={"count": len(opened)})
    by_source = known | {
        (finding.source_kind, finding.source_uuid): problem
        for problem, finding in zip(opened, fresh, strict=True)
        if finding.source_uuid
    }
    new = iter(opened)
    return [
        by_source[(finding.source_kind, finding.source_uuid)] if finding.source_uuid else next(new)
        for finding in findings
    ]


def _already_open(findings: Sequence[Finding]) -> dict[tuple[str, UUID | None], Problem]:
    sources = [finding.source_uuid for finding in findings if finding.source_uuid]
    rows = Problem.objects.filter(source_uuid__in=sources) if sources else ()
    return {(row.source_kind, row.source_uuid): row for row in rows}


def _rows(findings: Sequence[Finding]) -> list[Problem]:
    numbers = _numbers(findings)
    now = timezone.now()
    return [
        Problem(
            tenant_id=finding.jurisdiction.tenant_id,
            jurisdiction=finding.jurisdiction,
            number=next(numbers[(finding.jurisdiction.pk, finding.found_on.year)]),
            title=finding.title[:200],
            detail=finding.detail,
            source_kind=finding.source_kind,
            source_uuid=finding.source_uuid,
            batch_uuid=finding.batch_uuid,
            batch_label=finding.batch_label,
            place=finding.place,
            place_text=finding.place_text or (finding.place.name if finding.place else ""),
            unit=finding.unit,
            criterion_key=finding.criterion_key,
            criterion_text=finding.criterion_text[:200],
            found_on=finding.found_on,
            state_at=now,
        )
        for finding in findings
    ]


def _numbers(findings: Sequence[Finding]) -> dict[tuple[int, int], object]:
    """For each (jurisdiction, year) an iterator of the numbers now taken: 2026-0001, 2026-0002 …"""
    wanted: dict[tuple[int, int], int] = {}
    for finding in findings:
        key = (finding.jurisdiction.pk, finding.found_on.year)
        wanted[key] = wanted.get(key, 0) + 1
    tenants = {finding.jurisdiction.pk: finding.jurisdiction.tenant_id for finding in findings}
    given = {}
    for (jurisdiction_id, year), count in wanted.items():
        last = _take(tenants[jurisdiction_id], jurisdiction_id, year, count)
        given[(jurisdiction_id, year)] = (f"{year}-{serial:04d}" for serial in range(last - count + 1, last + 1))
    return given


def _take(tenant_id: int, jurisdiction_id: int, year: int, count: int) -> int:
    """Move the counter on by `count` (the row stays locked until the commit) and return its new value."""
    counters = NumberCounter.objects.filter(jurisdiction_id=jurisdiction_id, year=year)
    if not counters.update(last=F("last") + count):
        NumberCounter.objects.bulk_create(
            [NumberCounter(tenant_id=tenant_id, jurisdiction_id=jurisdiction_id, year=year)], ignore_conflicts=True
        )
        counters.update(last=F("last") + count)
    return counters.values_list("last", flat=True).get()


def _found_step(problem: Problem, finding: Finding, actor: Person) -> ProblemStep:
    return ProblemStep(
        tenant_id=problem.tenant_id,
        problem=problem,
        verb="found",
        to_state=Problem.State.PENDING,
        at=problem.state_at,
        actor=actor,
        words=finding.detail,
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
