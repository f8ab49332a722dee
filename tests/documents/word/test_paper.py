"""Parts of a paper: head, numbers of headings, tables, annexes, signature, imprint (I1)."""

from datetime import date

import pytest
from docx.oxml.ns import qn

from chuangwen.documents.word import (
    Align,
    Attachment,
    Column,
    Head,
    Heading,
    Imprint,
    PaperRefused,
    Paragraph,
    PhotoPair,
    Photos,
    Table,
    render,
)
from chuangwen.documents.word.numbering import chinese_numeral
from chuangwen.documents.word.parts import mark_lines, printer_scales, signature_indents, title_lines
from tests.documents.word.reading import opened, paper, paragraph_with, parsed, texts
from tests.documents.word.samples import photo

TABLE = Table(
    columns=(Column("序号", 1, Align.CENTER), Column("单位", 4), Column("得分", 2, Align.RIGHT)),
    rows=(("1", "示例东分公司", "93.10"), ("2", "示例西分公司", "92.85")),
    caption="表1  得分",
)
ORIENTED = Attachment(title="清单", blocks=(TABLE,), landscape=True)


def orientations(file):
    return [section.orientation.name for section in opened(file).sections]


def test_I1_heading_numbers_are_counted_and_start_anew_below_each_heading():
    levels = ((1, "甲"), (2, "乙"), (3, "丙"), (4, "丁"), (4, "戊"), (3, "己"), (2, "庚"), (3, "辛"), (1, "壬"))
    file = render(paper(*(Heading(level, text) for level, text in levels)))
    assert texts(file)[3:] == [
        "一、甲", "（一）乙", "1.丙", "（1）丁", "（2）戊", "2.己", "（二）庚", "1.辛", "二、壬",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (99, "九十九"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
    ],
)
def test_chinese_numerals(number, words):
    assert chinese_numeral(number) == words


def test_I1_head_stands_before_title_and_addressee():
    file = render(paper(addressee="局属各单位"))
    assert texts(file) == [
        "示例县文明创建办公室文件", "示创建办〔2026〕1号", "关于示例的通报", "局属各单位：", "正文。",
    ]  # fmt: skip


def test_I1_mark_is_red_and_35_mm_under_the_text_block():
    mark = paragraph_with(render(paper()), "示例县文明创建办公室文件")
    assert str(mark.style.font.color.rgb) == "FF0000"
    assert round(mark.paragraph_format.space_before / 36000) == 35


def test_I1_paper_to_the_level_above_names_its_signer_in_kai():
    file = render(paper(head=Head(mark="示例县文明创建办公室文件", number="示创建办〔2026〕1号", signer="张示例")))
    line = paragraph_with(file, "\t示创建办〔2026〕1号\t签发人：张示例")
    assert line.runs[-1]._r.rPr.rFonts.get(qn("w:eastAsia")) == "楷体_GB2312"


def test_table_repeats_its_header_never_splits_rows_and_keeps_numbers_right():
    (table,) = opened(render(paper(TABLE))).tables
    rows = table._tbl.tr_lst
    assert [[cell.text for cell in row.cells] for row in table.rows][1:] == [list(row) for row in TABLE.rows]
    assert [row.trPr.find(qn("w:tblHeader")) is not None for row in rows] == [True, False, False]
    assert [row.trPr.find(qn("w:cantSplit")) is not None for row in rows] == [True, True, True]
    assert [cell.paragraphs[0].alignment.name for cell in table.rows[1].cells] == ["CENTER", "LEFT", "RIGHT"]
    assert sum(int(column.get(qn("w:w"))) for column in table._tbl.tblGrid) == 8845


def test_row_with_a_missing_cell_is_refused_by_its_number():
    with pytest.raises(PaperRefused, match="第 2 行有 1 格，表头有 3 格"):
        Table(columns=TABLE.columns, rows=(TABLE.rows[0], ("2",)))


def test_I1_annexes_are_listed_numbered_and_start_on_new_pages():
    annexes = (Attachment(title="问题清单", blocks=(TABLE,)), Attachment(title="名单", blocks=(Paragraph("甲。"),)))
    file = render(paper(attachments=annexes))
    assert texts(file)[4:] == ["附件：1.问题清单", "2.名单", "附件1", "问题清单", "表1  得分", "附件2", "名单", "甲。"]
    marks = [paragraph_with(file, text) for text in ("附件1", "附件2")]
    assert [mark.paragraph_format.page_break_before for mark in marks] == [True, True]


def test_single_annex_has_no_number():
    file = render(paper(attachments=(Attachment(title="问题清单", blocks=(TABLE,)),)))
    assert [text for text in texts(file) if text.startswith("附件")] == ["附件：问题清单", "附件"]


def test_wide_annex_lies_and_the_pages_around_it_stand():
    file = render(paper(attachments=(ORIENTED, Attachment(title="名单", blocks=()))))
    assert orientations(file) == ["PORTRAIT", "LANDSCAPE", "PORTRAIT"]
    assert [section.footer.paragraphs[0].text for section in opened(file).sections] == ["— 1 —"] * 3


def test_lying_last_annex_leaves_no_empty_page_unless_the_imprint_needs_one():
    bare = render(paper(attachments=(ORIENTED,)))
    closed = render(paper(attachments=(ORIENTED,), imprint=Imprint(copies="局领导")))
    assert orientations(bare) == ["PORTRAIT", "LANDSCAPE"]
    assert orientations(closed) == ["PORTRAIT", "LANDSCAPE", "PORTRAIT"]


@pytest.mark.parametrize(
    ("signature", "sealed", "indents"),
    [
        ("示例县文明办", True, (4.25, 4.0)),
        ("示例省高速公路管理局文明创建办公室", True, (0.0, 5.25)),
        ("示例局", False, (7.5, 2.0)),
    ],
)
def test_I1_signature_is_centred_on_the_date_or_stands_two_characters_in(signature, sealed, indents):
    assert signature_indents(signature, "2026年3月25日", sealed=sealed) == indents


def test_I1_date_is_arabic_and_kept_with_the_signature_and_the_last_line():
    file = render(paper(signature="示例县文明创建办公室", dated=date(2026, 3, 5)))
    last = texts(file)[-3:]
    assert last == ["正文。", "示例县文明创建办公室", "2026年3月5日"]
    assert [paragraph_with(file, text).paragraph_format.keep_with_next for text in last] == [True, True, None]


def test_I1_imprint_closes_the_paper_between_three_rules():
    imprint = Imprint(copies="局领导，示例省文明办", printer="示例局办公室", printed_on=date(2026, 3, 25))
    file = render(paper(imprint=imprint))
    rules = [rule.get(qn("w:sz")) for rule in parsed(file).iter(qn("w:top")) if rule.getparent().tag == qn("w:pBdr")]
    assert texts(file)[-2:] == ["抄送：局领导，示例省文明办。", "示例局办公室\t2026年3月25日印发"]
    assert rules == ["8", "6", "8"]


@pytest.mark.parametrize(
    ("mark", "lines"),
    [
        ("示例县文明办文件", ("示例县文明办文件",)),
        ("示例县创建全国文明城市工作领导小组办公室文件", ("示例县创建全国文明城市工作领导小组办公室文件",)),
        (
            "示例省高速公路管理局文明服务窗口创建工作领导小组办公室文件",
            ("示例省高速公路管理局文明服务窗口", "创建工作领导小组办公室文件"),
        ),
        ("中共示例市示例区委精神文明建设指导委员会办公室", ("中共示例市示例区委", "精神文明建设指导委员会办公室")),
    ],
)
def test_I1_a_mark_too_long_for_one_line_breaks_between_words(mark, lines):
    assert mark_lines(mark) == lines


@pytest.mark.parametrize(
    ("printer", "scales"),
    [("示例局办公室", (100,)), ("示例县创建全国文明城市工作领导小组办公室", (95,)), ("示" * 34, (84, 100))],
)
def test_I1_office_and_date_of_printing_stand_on_one_line_or_the_date_on_its_own(printer, scales):
    imprint = Imprint(printer=printer, printed_on=date(2026, 11, 25))
    assert printer_scales(imprint) == scales
    between = "\n\t" if len(scales) > 1 else "\t"
    assert texts(render(paper(imprint=imprint)))[-1] == f"{printer}{between}2026年11月25日印发"


def test_I1_the_imprint_keeps_its_room_below_the_last_line():
    imprint = Imprint(copies="局领导", printer="示例局办公室", printed_on=date(2026, 3, 25))
    lines = [line.get(qn("w:line")) for line in parsed(render(paper(imprint=imprint))).iter(qn("w:spacing"))]
    assert "960" in lines


IMPRINT = Imprint(copies="局领导", printer="示例局办公室", printed_on=date(2026, 3, 25))


def test_I1_the_imprint_holds_the_last_row_of_the_annex_and_nothing_of_it_parts():
    rows = (("1", "有烟头"), ("2", "有污渍"))
    table = Table(columns=(Column("序号", 1), Column("现象", 3)), rows=rows)
    file = opened(render(paper(attachments=(Attachment(title="问题清单", blocks=(table,)),), imprint=IMPRINT)))
    kept = [[cell.paragraphs[0].paragraph_format.keep_with_next for cell in row.cells] for row in file.tables[0].rows]
    assert kept == [[None, None], [None, None], [True, True]]
    after = file.paragraphs[[line.text for line in file.paragraphs].index("问题清单") + 1 :]
    assert [line.paragraph_format.keep_with_next for line in after] == [True] * (len(after) - 1) + [None]


def test_I1_the_imprint_holds_the_date_where_no_annex_comes_between():
    papers = [paper(signature="示例局", dated=date(2026, 3, 5), **more) for more in ({}, {"imprint": IMPRINT})]
    dates = [paragraph_with(render(one), "2026年3月5日") for one in papers]
    assert [line.paragraph_format.keep_with_next for line in dates] == [None, True]


def test_I1_a_signature_wider_than_the_page_breaks_between_words():
    name = "示例省示例市开发区创建全国文明城市工作领导小组办公室秘书处"
    file = render(paper(signature=name, dated=date(2026, 3, 5)))
    assert texts(file)[-2] == "示例省示例市开发区创建全国文明城市\n工作领导小组办公室秘书处"


def test_long_title_breaks_after_a_word():
    assert title_lines("关于2026年第2轮文明服务窗口暗访情况的通报") == "关于2026年第2轮\n文明服务窗口暗访情况的通报"


def test_photos_are_kept_small_and_a_missing_one_is_named():
    pair = PhotoPair(caption="示例收费站：栏杆破损", before=photo(3000, 2000), after=None)
    document = opened(render(paper(Photos((pair,)))))
    (picture,) = document.inline_shapes
    image = document.part.related_parts[picture._inline.graphic.graphicData.pic.blipFill.blip.embed]
    assert (round(picture.width / 36000), image.image.px_width) == (64, 1000)
    assert document.tables[0].rows[0].cells[1].text == "（没有整改后照片）"


def test_file_that_is_no_photo_is_refused_by_its_caption():
    with pytest.raises(PaperRefused, match="“示例收费站”的照片打不开"):
        render(paper(Photos((PhotoPair(caption="示例收费站", before=b"<svg/>", after=None),))))
