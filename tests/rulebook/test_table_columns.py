"""C1: heads found, columns proposed with a reason, tables of one head read together."""

import pytest

from rulebook.tables import Grid, find, find_tables, propose
from tests.rulebook.office_tables import LEFT, UP, grid
from tests.rulebook.shapes import SHAPES, TWO_ROWS

ROLES = {
    "national": ["level1", "level2", "level3", "text", "points", "method"],
    "responsibility": ["level1", "text", "method", "evidence", "lead"],
    "enterprise": ["code", "outline", "text", "points", "rule"],
    "unit": ["code", "outline", "rule", "points"],
    "company": ["level1", "level2", "text", "method", "points", "rule", ""],
    "campus": ["level1", "level2", "text", "method", "lead"],
    "two rows": ["number", "level1", "level2", "text", "lead", "assist", ""],
    "points in text": ["code", "level1", "text", "remarks"],
    "bands": ["level1", "text", "points", "method"],
}
HEAD = ("项目", "测评标准", "分值")


def roles(*pictures):
    return [[one.role for one in propose(section)] for section in find([grid(picture) for picture in pictures])]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_the_field_is_proposed_whole(shape):
    assert roles(SHAPES[shape]) == [ROLES[shape]]


def test_every_proposal_has_its_reason():
    (section,) = find([grid(TWO_ROWS)])
    assert [
        (column.name, one.sure, one.why) for column, one in zip(section.columns, propose(section), strict=True)
    ] == [
        ("序号", "head", "表头“序号”"),
        ("测评指标 / 一级指标", "head", "表头“一级指标”"),
        ("测评指标 / 二级指标", "head", "表头“二级指标”"),
        ("测评标准", "head", "表头“测评标准”"),
        ("责任单位 / 牵头单位", "head", "表头“牵头单位”"),
        ("责任单位 / 配合单位", "head", "表头“配合单位”"),
        ("完成时限", "head", "表头“完成时限”，负责人、时限在分解任务时再填"),
    ]


def test_a_head_of_two_rows_needs_no_merged_cells():
    picture = (
        ("序号", "测评指标", "", "测评标准", "责任单位", ""),
        ("", "一级指标", "二级指标", "", "牵头单位", "配合单位"),
        (1, "环境", "卫生", "干净", "城管局", "街道办"),
    )
    (table,) = find_tables(grid(picture))
    assert (table.head, roles(picture)) == ((0, 2), [["number", "level1", "level2", "text", "lead", "assist"]])


def test_rows_that_number_the_columns_belong_to_the_head():
    (table,) = find_tables(grid((HEAD, (1, 2, 3), ("环境", "干净", 5))))
    assert (table.head, table.rows) == ((0, 2), [(2, "body")])


def test_head_total_and_notes_again_on_every_page_are_told_apart():
    picture = (
        ("体系", LEFT, LEFT),
        HEAD,
        ("环境", "干净", 5),
        ("小计", "", 5),
        HEAD,
        ("秩序", "有序", 5),
        ("合计", LEFT, 10),
        ("", "", ""),
        ("说明：一年一评。", LEFT, LEFT),
    )
    (table,) = find_tables(grid(picture))
    assert (table.title, table.rows) == (
        ["体系"],
        [(2, "body"), (3, "total"), (4, "repeat"), (5, "body"), (6, "total"), (8, "note")],
    )


def test_another_head_below_is_another_table_with_the_line_above_it():
    picture = (
        HEAD,
        ("环境", "干净", 5),
        ("附表", LEFT, LEFT),
        ("类别", "测评标准", "责任单位"),
        ("秩序", "有序", "公安局"),
    )
    first, second = find_tables(grid(picture))
    assert (first.rows, second.title, second.head) == ([(1, "body")], ["附表"], (3, 4))


def test_pages_with_the_same_head_and_pages_without_one_go_on_with_the_first():
    pages = [(HEAD, ("环境", "干净", 5)), (HEAD, ("秩序", "有序", 5)), (("", "通畅", 3), ("", "整洁", 2))]
    (section,) = find([grid(page, f"表{number}") for number, page in enumerate(pages)])
    assert [len(layout.body) for layout in section.layouts] == [1, 1, 2]


def test_a_head_pointed_out_by_a_person_counts():
    rows = (("附件", "", ""), ("甲", "乙", "丙"), ("环境", "主次干道干净整洁无垃圾", 5))
    (table,) = find_tables(grid(rows), head=(1, 2))
    assert (table.head, table.title, table.rows) == ((1, 2), ["附件"], [(2, "body")])


def test_columns_without_a_head_are_known_by_what_stands_in_them():
    rows = [
        (f"{number}", f"Ⅲ-{number} 指标", "主次干道两侧干净整洁，没有垃圾", 1.5, "材料审核", "市城管局、市住建局")
        for number in range(1, 5)
    ]
    (section,) = find([grid(rows)])
    assert [(one.role, one.sure) for one in propose(section)] == [
        ("number", "content"),
        ("level1", "content"),
        ("text", "content"),
        ("points", "content"),
        ("method", "content"),
        ("lead", "content"),
    ]


def test_points_of_levels_are_told_from_those_of_standards_by_their_rows():
    head = ("一级指标", "分值", "二级指标", "分值", "测评标准", "分值", "评分细则")
    picture = (
        head,
        ("甲", 30, "乙", 10, "丙", 5, "扣"),
        (UP, UP, UP, UP, "丁", 5, "扣"),
        (UP, UP, "戊", 20, "己", 20, "扣"),
    )
    assert roles(picture) == [["level1", "points1", "level2", "points2", "text", "points", "rule"]]


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (("項目", "測評標準", "權重"), ["level1", "text", "points"]),
        (("项目", "测评标准", "分值", "权重"), ["level1", "text", "points", "weight"]),
        (("项目", "测评标准", "牵头单位", "责任单位"), ["level1", "text", "lead", "assist"]),
        (("项目", "考核内容", "评分标准", "自评得分"), ["level1", "text", "rule", ""]),
        (("一级指标", "二级指标", "三级指标", "备注"), ["level1", "level2", "text", "remarks"]),
    ],
)
def test_what_a_head_leaves_open_the_other_heads_decide(head, found):
    rows = (("甲", "乙", "1", "2"), (UP, "丙", "3", "4"))
    assert roles((head, *(row[: len(head)] for row in rows))) == [found]


def test_a_body_of_two_columns_below_one_head_cell_is_two_columns():
    picture = (("项目", "测评标准", LEFT, "分值"), *((f"项{n}", f"好{n}", f"差{n}", n) for n in range(1, 5)))
    (section,) = find([grid(picture)])
    assert [(column.start, column.end) for column in section.columns] == [(0, 1), (1, 2), (2, 3), (3, 4)]


def test_a_mapping_is_known_again_by_its_heads_whatever_the_spaces():
    one, other, third = (
        find([grid((head, ("甲", "乙", 1)))])[0].fingerprint()
        for head in (HEAD, (" 项 目", "测评\n标准", "分值："), ("项目", "标准", "分值"))
    )
    assert (one == other, one == third) == (True, False)


def test_an_empty_grid_holds_nothing():
    assert find([Grid("空", ())]) == []
