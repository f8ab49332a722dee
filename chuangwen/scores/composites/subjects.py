"""The subjects of a composite: which there may be, what they are called, and which of them a person sees."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from chuangwen.organisations.models import Person
from chuangwen.organisations.queries import (
    governed_regions,
    governed_units,
    scope_of,
    visible_regions,
    visible_units,
)
from chuangwen.places import queries as places
from chuangwen.scores import divisions
from chuangwen.scores.models import Composite

Kind = Composite.Kind
GOVERNED = {Kind.UNIT: governed_units, Kind.REGION: governed_regions, Kind.PLACE: places.governed_by}
VISIBLE = {Kind.UNIT: visible_units, Kind.REGION: visible_regions, Kind.PLACE: places.visible_to}
CALLED = {Kind.WHOLE: "辖区", Kind.UNIT: "单位", Kind.REGION: "区域", Kind.PLACE: "点位"}
WHOLE_ID = 0


@dataclass(frozen=True)
class Whole:
    """The jurisdiction as the only subject of a composite."""

    name: str
    code: str = ""
    pk: int = WHOLE_ID


def governs(person: Person, composite: Composite) -> bool:
    """Does the person answer for the composite as office?"""
    return composite.tenant_id == person.tenant_id and composite.jurisdiction_id in scope_of(person).jurisdiction_ids


def governed(person: Person) -> QuerySet[Composite]:
    """Composites the person may change."""
    return Composite.objects.filter(jurisdiction_id__in=scope_of(person).jurisdiction_ids, tenant_id=person.tenant_id)


def visible_to(person: Person) -> QuerySet[Composite]:
    """The office: its jurisdictions'; others: published ones with a line of theirs."""
    condition = Q(jurisdiction_id__in=scope_of(person).jurisdiction_ids)
    for kind, rows in VISIBLE.items():
        mine = Composite.objects.filter(
            state=Composite.State.PUBLISHED, kind=kind, lines__subject_id__in=rows(person).values("pk")
        )
        condition |= Q(pk__in=mine.values("pk"))
    return Composite.objects.filter(condition, tenant_id=person.tenant_id)


def seen_by(person: Person, composite: Composite) -> set[int] | None:
    """The subjects whose lines a person sees; None: all of them."""
    if governs(person, composite):
        return None
    rows = VISIBLE.get(Kind(composite.kind))
    return set(rows(person).values_list("pk", flat=True)) if rows else set()


def candidates(person: Person, composite: Composite) -> QuerySet | None:
    """What scores may be entered for, in the order of the registers; None: only the jurisdiction itself."""
    rows = GOVERNED.get(Kind(composite.kind))
    return rows(person).filter(archived_at__isnull=True) if rows else None


def names_of(composite: Composite, keys: Collection[int]) -> dict[int, str]:
    """What subjects are called today."""
    if composite.kind == Kind.WHOLE:
        return {WHOLE_ID: composite.jurisdiction.name}
    return divisions.names_of(composite.kind, keys)
