"""A reading says of every character what it is, and guesses nothing."""

import random
from collections import Counter

import pytest

from rulebook.prose import PARTIAL, UNDERSTOOD, UNKNOWN, read
from rulebook.prose.vocabulary import CHANGES, EXAMPLES, EXCEPTIONS, HEDGES

PIECES = (
    "每 发现 一处 3处 乱堆乱放 的 ， 。 ； 扣 扣0.5分 0.5 分 85% 80%—90% 以上 以下 （含） 大于 ≥ 不足 得5分 得满分 "
    "不得分 为A B C# 其余 否则 符合 4项 标准1)、2) 全部 按比例得分 得分= /4 ×分值 合格率 每低 1个百分点 最多扣3分 "
    "扣完为止 本项 酌情 例如 除外 且 或 等 （ ） ： 第3项 2024年"
).split()


def roles(text, points="5"):
    return [(text[span.start : span.end], span.role, span.setting) for span in read(text, points).spans]


def test_every_character_has_a_role():
    assert roles("路面有 積水的，每處扣０．５分。") == [
        ("路面有 積水", "subject", ""),
        ("的，每", "neutral", ""),
        ("處", "setting", "measure"),
        ("扣", "neutral", ""),
        ("０．５", "setting", "minus"),
        ("分。", "neutral", ""),
    ]


def test_what_was_understood_is_shown_beside_what_was_not():
    reading = read("每处扣0.5分，由测评员酌情掌握", "5")
    assert (reading.status, reading.rule, reading.kind) == (PARTIAL, None, "")
    assert ("0.5", "setting", "minus") in roles("每处扣0.5分，由测评员酌情掌握")
    assert ("酌情", "unread", "") in roles("每处扣0.5分，由测评员酌情掌握")
    assert reading.notes == ("“酌情”没有确定的数，要由人定",)


def test_a_text_without_a_rule_is_unknown():
    reading = read("主次干道环境整洁、秩序良好。", "5")
    assert (reading.status, reading.rule, reading.notes) == (UNKNOWN, None, ("没有找到怎样计分的话",))


def test_references_are_shown_as_such():
    assert ("〔2023〕15号", "reference", "") in roles("按照创文办〔2023〕15号要求，每发现一处扣0.5分")


def test_what_the_text_leaves_open_is_said():
    reading = read("满意率低于95%的，每低1个百分点扣0.5分", "5")
    assert (reading.status, reading.open) == (UNDERSTOOD, ("value", "mode"))
    assert len(reading.notes) == 2


def test_the_shares_of_grades_are_those_given():
    reading = read("大于85%为A，其余为B", "5", {"A": "1", "B": "0.7"})
    assert reading.rule["grades"] == {"A": "1", "B": "0.7"}
    assert read("大于85%为A，其余为D", "5", {"A": "1"}).rule is None


def test_points_that_are_no_number_are_refused():
    with pytest.raises(ValueError, match="五"):
        read("每处扣0.5分", "五")


@pytest.mark.parametrize("points", ["0", "-1"])
def test_nothing_is_proposed_for_an_item_without_points(points):
    assert read("每处扣0.5分", points).rule is None


IN_A_GRAMMAR = {"比例", "百分比", "占比", "总分"}  # 占比达到90%; 总分不得分
CHANGING = [
    word
    for listed in (HEDGES, EXAMPLES, EXCEPTIONS, CHANGES)
    for word in listed.split()
    if not set(word) & set("([?{") and word not in IN_A_GRAMMAR
]


@pytest.mark.parametrize(
    "text", ["{}，每处扣0.5分", "每处扣0.5分，{}", "{}达到90%得满分，否则不得分", "未公示，{}不得分"]
)
def test_a_word_that_changes_the_rule_is_never_passed_over(text):
    assert [word for word in CHANGING if read(text.format(word), "5").rule is not None] == []


def test_a_hedge_anywhere_in_a_phrase_makes_it_unread():
    phrases = [
        "每发现一处乱堆乱放扣0.5分，最多扣3分",
        "制度不健全的，每项扣0.5分，扣完为止",
        "满意率90%以上得5分，80%以上得3分，其余不得分",
        "符合4项为A，符合3项为B，其余为C",
        "达到95%得满分，每低1个百分点扣0.5分",
        "未建立制度的，本项不得分",
        "达到10处得满分，不足的按比例得分",
    ]
    hedges = ("酌情", "左右", "例如", "除外", "原则上", "大约")
    assert [phrase for phrase in phrases if read(phrase, "5").rule is None] == []
    hedged = [text[:i] + word + text[i:] for text in phrases for word in hedges for i in range(len(text) + 1)]
    assert [text for text in hedged if read(text, "5").rule is not None] == []


def test_a_long_requirement_before_the_rule_is_subject_matter():
    text = "（一）组织领导有力，机构健全，责任明确；（二）广泛开展宣传，氛围浓厚；（三）环境整洁，标识清晰。" * 6
    assert read(f"{text}每发现一处不符合扣0.5分", "5").rule == {
        "kind": "per_occurrence",
        "each": "0.5",
        "measure": "处",
    }


def test_a_text_that_can_be_read_in_too_many_ways_is_given_up():
    reading = read("达到90%得满分，" * 40 + "每低1个百分点扣1分" + "（扣完为止）" * 40, "5")
    assert reading.rule is None


def test_odd_texts_are_read_without_error_and_without_gaps():
    chance = random.Random(41)
    found = Counter()
    for _ in range(800):
        text = "".join(chance.choices(PIECES, k=chance.randint(1, 12)))
        reading = read(text, "5")
        found[reading.status] += 1
        ends = [0, *(span.end for span in reading.spans)]
        assert [span.start for span in reading.spans] == ends[:-1], text
        assert ends[-1] == len(text), text
        assert (reading.status == UNDERSTOOD) == (reading.rule is not None), text
    assert found[PARTIAL] > 0
    assert found[UNKNOWN] > 0
