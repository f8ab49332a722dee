"""Writing workbooks: what Excel shows, opened again."""

import io
from datetime import UTC, date, datetime

import openpyxl

from chuangwen.base.workbooks import Column, read, template, write
from tests.factories.workbooks import naive, opened

COLUMNS = (Column("code", "编码", lambda row: row[0], "每处一个", True), Column("name", "名称", lambda row: row[1]))


def written(rows: list, columns=COLUMNS, **given) -> tuple[openpyxl.Workbook, int]:
    out = io.BytesIO()
    count = write(columns, iter(rows), title="点位", out=out, **given)
    return opened(out.getvalue()), count


def test_the_head_is_bold_frozen_and_filtered():
    book, _ = written([("A1", "甲")])
    sheet = book["点位"]
    assert [cell.value for cell in sheet[1]] == ["编码", "名称"]
    assert (sheet["A1"].font.bold, sheet.freeze_panes, sheet.auto_filter.ref) == (True, "A2", "A1:B2")


def test_the_last_sheet_states_the_number_of_rows():
    book, count = written([("A1", "甲"), ("A2", "乙")], notes=["范围：全部"])
    lines = [[cell.value for cell in row] for row in book["说明"]]
    assert (count, lines) == (2, [["表", "点位"], ["行数", 2], [None, "范围：全部"]])


def test_text_that_begins_like_a_formula_stays_text_with_excels_quote():
    dangerous = ["=1+1", "+86", "-甲", "@SUM(A1)", "\t=1", "\r=1"]
    book, _ = written([(text, "甲") for text in dangerous])
    cells = [row[0] for row in book["点位"].iter_rows(min_row=2)]
    assert [cell.data_type for cell in cells] == ["s"] * 6
    assert [cell.quotePrefix for cell in cells] == [True] * 6
    assert [cell.value for cell in cells[:4]] == dangerous[:4]


def test_numbers_are_numbers_and_dates_are_dates():
    moment = datetime(2026, 4, 8, 16, 30, tzinfo=UTC)  # 00:30 of the next day here
    book, _ = written([(7, date(2026, 4, 9)), (-1.5, moment), (True, None)])
    rows = [[cell.value for cell in row] for row in book["点位"].iter_rows(min_row=2)]
    assert rows == [[7, naive(2026, 4, 9)], [-1.5, naive(2026, 4, 9, 0, 30)], ["是", None]]
    assert book["点位"]["B2"].number_format == "yyyy-mm-dd"


def test_what_was_written_is_read_back_unchanged():
    out = io.BytesIO()
    write(COLUMNS, [("007", "=甲"), ("=A", "乙")], title="点位", out=out)
    assert read(out.getvalue(), COLUMNS).rows == [
        (2, {"code": "007", "name": "=甲"}),
        (3, {"code": "=A", "name": "乙"}),
    ]


def test_rows_beyond_one_sheet_go_on_a_second():
    book, count = written([(str(number), "甲") for number in range(5)], sheet_rows=2)
    assert (count, book.sheetnames) == (5, ["点位", "点位（2）", "点位（3）", "说明"])
    assert [sheet.max_row for sheet in book.worksheets[:3]] == [3, 3, 2]


def test_a_template_explains_its_columns_and_offers_what_is_allowed():
    out = io.BytesIO()
    template(COLUMNS, "点位", [{"code": "D001", "name": "人民路"}], {"名称": ["人民路", "和平路"]}, out=out)
    book = opened(out.getvalue())
    assert [row[0].value for row in book["点位"].iter_rows()] == ["编码"]
    assert [[cell.value for cell in row] for row in book["填写说明"].iter_rows(max_row=2)] == [
        ["列", "必填", "怎么填"],
        ["编码", "新增时必填", "每处一个"],
    ]
    assert [[cell.value for cell in row] for row in book["填写示例"].iter_rows(min_row=2)] == [
        ["编码", "名称"],
        ["D001", "人民路"],
    ]
    rule = book["点位"].data_validations.dataValidation[0]
    assert (rule.formula1, str(rule.sqref)) == ("可选值!$A$2:$A$3", "B2:B1000001")
