"""C1: rules proposed from the words of a table; what is not understood whole stays open with its reason."""

import pytest

from chuangwen.standards.rules import read
from chuangwen.standards.tables.rules import proposed
from rulebook.scoring import compile_standard
from rulebook.tables import Line, Where

GRADES = "符合3项为A；符合2项为B；其余为C"
SHARES = "各等次得分值的几成，原文没有写：先按常用的比例"
THREE = ("有计划（材料审核）", "有制度（材料审核）", "群众知晓率高（问卷调查）")


def line(rule: str = "", text: str = "工作开展良好", points: str = "2", items: tuple[str, ...] = ()) -> Line:
    return Line(path=(), text=text, where=Where("表1", 2, 2), source="", points=points, rule=rule, items=items)


@pytest.mark.parametrize(
    ("given", "kind", "words"),
    [
        (line("每发现一处扣0.2分，扣完为止"), "逐处扣分", "每处扣0.2"),
        (line("没有开展不得分"), "前提条件", ""),
        (line(text="主次干道干净，每发现一处垃圾扣0.5分。（2分）"), "逐处扣分", "每处扣0.5"),
        (line("A>85%，B>80%，C≤80%"), "分档", "单位%；A>85；B>80；其余为C；A=1；B=0.6；C=0"),
        (line(GRADES, items=THREE), "逐项评等", "全部符合为A；符合2项为B；其余为C；A=1；B=0.6；C=0"),
        (line(GRADES, items=(*THREE, "有总结")), "逐项评等", "符合3项为A；符合2项为B；其余为C；A=1；B=0.6；C=0"),
    ],
)
def test_a_rule_understood_whole_is_proposed_as_the_template_writes_it(given, kind, words):
    found = proposed(given)
    assert (found.kind, found.rule, found.why) == (kind, words, "")
    rule = read(found.kind, found.rule, found.items)
    criterion = {"key": "c", "points": given.points, "rule": rule}
    assert compile_standard({"key": "s", "criteria": [criterion]}).criteria[0].points == 2


def test_the_parts_of_a_checklist_are_the_lines_own_words():
    found = proposed(line(GRADES, items=THREE))
    assert (found.items.splitlines(), found.notes) == (list(THREE), (SHARES,))


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (line("人员不到位，各扣1分"), "“各”会改变怎样计分，没有识别"),
        (line("不任组长扣1分"), "没有写是扣一次，还是发现几处扣几次"),
        (line("符合上述4项标准为A，其余为C", items=THREE), "写的是上述 4 项，读出 3 项"),
        (line(text="窗口工作人员着装整齐"), ""),
        (line("每发现一处扣0.2分", points=""), ""),
        (line(items=THREE), ""),
    ],
)
def test_what_is_not_understood_stays_open_with_its_parts_and_the_reason(given, why):
    found = proposed(given)
    assert (found.kind, found.rule, found.items.splitlines(), found.why) == ("", "", list(given.items), why)
