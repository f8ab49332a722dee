"""Reading workbooks made by people: found heads, tidy text, and files that must be refused with a clear word."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from chuangwen.base.errors import Refused
from chuangwen.base.workbooks import MAX_ROWS, Column, read
from tests.factories.workbooks import naive, workbook

COLUMNS = (Column("code", "编码", required=True), Column("name", "名称", aliases=("点位名称",)), Column("day", "日期"))
HEAD = ("编码", "名称", "日期")


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read(data, COLUMNS)
    return refused.value.message


def test_head_row_is_found_below_a_title_and_rows_keep_their_numbers():
    sheet = read(
        workbook(("示例县名册",), (), HEAD, ("A1", "甲", None), (None, None, None), ("A2", "乙", None)), COLUMNS
    )
    assert (sheet.header_row, sheet.position, sheet.name) == (3, 1, "表1")
    assert sheet.rows == [
        (4, {"code": "A1", "name": "甲", "day": ""}),
        (6, {"code": "A2", "name": "乙", "day": ""}),
    ]


def test_headers_are_known_by_alias_with_star_space_or_bracket_and_in_any_order():
    sheet = read(workbook(("点位名称（选填）", "备注", " 编 码*"), ("甲", "x", "A1")), COLUMNS)
    assert sheet.rows == [(2, {"name": "甲", "code": "A1"})]
    assert (sheet.keys, sheet.unknown_headers, sheet.missing_headers) == (("code", "name"), ("备注",), ("日期",))


def test_control_signs_escaped_in_a_cell_are_no_text():
    sheet = read(workbook(HEAD, ("A_x0000_1", "甲_x0001_\n乙", None)), COLUMNS)
    assert sheet.rows == [(2, {"code": "A1", "name": "甲\n乙", "day": ""})]


def test_cells_become_tidy_text():
    sheet = read(
        workbook(HEAD, (12.0, "\u3000１２号Ａ栋（东） ", naive(2026, 4, 9)), (1.5, True, date(2026, 1, 2))), COLUMNS
    )
    assert [cells for _, cells in sheet.rows] == [
        {"code": "12", "name": "12号A栋（东）", "day": "2026-04-09"},
        {"code": "1.5", "name": "是", "day": "2026-01-02"},
    ]


def test_the_second_sheet_is_read_when_the_first_has_no_such_head():
    book = openpyxl.Workbook()
    book.active.append(("说明",))
    second = book.create_sheet("名册")
    second.append(HEAD)
    second.append(("A1", "甲"))
    out = io.BytesIO()
    book.save(out)
    sheet = read(out.getvalue(), COLUMNS)
    assert (sheet.position, sheet.name, len(sheet.rows)) == (2, "名册", 1)


def test_samples_are_never_read_wherever_their_sheet_stands():
    book = openpyxl.load_workbook(io.BytesIO(workbook(HEAD, ("示例", "不导入"), sheet="填写示例")))
    filled = book.create_sheet("名册")
    filled.append(HEAD)
    filled.append(("A1", "甲"))
    out = io.BytesIO()
    book.save(out)
    assert read(out.getvalue(), COLUMNS).rows == [(2, {"code": "A1", "name": "甲", "day": ""})]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "这个文件是空的。请重选文件。"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, "这是旧格式（.xls）或加了密码的文件"),
        ("编码,名称\nA1,甲\n".encode(), "这不是 Excel 工作簿（.xlsx）；CSV、网页、文本也读不了。"),
        (workbook(HEAD, ("A1", "甲"))[:-200], "可能没有传完或损坏了。"),
        (workbook(HEAD), "里只有表头，没有一行内容。填好后再传。"),
        (workbook(("甲", "乙"), ("1", "2")), "前 10 行里没有找到表头。表头应有这些列：编码、名称、日期。"),
        (workbook(("编码", "编码", "名称"), ("1", "2", "3")), "表头里“编码”出现了 2 次（第 1 列和第 2 列）。"),
    ],
    ids=["empty", "old", "csv", "cut", "head only", "no head", "twice"],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(data, words):
    assert words in refusal(data)


def rebuilt(data: bytes, **parts: bytes) -> bytes:
    """The workbook with some parts replaced (sheet1 = xl/worksheets/sheet1.xml) or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            stem = item.filename.rsplit("/", 1)[-1].removesuffix(".xml")
            new.writestr(item.filename, parts.pop(stem, None) or old.read(item))
        for name, content in parts.items():
            new.writestr(f"xl/{name}.xml", content)
    return out.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_opened():
    bomb = rebuilt(workbook(HEAD, ("A1", "甲")), bomb=b"\0" * (401 * 2**20))
    assert len(bomb) < 2**20
    assert "文件解开后太大" in refusal(bomb)


def test_one_cell_in_the_last_corner_is_refused_before_a_grid_is_laid_out():
    corner = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="str"><v>x</v></c></row><row r="100000"><c r="XFD100000"><v>1</v></c></row>'
        b"</sheetData></worksheet>"
    )
    assert f"超出一次最多的 {MAX_ROWS} 行" in refusal(rebuilt(workbook(HEAD), sheet1=corner))
