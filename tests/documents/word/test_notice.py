"""The notice of rectification 整改通知书 with its reply slip 回执 (D1)."""

from dataclasses import replace

import pytest

from chuangwen.documents.word import PaperRefused, Receipt, figures_in, rectification_notice, render
from chuangwen.documents.word.notice import slip_fit, slip_row_mm
from tests.documents.word.reading import opened, texts
from tests.documents.word.samples import notice_facts, notice_problems


def rows(file, table):
    return [[cell.text for cell in row.cells] for row in opened(file).tables[table].rows]


def test_D1_notice_names_unit_ground_problems_and_deadline():
    file = render(rectification_notice(notice_facts()))
    assert texts(file)[:5] == [
        "示例县文明创建办公室",
        "示创建办整〔2026〕3号",
        "整改通知书",
        "青石街道办事处：",
        "根据《示例县文明城市测评体系（2026版）》，2026年3月17日至24日，县创建办对你单位有关点位开展了暗访，"
        "其中已交办、尚未销号的问题3件，现通知如下：",
    ]
    assert rows(file, 0)[:2] == [
        ["序号", "点位", "问题", "测评标准", "期限或现状", "责任人"],
        ["1", "青石街1号小区", "车道栏杆破损未修复", "3.2 公共设施完好", "4月15日", "王示例"],
    ]


def test_D1_demands_and_contact_follow_the_problems():
    file = render(rectification_notice(notice_facts()))
    start = texts(file).index("二、整改要求")
    assert texts(file)[start + 1 : start + 6] == [
        "1.逐项明确整改措施和责任人，于2026年4月15日前整改到位。",
        "2.填写整改回执，附整改后照片，报县创建办复核。",
        "3.对责任归属有异议的，于签收后3个工作日内书面说明理由；需延期的，在期限届满前提出。",
        "三、联系方式",
        "联系人：周示例，电话：0000-1234567。",
    ]


def test_D1_what_was_reported_is_listed_as_such_and_not_told_to_be_put_right():
    first, *rest = notice_problems(done=False)
    file = render(rectification_notice(replace(notice_facts(), problems=(replace(first, settled="待复核"), *rest))))
    assert [row[4] for row in rows(file, 0)[1:3]] == ["待复核", "4月15日"]
    said = "1.列有期限的逐项明确整改措施和责任人，于2026年4月15日前整改到位；列为待复核的等办理结果，不用重复报送。"
    assert said in texts(file)


def test_D1_empty_slip_leaves_room_for_handwriting():
    file = render(rectification_notice(notice_facts()))
    assert rows(file, 1)[1] == ["1", "青石街1号小区：车道栏杆破损未修复", "", "", "王示例", "", ""]
    assert [round(row.height.mm) for row in opened(file).tables[1].rows[1:]] == [22, 22, 22]
    assert "签收人：　　　　　　　　签收时间：　　　　年　　月　　日" in texts(file)


@pytest.mark.parametrize(("count", "height"), [(1, 22), (3, 22), (4, 18), (5, 15), (6, 22), (8, 22)])
def test_D1_the_rows_of_an_empty_slip_are_as_high_as_one_page_with_the_signature_allows(count, height):
    (problem, *_) = notice_problems(done=False)
    assert slip_row_mm(notice_facts(problems=(problem,) * count)) == height


def test_D1_the_signature_of_a_slip_never_stands_alone_with_one_row():
    (problem, *_) = notice_problems(done=False)
    for count in range(2, 40):
        least = slip_row_mm(notice_facts(problems=(problem,) * count))
        assert slip_fit([least] * count)[1] >= 2


def test_D1_slip_is_filled_from_what_happened():
    facts = notice_facts(done=True, receipt=Receipt("刘示例", "2026年3月25日16:20"))
    file = render(rectification_notice(facts))
    assert rows(file, 1)[1][2:] == ["已更换栏杆并补漆", "4月8日整改到位", "李示例", "照片与现场一致", "4月9日销号"]
    assert [row.height for row in opened(file).tables[1].rows[1:]] == [None, None, None]
    assert "签收人：刘示例　　签收时间：2026年3月25日16:20" in texts(file)


def test_D1_slip_carries_number_and_unit_on_a_lying_page():
    file = render(rectification_notice(notice_facts()))
    assert "通知书编号：示创建办整〔2026〕3号　　整改单位：青石街道办事处" in texts(file)
    assert [section.orientation.name for section in opened(file).sections] == ["PORTRAIT", "LANDSCAPE"]


def test_D1_photos_come_only_when_wanted():
    without = opened(render(rectification_notice(notice_facts(done=True))))
    wanted = opened(render(rectification_notice(notice_facts(done=True, photos=True))))
    assert (len(without.inline_shapes), len(wanted.inline_shapes)) == (0, 6)
    assert wanted.tables[2].rows[1].cells[0].text == "1.青石街1号小区：车道栏杆破损未修复（左：整改前，右：整改后）"


def test_C8_photos_sent_before_rectification_are_those_of_the_problems():
    file = render(rectification_notice(notice_facts(photos=True)))
    captions = rows(file, 2)
    assert "问题照片" in texts(file)
    assert "整改前后照片" not in texts(file)
    assert captions[1][0] == "1.青石街1号小区：车道栏杆破损未修复"
    assert (captions[1][1][:9], captions[3][0][:9]) == ("2.青石街2号小区", "3.青石街3号小区")
    assert len(opened(file).inline_shapes) == 3


@pytest.mark.parametrize(("count", "last_mm"), [(1, 107), (3, 64), (5, 64), (7, 107), (8, 64), (15, 107)])
def test_C8_a_picture_with_a_page_of_its_own_is_larger(count, last_mm):
    (problem, *_) = notice_problems(done=False)
    file = opened(render(rectification_notice(notice_facts(problems=(problem,) * count, photos=True))))
    widths = [round(picture.width / 36000) for picture in file.inline_shapes]
    assert widths == [64] * (count - 1) + [last_mm]


def test_I1_number_of_problems_is_a_figure():
    assert figures_in(render(rectification_notice(notice_facts()))) == {"unit.found": "3"}


def test_unit_without_problems_gets_no_notice():
    with pytest.raises(PaperRefused, match="青石街道办事处没有要整改的问题"):
        rectification_notice(notice_facts(problems=()))
