"""The circular 通报 of a round (D4, I1)."""

from dataclasses import replace
from datetime import date

import pytest

from chuangwen.documents.word import FigureRun, PaperRefused, circular, count_paper, count_text, figures_in, render
from tests.documents.word.reading import opened, texts
from tests.documents.word.samples import circular_facts, listed_problems, overall


@pytest.fixture(scope="module")
def file():
    return render(circular(circular_facts()))


def test_D4_circular_has_its_four_parts_in_order(file):
    headings = [text for text in texts(file) if text[:2] in ("一、", "二、", "三、", "四、")]
    assert headings == ["一、总体情况", "二、得分与排名", "三、主要问题", "四、整改要求"]


def test_D4_opening_says_when_who_and_whom(file):
    assert texts(file)[2:5] == [
        "关于2026年第2轮\n文明服务窗口暗访情况的通报",
        "局属各单位，局机关各处室：",
        "2026年3月31日至4月11日，局创建办对全局12个单位开展了暗访。现将有关情况通报如下：",
    ]


def test_D4_general_situation_prints_the_registered_figures(file):
    assert texts(file)[6:8] == [
        "本轮抽取点位80处，实际测评78处，覆盖率97.5%，记录1166项次。总得分86.42分（应得100.00分），得分率86.4%。"
        "比上轮同类检查提高1.47分。未测点位不计0分，按同级折算。",
        "共发现问题64件，截至2026年4月16日已销号58件，整改率90.6%；已交办、尚未销号6件，其中逾期3件。",
    ]


def test_D4_ranks_name_ties(file):
    ranks = [row.cells[0].text for row in opened(file).tables[0].rows]
    assert ranks[:5] == ["名次", "1", "2（并列）", "2（并列）", "4"]


def test_D4_problems_stand_by_unit_and_place(file):
    start = texts(file).index("三、主要问题")
    assert texts(file)[start + 1 : start + 4] == [
        "（一）示例东分公司",
        "1.示例东收费站：（1）车道栏杆破损未修复；（2）便民服务箱缺少药品。",
        "2.长岭收费站：监督电话牌字迹不清。",
    ]


def test_D4_demands_name_deadline_and_where_to_reply(file):
    start = texts(file).index("四、整改要求")
    assert texts(file)[start + 1 : start + 3] == [
        "（一）限期整改。各责任单位对照问题清单逐项整改，于2026年4月30日前整改到位。",
        "（二）按时报送。整改结果及整改前后照片在整改期限内报局创建办。",
    ]


def demanded(*rows):
    """The first demand of a circular of 17 April that lists a problem for each row: deadline, or where it stands."""
    problems = [
        replace(row, deadline=due if isinstance(due, date) else None, settled=due if isinstance(due, str) else "")
        for row, due in zip(listed_problems(len(rows)), rows, strict=True)
    ]
    said = texts(render(circular(circular_facts(problems=tuple(problems)))))
    return said[said.index("四、整改要求") + 1]


def test_D4_the_demand_says_the_first_and_last_deadline_of_what_is_still_to_be_put_right():
    assert demanded(date(2026, 4, 20), date(2026, 4, 23), date(2026, 5, 8), "已销号", "待复核") == (
        "（一）限期整改。各责任单位对照问题清单逐项整改，按清单所列期限整改到位（最早2026年4月20日，最迟5月8日）。"
    )


def test_D4_a_deadline_that_has_passed_is_not_set_again():
    assert demanded(date(2026, 4, 1), date(2026, 4, 30)) == (
        "（一）限期整改。各责任单位对照问题清单逐项整改，于2026年4月30日前整改到位；期限已过的立即整改。"
    )
    assert demanded(date(2026, 4, 1)) == "（一）限期整改。各责任单位对照问题清单逐项整改，期限已过，立即整改到位。"


def test_D4_problems_not_handed_out_have_no_deadline_yet():
    assert demanded(None, date(2026, 4, 30)).endswith(
        "于2026年4月30日前整改到位；还没有交办的，于交办时所定期限前整改到位。"
    )


def test_D4_where_everything_is_put_right_nothing_is_demanded_by_a_date():
    assert demanded("已销号", "待复核").startswith("（一）复核销号。")


def test_D4_the_annex_says_when_each_problem_is_due_or_where_it_stands():
    dues = (date(2026, 4, 30), date(2027, 1, 4), None)
    problems = tuple(replace(row, deadline=due) for row, due in zip(listed_problems(3), dues, strict=True))
    closed = replace(problems[0], settled="已销号")
    file = render(circular(circular_facts(problems=(*problems, closed))))
    assert [row.cells[5].text for row in opened(file).tables[1].rows] == [
        "期限或现状", "4月30日", "2027年1月4日", "交办时定", "已销号"
    ]  # fmt: skip


def test_D4_every_problem_is_in_the_annexed_list(file):
    rows = [[cell.text for cell in row.cells] for row in opened(file).tables[1].rows]
    assert len(rows) == 65
    assert rows[64] == [
        "64",
        "示例北分公司",
        "示例24号收费站",
        "公益广告褪色",
        "2.1 站容站貌整洁，设施完好",
        "4月30日",
    ]


def test_D4_the_annex_stands_upright_so_that_the_imprint_is_on_its_last_page(file):
    assert [section.orientation.name for section in opened(file).sections] == ["PORTRAIT"]


def test_I1_every_figure_of_the_circular_is_found_in_the_file(file):
    found = figures_in(file)
    general = {name: text for name, text in found.items() if name.startswith("round.")}
    assert len(found) == 26
    assert general == {
        "round.units": "12", "round.drawn": "80", "round.examined": "78", "round.coverage": "97.5%",
        "round.observations": "1166", "round.score": "86.42", "round.possible": "100.00", "round.rate": "86.4%",
        "round.change": "1.47", "round.found": "64", "round.closed": "58", "round.closed_rate": "90.6%",
        "round.open": "6", "round.overdue": "3",
    }  # fmt: skip


def test_round_without_score_ranks_and_problems_leaves_these_parts_out():
    bare = replace(overall(), score=None, change=None, found=None, observations=None)
    file = render(circular(circular_facts(0, overall=bare, ranking=(), groups=())))
    assert texts(file)[5:9] == [
        "一、总体情况",
        "本轮抽取点位80处，实际测评78处，覆盖率97.5%。未测点位不计0分，按同级折算。",
        "二、整改要求",
        "（一）巩固成果。各责任单位举一反三，坚持自查自改，防止问题反弹。",
    ]
    assert opened(file).tables == []


def test_D4_a_round_without_problems_says_so_and_a_round_not_handed_out_says_how_many():
    clean = replace(overall(), found=FigureRun("round.found", "0"), closed=None)
    assert texts(render(circular(circular_facts(0, overall=clean, groups=()))))[7] == "共发现问题0件。"
    waiting = replace(overall(), pending=FigureRun("round.pending", "2"))
    assert texts(render(circular(circular_facts(overall=waiting))))[7].endswith("其中逾期3件；待交办2件。")


def test_fully_examined_round_says_nothing_of_untested_places():
    full = replace(overall(), examined=FigureRun("round.examined", "80"))
    assert "未测" not in texts(render(circular(circular_facts(overall=full))))[6]


def test_lower_score_is_said_to_fall():
    fallen = replace(overall(), rose=False)
    assert "比上轮同类检查下降1.47分。" in texts(render(circular(circular_facts(overall=fallen))))[6]


def test_round_that_ends_before_it_begins_is_refused():
    with pytest.raises(PaperRefused, match="开始日期晚于结束日期"):
        circular(circular_facts(first_day=date(2026, 4, 12)))


def test_own_demands_replace_the_usual_ones():
    file = render(circular(circular_facts(demands=("照此办理。",))))
    assert "（一）照此办理。" in texts(file)
    assert "（二）按时报送。整改结果及整改前后照片在整改期限内报局创建办。" not in texts(file)


@pytest.mark.parametrize(
    ("text", "length"),
    [("关于通报", 4), ("得分86.42分。", 5), ("Word 文件", 3), ("90.6%，", 2), ("", 0), ("２０２６年", 5)],
)
def test_length_is_counted_as_word_counts_it(text, length):
    assert count_text(text) == length


def test_annexed_list_does_not_count_for_the_limit():
    assert count_paper(circular(circular_facts(1))) == count_paper(circular(circular_facts(300)))
