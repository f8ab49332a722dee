"""Results from Excel: the sheet given out, filled in, checked row by row, written, taken back."""

import io
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from chuangwen.base.imports import actions as imports
from chuangwen.base.models import ImportBatch
from chuangwen.base.workbooks import read
from chuangwen.inspections import actions
from chuangwen.inspections.models import Answer, Provenance
from chuangwen.inspections.result_workbooks import COLUMNS
from tests.factories.inspections import answer_of
from tests.factories.results import MATERIAL, SURVEY, Methods, bad, good, methods
from tests.factories.workbooks import receive, workbook

pytestmark = pytest.mark.django_db
HEADS = ["编号", "结果", "共多少", "谁提供的", "日期", "说明"]
GIVEN = ("县统计局", "2026-04-02")


@pytest.fixture
def made() -> Methods:
    return methods()


def key(unit, criterion: str, ordinal: int = 0) -> str:
    return f"{unit.code}/{criterion}/{ordinal}"


def received(made: Methods, *rows: list[str]) -> ImportBatch:
    return receive(made.world.office, "results", HEADS, *rows, context={"round": made.round.pk})


def errors(batch: ImportBatch) -> list[dict[str, str]]:
    return [row.errors for row in batch.rows.order_by("number")]


def test_the_sheet_has_every_unit_and_item_of_a_method(made) -> None:
    station, _ = made.listed(made.world.station, made.world.other_station)
    made.enter(bad(station, "plan"))
    office = Client()
    office.force_login(made.world.office, backend="django.contrib.auth.backends.ModelBackend")
    answer = office.get(reverse("inspections:results-sheet", args=[made.round.uuid]) + f"?method={MATERIAL}")
    rows = [cells for _, cells in read(answer.content, COLUMNS).rows]
    first, second = made.world.station, made.world.other_station
    assert [(row["key"], row["asked"], row["value"]) for row in rows] == [
        (key(first, "plan"), "合格不合格", "不合格"),
        (key(first, "records"), "实有数", ""),
        (key(second, "plan"), "合格不合格", ""),
        (key(second, "records"), "实有数", ""),
    ]
    assert (rows[0]["source"], rows[0]["given_on"]) == GIVEN


def test_a_sheet_filled_in_is_written_with_its_sources(made) -> None:
    station, other = made.listed(made.world.station, made.world.other_station)
    first, second = made.world.station, made.world.other_station
    batch = received(
        made,
        [key(first, "plan"), "合格", "", "县档案局", "2026/4/1", ""],
        [key(first, "satisfied"), "９３.5", "", *GIVEN, "120 份"],
        [key(second, "plan"), "缺项", "", *GIVEN, "今年新设"],
        [key(second, "satisfied"), "", "", *GIVEN, ""],
    )
    assert [row.outcome for row in batch.rows.order_by("number")] == ["update", "update", "update", "same"]
    assert imports.confirm(actor=made.world.office, batch=batch).applied
    assert [answer_of(station, name).mark for name in ("plan", "satisfied")] == [1, 2]
    assert [answer_of(other, name).mark for name in ("plan", "satisfied")] == [3, 0]
    assert sorted(Provenance.objects.values_list("source", flat=True)) == ["县档案局", "县统计局", "县统计局"]


def test_what_is_wrong_is_told_row_by_row_and_nothing_is_written(made) -> None:
    (station,) = made.listed(made.world.station)
    unit = made.world.station
    batch = received(
        made,
        [key(unit, "plan"), "好", "", *GIVEN, ""],
        [key(unit, "records"), "2", "", "", "", ""],
        [key(unit, "litter"), "2", "", *GIVEN, ""],
        [key(unit, "satisfied"), "93.5", "", "县统计局", "四月", ""],
    )
    assert errors(batch) == [
        {"value": "“好”看不懂，填“合格”“不合格”或“缺项”。"},
        {"source": "填了结果，谁提供的没有填。", "given_on": "填了结果，日期没有填。"},
        {"key": "本轮没有这一格：编号改动过，或单位已经移出。重新下载表格再填。"},
        {"given_on": "“四月”不是日期。请写成 2026-04-09 这样。"},
    ]
    assert not imports.confirm(actor=made.world.office, batch=batch).applied
    assert set(station.answers.values_list("mark", flat=True)) == {0}


def test_what_is_there_already_is_left_or_refused(made) -> None:
    (station,) = made.listed(made.world.station)
    made.enter(good(station, "records", 2), good(station, "plan"))
    unit = made.world.station
    batch = received(made, [key(unit, "records"), "2", "", *GIVEN, ""], [key(unit, "plan"), "不合格", "", *GIVEN, ""])
    assert errors(batch) == [{}, {"value": "已经录了“合格”。要改，请在页面上更正。"}]


def test_an_import_is_taken_back_but_not_what_was_corrected_since(made) -> None:
    (station,) = made.listed(made.world.station)
    unit, office = made.world.station, made.world.office
    batch = received(
        made, [key(unit, "plan"), "合格", "", *GIVEN, ""], [key(unit, "satisfied"), "93.5", "", *GIVEN, ""]
    )
    imports.confirm(actor=office, batch=batch)
    given = {"mark": Answer.Mark.NOT_QUALIFIED, "reason": "看漏了", "client_id": uuid4()}
    actions.correct_answer(actor=office, answer=answer_of(station, "plan"), **given)
    imports.undo(actor=office, batch=batch)
    assert [answer_of(station, name).mark for name in ("plan", "satisfied")] == [2, 0]
    assert Provenance.objects.get().answer == answer_of(station, "plan")


def test_after_the_release_nothing_is_taken_back(made) -> None:
    (station,) = made.listed(made.world.station)
    office = made.world.office
    batch = received(made, [key(made.world.station, "plan"), "合格", "", *GIVEN, ""])
    imports.confirm(actor=office, batch=batch)
    made.round = actions.close_round(actor=office, round=made.round)
    actions.release_round(actor=office, round=made.round)
    imports.undo(actor=office, batch=batch)
    assert answer_of(station, "plan").mark == 1


def test_the_page_leads_to_the_sheet_and_back(made) -> None:
    made.listed(made.world.station)
    office = Client()
    office.force_login(made.world.office, backend="django.contrib.auth.backends.ModelBackend")
    page = office.get(reverse("inspections:results", args=[made.round.uuid]) + f"?method={SURVEY}").content.decode()
    assert f"下载{SURVEY}表" in page
    assert f"{reverse('base:import-new', args=['results'])}?round={made.round.pk}" in page
    form = {"client_id": str(uuid4()), "round": made.round.pk}
    file = io.BytesIO(workbook(HEADS, [key(made.world.station, "plan"), "合格", "", *GIVEN, ""]))
    file.name = "结果.xlsx"
    answer = office.post(reverse("base:import-new", args=["results"]), form | {"file": file})
    batch = ImportBatch.objects.get()
    assert answer.headers["Location"] == reverse("base:import", args=[batch.uuid])
    imports.confirm(actor=made.world.office, batch=batch)
    assert (
        reverse("inspections:results", args=[made.round.uuid])
        in office.get(answer.headers["Location"]).content.decode()
    )
