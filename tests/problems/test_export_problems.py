"""Issue 2, 12 and 15: the filtered ledger as Excel, its cells defused."""

from uuid import uuid4

import pytest
from django.http import QueryDict

from chuangwen.base import exports, files
from chuangwen.base.models import Event, ExportJob
from chuangwen.organisations.models import Person
from chuangwen.problems.models import Problem
from tests.factories.organisations import World, county
from tests.factories.problems import fixing, in_review, make_problem
from tests.factories.workbooks import opened


@pytest.fixture
def world(db: None) -> World:
    return county()


def exported(person: Person, query: str = "") -> tuple[list[tuple], int]:
    """(the rows below the head, how many the job says)."""
    exports.ask(actor=person, kind="problems", query=QueryDict(query), client_id=uuid4())
    exports.make_export(Event.objects.get(name="base.export_asked"))
    job = ExportJob.objects.get()
    sheet = opened(files.read(job.file)).worksheets[0]
    return list(sheet.iter_rows(min_row=2, values_only=True)), job.rows


def test_it_holds_the_filter_with_the_last_measures(world):
    fixing(world)
    problem = in_review(world)
    rows, count = exported(world.office, "tab=review")
    assert (count, len(rows)) == (1, 1)
    assert (rows[0][0], rows[0][7], rows[0][10], rows[0][12]) == (problem.number, "示例县城管局", "待复核", "已清运。")


def test_a_contact_gets_the_own_rows_only(world):
    own = fixing(world)
    make_problem(world)
    rows, _ = exported(world.contact, "tab=all")
    assert [row[0] for row in rows] == [own.number]


@pytest.mark.parametrize("start", "=+-@")
def test_a_cell_like_a_formula_is_text(world, start):
    problem = fixing(world)
    Problem.objects.filter(pk=problem.pk).update(title=f"{start}1+1", responsible=f"{start}A1")
    exports.ask(actor=world.office, kind="problems", query=QueryDict(""), client_id=uuid4())
    exports.make_export(Event.objects.get(name="base.export_asked"))
    sheet = opened(files.read(ExportJob.objects.get().file)).worksheets[0]
    cells = [sheet.cell(2, 6), sheet.cell(2, 9)]
    assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in cells] == [
        (f"{start}1+1", "s", True),
        (f"{start}A1", "s", True),
    ]
