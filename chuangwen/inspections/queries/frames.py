"""The frame 抽样框 of a round: which places can be drawn, and what was drawn from which."""

import math
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Q, QuerySet

from chuangwen.inspections.models import FrameRow, Round
from chuangwen.organisations.models import SEGMENT, Jurisdiction, Person
from chuangwen.organisations.queries import range_of
from chuangwen.places.models import Place, PlaceType
from chuangwen.standards.checklists import types_of
from chuangwen.standards.models import StandardVersion
from rulebook import sampling
from rulebook.sampling import Least, Quota, Site

PRECISIONS, OF_EACH = (10, 7, 5, 3), (20, 15, 10)  # per cent


def usable_versions(jurisdiction: Jurisdiction) -> QuerySet[StandardVersion]:
    """Published versions of the jurisdiction's own standards and of those above it."""
    path = jurisdiction.root.path
    above = [path[:end] for end in range(SEGMENT, len(path) + 1, SEGMENT)]
    versions = StandardVersion.objects.filter(tenant_id=jurisdiction.tenant_id)
    versions = versions.filter(state=StandardVersion.State.PUBLISHED, standard__jurisdiction__root__path__in=above)
    return versions.select_related("standard").order_by("standard__name", "-number")


def places_of_frame(round: Round) -> QuerySet[Place]:
    """Standing places of the round's jurisdiction whose type the version has criteria for."""
    root, region = round.jurisdiction.root, round.jurisdiction.region
    start, end = range_of(root)
    ground = Q(owner__path__gte=start, owner__path__lt=end)
    if region:
        first, last = range_of(region)
        ground |= Q(region__path__gte=first, region__path__lt=last)
    places = Place.objects.filter(ground, tenant_id=round.tenant_id, archived_at__isnull=True)
    types = types_of(round.version).values("pk")
    return places.filter(type_id__in=types).select_related("type", "owner")


def sizes_of_frame(round: Round) -> list[tuple[PlaceType, int]]:
    """(type, how many places can be drawn), types without a place left out."""
    counts = dict(places_of_frame(round).values_list("type_id").annotate(Count("pk")).order_by())
    return [(kind, counts[kind.pk]) for kind in types_of(round.version) if kind.pk in counts]


def sites_of(rows: list[FrameRow]) -> list[Site]:
    """The frame as it was the day of the draw, for the rulebook."""
    return [Site(row.place_code, row.stratum, row.unit_code, row.must) for row in rows]


def least_of(rows: list[FrameRow], quota: Quota, number: int) -> Least:
    """The fewest of each type, places always examined counted; none where only the numbers given hold."""
    return sampling.at_least(sites_of(rows), number) if number and isinstance(quota, int) else 0


def fewest_of(sites: Collection[Site], must: Collection[str], number: int) -> int:
    """How many places so many of each type come to, with these always examined."""
    sites = [site._replace(must=site.code in must) for site in sites]
    return sampling.smallest(sites, sampling.at_least(sites, number))


def drawable(round: Round) -> list[Site]:
    """The places that can be drawn today, for the rulebook."""
    return [Site(*row) for row in places_of_frame(round).order_by().values_list("code", "type__code")]


def sizes_for_precision(sites: Collection[Site]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """(per cent, places): to know the rate of all places to ± so much, one of each type at least; and that of each
    type. What would be all places is left out."""
    whole, least = len(sites), sampling.at_least(sites)
    in_all = [(each, sampling.size_for(sites, Fraction(each, 100), least)) for each in PRECISIONS]
    of_each = [(each, sum(sizes_by_type(sites, each).values())) for each in OF_EACH]
    return [row for row in in_all if row[1] < whole], [row for row in of_each if row[1] < whole]


def sizes_by_type(sites: Collection[Site], each: int) -> dict[str, int]:
    """How many of each type to know each type's rate to ± so many per cent."""
    return sampling.sizes_for(sites, Fraction(each, 100))


def error_of(round: Round) -> str:
    """To ± how many percentage points the rate of all places is known from the draw, rounded up; empty where a type
    was passed over, or nothing drawn."""
    if not round.drawn_at:
        return ""
    rows = round.frame.order_by().values_list("place_code", "stratum", "unit_code", "must")
    sites, least = [Site(*row) for row in rows], round.draw.get("least", 1)
    error = sampling.precision_of(sites, round.draw["quota"], least)
    return "" if error is None else f"{math.ceil(error * 1000) / 10}"


def choose(rows: Collection[FrameRow], quota: Quota, seed: str, least: Least) -> dict[str, bool]:
    """Codes drawn → always examined? The same rows, quota, seed and least give the same codes for ever."""
    found = sampling.draw(sites_of(list(rows)), quota, seed, least).drawn
    return {one.code: one.certain for one in found}


@dataclass(frozen=True)
class Drawn:
    """What came of a draw, as it was that day; strata: (type, how many stood in the frame, how many were drawn)."""

    rows: list[FrameRow]
    strata: list[tuple[str, int, int]]
    by: Person | None

    @property
    def whole(self) -> int:
        return sum(whole for _, whole, _ in self.strata)

    @property
    def taken(self) -> list[tuple[str, int, int]]:
        return [row for row in self.strata if row[2]]

    @property
    def passed_over(self) -> list[tuple[str, int, int]]:
        return [row for row in self.strata if not row[2]]


def drawn_of(round: Round) -> Drawn:
    """The places drawn, by type and in the seeded order of each; three queries."""
    rows = round.frame.filter(drawn=True).select_related("place__type", "place__owner")
    sizes = round.draw.get("strata", {})
    names = dict(PlaceType.objects.filter(tenant_id=round.tenant_id, code__in=sizes).values_list("code", "name"))
    strata = [(names.get(code, code), *sizes[code]) for code in sorted(sizes)]
    by = Person.objects.filter(pk=round.draw.get("by")).first()
    return Drawn(list(rows.order_by("stratum", "position", "id")), strata, by)


def repeats(round: Round) -> bool:
    """Does drawing again from the stored frame with the stored seed give the same places 抽样复核?"""
    rows = list(round.frame.order_by("place_code"))
    same_frame = sampling.frame_hash(sites_of(rows)) == round.draw["hash"]
    again = choose(rows, round.draw["quota"], round.seed, round.draw.get("least", 1))
    return same_frame and set(again) == {row.place_code for row in rows if row.drawn}
