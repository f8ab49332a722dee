"""Issue 2, 8 and 15: the lists of a round as Excel, with the page's filter and the person's own rows."""

from uuid import uuid4

import pytest
from django.http import QueryDict

from chuangwen.base import exports, files
from chuangwen.base.events import run_due
from chuangwen.base.models import ExportJob
from chuangwen.inspections import queries
from chuangwen.inspections.actions import Marked
from tests.factories.inspections import field, open_round, submit
from tests.factories.workbooks import opened

pytestmark = pytest.mark.django_db


def exported(person, kind: str, query: str) -> list[tuple]:
    """The rows of the first sheet below its head."""
    job = exports.ask(actor=person, kind=kind, query=QueryDict(query), client_id=uuid4())
    run_due()
    job = ExportJob.objects.get(pk=job.pk)
    assert job.state == ExportJob.State.DONE, job.error
    rows = list(opened(files.read(job.file)).worksheets[0].iter_rows(values_only=True))
    head = next(number for number, row in enumerate(rows) if "点位" in row)
    found = [row for row in rows[head + 1 :] if any(row)]
    assert len(found) == job.rows
    return found


def test_the_places_and_the_answers_of_a_round_as_filtered() -> None:
    made = field()
    round = open_round(made.world, made.version, made.places)
    other = open_round(made.world, made.version, made.places)
    submit(round.visits.get(place=made.places[0]), [Marked("litter", count=2, note="=1+1")])
    submit(other.visits.get(place=made.places[0]))
    office = made.world.office
    visits = exported(office, "visits", f"round={round.uuid}&state=submitted")
    assert [(row[1], row[7], row[8]) for row in visits] == [(made.places[0].code, "已交", 1)]
    answers = exported(office, "answers", f"round={round.uuid}&mark=bad")
    assert [(row[3], row[5], row[6]) for row in answers] == [("无烟头、纸屑", "不合格", 2)]
    assert exported(made.world.contact, "answers", f"round={round.uuid}") == []


def test_an_answer_says_which_line_of_its_criterion_it_is_of() -> None:
    made = field(litter={"modifiers": {"fixed_on_spot": {"times": "0.5"}, "repeated": {"times": "2"}}})
    visit = open_round(made.world, made.version, made.places[:1]).visits.get()
    submit(visit, [Marked("litter", count=3, fixed_on_spot=True), Marked("litter", ordinal=200, count=1)])
    rows = exported(made.world.office, "answers", f"round={visit.round.uuid}&mark=bad")
    lines = {item.ordinals: item.text for section in queries.sheet_of(visit) for item in section.items if item.head}
    assert [(row[4], row[6]) for row in rows] == [(None, 3), (lines[200,], 1)]
