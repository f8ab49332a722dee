"""Place types and places."""

from itertools import count

from chuangwen.organisations.models import Organisation, Region
from chuangwen.places.models import Place, PlaceType

_numbers = count(1)


def make_type(tenant, name: str = "") -> PlaceType:
    number = next(_numbers)
    return PlaceType.objects.create(tenant=tenant, code=f"T{number:03d}", name=name or f"类型{number}")


def make_place(owner: Organisation, type: PlaceType, name: str = "", region: Region | None = None) -> Place:
    number = next(_numbers)
    return Place.objects.create(
        tenant=owner.tenant, code=f"P{number:05d}", name=name or f"点位{number}", type=type, owner=owner, region=region
    )
