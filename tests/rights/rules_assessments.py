"""Rights on assessments of the level above: only the office whose they are, and the offices above it."""

from uuid import uuid4

from chuangwen.assessments.models import Assessment
from chuangwen.assessments.tables import keep_file
from chuangwen.base.models import ImportBatch
from chuangwen.organisations.models import Organisation
from tests.factories.assessments import HEAD, assessed, read_table
from tests.factories.organisations import World
from tests.rights.rules import Rule, at
from tests.rulebook.office_tables import tables_xlsx

ROW = ("Ⅱ-2", "标识标牌完好", "", "", 3, 3, 0, "")


def file_of(world: World, unit: Organisation) -> dict[str, object]:
    found: Assessment = assessed(world, unit)
    return {"uuid": found.uuid, "batch": ImportBatch.objects.get(context__assessment=found.pk).uuid}


def kept(world: World, unit: Organisation) -> ImportBatch:
    given = {"data": tables_xlsx((HEAD, ROW)), "name": "结果.xlsx", "client_id": uuid4()}
    return keep_file(actor=world.office, assessment=assessed(world, unit), **given)


def read(world: World, unit: Organisation) -> ImportBatch:
    return read_table(world, assessed(world, unit), (HEAD, ROW))


ONE = at(assessed, "uuid", "uuid")
RULES = {
    "assessments:assessments": Rule("office"),
    "assessments:new": Rule("office"),
    "assessments:assessment": Rule("office", make=ONE),
    "assessments:edit": Rule("office", make=ONE),
    "assessments:match": Rule("office", make=ONE),
    "assessments:types": Rule("office", make=ONE, method="POST"),
    "assessments:compare": Rule("office", make=ONE),
    "assessments:threshold": Rule("office", make=ONE, method="POST", data={"threshold": "4"}),
    "assessments:file": Rule("office", make=file_of),
    "assessments:table-new": Rule("office", make=ONE),
    "assessments:table-columns": Rule("office", make=at(kept, "uuid", "uuid")),
    "assessments:table": Rule("office", make=at(read, "uuid", "uuid")),
}
