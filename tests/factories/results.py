"""A round of three methods: places looked at, materials and a survey entered for units."""

from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any
from uuid import uuid4

from chuangwen.inspections import actions
from chuangwen.inspections.actions import Marked, Result
from chuangwen.inspections.models import Round, Visit
from chuangwen.organisations.models import Organisation
from chuangwen.places.models import Place
from tests.factories.inspections import make_round, make_team
from tests.factories.organisations import World, county
from tests.factories.places import make_place, make_type
from tests.factories.published import publish_spec

_numbers = count(1)
MATERIAL, SURVEY = "材料审核", "问卷调查"
GIVEN_ON = date(2026, 4, 2)


def criterion(key: str, method: str, rule: dict[str, Any], *, points: str = "10", **more: Any) -> dict[str, Any]:
    return {"key": key, "text": f"{key}的要求", "method": method, "points": points, "rule": rule, **more}


def spec_of_methods(code: str, key: str, extra: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    """材料 30 %, 实地 50 %, 问卷 20 %: plans and records kept, litter at places, a share who are satisfied."""
    litter = {"kind": "per_occurrence", "each": "0.5"}
    satisfied = {"kind": "capped_ratio", "number": "measure", "required": "100"}
    criteria = [
        criterion("plan", MATERIAL, {"kind": "pass_rate"}, points="4"),
        criterion("records", MATERIAL, {"kind": "capped_ratio", "required": "3"}, points="6"),
        criterion("litter", "实地考察", litter, place_types=[code]),
        criterion("satisfied", SURVEY, satisfied),
        *extra,
    ]
    return {
        "key": key,
        "title": "三种方法",
        "digits": 2,
        "methods": {
            MATERIAL: {"label": MATERIAL, "weight": "30"},
            "实地考察": {"label": "实地考察", "weight": "50"},
            SURVEY: {"label": SURVEY, "weight": "20"},
        },
        "place_types": {code: code},
        "nodes": [{"key": "all", "name": "全部", "criteria": criteria}],
    }


@dataclass
class Methods:
    """The station has two places in the round, the other station one; nothing is entered or seen yet."""

    world: World
    round: Round
    places: list[Place]

    def visit(self, place: Place) -> Visit:
        return self.round.visits.get(place=place)

    def listed(self, *units: Organisation) -> list[Visit]:
        """Units put on the list results are entered for."""
        return actions.list_units(actor=self.world.office, round=self.round, units=list(units))

    def enter(self, *results: Result, **given: Any) -> int:
        fields = {"source": "县统计局", "given_on": GIVEN_ON, "client_id": uuid4(), "actor": self.world.office}
        return actions.enter_results(round=self.round, results=results, **fields | given)


def methods(extra: tuple[dict[str, Any], ...] = (), world: World | None = None, **options: Any) -> Methods:
    world = world or county()
    kind = make_type(world.tenant, f"街道{next(_numbers)}")
    spec = spec_of_methods(kind.code, f"methods{next(_numbers)}", extra) | options
    round = make_round(world, publish_spec(world.jurisdiction, spec))
    owners = [world.station, world.station, world.other_station]
    places = [make_place(owner, kind) for owner in owners]
    team = make_team(world, round)
    actions.add_places(actor=world.office, round=round, places=places, reason="测试指定", team=team)
    return Methods(world, actions.open_round(actor=world.office, round=round), places)


def good(visit: Visit, key: str, count: int = 0, base: int = 0) -> Result:
    """What stands in full, or a number."""
    return Result(visit, Marked(key, mark=1, count=count, base=base))


def bad(visit: Visit, key: str, count: int = 0) -> Result:
    return Result(visit, Marked(key, mark=2, count=count))
