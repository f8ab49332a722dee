"""C1: rows become lines with their path; what becomes none is named; points are given out only as the table says."""

from rulebook.tables import Options, find, propose, read
from tests.rulebook.office_tables import LEFT, UP, grid
from tests.rulebook.shapes import BANDS, CAMPUS, ENTERPRISE, NATIONAL, POINTS_IN_TEXT, RESPONSIBILITY, UNIT

HEAD = ("一级指标", "二级指标", "测评标准", "分值", "测评方法", "评分标准")


def reading(*pictures, **options):
    (section,) = find([grid(picture, f"表{number}") for number, picture in enumerate(pictures, 1)])
    return read(section, [one.role for one in propose(section)], Options(**options))


def paths(found):
    return [" ".join(f"{level.label}{level.name}" for level in line.path) for line in found.lines]


def brief(found, *names):
    return [tuple(getattr(line, name) for name in names) for line in found.lines]


def test_levels_are_filled_down_merged_cells_and_blank_ones_alike():
    merged = ((*HEAD[:4],), ("甲", "乙", "一", 1), (UP, UP, "二", 1), (UP, "丙", "三", 1), ("丁", "戊", "四", 1))
    blank = [["" if text is UP else text for text in row] for row in merged]
    assert paths(reading(merged)) == paths(reading(blank)) == ["甲 乙", "甲 乙", "甲 丙", "丁 戊"]


def test_a_new_level_begins_without_the_deeper_ones_of_the_row_above():
    picture = (HEAD[:4], ("甲", "乙", "一", 1), ("丙", "", "二", 1), ("丁", LEFT, "三", 1), (UP, "—", "四", 1))
    assert paths(reading(picture)) == ["甲 乙", "丙", "丁", "丁"]


def test_a_page_that_goes_on_keeps_the_levels_of_the_page_before():
    first = (HEAD[:4], ("甲", "乙", "一", 1))
    assert paths(reading(first, (("", "", "二", 1),), (HEAD[:4], ("甲（续）", "乙", "三", 1)))) == ["甲 乙"] * 3


def test_codes_names_and_points_of_levels_are_told_apart():
    found = reading(CAMPUS)
    assert [(level.label, level.name, level.points) for level in found.lines[0].path] == [
        ("1-1", "领导班子建设", "7"),
        ("Ⅱ-1", "党建工作", "7"),
    ]
    assert brief(found, "label", "points", "method") == [
        ("1)", "1.5", "材料审核"),
        ("2)", "3", "实地考察"),
        ("3)", "2.5", "材料审核"),
    ]


def test_one_rule_of_grades_makes_one_line_of_items_with_their_methods():
    line = reading(NATIONAL).lines[0]
    assert (line.points, line.method, line.rule) == (
        "3.4",
        "问卷调查、实地考察、材料审核",
        "符合上述3项标准为A，符合标准2)、3)为B，其余情形为C#。",
    )
    assert line.items == (
        "列入议事日程，制定计划；".removesuffix("；") + "（问卷调查）",
        "建立学习制度（实地考察）",
        "完善考核办法。（材料审核）",
    )


def test_places_in_brackets_and_methods_by_another_name_are_said():
    line = reading(NATIONAL).lines[2]
    assert (line.method, line.places, line.notes) == ("实地考察", "政务大厅、办税厅", ["“现场查看”读作“实地考察”"])


def test_an_outline_is_told_by_its_codes_and_its_rows_give_the_points():
    enterprise, unit = reading(ENTERPRISE), reading(UNIT)
    assert paths(enterprise) == [
        "1目标职责 1.1目标 1.1.1目标制定",
        "1目标职责 1.1目标 1.1.2目标分解",
        "1目标职责 1.2机构 1.2.1机构设置",
    ]
    assert [level.points for level in enterprise.lines[0].path] == ["30", "10", ""]
    assert (paths(unit), brief(unit, "label", "text", "points")) == (
        ["一组织领导", "一组织领导", "二创建活动"],
        [
            ("1", "指导思想明确，人员落实到位。", "4"),
            ("2", "年初有计划，年终有总结。", "2"),
            ("1", "积极参加集中整治活动。", "10"),
        ],
    )


def test_lines_across_the_table_are_the_level_above():
    assert paths(reading(BANDS[:-1])) == ["一公共环境 道路", "一公共环境 道路", "二公共服务 窗口"]


def test_units_evidence_and_points_are_read_from_their_cells_or_the_text():
    assert brief(reading(RESPONSIBILITY), "lead", "assist", "evidence") == [
        (("市委宣传部",), ("市文明办", "各区"), "①文件；②图片 3 张"),
        (("市园林局", "各区"), (), ""),
        (("市发展改革委",), (), "网址或截图"),
    ]
    assert brief(reading(POINTS_IN_TEXT), "points") == [("2.5",), ("2.5",), ("2",), ("4",)]


STANDARDS = "1)有计划；2)有制度；3)有总结"


def test_points_of_a_cell_are_shared_only_when_it_is_said_or_asked():
    def found(text, points=3, **options):
        return brief(reading((HEAD, ("甲", "乙", text, points, "材料审核", "")), **options), "text", "points")

    assert found(STANDARDS) == [(STANDARDS, "3")]
    assert found(STANDARDS, "") == [("有计划", ""), ("有制度", ""), ("有总结", "")]
    assert found("1)有计划（1分）；2)有制度（2分）") == [("有计划（1分）", "1"), ("有制度（2分）", "2")]
    assert found(STANDARDS, split="each") == [("有计划", ""), ("有制度", ""), ("有总结", "")]
    assert found(STANDARDS, 3.4, split="each", share=True) == [
        ("有计划", "1.13"),
        ("有制度", "1.13"),
        ("有总结", "1.14"),
    ]
    assert found("1)有计划（1分）；2)有制度（1分）", 2, split="one") == [("1)有计划（1分）；2)有制度（1分）", "2")]


def test_a_cell_of_points_over_several_cells_makes_them_parts_of_one_line():
    first, last = ("甲", "乙", "有计划", 3, "材料审核", "少一项扣1分"), (UP, UP, "有总结", 1, "材料审核", "没有不得分")
    picture = (HEAD, first, (UP, UP, "有制度", UP, UP, UP), last)
    line, _ = reading(picture).lines
    assert (line.text, line.items, line.points, line.notes) == (
        "有计划\n有制度",
        ("有计划", "有制度"),
        "3",
        ["3 分管着 2 格，没有写每格几分，合成一条"],
    )
    assert brief(reading(picture, split="each", share=True), "text", "points", "rule") == [
        ("有计划", "1.5", "少一项扣1分"),
        ("有制度", "1.5", "少一项扣1分"),
        ("有总结", "1", "没有不得分"),
    ]


def test_the_points_of_a_level_go_to_its_only_line():
    picture = (("测评内容", "测评标准"), ("Ⅲ-1 制度(3.40)", "有制度"), ("Ⅲ-2 活动（2分）", "有计划"), (UP, "有总结"))
    found = reading(picture)
    assert brief(found, "points", "notes") == [
        ("3.40", []),
        ("", ["“活动”下面 2 条共 2 分，没有写每条几分"]),
        ("", ["“活动”下面 2 条共 2 分，没有写每条几分"]),
    ]


def test_rules_that_are_numbered_go_each_to_its_own_standard():
    picture = (HEAD, ("甲", "乙", "1)有计划（1分）；2)有制度（1分）", "", "", "1)没有扣1分；2)缺一项扣0.5分"))
    assert brief(reading(picture), "rule") == [("没有扣1分",), ("缺一项扣0.5分",)]


def test_a_row_without_a_standard_is_said_by_its_last_level_and_more_rows_go_on():
    picture = (
        ("一级指标", "二级指标", "测评标准", "分值", "责任单位"),
        ("甲", "Ⅱ-1 主干道整洁", "", 2, "城管局"),
        ("", "Ⅱ-2 绿化", "无枯死", 3, "园林局"),
        ("", "", "", "", "各街道"),
    )
    found = reading(picture)
    assert (paths(found), brief(found, "label", "text", "points", "lead")) == (
        ["甲", "甲 Ⅱ-2绿化"],
        [("Ⅱ-1", "主干道整洁", "2", ("城管局",)), ("", "无枯死", "3", ("园林局", "各街道"))],
    )


def test_a_standard_over_several_rows_takes_them_all_and_more_points_are_said():
    picture = (HEAD, ("甲", "乙", "有计划", 1, "材料审核", "没有扣1分"), (UP, UP, UP, 2, "问卷调查", "不知晓扣1分"))
    (line,) = reading(picture).lines
    assert (line.method, line.rule, line.points, line.notes) == (
        "材料审核、问卷调查",
        "没有扣1分\n不知晓扣1分",
        "",
        ["分值写的是“1 2”，不是一个数"],
    )


def test_nothing_is_dropped_without_a_word():
    picture = (
        HEAD[:4],
        ("", "", "", 5),
        ("甲", "乙", "有计划", 3),
        ("丙", "丁", "", ""),
        ("合计", "", "", 9),
        ("注：略", LEFT, LEFT, LEFT),
    )
    found = reading(picture)
    assert [(str(one.where), one.why, one.minor) for one in found.left_out] == [
        ("表1 第 2 行", "有内容，认不出是哪一条测评标准的", False),
        ("表1 第 4 行", "指标下面没有测评标准", False),
        ("表1 第 5 行", "合计行，只用来核对", True),
        ("表1 第 6 行", "表下的注", True),
    ]
    assert found.checks == ["合计行写的是 9 分，各条合计 3 分"]


def test_sums_that_differ_and_numbers_that_are_none_are_said():
    picture = (HEAD[:4], ("甲（5分）", "乙", "有计划（2分）", 3), (UP, UP, "有制度", "另计"))
    found = reading(picture)
    assert brief(found, "notes") == [(["分值一列是 3，文中写的是 2"],), (["分值写的是“另计”，不是一个数"],)]
    assert reading((HEAD[:4], ("甲（5分）", "乙", "有计划", 3))).checks == ["“甲”写的是 5 分，下面合计 3 分"]


def test_the_first_level_can_be_the_name_of_the_sheet_or_the_line_above():
    picture = (("一、公共环境", LEFT), ("测评内容", "测评标准"), ("道路", "平整"))
    assert paths(reading(picture, top="sheet")) == ["表1 道路"]
    assert paths(reading(picture, top="title")) == ["一公共环境 道路"]


def test_more_levels_than_there_may_be_are_said_in_one_name():
    head = ("一级指标", "二级指标", "三级指标", "四级指标", "测评标准")
    found = reading((head, ("一、环境", LEFT, LEFT, LEFT, LEFT), ("甲", "乙", "丙", "丁", "平整")))
    assert paths(found) == ["一环境 甲 乙 丙 / 丁"]
