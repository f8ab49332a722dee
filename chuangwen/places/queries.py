"""Which places a person sees, and the lists made of them."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from chuangwen.base.ids import key_of
from chuangwen.organisations.models import Organisation, Person, Region, Role
from chuangwen.organisations.queries import scope_of, visible_regions, visible_units
from chuangwen.places.models import Place, PlaceType
from rulebook.scoring.subjects import ITSELF

READERS = frozenset({Role.OFFICE, Role.CONTACT, Role.LEADER})


def visible_to(person: Person) -> QuerySet[Place]:
    """Places whose owner unit or region lies in the person's scope, archived ones included; no unit itself 单位本身."""
    scope = scope_of(person)
    ground = scope.covers(unit="owner__path", region="region__path")
    places = Place.objects.filter(ground, tenant_id=scope.tenant_id).exclude(type__code=ITSELF)
    return places.select_related("type", "owner", "region")


def governed_by(person: Person) -> QuerySet[Place]:
    """Places the person may change: those the person's office governs."""
    scope = scope_of(person)
    return visible_to(person).filter(scope.governs(unit="owner__path", region="region__path"))


def visible_types(person: Person) -> QuerySet[PlaceType]:
    """The tenant's place types, archived ones included; not the reserved one of units themselves."""
    return PlaceType.objects.filter(tenant_id=person.tenant_id).exclude(code=ITSELF)


def types_with_counts(person: Person) -> QuerySet[PlaceType]:
    """Types with `in_use`: how many standing places the person sees of each."""
    seen = visible_to(person).filter(archived_at__isnull=True)
    return visible_types(person).annotate(in_use=Count("places", filter=Q(places__in=seen.values("pk"))))


def open_types(person: Person) -> QuerySet[PlaceType]:
    return visible_types(person).filter(archived_at__isnull=True).order_by("code")


def open_units(person: Person) -> QuerySet[Organisation]:
    """Units a place can be given to."""
    return visible_units(person).filter(archived_at__isnull=True).order_by("path")


def open_regions(person: Person) -> QuerySet[Region]:
    return visible_regions(person).filter(archived_at__isnull=True).order_by("path")


def may_edit(person: Person) -> bool:
    """Only the office keeps the register."""
    return Role.OFFICE in scope_of(person).roles


def may_read(person: Person) -> bool:
    return bool(READERS & scope_of(person).roles)


def listed(person: Person, query: Any) -> QuerySet[Place]:
    """The list page's and the export's places for a query string: q, type, region, owner, archived."""
    places = visible_to(person).filter(archived_at__isnull=query.get("archived") != "1")
    if text := query.get("q", "").strip():
        places = places.filter(Q(name__icontains=text) | Q(code__icontains=text) | Q(address__icontains=text))
    if kind := key_of(query.get("type")):
        places = places.filter(type_id=kind)
    if region := _chosen(visible_regions(person), query.get("region")):
        places = places.filter(region__path__gte=region.path, region__path__lt=region.path_end)
    if owner := _chosen(visible_units(person), query.get("owner")):
        places = places.filter(owner__path__gte=owner.path, owner__path__lt=owner.path_end)
    return places


def _chosen(queryset: QuerySet, text: str | None) -> Any:
    """The unit or region a filter names; one that is not the person's to see is not there."""
    key = key_of(text)
    if key is None:
        return None
    found = queryset.filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def open_at(unit: Organisation, person: Person | None) -> QuerySet[Place]:
    """Open places of a unit and of those below it that the person may see; all of them for nobody in particular."""
    rows = visible_to(person) if person else Place.objects.filter(tenant_id=unit.tenant_id)
    return rows.filter(archived_at__isnull=True, owner__path__gte=unit.path, owner__path__lt=unit.path_end)
