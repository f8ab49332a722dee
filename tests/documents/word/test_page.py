"""The page of GB/T 9704-2012: size, margins, grid, fonts, page numbers (I1)."""

import pytest
from docx.oxml.ns import qn

from chuangwen.documents.word import Form, Head, render
from tests.documents.word.reading import east_asian_font, opened, paper, parsed

MM = 36000


@pytest.fixture(scope="module")
def file():
    return render(paper())


def test_I1_page_is_a4_with_margins_37_35_28_26(file):
    section = opened(file).sections[0]
    sides = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    sides += (section.left_margin, section.right_margin)
    assert [round(side / MM) for side in sides] == [210, 297, 37, 35, 28, 26]


def test_I1_grid_holds_22_lines_of_28_characters(file):
    section = opened(file).sections[0]
    grid = section._sectPr.find(qn("w:docGrid"))
    high = (section.page_height - section.top_margin - section.bottom_margin) / 635
    wide = (section.page_width - section.left_margin - section.right_margin) / 635
    normal = opened(file).styles["Normal"].element.rPr
    squeeze = int(normal.find(qn("w:spacing")).get(qn("w:val")))
    assert (grid.get(qn("w:type")), int(high // int(grid.get(qn("w:linePitch"))))) == ("lines", 22)
    assert int(wide // (320 + squeeze)) == 28


@pytest.mark.parametrize(
    ("style", "font", "points"),
    [
        ("公文标题", "方正小标宋简体", 22),
        ("公文正文", "仿宋_GB2312", 16),
        ("公文一级标题", "黑体", 16),
        ("公文二级标题", "楷体_GB2312", 16),
        ("公文三级标题", "仿宋_GB2312", 16),
        ("公文四级标题", "仿宋_GB2312", 16),
        ("附件序号", "黑体", 16),
        ("版记", "仿宋_GB2312", 14),
        ("页码", "宋体", 14),
    ],
)
def test_I1_styles_name_the_official_fonts(file, style, font, points):
    document = opened(file)
    assert (east_asian_font(document, style), document.styles[style].font.size.pt) == (font, points)


def test_I1_body_is_indented_two_characters_with_exact_lines(file):
    properties = opened(file).styles["公文正文"].element.pPr
    indent, spacing = properties.find(qn("w:ind")), properties.find(qn("w:spacing"))
    assert indent.get(qn("w:firstLineChars")) == "200"
    assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("579", "exact")


def test_I1_page_numbers_stand_outside_on_odd_and_even_pages(file):
    document = opened(file)
    section = document.sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert document.settings.odd_and_even_pages_header_footer is True
    assert [line.text for line in (odd, even)] == ["— 1 —", "— 1 —"]
    assert [line._p.pPr.jc.get(qn("w:val")) for line in (odd, even)] == ["right", "left"]
    assert odd._p.pPr.ind.get(qn("w:rightChars")) == even._p.pPr.ind.get(qn("w:leftChars")) == "100"


def test_letter_has_no_page_number_on_its_first_page_and_rules_170_mm_wide():
    file = render(paper(head=Head(mark="示例县文明创建办公室", number="示创建办函〔2026〕2号", form=Form.LETTER)))
    section = opened(file).sections[0]
    first = section.first_page_footer.paragraphs[0]
    indent = first._p.pPr.ind
    frames = [frame.get(qn("w:w")) for frame in parsed(file).iter(qn("w:framePr"))]
    reach = 8844 - int(indent.get(qn("w:left"))) - int(indent.get(qn("w:right")))
    assert (section.different_first_page_header_footer, first.text) == (True, "")
    assert (frames[-1], abs(reach - 9638) <= 4) == ("9638", True)


def test_every_prefix_word_is_told_to_ignore_is_declared(file):
    root = parsed(file)
    ignored = root.get("{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable", "").split()
    assert [prefix for prefix in ignored if prefix not in root.nsmap] == []


def test_file_opens_in_the_current_mode_of_word(file):
    settings = parsed(file, "word/settings.xml").iter(qn("w:compatSetting"))
    modes = [entry.get(qn("w:val")) for entry in settings if entry.get(qn("w:name")) == "compatibilityMode"]
    assert modes == ["15"]
