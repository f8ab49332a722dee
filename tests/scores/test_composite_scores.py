"""Scores of a composite entered by hand: the table, rows pasted from Excel, and the sheet imported and taken back."""

import pytest
from django.urls import reverse

from chuangwen.base.imports import actions as imports
from chuangwen.base.models import ImportBatch
from chuangwen.base.workbooks import read
from chuangwen.scores.composites.workbooks import COLUMNS
from chuangwen.scores.models import Composite, CompositeScore
from tests.factories.composites import enter, make_composite, publish
from tests.factories.organisations import World, client_of, county
from tests.factories.workbooks import receive

pytestmark = pytest.mark.django_db
HEADS = ["考评对象", "部分", "得分", "谁公布的", "日期"]


@pytest.fixture
def world() -> World:
    return county()


@pytest.fixture
def made(world: World) -> Composite:
    return make_composite(world)


def scores(composite: Composite) -> dict[tuple[str, int], str]:
    return {(row.column, row.subject_id): row.got for row in composite.scores.all()}


def send(world: World, composite: Composite, **typed: str):
    """The table sent with some cells typed."""
    composite.refresh_from_db()
    form = {"revision": composite.revision, "source": "省测评通报", "given_on": "2026-01-20", **typed}
    return client_of(world.office).post(reverse("scores:composite-entered", args=[composite.uuid]), form)


def test_what_is_typed_is_kept_with_its_source(world, made) -> None:
    bureau, other = world.bureau.pk, world.other_bureau.pk
    send(world, made, **{f"s-{bureau}-p1": "８0.50", f"s-{bureau}-p2": "", f"s-{other}-bonus": "2"})
    assert scores(made) == {("p1", bureau): "80.50", ("bonus", other): "2"}
    row = made.scores.get(column="p1")
    assert (row.source, row.given_on.isoformat(), row.entered_by) == ("省测评通报", "2026-01-20", world.office)


def test_an_emptied_cell_is_no_result_again(world, made) -> None:
    enter(world, made, world.bureau, p1="80", p2="90")
    send(world, made, **{f"s-{world.bureau.pk}-p1": "", f"s-{world.bureau.pk}-p2": "90"})
    assert scores(made) == {("p2", world.bureau.pk): "90"}


def test_nothing_is_entered_while_a_cell_is_wrong_or_the_source_is_missing(world, made) -> None:
    bureau = world.bureau.pk
    answer = send(world, made, **{f"s-{bureau}-p1": "八十", f"s-{bureau}-p2": "-1", f"s-{bureau}-p3": "90"})
    assert (answer.status_code, scores(made)) == (422, {})
    wrong = {column: why for row in answer.context["form"].rows() for column, _, _, why in row.cells if why}
    assert wrong == {
        f"s-{bureau}-p1": "“八十”不是得分。填数，小数最多 6 位；没有结果的空着。",
        f"s-{bureau}-p2": "-1 小于 0 了，填 0 或以上的数。",
    }
    unsaid = send(world, made, source=" ", **{f"s-{bureau}-p1": "80"})
    assert unsaid.context["form"].errors["source"] == ["谁公布的，没有填。例如“省测评通报”“未成年人测评结果”。"]
    late = send(world, made, given_on="2099-01-01", **{f"s-{bureau}-p1": "80"})
    assert late.context["form"].errors["given_on"] == ["日期在今天以后。填结果公布的那天。"]


def test_an_old_page_empties_nothing_entered_meanwhile(world, made) -> None:
    enter(world, made, world.bureau, p1="80")
    form = {"revision": 0, "source": "省测评通报", "given_on": "2026-01-20", f"s-{world.bureau.pk}-p1": ""}
    answer = client_of(world.office).post(reverse("scores:composite-entered", args=[made.uuid]), form)
    assert (answer.status_code, scores(made)) == (422, {("p1", world.bureau.pk): "80"})


def test_rows_pasted_from_excel_are_entered_by_code_or_name(world, made) -> None:
    send(world, made, pasted=f"{world.bureau.code}\t80\t\t95.5\n示例县住建局\t70")
    bureau, other = world.bureau.pk, world.other_bureau.pk
    assert scores(made) == {("p1", bureau): "80", ("p3", bureau): "95.5", ("p1", other): "70"}


def test_a_name_nobody_knows_is_said_and_nothing_is_entered(world, made) -> None:
    neighbour = county("邻县", tenant=world.tenant)
    text = f"示例县城管句\t80\n{neighbour.bureau.name}\t80\n示例县住建局\t七十"
    answer = send(world, made, pasted=text)
    assert answer.context["form"].errors["pasted"] == [
        "单位名册里没有“示例县城管句”，最接近的是“示例县城管局”。",
        f"单位名册里没有“{neighbour.bureau.name}”。请核对写法，或先把它建好。",
        "示例县住建局：“七十”不是得分。填数，小数最多 6 位；没有结果的空着。",
    ]
    assert scores(made) == {}


def received(world: World, made: Composite, *rows: list[str]) -> ImportBatch:
    return receive(world.office, "composite-scores", HEADS, *rows, context={"composite": made.pk})


def test_the_sheet_names_every_subject_and_part_with_what_is_entered(world, made) -> None:
    enter(world, made, world.bureau, p1="80")
    answer = client_of(world.office).get(reverse("scores:composite-sheet", args=[made.uuid]))
    rows = [cells for _, cells in read(answer.content, COLUMNS).rows]
    own = [(row["part"], row["got"], row["source"]) for row in rows if row["subject"] == world.bureau.code]
    assert own == [("2024 年", "80", "省测评通报"), ("2025 年", "", ""), ("2026 年", "", "")]


def test_an_import_is_written_row_by_row_and_taken_back(world, made) -> None:
    enter(world, made, world.bureau, p1="80")
    said = ["省测评通报", "2026-01-21"]
    batch = received(
        world,
        made,
        [world.bureau.code, "2024 年", "82", *said],
        [world.other_bureau.name, "2025 年", "70", *said],
        [world.station.code, "2025 年", "", "", ""],
    )
    assert list(batch.rows.values_list("outcome", flat=True).order_by("number")) == ["update", "new", "same"]
    assert imports.confirm(actor=world.office, batch=batch).applied
    assert scores(made) == {("p1", world.bureau.pk): "82", ("p2", world.other_bureau.pk): "70"}
    assert imports.undo(actor=world.office, batch=batch) == {}
    assert scores(made) == {("p1", world.bureau.pk): "80"}


def test_wrong_rows_are_named_and_nothing_is_written(world, made) -> None:
    said = ["省测评通报", "2026-01-21"]
    batch = received(
        world,
        made,
        ["某局", "2024 年", "82", *said],
        [world.bureau.code, "2023 年", "82", *said],
        [world.bureau.code, "2024 年", "优", *said],
        [world.bureau.code, "2025 年", "80", "", ""],
        [world.bureau.code, "2025 年", "81", *said],
    )
    assert [sorted(row.errors) for row in batch.rows.order_by("number")] == [
        ["subject"],
        ["part"],
        ["got"],
        ["given_on", "source"],
        ["part"],
    ]
    assert not imports.confirm(actor=world.office, batch=batch).applied
    assert CompositeScore.objects.count() == 0


def test_an_import_stays_where_it_was_changed_or_published_since(world, made) -> None:
    said = ["省测评通报", "2026-01-21"]
    rows = [[world.bureau.code, "2024 年", "82", *said], [world.other_bureau.code, "2024 年", "70", *said]]
    batch = received(world, made, *rows)
    imports.confirm(actor=world.office, batch=batch)
    enter(world, made, world.bureau, p1="83")
    publish(world, made)
    first, second = batch.rows.order_by("number").values_list("number", flat=True)
    assert imports.undo(actor=world.office, batch=batch) == {
        first: "导入以后又改过，留着不动。",
        second: "综合考评已经公布，留着不动。",
    }
