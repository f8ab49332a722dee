"""Who sees what. A person's scope is line prefix ∪ region prefix ∪ assignments, worked out for today on every request.

At most three queries: the memberships, the jurisdictions (office only), the parts of the areas (leaders only).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from chuangwen.base.models import Tenant
from chuangwen.organisations.models import (
    AreaPart,
    Jurisdiction,
    Membership,
    Organisation,
    Person,
    Region,
    Role,
    TreeNode,
)

ADMINISTRATORS = frozenset({Role.SYSTEM, Role.SECURITY, Role.AUDIT})
OWN_UNIT_ROLES = frozenset({Role.CONTACT, Role.SUPERVISOR})
Range = tuple[str, str]


@dataclass(frozen=True)
class Scope:
    """What a person's memberships of one day give.

    units, regions: path ranges seen (the office: its jurisdiction; a leader: the area; others: own unit and below).
    office_units, office_regions: the part of them the person governs as office.
    member_units: path ranges of the units the person belongs to (whatever the role), for "no one examines their own".
    jurisdiction_ids: governed as office, the person's own first, then those below.
    """

    tenant_id: int
    roles: frozenset[str]
    membership_ids: tuple[int, ...] = ()
    units: tuple[Range, ...] = ()
    regions: tuple[Range, ...] = ()
    office_units: tuple[Range, ...] = ()
    office_regions: tuple[Range, ...] = ()
    member_units: tuple[Range, ...] = ()
    jurisdiction_ids: tuple[int, ...] = ()
    all_regions: bool = False  # an office whose jurisdiction names no region of its own

    def covers(self, unit: str = "", region: str = "") -> Q:
        """Rows whose unit path or region path lies in the scope; field names such as `unit__path`; nothing if none."""
        return _within(self.units, unit) | _within(self.regions, region) | NOTHING

    def governs(self, unit: str = "", region: str = "") -> Q:
        """The same for the part governed as office."""
        return _within(self.office_units, unit) | _within(self.office_regions, region) | NOTHING

    def governs_unit(self, path: str) -> bool:
        """Does the person govern the unit with this path as office?"""
        return any(start <= path < end for start, end in self.office_units)


NOTHING = Q(pk__in=())


def _within(ranges: Iterable[Range], field: str) -> Q:
    found = Q()
    for start, end in ranges if field else ():
        found |= Q(**{f"{field}__gte": start, f"{field}__lt": end})
    return found


def range_of(node: TreeNode) -> Range:
    return node.path, node.path_end


def held_on(day: date) -> Q:
    """Condition: the term of a membership or an area holds the day (both ends included)."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


def memberships_on(person: Person, day: date) -> QuerySet[Membership]:
    """The memberships a person holds on a day."""
    rows = Membership.objects.filter(held_on(day), person=person, tenant_id=person.tenant_id)
    return rows.select_related("organisation", "region").order_by("id")


def scope_of(person: Person, day: date | None = None) -> Scope:
    """The person's scope today (kept on the person object of this request, never longer).

    Read and set as an attribute: `request.user` stands before the person and has a `__dict__` of its own.
    """
    if day is not None:
        return _scope(person, day)
    if not hasattr(person, "_scope"):
        person._scope = _scope(person, timezone.localdate())
    return person._scope


def _scope(person: Person, day: date) -> Scope:
    held = list(memberships_on(person, day)) if person.is_active else []
    own, below = _governed(person.tenant_id, {m.organisation_id for m in held if m.role == Role.OFFICE})
    roots = [range_of(row.root) for row in own]
    office_regions = [range_of(row.region) for row in own if row.region]
    area_units, area_regions = _areas([m.pk for m in held if m.role == Role.LEADER], day)
    own_ranges = [range_of(m.organisation) for m in held if m.role in OWN_UNIT_ROLES]
    region_ranges = [range_of(m.region) for m in held if m.region and m.role == Role.CONTACT]
    return Scope(
        tenant_id=person.tenant_id,
        roles=frozenset(m.role for m in held),
        membership_ids=tuple(m.pk for m in held),
        units=tuple(dict.fromkeys(roots + own_ranges + area_units)),
        regions=tuple(dict.fromkeys(office_regions + region_ranges + area_regions)),
        office_units=tuple(roots),
        office_regions=tuple(office_regions),
        member_units=tuple(dict.fromkeys(range_of(m.organisation) for m in held)),
        jurisdiction_ids=tuple(row.pk for row in own + below),
        all_regions=any(row.region is None for row in own),
    )


def _governed(tenant_id: int, office_ids: set[int]) -> tuple[list[Jurisdiction], list[Jurisdiction]]:
    """(the jurisdictions of these offices, those whose root lies below theirs); a tenant has few of them."""
    if not office_ids:
        return [], []
    rows = list(Jurisdiction.objects.filter(tenant_id=tenant_id).select_related("root", "region").order_by("id"))
    own = [row for row in rows if row.office_id in office_ids]
    roots = [range_of(row.root) for row in own]
    below = [row for row in rows if row not in own and any(start <= row.root.path < end for start, end in roots)]
    return own, below


def _areas(leader_ids: list[int], day: date) -> tuple[list[Range], list[Range]]:
    """Path ranges of units and of regions in the areas these leader memberships answer for on the day."""
    if not leader_ids:
        return [], []
    in_term = Q(area__valid_to__isnull=True) | Q(area__valid_to__gte=day)
    parts = AreaPart.objects.filter(in_term, area__leader_id__in=leader_ids, area__valid_from__lte=day)
    found = list(parts.select_related("organisation", "region").order_by("id"))
    return (
        [range_of(part.organisation) for part in found if part.organisation],
        [range_of(part.region) for part in found if part.region],
    )


def visible_jurisdictions(person: Person) -> QuerySet[Jurisdiction]:
    """The jurisdictions the person governs as office."""
    return Jurisdiction.objects.filter(pk__in=scope_of(person).jurisdiction_ids)


def own_jurisdiction(person: Person) -> Jurisdiction | None:
    """The jurisdiction of the office the person works in (the first, if several); None for everybody else."""
    ids = scope_of(person).jurisdiction_ids
    if not ids:
        return None
    return Jurisdiction.objects.select_related("root", "office", "region", "tenant").get(pk=ids[0])


def jurisdiction_of(unit: Organisation) -> Jurisdiction | None:
    """The nearest jurisdiction whose ground holds the unit."""
    paths = [unit.path[:end] for end in range(8, len(unit.path) + 1, 8)]
    rows = Jurisdiction.objects.filter(tenant_id=unit.tenant_id, root__path__in=paths)
    return rows.select_related("root", "tenant").order_by("-root__path", "id").first()


def visible_units(person: Person) -> QuerySet[Organisation]:
    """Units the person may see: those in the scope."""
    scope = scope_of(person)
    return Organisation.objects.filter(scope.covers(unit="path", region="region__path"), tenant_id=scope.tenant_id)


def governed_units(person: Person) -> QuerySet[Organisation]:
    """Units the person answers for as office (of its line; a unit that only stands in its region is not its own)."""
    scope = scope_of(person)
    return Organisation.objects.filter(scope.governs(unit="path"), tenant_id=scope.tenant_id)


def visible_regions(person: Person) -> QuerySet[Region]:
    """Regions in the scope; an office whose jurisdiction names no region sees all of the tenant's."""
    scope = scope_of(person)
    if scope.all_regions:
        return Region.objects.filter(tenant_id=scope.tenant_id)
    return Region.objects.filter(scope.covers(region="path"), tenant_id=scope.tenant_id)


def governed_regions(person: Person) -> QuerySet[Region]:
    """Regions the office keeps."""
    scope = scope_of(person)
    if scope.all_regions:
        return Region.objects.filter(tenant_id=scope.tenant_id)
    return Region.objects.filter(scope.governs(region="path"), tenant_id=scope.tenant_id)


def installations() -> list[Tenant]:
    """The tenants of this installation, two at most: the sign-in page names the only one."""
    return list(Tenant.objects.order_by("id")[:2])
