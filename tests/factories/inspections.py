"""Rounds brought where a test needs them by the actions a person would take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any
from uuid import uuid4

from chuangwen.inspections import actions
from chuangwen.inspections.actions import Marked
from chuangwen.inspections.models import Round, Visit
from chuangwen.organisations.models import Organisation, Person
from chuangwen.places.models import Place, PlaceType
from chuangwen.standards.models import StandardVersion
from tests.factories.organisations import World, county
from tests.factories.places import make_place, make_type
from tests.factories.published import publish_spec

_numbers = count(1)
BAD = "litter"


def spec_of_every_kind(code: str, key: str = "every") -> dict[str, Any]:
    """One criterion of each way of asking: occurrences, mark, checklist, measure, pair, number."""
    grades = {"A": 1, "B": "0.6", "C": 0}
    rules = {
        "litter": ("无烟头、纸屑", {"kind": "per_occurrence", "each": "0.50"}),
        "signs": ("标识完好", {"kind": "pass_rate"}),
        "market": (
            "市场管理",
            {
                "kind": "checklist",
                "items": ["摊位整齐", "亮证经营"],
                "grades": grades,
                "needs": [{"grade": "A", "need": "all"}, {"grade": "B", "at_least": 1}],
                "else": "C",
            },
        ),
        "noise": (
            "噪声",
            {
                "kind": "bands",
                "suffix": "dB",
                "better": "lower",
                "grades": grades,
                "bands": [{"grade": "A", "below": "60"}, {"grade": "B", "below": "65"}],
                "else": "C",
            },
        ),
        "lamps": ("路灯完好", {"kind": "pass_rate", "of": "pieces"}),
        "posters": ("公益广告", {"kind": "capped_ratio", "required": "4"}),
    }
    criteria = [
        {"key": name, "text": text, "points": "5", "place_types": [code], "rule": rule}
        for name, (text, rule) in rules.items()
    ]
    nodes = [
        {"key": "env", "name": "环境卫生", "criteria": criteria[:2]},
        {"key": "order", "name": "公共秩序", "criteria": criteria[2:]},
    ]
    return {"key": key, "title": "各种问法", "digits": 2, "place_types": {code: code}, "nodes": nodes}


@dataclass
class Field:
    """A county with a published standard and places: two of the station, one of the other bureau's station."""

    world: World
    type: PlaceType
    version: StandardVersion
    places: list[Place]


def field(world: World | None = None, evidence: str = "", litter: dict[str, Any] | None = None) -> Field:
    """evidence: what the standard asks for as proof of litter; litter: further settings of its rule."""
    world = world or county()
    kind = make_type(world.tenant)
    spec = spec_of_every_kind(kind.code, f"every{next(_numbers)}")
    spec["nodes"][0]["criteria"][0]["evidence"] = evidence
    spec["nodes"][0]["criteria"][0]["rule"] |= litter or {}
    version = publish_spec(world.jurisdiction, spec)
    owners = [world.station, world.station, world.other_station]
    return Field(world, kind, version, [make_place(owner, kind) for owner in owners])


def make_round(world: World, version: StandardVersion, **fields: Any) -> Round:
    """A round in preparation."""
    given = {"name": f"第{next(_numbers)}轮暗访", "kind": Round.Kind.UNDERCOVER, "client_id": uuid4()}
    period = {"starts_on": date(2026, 3, 31), "ends_on": date(2026, 4, 11)}
    fields = {**given, **period, "jurisdiction": world.jurisdiction, "version": version, **fields}
    return actions.create_round(actor=world.office, **fields)


def round_of(world: World, owners: Mapping[str, Sequence[Organisation]]) -> Round:
    """A round in preparation, with a place for each owner of types of these names; all is asked of all of them."""
    kinds = {name: make_type(world.tenant, name) for name in owners}
    codes = [kind.code for kind in kinds.values()]
    spec = spec_of_every_kind(codes[0], f"every{next(_numbers)}") | {"place_types": {code: code for code in codes}}
    for row in (row for node in spec["nodes"] for row in node["criteria"]):
        row["place_types"] = codes
    for name, units in owners.items():
        for unit in units:
            make_place(unit, kinds[name])
    return make_round(world, publish_spec(world.jurisdiction, spec))


def make_team(world: World, round: Round, *people: Person, name: str = ""):
    """A team of these people, of the inspector when none is named."""
    posts = [person.memberships.get() for person in people or (world.inspector,)]
    name = name or f"{next(_numbers)}组"
    return actions.add_team(actor=world.office, client_id=uuid4(), round=round, name=name, members=posts)


def open_round(world: World, version: StandardVersion, places: Sequence[Place], **fields: Any) -> Round:
    """An open round with these places, all given to one team of the county's inspector."""
    round = make_round(world, version, **fields)
    team = make_team(world, round)
    for place in places:
        actions.add_places(actor=world.office, round=round, places=[place], reason="测试指定", team=team)
    return actions.open_round(actor=world.office, round=round)


def submit(
    visit: Visit, findings: Sequence[Marked] = (), confirmed: Sequence[int] = (1, 2), actor: Any = None
) -> Visit:
    """Submitted by the first member of its team; the rest of both sections is confirmed."""
    actor = actor or visit.team.members.order_by("id").first().membership.person
    return actions.submit_visit(actor=actor, visit=visit, marks=findings, confirmed=confirmed)


def visit_of(unit: Organisation, world: World, *, state: str = Round.State.OPEN) -> Visit:
    """A visit to a new place of this unit in a round of its own, brought to the state; submitted from open on."""
    kind = make_type(world.tenant)
    version = publish_spec(world.jurisdiction, spec_of_every_kind(kind.code, f"every{next(_numbers)}"))
    round = open_round(world, version, [make_place(unit, kind)])
    visit = round.visits.get()
    submit(visit, [Marked("litter", count=2, note="东门口有烟头")])
    if state != Round.State.OPEN:
        actions.close_round(actor=world.office, round=round)
    if state == Round.State.RELEASED:
        actions.release_round(actor=world.office, round=round)
    visit.refresh_from_db()
    visit.round.refresh_from_db()
    return visit


def answer_of(visit: Visit, key: str, ordinal: int = 0):
    return visit.answers.get(criterion__key=key, ordinal=ordinal)
