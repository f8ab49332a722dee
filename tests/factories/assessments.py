"""Assessments of the level above, taken in by the functions the pages use, from real workbooks."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from chuangwen.assessments import actions
from chuangwen.assessments.models import Assessment
from chuangwen.assessments.tables import keep_file, proposed
from chuangwen.base.imports import actions as imports
from chuangwen.base.models import ImportBatch
from chuangwen.inspections.models import Answer, Round, Visit
from chuangwen.organisations.models import Organisation
from chuangwen.places.models import PlaceType
from chuangwen.standards.models import StandardVersion
from chuangwen.standards.tables import open_file
from tests.factories.organisations import World, county
from tests.factories.places import make_place, make_type
from tests.factories.published import make_round, publish_spec
from tests.factories.scoring import answer, make_visit, tell
from tests.rulebook.office_tables import Picture, tables_xlsx

HEAD = ("编号", "测评标准", "点位类型", "点位", "满分", "得分", "扣分", "扣分原因")
NAME = "2026年上半年省级模拟测评"


def spec_of(*codes: str, queue: str = "实地考察") -> dict[str, Any]:
    """Two indicators, three criteria with codes; the last for the first type only, or by a method entered for units."""
    rate = {"kind": "pass_rate"}
    nodes = [
        {
            "key": "env",
            "label": "Ⅰ-1",
            "name": "公共环境",
            "criteria": [
                {"key": "litter", "label": "Ⅱ-1", "text": "无烟头、纸屑", "points": "5", "rule": rate},
                {"key": "signs", "label": "Ⅱ-2", "text": "标识标牌完好", "points": "3", "rule": rate},
            ],
        },
        {
            "key": "service",
            "label": "Ⅰ-2",
            "name": "窗口服务",
            "criteria": [
                {
                    "key": "queue",
                    "label": "Ⅱ-3",
                    "text": "排队有序、服务文明",
                    "points": "2",
                    "method": queue,
                    "place_types": [codes[0]] if queue == "实地考察" else [],
                    "rule": rate,
                }
            ],
        },
    ]
    return {
        "key": "city",
        "title": "县体系",
        "digits": 2,
        "place_types": {code: code for code in codes},
        "nodes": nodes,
    }


@dataclass
class Ground:
    """A county, its standard for three types of place, a round of it."""

    world: World
    hall: PlaceType
    road: PlaceType
    park: PlaceType
    version: StandardVersion
    round: Round

    def visit(self, name: str, kind: PlaceType, *wrong: str, team: Any = None) -> Visit:
        """A place looked at: what is named is not qualified, all else is."""
        made = make_visit(self.round, make_place(self.world.station, kind, name))
        for key in ("litter", "signs", *(["queue"] if kind == self.hall else [])):
            answer(made, key, Answer.Mark.NOT_QUALIFIED if key in wrong else Answer.Mark.QUALIFIED)
        if team:
            Visit.objects.filter(pk=made.pk).update(team=team)
        tell(made)
        return made


def ground(**spec: str) -> Ground:
    world = county()
    kinds = [make_type(world.tenant, name) for name in ("政务大厅", "主次干道", "公园")]
    version = publish_spec(world.jurisdiction, spec_of(*(kind.code for kind in kinds), **spec))
    return Ground(world, *kinds, version, make_round(version, name="下半年模拟测评", state=Round.State.CLOSED))


def assessment_of(world: World, version: StandardVersion, name: str = NAME) -> Assessment:
    return actions.create_assessment(
        actor=world.office,
        client_id=uuid4(),
        jurisdiction=world.jurisdiction,
        name=name,
        level="province",
        held_on=date(2026, 3, 20),
        version=version,
    )


def read_table(
    world: World, assessment: Assessment, picture: Picture, make: Any = tables_xlsx, name: str = "结果.xlsx"
) -> ImportBatch:
    """The file kept and read with the columns as offered, waiting for confirm."""
    given = {"data": make(picture), "name": name, "client_id": uuid4()}
    batch = keep_file(actor=world.office, assessment=assessment, **given)
    file = open_file(batch)
    mapping, _ = proposed(file, assessment.jurisdiction)
    actions.map_columns(actor=world.office, batch=batch, file=file, mapping=mapping)
    batch.refresh_from_db()
    return batch


def take_in(world: World, assessment: Assessment, *rows: tuple[Any, ...]) -> ImportBatch:
    """A table with the usual head taken in."""
    batch = read_table(world, assessment, (HEAD, *rows))
    done = imports.confirm(actor=world.office, batch=batch)
    assert (done.applied, done.message) == (True, "")
    batch.refresh_from_db()
    return batch


def assessed(world: World, unit: Organisation) -> Assessment:
    """One with a row, of a standard for places of the unit."""
    kind = make_type(unit.tenant)
    spec = {**spec_of(kind.code), "key": f"city{uuid4().hex[:6]}"}
    found = assessment_of(world, publish_spec(world.jurisdiction, spec), name=f"省测{uuid4().hex[:6]}")
    take_in(world, found, ("Ⅱ-1", "无烟头、纸屑", kind.name, "", 5, 4, 1, "东门有烟头"))
    return found
