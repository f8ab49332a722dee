"""The last changes of a draft, kept so that they can be taken back, the newest first."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from chuangwen.base.errors import Refused
from chuangwen.base.events import record
from chuangwen.organisations.models import Person
from chuangwen.standards.drafts import TYPES, Images, lock_draft
from chuangwen.standards.models import Criterion, DraftStep, Indicator, StandardVersion

KEPT = 50
MODELS = {"i": Indicator, "c": Criterion}


def keep(*, version: StandardVersion, actor: Person, words: str, before: Images, after: Images) -> None:
    """Keep a change as the newest step; older ones than the last fifty are forgotten."""
    touched = [name for name in before | after if before.get(name) != after.get(name)]
    DraftStep.objects.create(
        version=version, actor=actor, words=words[:80], before={name: before.get(name) for name in touched}
    )
    old = version.steps.order_by("-id").values_list("pk", flat=True)[KEPT : KEPT + 1]
    version.steps.filter(pk__lte=max(old, default=0)).delete()


@transaction.atomic
def undo_step(*, actor: Person, version: StandardVersion, step: int) -> str:
    """Take the newest step back; `step` is the one the page showed. Returns a row it touched, or nothing."""
    lock_draft(version)
    last = version.steps.select_related("actor").last()
    if last is None:
        raise Refused("没有可以退回的了。")
    if last.pk != step:
        raise Refused(f"别处又改过，没有退回。现在最后一步是 {last.actor.name} 的{last.words}。")
    for letter, model in MODELS.items():
        _restore(model, {name: image for name, image in last.before.items() if name[0] == letter})
    last.delete()
    record("standards.step_undone", actor=actor, targets=[version], data={"reason": last.words})
    return next((name for name, image in last.before.items() if image), "")


def _restore(model: Any, wanted: Mapping[str, dict[str, Any] | None]) -> None:
    """Rows as their images say; those without one are taken out."""
    lost = [int(name[1:]) for name, image in wanted.items() if image is None]
    model.objects.filter(pk__in=lost).delete()
    kept = {int(name[1:]): dict(image) for name, image in wanted.items() if image is not None}
    types = {pk: image.pop(TYPES, []) for pk, image in kept.items()}
    there = set(model.objects.filter(pk__in=kept).values_list("pk", flat=True))
    fields = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    rows = {pk: model(**image) for pk, image in kept.items()}
    model.objects.bulk_create([row for pk, row in rows.items() if pk not in there], batch_size=500)
    model.objects.bulk_update([row for pk, row in rows.items() if pk in there], fields, batch_size=200)
    if model is Criterion:
        through = Criterion.place_types.through.objects
        through.filter(criterion_id__in=kept).delete()
        pairs = [(pk, kind) for pk, kinds in types.items() for kind in kinds]
        through.bulk_create([through.model(criterion_id=pk, placetype_id=kind) for pk, kind in pairs], batch_size=1000)
