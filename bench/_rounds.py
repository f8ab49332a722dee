"""A county with as many units, places, criteria, answers and problems as a benchmark asks for, by bulk_create."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any
from uuid import uuid4

import numpy as np
from django.db import models, transaction
from django.utils import timezone

from chuangwen.inspections.models import Answer, Round, Team, TeamMember, Visit
from chuangwen.organisations.models import Organisation
from chuangwen.places.models import Place, PlaceType
from chuangwen.problems.models import Problem, ProblemBatch
from chuangwen.scores import keeping
from chuangwen.standards.models import Criterion, StandardVersion
from tests.factories.organisations import World, county, make_unit
from tests.factories.places import make_type
from tests.factories.published import publish_spec

UNITS, TYPES, A_NODE = 60, 6, 30
RULES: tuple[dict[str, str], ...] = (
    {"kind": "pass_rate", "cell": "place"},
    {"kind": "pass_rate", "cell": "observation"},
    {"kind": "per_occurrence", "each": "0.1", "cell": "place"},
    {"kind": "per_occurrence", "each": "0.05", "cap": "0.3", "cell": "observation"},
    {"kind": "per_occurrence", "each": "0.02", "cell": "place", "combiner": "mean"},
)
STATES = ("closed",) * 85 + ("fixing",) * 7 + ("handed_out",) * 2 + ("review",) * 2 + ("pending",) * 2
STATES += ("returned", "withdrawn")


@dataclass(frozen=True)
class Ground:
    """The county, its units, place types and one published standard; `criteria` are the keys' rows by place type."""

    world: World
    units: list[Organisation]
    types: list[PlaceType]
    version: StandardVersion
    criteria: dict[int, list[Criterion]]


def make_ground(criteria: int) -> Ground:
    """Criteria in nodes of A_NODE, each node for one of TYPES place types."""
    world = county()
    units = [world.bureau, *(make_unit(world.tenant, f"示例单位{n}", world.root) for n in range(1, UNITS))]
    types = [make_type(world.tenant) for _ in range(TYPES)]
    with transaction.atomic():
        version = publish_spec(world.jurisdiction, spec_of(criteria, [kind.code for kind in types]))
    rows = list(Criterion.objects.filter(version=version).order_by("position"))
    by_type = {
        kind.pk: [row for at, row in enumerate(rows) if at // A_NODE % TYPES == n] for n, kind in enumerate(types)
    }
    return Ground(world, units, types, version, by_type)


def spec_of(criteria: int, codes: list[str]) -> dict[str, Any]:
    nodes = []
    for start in range(0, criteria, A_NODE):
        number = start // A_NODE
        rows = [
            {
                "key": f"c{at}",
                "text": f"第{at}条：地面无烟头、纸屑、污水，设施完好",
                "points": "0.5",
                "rule": RULES[at % len(RULES)],
                "place_types": [codes[number % len(codes)]],
            }
            for at in range(start, min(start + A_NODE, criteria))
        ]
        nodes.append({"key": f"n{number}", "name": f"测评内容{number}", "criteria": rows})
    return {"key": "bench", "title": "基准", "digits": 2, "place_types": dict.fromkeys(codes, "类型"), "nodes": nodes}


def make_round(ground: Ground, answers: int, *, submitted: bool = True) -> Round:
    """A round with visits enough for this many answers: submitted with their sums and totals, or still to be made."""
    world, name = ground.world, f"{answers}条记录{uuid4().hex[:4]}"
    dates = {"starts_on": date(2026, 3, 17), "ends_on": date(2026, 12, 24)}
    round = Round.objects.create(
        tenant=world.tenant,
        jurisdiction=world.jurisdiction,
        name=name,
        kind=Round.Kind.SUPERVISION,
        version=ground.version,
        state=Round.State.OPEN,
        **dates,
    )
    team = Team.objects.create(tenant=world.tenant, round=round, name="一组")
    TeamMember.objects.create(team=team, membership=world.inspector.memberships.get())
    each = len(ground.criteria[ground.types[0].pk])
    visits = make_visits(ground, round, team, -(-answers // each), submitted)
    if submitted:
        write(answer for visit in visits for answer in answers_of(ground, visit))
        keeping.rebuild(round)
        keeping.keep_totals(keeping.Event(data={"round": round.pk}))
    return round


def make_visits(ground: Ground, round: Round, team: Team, number: int, submitted: bool) -> list[Visit]:
    tenant, prefix = ground.world.tenant, uuid4().hex[:6]
    places = Place.objects.bulk_create(
        Place(
            tenant=tenant,
            code=f"{prefix}-{n}",
            name=f"人民路{n}段",
            type=ground.types[n % TYPES],
            owner=ground.units[n % UNITS],
            region=ground.world.region,
        )
        for n in range(number)
    )
    given = {"tenant": tenant, "round": round, "team": team}
    if submitted:
        given |= {"state": Visit.State.SUBMITTED, "submitted_at": timezone.now()}
    return Visit.objects.bulk_create(
        Visit(place=place, place_type=place.type, unit=place.owner, **given) for place in places
    )


def answers_of(ground: Ground, visit: Visit) -> Iterator[Answer]:
    """Nine in ten qualified, the others with 1 to 3 occurrences."""
    chance = np.random.default_rng(visit.pk)
    criteria, now = ground.criteria[visit.place_type_id], timezone.now()
    counts = np.where(chance.random(len(criteria)) < 0.9, 0, chance.integers(1, 4, len(criteria)))
    for criterion, count in zip(criteria, counts.tolist(), strict=True):
        yield Answer(
            tenant_id=visit.tenant_id,
            round_id=visit.round_id,
            visit_id=visit.pk,
            place_id=visit.place_id,
            criterion_id=criterion.pk,
            mark=Answer.Mark.NOT_QUALIFIED if count else Answer.Mark.QUALIFIED,
            count=count,
            at=now,
        )


def make_problems(ground: Ground, number: int) -> None:
    """Problems of a hundred rounds over all units; 14 in 100 are open, a third of those past their deadline."""
    world, now, today = ground.world, timezone.now(), timezone.localdate()
    batches = [(uuid4(), f"第{n}轮督导") for n in range(100)]
    kept = {"tenant": world.tenant, "jurisdiction": world.jurisdiction}
    ProblemBatch.objects.bulk_create(ProblemBatch(uuid=uuid, label=label, **kept) for uuid, label in batches)

    states = np.random.default_rng(20260409).integers(0, len(STATES), number).tolist()

    def rows() -> Iterator[Problem]:
        for n in range(number):
            state = STATES[states[n]]
            found = today - timedelta(days=n % 600)
            yield Problem(
                **kept,
                number=f"2026-{n:06d}",
                title=f"人民路{n}段：垃圾箱满溢，周边有散落垃圾",
                source_kind="answer",
                source_uuid=uuid4(),
                batch_uuid=batches[n % 100][0],
                batch_label=batches[n % 100][1],
                unit=ground.units[n % UNITS],
                state=state,
                found_on=found,
                handed_out_at=None if state == "pending" else now,
                deadline=None if state == "pending" else today + timedelta(days=n % 31 - 10),
                state_at=now,
            )

    write(rows())


def write(rows: Iterator[models.Model]) -> None:
    """Rows by the ten thousand, each ten thousand in one transaction."""
    while part := list(islice(rows, 10_000)):
        type(part[0])._default_manager.bulk_create(part)
