"""The place of a unit itself 单位本身: where what is known of the unit without looking at a place of it is answered.

Type and places are out of use from the start, so that no register, choice, draw or forecast offers them.
"""

from collections.abc import Iterable

from django.utils import timezone

from chuangwen.base.models import Tenant
from chuangwen.organisations.models import Organisation
from chuangwen.places.models import Place, PlaceType
from rulebook.scoring.subjects import ITSELF

LABEL = "单位本身"


def places_of(tenant: Tenant, units: Iterable[Organisation]) -> dict[int, Place]:
    """Unit → its own place, made where there is none yet and called as the unit is today; part of a caller's step."""
    units, now = list(units), timezone.now()
    kind, _ = PlaceType.objects.get_or_create(
        tenant=tenant, code=ITSELF, defaults={"name": lambda: _name(tenant), "archived_at": now}
    )
    rows = [
        Place(
            tenant=tenant,
            code=f"{ITSELF}-{unit.pk}",
            name=unit.name,
            type=kind,
            owner=unit,
            region_id=unit.region_id,
            archived_at=now,
        )
        for unit in units
    ]
    Place.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["tenant", "code"],
        update_fields=["name", "region"],
        batch_size=500,
    )
    found = Place.objects.filter(type=kind, owner__in=units).select_related("type", "owner")
    return {place.owner_id: place for place in found}


def _name(tenant: Tenant) -> str:
    """The installation may have called a type of its own so."""
    taken = PlaceType.objects.filter(tenant=tenant, name=LABEL).exists()
    return f"{LABEL}（录入）" if taken else LABEL
