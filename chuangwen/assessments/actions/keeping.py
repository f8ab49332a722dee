"""An assessment of the level above written down, and changed."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from chuangwen.assessments import queries
from chuangwen.assessments.models import Assessment
from chuangwen.base.errors import Refused
from chuangwen.base.events import record
from chuangwen.organisations.models import Jurisdiction, Person
from chuangwen.problems.entries import batch_of
from chuangwen.standards.models import StandardVersion

TAKEN = "已有同名的上级测评，换个名称。"


def create_assessment(
    *,
    actor: Person,
    client_id: UUID,
    jurisdiction: Jurisdiction,
    name: str,
    level: str,
    held_on: date,
    version: StandardVersion,
    feedback: UUID | None = None,
) -> Assessment:
    """Write an assessment down; its uuid is `client_id`. Sent twice: one.

    feedback: the batch of problems its feedback came in; without one, what is imported later under its name is its own.
    Its threshold is that of the assessment written down last.
    """
    kept = Assessment.objects.filter(uuid=client_id, tenant=actor.tenant).first()
    if kept:
        return kept
    fields = {"name": name, "level": level, "held_on": held_on, "version": version}
    row = Assessment(uuid=client_id, tenant=actor.tenant, jurisdiction=jurisdiction, **fields)
    row.feedback = feedback or batch_of(jurisdiction, name)
    last = Assessment.objects.filter(jurisdiction=jurisdiction).order_by("-pk").first()
    row.threshold = last.threshold if last else row.threshold
    _check(actor, row)
    try:
        with transaction.atomic():
            row.save()
            record("assessments.created", actor=actor, targets=[row])
    except IntegrityError:
        kept = Assessment.objects.filter(uuid=client_id, tenant=actor.tenant).first()
        if kept is None:
            raise Refused(TAKEN, field="name") from None
        return kept
    return row


@transaction.atomic
def edit_assessment(*, actor: Person, assessment: Assessment, **fields: Any) -> Assessment:
    """Change name, level, date, version, feedback or threshold. Results matched to another version: only before any."""
    row = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if "feedback" in fields:
        fields["feedback"] = fields["feedback"] or batch_of(row.jurisdiction, fields.get("name", row.name))
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    if not changed:
        return row
    if "version" in changed and row.results.exists():
        raise Refused("结果表已按原来的测评体系对应。要换体系，请先撤回导入。", field="version")
    for name in changed:
        setattr(row, name, fields[name])
    _check(actor, row)
    row.save(update_fields=changed)
    record("assessments.edited", actor=actor, targets=[row], data={"fields": sorted(changed)})
    return row


def _check(actor: Person, row: Assessment) -> None:
    if not queries.governs(actor, row):
        raise Refused("这个辖区不归本办管。")
    if not queries.usable_versions(row.jurisdiction).filter(pk=row.version_id).exists():
        raise Refused("要对照的测评体系还没有发布。先发布，再来登记。", field="version")
    try:
        row.validate_constraints()
    except ValidationError as error:
        raise Refused("".join(error.messages), field="name") from error
