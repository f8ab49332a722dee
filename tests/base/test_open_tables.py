"""Tables of real .xlsx and .docx files as grids; what cannot be opened is refused with a clear word."""

import io
import zipfile

import pytest
from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from chuangwen.base.errors import Refused
from chuangwen.base.workbooks import open_tables
from chuangwen.base.workbooks.examining import MAX_BYTES
from rulebook.tables import Cell
from tests.rulebook.office_tables import LEFT, UP, cells, numbered, tables_docx, tables_xlsx
from tests.rulebook.shapes import SHAPES

HEAD = ("项目", "测评标准", "分值")
LIST = """<w:abstractNum %s w:abstractNumId="90"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="%s"/>
<w:lvlText w:val="%s"/></w:lvl></w:abstractNum>"""


def texts(data: bytes) -> list[list[str]]:
    """The texts of each grid, row by row."""
    return [
        [[cell.text for cell in grid.starting(row)] for row in range(grid.height)] for grid in open_tables(data).grids
    ]


def filled(found):
    return sorted((cell for cell in found if cell.text), key=lambda cell: (cell.row, cell.column))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("make", [tables_xlsx, tables_docx])
def test_every_shape_is_the_same_grid_out_of_excel_and_word(shape, make):
    (grid,) = open_tables(make(SHAPES[shape])).grids
    assert filled(grid.cells) == filled(cells(SHAPES[shape]))


def test_sheets_are_named_and_hidden_ones_are_said():
    opened = open_tables(tables_xlsx({"一、环境": (HEAD,), "草稿": (HEAD,), "空": (("",),)}, hidden=["草稿"]))
    assert ([grid.name for grid in opened.grids], opened.notes) == (["一、环境"], ["隐藏的工作表“草稿”没有读"])


def test_numbers_are_written_as_people_see_them():
    assert texts(tables_xlsx(((3.0, 0.1 + 0.2, 12.50, "１２"),))) == [[["3", "0.3", "12.5", "12"]]]


def test_word_tables_are_named_in_order_with_the_lines_above_them():
    grids = open_tables(tables_docx("附件1", "示例体系", (HEAD,), "", "附表", (HEAD,))).grids
    assert [(grid.name, grid.title) for grid in grids] == [
        ("第 1 张表", ("附件1", "示例体系")),
        ("第 2 张表", ("附表",)),
    ]


def test_paragraphs_and_tables_inside_a_cell_are_its_text():
    document = Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "要求：\n第一行"
    inner = cell.add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "甲", "乙"
    assert texts(saved(document)) == [[["要求：\n第一行\n甲\n乙"]]]


@pytest.mark.parametrize(
    ("kind", "form", "marks"),
    [
        ("decimal", "%1)", ["1)", "2)", "3)"]),
        ("decimalEnclosedCircleChinese", "%1", ["①", "②", "③"]),
        ("chineseCountingThousand", "（%1）", ["（一）", "（二）", "（三）"]),
        ("bullet", "", ["", "", ""]),
    ],
)
def test_numbers_that_word_writes_by_itself_are_written_out(kind, form, marks):
    document = Document()
    lists = document.part.numbering_part.element
    lists.insert(0, parse_xml(LIST % (nsdecls("w"), kind, form)))
    one = OxmlElement("w:num")
    one.set(qn("w:numId"), "90")
    one.append(parse_xml(f'<w:abstractNumId {nsdecls("w")} w:val="90"/>'))
    lists.append(one)
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "有计划"
    cell.add_paragraph("有制度")
    cell.add_paragraph("有总结")
    for paragraph in cell.paragraphs:
        numbered(paragraph, 90)
    words = ("有计划", "有制度", "有总结")
    assert texts(saved(document)) == [[["\n".join(mark + word for mark, word in zip(marks, words, strict=True))]]]


def test_deleted_text_is_no_text_and_inserted_text_is():
    document = Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "干净"
    for tag, text in (("del", "旧"), ("ins", "整洁")):
        word = "delText" if tag == "del" else "t"
        cell.paragraphs[0]._p.append(
            parse_xml(f"<w:{tag} {nsdecls('w')}><w:r><w:{word}>{text}</w:{word}></w:r></w:{tag}>")
        )
    assert texts(saved(document)) == [[["干净整洁"]]]


def test_a_sheet_merged_far_beyond_what_is_filled_is_cut_to_what_is():
    assert open_tables(tables_xlsx((("甲", LEFT, LEFT), (UP, LEFT, LEFT)))).grids[0].cells == (Cell(0, 0, "甲", 1, 1),)


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The file with one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            new.writestr(item.filename, content if item.filename == name else old.read(item))
    return out.getvalue()


def presentation() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("ppt/presentation.xml", "<p/>")
    return out.getvalue()


ENTITIES = b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><d>&b;</d>'
BAD = {
    "empty": (lambda: b"", "这个文件是空的。"),
    "old": (lambda: b"\xd0\xcf\x11\xe0" + b"0" * 600, "这是旧格式（.xls、.doc）或加了密码的文件，读不了。"),
    "pdf": (
        lambda: b"%PDF-1.7 ...",
        "这不是 Excel 工作簿（.xlsx）或 Word 文档（.docx）；PDF、网页、文本、图片也读不了。",
    ),
    "disguised": (lambda: presentation(), "这不是 Excel 工作簿（.xlsx）或 Word 文档（.docx）。"),
    "cut": (lambda: tables_docx((HEAD,))[:-300], "可能没有传完或损坏了。"),
    "too big": (lambda: b"PK" + b"0" * MAX_BYTES, "最多 20 MB。"),
    "no table": (lambda: tables_docx("只有文字"), "文件里没有表。"),
    "no document": (lambda: with_part(tables_docx((HEAD,)), "word/document.xml", b"<w"), "可能损坏了。"),
    "no body": (lambda: with_part(tables_docx((HEAD,)), "word/document.xml", b"<a/>"), "可能损坏了。"),
    "entities": (lambda: with_part(tables_docx((HEAD,)), "word/document.xml", ENTITIES), "可能损坏了。"),
    "long": (lambda: tables_xlsx([("甲",)] * 5001), "一张表最多 5000 行 100 列。"),
    "wide": (lambda: tables_xlsx((["甲"] * 101,)), "一张表最多 5000 行 100 列。"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(case):
    make, words = BAD[case]
    with pytest.raises(Refused) as refused:
        open_tables(make())
    assert words in refused.value.message
