"""Publishing 发布: the draft is checked, written down as the rulebook's spec and frozen."""

from django.db import transaction
from django.utils import timezone

from chuangwen.base.errors import Refused
from chuangwen.base.events import record
from chuangwen.organisations.models import Person
from chuangwen.standards.checking import faults_of
from chuangwen.standards.drafts import lock_draft
from chuangwen.standards.models import StandardVersion
from chuangwen.standards.spec import number_in_order, spec_of
from rulebook.scoring import content_hash

State = StandardVersion.State


@transaction.atomic
def publish(*, actor: Person, version: StandardVersion) -> StandardVersion:
    """Freeze a draft without faults; the version published before is superseded.

    Done again it answers the same, also at the very same moment: the second waits for the first one's commit.
    """
    rows = StandardVersion.objects.select_for_update().filter(pk=version.pk)
    if State.PUBLISHED in rows.values_list("state", flat=True):
        version.refresh_from_db()
        return version
    lock_draft(version)
    version.refresh_from_db()
    number_in_order(version)
    version.steps.all().delete()
    spec = spec_of(version)
    if faults := faults_of(version, spec):
        raise Refused(f"还有 {len(faults)} 处要改，没有发布。第一处：{faults[0].message}。")
    former = StandardVersion.objects.filter(standard_id=version.standard_id, state=State.PUBLISHED)
    replaced = list(former)
    former.update(state=State.SUPERSEDED)
    version.state, version.spec, version.spec_hash = State.PUBLISHED, spec, content_hash(spec)
    version.published_at = timezone.now()
    version.save()
    record("standards.version_published", actor=actor, targets=[version, *replaced], data={"hash": version.spec_hash})
    return version
