"""Units as a tree and as a list, their names on a day, and the areas."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict

from chuangwen.base import lists
from chuangwen.base.ids import key_of
from chuangwen.organisations.models import Area, Membership, Organisation, OrganisationState, Person, Region
from chuangwen.organisations.queries.people import contacts_of
from chuangwen.organisations.queries.scope import (
    Range,
    held_on,
    range_of,
    scope_of,
    visible_regions,
    visible_units,
)

TREE_LIMIT = 500


@dataclass
class Branch:
    """One row of the tree: the unit, how deep it stands on the page, what is below it, and whether it is open."""

    unit: Organisation
    level: int
    children: int
    is_open: bool
    toggled: str  # the `open` list of the address after a click
    contacts: list[Membership] = field(default_factory=list)


def governed_areas(person: Person) -> QuerySet[Area]:
    """Areas the person keeps as office; the one answered for as leader elsewhere is not among them."""
    scope = scope_of(person)
    return Area.objects.filter(jurisdiction_id__in=scope.jurisdiction_ids, tenant_id=scope.tenant_id)


def areas_of(person: Person, day: date) -> QuerySet[Area]:
    """Areas the person answers for as leader on a day."""
    return Area.objects.filter(held_on(day), leader_id__in=scope_of(person, day).membership_ids).order_by("id")


@dataclass(frozen=True)
class AreaGround:
    """An area with its leader's name and the path ranges of the units and regions in it."""

    area: Area
    leader: str
    units: tuple[Range, ...]
    regions: tuple[Range, ...]

    def holds(self, unit: str, region: str) -> bool:
        """Does a place of a unit, in a region (their paths; empty: none), lie in it?"""
        pairs = ((unit, self.units), (region, self.regions))
        return any(start <= path < end for path, ranges in pairs if path for start, end in ranges)


def area_grounds(jurisdiction_id: int, day: date) -> list[AreaGround]:
    """The areas of a jurisdiction on a day: two queries."""
    areas = Area.objects.filter(held_on(day), jurisdiction_id=jurisdiction_id).order_by("id")
    found = areas.select_related("leader__person").prefetch_related("parts__organisation", "parts__region")
    return [
        AreaGround(
            area,
            area.leader.person.name if area.leader else "",
            tuple(range_of(part.organisation) for part in area.parts.all() if part.organisation),
            tuple(range_of(part.region) for part in area.parts.all() if part.region),
        )
        for area in found
    ]


def name_on(unit_ids: Iterable[int], day: date) -> dict[int, OrganisationState]:
    """Each unit's dated state on a day, in one query; a unit younger than the day is left out."""
    rows = OrganisationState.objects.filter(organisation_id__in=list(unit_ids), valid_from__lte=day)
    rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))
    return {row.organisation_id: row for row in rows}


def tree(person: Person, opened: list[int]) -> tuple[list[Branch], bool]:
    """The visible forest, unfolded below `opened`: (rows in tree order, was it cut?). Three queries.

    The tops are visible units whose parent is not visible.
    """
    open_units = visible_units(person).filter(archived_at__isnull=True)
    tops = open_units.exclude(parent__in=open_units.values("pk"))
    shown = Q(pk__in=tops.values("pk")) | Q(parent_id__in=opened)
    units = list(open_units.filter(shown).select_related("region").order_by("path")[: TREE_LIMIT + 1])
    below = children_counts(open_units, [unit.pk for unit in units])
    contacts = contacts_of([unit.pk for unit in units])
    levels: dict[int, int] = {}
    rows = []
    for unit in units:
        if unit.parent_id in opened and unit.parent_id not in levels:
            continue  # below a branch that is folded
        levels[unit.pk] = levels.get(unit.parent_id or 0, 0) + 1
        is_open = unit.pk in opened
        keep = [pk for pk in opened if pk != unit.pk] if is_open else [*opened, unit.pk]
        toggled = ",".join(map(str, keep)) or "0"
        rows.append(Branch(unit, levels[unit.pk], below.get(unit.pk, 0), is_open, toggled, contacts.get(unit.pk, [])))
    return rows[:TREE_LIMIT], len(units) > TREE_LIMIT


def tops_of(person: Person) -> list[int]:
    """The tops of the visible forest, opened when the page says nothing else."""
    open_units = visible_units(person).filter(archived_at__isnull=True)
    return list(
        open_units.exclude(parent__in=open_units.values("pk")).order_by("path").values_list("pk", flat=True)[:5]
    )


def children_counts(units: QuerySet[Organisation], ids: list[int]) -> dict[int, int]:
    """How many of `units` lie directly under each of `ids`."""
    rows = units.filter(parent_id__in=ids).order_by().values("parent_id").annotate(number=Count("pk"))
    return {row["parent_id"]: row["number"] for row in rows}


def find_units(person: Person, *, text: str = "", kind: str = "", region: str = "", archived: bool = False) -> QuerySet:
    """Visible units by name, short name, code or former name, kind and region (with all below it)."""
    rows = visible_units(person).filter(archived_at__isnull=not archived).select_related("region", "parent")
    if text:
        former = OrganisationState.objects.filter(name__icontains=text).values("organisation_id")
        rows = rows.filter(
            Q(name__icontains=text) | Q(short_name__icontains=text) | Q(code__istartswith=text) | Q(pk__in=former)
        )
    if kind:
        rows = rows.filter(kind=kind)
    found = Region.objects.filter(tenant_id=person.tenant_id, pk=key_of(region)).first()
    return rows.filter(region__path__gte=found.path, region__path__lt=found.path_end) if found else rows


def kinds_of(person: Person) -> list[str]:
    rows = visible_units(person).exclude(kind="").order_by("kind")
    return list(rows.values_list("kind", flat=True).distinct())


def asked_for(person: Person, asked: QueryDict) -> QuerySet[Organisation]:
    """The units a list's address asks for; the page and the export read the same."""
    return find_units(
        person,
        text=asked.get("q", "").strip(),
        kind=asked.get("kind", ""),
        region=asked.get("region", ""),
        archived=asked.get("archived") == "1",
    )


def listed(person: Person, asked: QueryDict) -> dict[str, Any]:
    """The list of a search: one page of units with their contacts."""
    rows = asked_for(person, asked)
    slice = lists.keyset(rows, order=("path", "id"), cursor=asked.get("cursor", ""))
    contacts = contacts_of([unit.pk for unit in slice.rows])
    found = [(unit, contacts.get(unit.pk, [])) for unit in slice.rows]
    return {"slice": slice, "found": found, "total": rows.count()}


def unfolded(person: Person, asked: QueryDict) -> dict[str, Any]:
    """The tree with the branches named in `open` unfolded; at first the tops."""
    opened = [key for key in map(key_of, asked.get("open", "").split(",")) if key is not None][:100]
    branches, cut = tree(person, opened or tops_of(person))
    return {"branches": branches, "cut": cut, "limit": TREE_LIMIT}


def numbers(person: Person) -> dict[str, int]:
    """How many open and how many closed units the person sees."""
    open_, closed = Q(archived_at__isnull=True), Q(archived_at__isnull=False)
    return visible_units(person).aggregate(open=Count("pk", filter=open_), closed=Count("pk", filter=closed))


def find_regions(person: Person, *, text: str = "", archived: bool = False) -> QuerySet[Region]:
    """Visible regions by name or code, with `units`: how many open units stand in each."""
    rows = visible_regions(person).filter(archived_at__isnull=not archived).select_related("parent")
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(code__istartswith=text))
    return rows.annotate(units=Count("organisations", filter=Q(organisations__archived_at__isnull=True)))
