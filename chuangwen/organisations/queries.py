"""Who sees what. A person's scope is line prefix ∪ region prefix ∪ assignments, worked out for today on every request."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from chuangwen.organisations.models import Area, Jurisdiction, Membership, Organisation, Person, Region, Role

ADMINISTRATORS = frozenset({Role.SYSTEM, Role.SECURITY, Role.AUDIT})
Range = tuple[str, str]


@dataclass(frozen=True)
class Scope:
    """What a person's memberships of one day give.

    units, regions: path ranges seen (the office: its jurisdiction; a leader: the area; others: own unit and below).
    office_units, office_regions: the part of them the person governs as office.
    member_units: path ranges of the units the person belongs to (whatever the role), for "no one examines their own".
    """

    tenant_id: int
    roles: frozenset[str]
    membership_ids: tuple[int, ...] = ()
    units: tuple[Range, ...] = ()
    regions: tuple[Range, ...] = ()
    office_units: tuple[Range, ...] = ()
    office_regions: tuple[Range, ...] = ()
    member_units: tuple[Range, ...] = ()
    jurisdiction_ids: tuple[int, ...] = ()  # governed as office, those below included

    def covers(self, unit: str = "", region: str = "") -> Q:
        """Rows whose unit path or region path lies in the scope; field names such as `unit__path`; nothing if none."""
        return _within(self.units, unit) | _within(self.regions, region) | NOTHING

    def governs(self, unit: str = "", region: str = "") -> Q:
        """The same for the part governed as office."""
        return _within(self.office_units, unit) | _within(self.office_regions, region) | NOTHING


NOTHING = Q(pk__in=())


def _within(ranges: tuple[Range, ...], field: str) -> Q:
    found = Q()
    for start, end in ranges if field else ():
        found |= Q(**{f"{field}__gte": start, f"{field}__lt": end})
    return found


def memberships_on(person: Person, day: date) -> QuerySet[Membership]:
    """The memberships a person holds on a day."""
    return (
        Membership.objects.filter(person=person, tenant_id=person.tenant_id, valid_from__lte=day)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))
        .select_related("organisation", "region")
        .order_by("id")
    )


def scope_of(person: Person, day: date | None = None) -> Scope:
    """The person's scope today (kept on the person object of this request, never longer)."""
    if day is None and (kept := person.__dict__.get("_scope")):
        return kept
    scope = _scope(person, day or timezone.localdate())
    if day is None:
        person.__dict__["_scope"] = scope
    return scope


def _scope(person: Person, day: date) -> Scope:
    held = list(memberships_on(person, day)) if person.is_active else []
    offices = _governed(person, [m.organisation_id for m in held if m.role == Role.OFFICE])
    roots = [(row.root.path, row.root.path_end) for row in offices]
    office_regions = [(row.region.path, row.region.path_end) for row in offices if row.region]
    area_units, area_regions = _areas([m.pk for m in held if m.role == Role.LEADER], day)
    own = [m.organisation for m in held if m.role in (Role.CONTACT, Role.SUPERVISOR)]
    own_ranges = [(unit.path, unit.path_end) for unit in own]
    region_ranges = [(m.region.path, m.region.path_end) for m in held if m.region and m.role == Role.CONTACT]
    return Scope(
        tenant_id=person.tenant_id,
        roles=frozenset(m.role for m in held),
        membership_ids=tuple(m.pk for m in held),
        units=tuple(roots + own_ranges + area_units),
        regions=tuple(office_regions + region_ranges + area_regions),
        office_units=tuple(roots),
        office_regions=tuple(office_regions),
        member_units=tuple((m.organisation.path, m.organisation.path_end) for m in held),
        jurisdiction_ids=_jurisdictions_below(person.tenant_id, roots),
    )


def _governed(person: Person, organisation_ids: list[int]) -> list[Jurisdiction]:
    if not organisation_ids:
        return []
    rows = Jurisdiction.objects.filter(tenant_id=person.tenant_id, office_id__in=organisation_ids)
    return list(rows.select_related("root", "region").order_by("id"))


def _jurisdictions_below(tenant_id: int, roots: list[Range]) -> tuple[int, ...]:
    if not roots:
        return ()
    rows = Jurisdiction.objects.filter(_within(tuple(roots), "root__path"), tenant_id=tenant_id)
    return tuple(rows.order_by("id").values_list("pk", flat=True))


def _areas(leader_ids: list[int], day: date) -> tuple[list[Range], list[Range]]:
    units: list[Range] = []
    regions: list[Range] = []
    if not leader_ids:
        return units, regions
    areas = Area.objects.filter(leader_id__in=leader_ids, valid_from__lte=day)
    areas = areas.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))
    for area in areas.prefetch_related("parts__organisation", "parts__region"):
        for part in area.parts.all():
            node = part.organisation or part.region
            (units if part.organisation else regions).append((node.path, node.path_end))
    return units, regions


def visible_units(person: Person) -> QuerySet[Organisation]:
    """Units the person may see: those in the scope."""
    scope = scope_of(person)
    return Organisation.objects.filter(scope.covers(unit="path", region="region__path"), tenant_id=scope.tenant_id)


def visible_regions(person: Person) -> QuerySet[Region]:
    scope = scope_of(person)
    if Role.OFFICE in scope.roles:
        return Region.objects.filter(tenant_id=scope.tenant_id)
    return Region.objects.filter(scope.covers(region="path"), tenant_id=scope.tenant_id)


def visible_people(person: Person) -> QuerySet[Person]:
    """People the person may see: the office and the system administrator, those with a membership in their ground."""
    scope = scope_of(person)
    people = Person.objects.filter(tenant_id=scope.tenant_id)
    if Role.SYSTEM in scope.roles:
        return people
    ground = Membership.objects.filter(scope.governs(unit="organisation__path"), tenant_id=scope.tenant_id)
    return people.filter(pk__in=ground.values("person"))


def visible_jurisdictions(person: Person) -> QuerySet[Jurisdiction]:
    """The jurisdictions the person governs as office."""
    return Jurisdiction.objects.filter(pk__in=scope_of(person).jurisdiction_ids)


def own_jurisdiction(person: Person) -> Jurisdiction | None:
    """The jurisdiction of the office the person works in (the first, if several); None for everybody else."""
    return visible_jurisdictions(person).select_related("root", "office", "region", "tenant").order_by("id").first()


def jurisdiction_of(unit: Organisation) -> Jurisdiction | None:
    """The nearest jurisdiction whose ground holds the unit."""
    paths = [unit.path[:end] for end in range(8, len(unit.path) + 1, 8)]
    rows = Jurisdiction.objects.filter(tenant_id=unit.tenant_id, root__path__in=paths)
    return rows.select_related("root", "tenant").order_by("-root__path").first()


def contacts_of(unit_ids: list[int], day: date | None = None) -> dict[int, list[Membership]]:
    """The contacts 联络员 of units, by unit id, in one query."""
    day = day or timezone.localdate()
    rows = (
        Membership.objects.filter(organisation_id__in=unit_ids, role=Role.CONTACT, valid_from__lte=day)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))
        .select_related("person")
        .order_by("id")
    )
    found: dict[int, list[Membership]] = {}
    for row in rows:
        found.setdefault(row.organisation_id, []).append(row)
    return found
