"""What a round is divided into: units and place types always, places or regions where the standard judges those."""

from collections.abc import Collection, Mapping

from django.db.models import QuerySet

from chuangwen.inspections.models import Round, Visit
from chuangwen.inspections.queries import visible_visits
from chuangwen.organisations.models import SEGMENT, Organisation, Person, Region
from chuangwen.places.models import Place, PlaceType
from chuangwen.scores.inputs import compiled, visits_of
from rulebook.scoring.subjects import PLACE, REGION, UNIT, is_region_of

TYPE = "type"
FIELDS = {UNIT: "unit_id", TYPE: "place_type_id", PLACE: "place_id", REGION: "region_id"}
MODELS = {UNIT: Organisation, TYPE: PlaceType, PLACE: Place, REGION: Region}


def own_kind(round: Round) -> str:
    """Places or regions where the standard judges those; empty where units or the whole round are the subjects."""
    division = compiled(round).division
    return division if division in (PLACE, REGION) else ""


def kinds_of(round: Round) -> list[str]:
    """Every kind of subject whose totals are kept."""
    return [UNIT, TYPE, *filter(None, [own_kind(round)])]


def keys_on(path: str) -> list[int]:
    """The keys of a node and of all above it, the node first."""
    return [int(path[end - SEGMENT : end]) for end in range(len(path), 0, -SEGMENT)]


def touched_by(visit: Visit) -> dict[str, list[int]]:
    """By kind, the subjects whose totals a visit may change; of regions every one it lies in."""
    found = {UNIT: [visit.unit_id], TYPE: [visit.place_type_id]}
    own = own_kind(visit.round)
    if own == PLACE:
        found[PLACE] = [visit.place_id]
    if own == REGION:
        found[REGION] = keys_on(visit.region.path) if visit.region else []
    return found


def region_subjects(round: Round) -> dict[int, int]:
    """Region of a visit → the nearest one of the standard's kind, itself or above; what lies in none is left out.

    Where the list of regions calls none of them so, each region is a subject itself.
    """
    lying = Region.objects.filter(pk__in=visits_of(round).exclude(region=None).values("region"))
    chains = {pk: keys_on(path) for pk, path in lying.values_list("pk", "path")}
    above = {key for chain in chains.values() for key in chain}
    kinds = dict(Region.objects.filter(pk__in=above).values_list("pk", "kind"))
    called = {key for key, kind in kinds.items() if is_region_of(compiled(round).subject, kind)}
    nearest = {pk: next((key for key in chain if key in called), None) for pk, chain in chains.items()}
    return {pk: key for pk, key in nearest.items() if key} or {pk: pk for pk in chains}


def subjects_of(round: Round, kind: str) -> Mapping[int, int] | None:
    """What stands in a visit's field → subject, where they differ; None where the field names the subject."""
    return region_subjects(round) if kind == REGION else None


def visits_in(round: Round, kind: str, subject_ids: Collection[int]) -> QuerySet[Visit]:
    """The visits that make these subjects."""
    others = subjects_of(round, kind)
    keys = subject_ids if others is None else [key for key, subject in others.items() if subject in subject_ids]
    return dividing(round, kind).filter(**{f"{FIELDS[kind]}__in": keys})


def dividing(round: Round, kind: str) -> QuerySet[Visit]:
    """The visits that subjects of a kind are made of: a unit itself 单位本身 is no place to be judged."""
    visits = visits_of(round)
    return visits.exclude(state=Visit.State.ENTERED) if kind == PLACE else visits


def seen_by(person: Person, round: Round, kind: str) -> set[int]:
    """Places or regions of which a person sees every visit: one place seen is not yet the whole region."""
    others, seen, hidden = subjects_of(round, kind), set(), set()
    mine = set(visible_visits(person).filter(round=round).values_list("pk", flat=True))
    for pk, key in dividing(round, kind).values_list("pk", FIELDS[kind]):
        subject = key if others is None else others.get(key)
        (seen if pk in mine else hidden).add(subject)
    return seen - hidden - {None}


def by_place(round: Round, kind: str) -> dict[int, int]:
    """Place → subject, of the places that have one."""
    others = subjects_of(round, kind)
    rows = dividing(round, kind).values_list("place_id", FIELDS[kind])
    if others is None:
        return dict(rows)
    return {place: others[key] for place, key in rows if key in others}


def shown_names(kind: str, names: Mapping[int, str]) -> dict[int, str]:
    """The same as pages write them: units by their short names, unless they were called otherwise then."""
    if kind != UNIT:
        return dict(names)
    units = Organisation.objects.filter(pk__in=names)
    return {**names, **{unit.pk: str(unit) for unit in units if unit.name == names[unit.pk]}}


def names_of(kind: str, keys: Collection[int]) -> dict[int, str]:
    """What subjects are called today."""
    return dict(MODELS[kind].objects.filter(pk__in=keys).values_list("pk", "name"))
