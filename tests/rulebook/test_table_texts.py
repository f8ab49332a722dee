"""C1: what cells say: codes, numbered standards, methods, points, units."""

import pytest

from rulebook.tables import chinese
from rulebook.tables.codes import mended, read_code, value_of
from rulebook.tables.methods import is_method, places_in, written
from rulebook.tables.numbered import apart, by_number
from rulebook.tables.plaintext import folded, one_line, plain
from rulebook.tables.points import number, said, without
from rulebook.tables.units import lead_and_assist, looks_like_units

CODES = {
    "Ⅰ—1\n政务环境": ("Ⅰ-1", 1, "政务环境"),
    "II-1 党建工作": ("Ⅱ-1", 2, "党建工作"),
    "Ⅲ－92 空气": ("Ⅲ-92", 3, "空气"),
    "1.1.1 目标": ("1.1.1", 0, "目标"),
    "1-1 领导班子": ("1-1", 0, "领导班子"),
    "B12制度": ("B12", 2, "制度"),
    "A.1 组织": None,
    "第一部分 总则": ("第一部分", 0, "总则"),
    "一、组织领导": ("一", 0, "组织领导"),
    "（二）队伍": ("（二）", 0, "队伍"),
    "1．建立": ("1", 0, "建立"),
    "（1）建立": ("（1）", 0, "建立"),
    "1)建立": ("1)", 0, "建立"),
    "①建立": ("①", 0, "建立"),
    "2.5公里以内": None,
    "一是抓好": None,
    "5A景区": None,
    "A级景区": None,
    "12345热线": None,
}


@pytest.mark.parametrize("text", CODES)
def test_a_code_is_what_stands_before_the_name(text):
    code = read_code(text)
    assert (code and (code.text, code.level, code.rest)) == CODES[text]


@pytest.mark.parametrize(
    ("text", "code"), [("一", "一"), ("12", "12"), ("1.", "1"), ("2024-01-02", "1-2"), ("略", None)]
)
def test_a_cell_for_codes_may_hold_a_bare_number_or_what_excel_made_a_day(text, code):
    found = read_code(text, alone=True)
    assert (found and found.text) == code


def test_forms_of_one_outline_stand_in_their_order():
    orders = [read_code(text).order for text in ("一、x", "（一）x", "1.x", "1.1 x", "1.1.1 x", "（1）x", "1)x", "①x")]
    assert orders == sorted(orders)


def test_a_nought_that_excel_dropped_is_put_back():
    codes = [read_code(f"1.{number}", alone=True) for number in (*range(1, 10), 1, *range(11, 20), 2)]
    assert [code.text for code in mended(codes)] == [f"1.{number}" for number in range(1, 21)]


def test_chinese_numbers_are_read_as_written():
    assert [value_of(chinese(number)) for number in range(1, 100)] == list(range(1, 100))


NUMBERED = {
    "1)制定计划；\n2)建立制度；3)完善考核。": ("", ["制定计划", "建立制度", "完善考核。"], ""),
    "①甲②乙；③丙": ("", ["甲", "乙", "丙"], ""),
    "设有：1.宣传栏，高10.5米；2.善行榜。3、展示墙": ("设有：", ["宣传栏，高10.5米", "善行榜。", "展示墙"], ""),
    "（1）甲；（2）乙（按附件(3)办）；（3）丙": ("", ["甲", "乙（按附件(3)办）", "丙"], ""),
    "1)甲；2)乙\n符合上述2项标准为A，符合标准2)为B，其余为C#": (
        "",
        ["甲", "乙"],
        "符合上述2项标准为A，符合标准2)为B，其余为C#",
    ),
    "1)甲2)乙\n2项A，1项B，其余C#": ("", ["甲", "乙"], "2项A，1项B，其余C#"),
    "A>85%，B>80%，C≤80%": ("", [], "A>85%，B>80%，C≤80%"),
    "按第1、2项办，有2.5公里道路": ("按第1、2项办，有2.5公里道路", [], ""),
    "AED完好；达到A级景区标准": ("AED完好；达到A级景区标准", [], ""),
}


@pytest.mark.parametrize("text", NUMBERED)
def test_numbered_standards_are_taken_apart_and_the_grades_behind_them(text):
    found = apart(text)
    assert (found.lead, [item.text for item in found.items], found.grades) == NUMBERED[text]


@pytest.mark.parametrize(
    ("text", "said_for"),
    [
        ("1)问卷调查 2)实地考察 3)4)材料审核", {1: "问卷调查", 2: "实地考察", 3: "材料审核", 4: "材料审核"}),
        ("1）-3）材料审核；4）实地考察", {1: "材料审核", 2: "材料审核", 3: "材料审核", 4: "实地考察"}),
        ("①、②材料审核", {1: "材料审核", 2: "材料审核"}),
        ("实地考察", {0: "实地考察"}),
    ],
)
def test_a_neighbouring_cell_says_its_words_by_number(text, said_for):
    assert by_number(text) == said_for


def test_methods_are_called_by_one_name_and_their_places_are_kept():
    assert written("现场\n查看、材料审核") == ("实地考察、材料审核", ["现场查看"])
    assert written("专家评议") == ("专家评议", [])
    assert places_in("实地考察（主次干道、公园）") == "主次干道、公园"
    assert [is_method(text) for text in ("1)2)问卷调查", "材\n料\n审\n核", "实地考察主次干道两侧的店铺")] == [
        True,
        True,
        False,
    ]


POINTS = {"3.40": "3.40", "3.4分": "3.4", "（05分）": "5", "10%": "10", "20-30": "", "加2分": "", "—": ""}
SAID = {
    "党建工作(7分)": ([("7", False)], "党建工作"),
    "建立制度。(2.5)": ([("2.5", False)], "建立制度。"),
    "班子建设（权重10%）": ([("10", True)], "班子建设"),
    "分值：3.4分": ([("3.4", False)], ""),
    "①甲（1分）②乙（2分）": ([("1", False), ("2", False)], "①甲②乙"),
    "每处扣0.5分（扣完为止）": ([], "每处扣0.5分（扣完为止）"),
    "(1)建立制度（2020）版": ([], "(1)建立制度（2020）版"),
}


def test_points_are_the_number_a_cell_says():
    assert {text: number(text) for text in POINTS} == POINTS


@pytest.mark.parametrize("text", SAID)
def test_points_are_what_a_text_says_of_itself(text):
    found = said(text)
    assert ([(one.number, one.is_weight) for one in found], without(text, found)) == SAID[text]


@pytest.mark.parametrize(
    ("text", "lead", "assist"),
    [
        ("牵头单位：市城管局；配合单位：市住建局、各街道", ["市城管局"], ["市住建局", "各街道"]),
        ("责任单位:教育局\n配合:团委、妇联", ["教育局"], ["团委", "妇联"]),
        ("市文明办 市教育局 各镇（街道、园区）", ["市文明办", "市教育局", "各镇（街道、园区）"], []),
        ("市委宣传部，市文明办", ["市委宣传部", "市文明办"], []),
    ],
)
def test_lead_and_assisting_units_are_told_apart_by_their_tags(text, lead, assist):
    assert lead_and_assist(text) == (lead, assist)
    assert looks_like_units(text)


def test_names_lose_the_spaces_a_narrow_cell_put_in_and_keep_the_others():
    assert one_line("领 导\n班 子 建 设（15 分） ABC def") == "领导班子建设（15 分） ABC def"


def test_heads_are_compared_in_either_script_and_texts_fold_sign_for_sign():
    assert (plain("測評 標準*："), folded("（Ａ１）：、")) == ("测评标准", "(A1):、")
