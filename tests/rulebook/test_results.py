"""Result tables of the level above: what columns are, cells that hold for several rows, words for nothing, totals."""

import pytest

from rulebook.tables import find
from rulebook.tables.results import amount, propose_results, read_results
from tests.rulebook.office_tables import LEFT, UP, Picture, grid


def roles_of(picture: Picture) -> list[str]:
    (section,) = find([grid(picture)])
    return [proposal.role for proposal in propose_results(section)]


def lines_of(picture: Picture) -> list[tuple[object, ...]]:
    """Code, name, what stands above it, type, place, the three numbers, reasons."""
    (section,) = find([grid(picture)])
    read = read_results(section, roles_of(picture))
    return [
        (one.code, one.name, one.above, one.type, one.place, one.possible, one.got, one.lost, one.reasons)
        for one in read.lines
    ]


HEADS = {
    "codes and points": (
        ("指标编号", "测评标准", "点位类型", "点位名称", "标准分", "实得分", "扣分原因"),
        ["code", "name", "type", "place", "possible", "got", "reason"],
    ),
    "levels and deductions": (
        ("一级指标", "二级指标", "测评内容", "分值", "扣分", "存在问题", "备注"),
        ["name", "name", "name", "possible", "lost", "reason", "reason"],
    ),
    "points in brackets": (
        ("测评项目", "满分（100分）", "考核得分", "抽测点位数"),
        ["name", "possible", "got", "places"],
    ),
    "only one column of a kind": (("测评标准", "分值", "得分", "最终得分"), ["name", "possible", "got", ""]),
}


@pytest.mark.parametrize("case", HEADS)
def test_columns_are_known_by_their_heads(case: str) -> None:
    head, roles = HEADS[case]
    assert roles_of((head, ("a",) * len(head))) == roles


def test_a_serial_number_is_no_code() -> None:
    picture = (("序号", "测评标准", "分值", "得分"), (1, "干净", 5, 4), (2, "整洁", 5, 5))
    assert roles_of(picture) == ["", "name", "possible", "got"]


def test_merged_names_hold_for_their_rows_and_reasons_alone_go_on() -> None:
    picture = (
        ("一级指标", "测评标准", "点位", "分值", "得分", "扣分原因"),
        ("公共环境", "Ⅱ-1 干净", "人民路", 5, 3, "烟头"),
        (UP, UP, UP, UP, UP, "纸屑"),
        (UP, UP, "解放路", 5, 5, ""),
        (UP, "整洁", "", 5, "/", ""),
        ("窗口", "着装", "", 5, "未测", ""),
    )
    assert lines_of(picture) == [
        ("Ⅱ-1", "干净", ("公共环境",), "", "人民路", "5", "3", "", ["烟头", "纸屑"]),
        ("Ⅱ-1", "干净", ("公共环境",), "", "解放路", "5", "5", "", []),
        ("", "整洁", ("公共环境",), "", "", "5", "未测", "", []),
        ("", "着装", ("窗口",), "", "", "5", "未测", "", []),
    ]


def test_names_left_blank_below_the_first_row_go_on_and_say_so() -> None:
    picture = (
        ("一级指标", "测评标准", "点位", "分值", "得分"),
        ("公共环境", "干净", "人民路", 5, 3),
        ("", "", "解放路", 5, 4),
        ("", "整洁", "", 5, 5),
    )
    (section,) = find([grid(picture)])
    read = read_results(section, roles_of(picture))
    assert [(one.name, one.above, one.place, one.notes) for one in read.lines] == [
        ("干净", ("公共环境",), "人民路", []),
        ("干净", ("公共环境",), "解放路", ["指标空着，照上一行"]),
        ("整洁", ("公共环境",), "", []),
    ]


def test_reasons_of_several_places_under_one_score_name_their_place() -> None:
    picture = (
        ("测评标准", "点位", "分值", "得分", "扣分原因"),
        ("干净", "", 10, 6, "整体一般"),
        (UP, "人民路", UP, UP, "烟头"),
        (UP, "解放路", UP, UP, "纸屑"),
    )
    assert [line[5:] for line in lines_of(picture)] == [("10", "6", "", ["整体一般", "人民路：烟头", "解放路：纸屑"])]


def test_totals_bands_and_rows_without_scores_are_left_out_with_why() -> None:
    picture = (
        ("编号", "测评标准", "分值", "得分"),
        ("一、公共环境", LEFT, LEFT, LEFT),
        ("1-1", "干净", 5, 4),
        ("1-2", "整洁", "", ""),
        ("", "", "", ""),
        ("合计", LEFT, 10, 9),
        ("注：满分 100 分", LEFT, LEFT, LEFT),
    )
    (section,) = find([grid(picture)])
    read = read_results(section, ["code", "name", "possible", "got"])
    assert [(one.name, one.above) for one in read.lines] == [("干净", ("一、公共环境",))]
    assert [(one.where.first, one.why, one.minor) for one in read.left_out] == [
        (2, "横贯全表的一行，当作下面各行的上级指标", True),
        (4, "没有满分、得分、扣分，不算结果", False),
        (6, "合计行，不算在内", True),
        (7, "表下的注", True),
    ]


AMOUNTS = {
    ("3.5分", "got"): "3.5",
    ("得３分", "got"): "3",
    ("-0.5", "lost"): "0.5",
    ("−0.5", "lost"): "0.5",
    ("扣0.5分", "lost"): "0.5",
    ("(2)", "lost"): "2",
    ("-0.5", "got"): "-0.5",
    ("缺项", "got"): "未测",
    ("——", "got"): "未测",
    ("/", "lost"): "未测",
    ("良好", "got"): "良好",
    ("", "got"): "",
}


@pytest.mark.parametrize("cell", AMOUNTS)
def test_a_number_as_people_write_it(cell: tuple[str, str]) -> None:
    assert amount(*cell) == AMOUNTS[cell]
