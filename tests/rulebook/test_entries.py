"""Honours, negative events and vetoes by date: which count, why the others do not (C5, H1)."""

from datetime import date as Date

from rulebook.scoring import Answers, Frame, compile_standard, reduce, score
from rulebook.scoring.entries import Entry, answers_of, judge, months_before

STANDARD = compile_standard(
    {
        "key": "s",
        "nodes": [
            {"key": "n", "criteria": [{"key": "c", "points": "90", "rule": {"kind": "pass_rate"}}]},
            {
                "key": "m",
                "criteria": [
                    {
                        "key": "荣誉",
                        "points": "10",
                        "rule": {
                            "kind": "bonus",
                            "highest": True,
                            "levels": [{"label": "国家级", "points": "4"}, {"label": "省级", "points": "2"}],
                        },
                    },
                    {
                        "key": "负面",
                        "rule": {
                            "kind": "negative_list", "months": 12, "events": [{"label": "通报批评", "points": "3"}],
                        },
                    },
                    {"key": "否决", "rule": {"kind": "veto", "effect": "ineligible", "months": 24}},
                ],
            },
        ],
    }
)  # fmt: skip
AS_OF = Date(2026, 12, 31)


def honour(ordinal, on, item="文明窗口", **more):
    return Entry(None, "甲", "荣誉", ordinal, on, item, **{"approver": "办公室", **more})


def event(criterion, ordinal, on):
    return Entry(None, "甲", criterion, ordinal, on, approver="办公室")


def reasons(*entries):
    return [verdict.reason for verdict in judge(STANDARD, entries, AS_OF)]


def test_of_one_item_and_year_only_the_highest_level_counts():
    found = reasons(honour(2, Date(2026, 3, 1)), honour(1, Date(2026, 9, 1)), honour(2, Date(2025, 3, 1)))
    assert found == ["同一项目同一年只取最高一档，已计国家级", "", ""]


def test_other_items_and_other_subjects_count_beside_it():
    found = reasons(
        honour(1, Date(2026, 3, 1)),
        honour(2, Date(2026, 3, 1), item="文明家庭"),
        honour(2, Date(2026, 3, 1))._replace(place="乙"),
    )
    assert found == ["", "", ""]


def test_of_equal_levels_the_earliest_counts():
    found = reasons(honour(2, Date(2026, 6, 1)), honour(2, Date(2026, 3, 1)))
    assert found == ["同一项目同一年只取最高一档，已计省级", ""]


def test_what_nobody_approved_or_lies_ahead_does_not_count():
    found = reasons(honour(1, Date(2026, 3, 1), approver=""), honour(1, Date(2027, 1, 1)))
    assert found == ["还没有审核", "在计分日 2026-12-31 以后"]


def test_a_look_back_holds_the_same_day_so_many_months_before():
    days = Date(2025, 12, 31), Date(2025, 12, 30)
    assert reasons(*(event("负面", 1, day) for day in days)) == ["", "在计分日以前 12 个月以外"]
    assert months_before(Date(2026, 8, 31), 6) == Date(2026, 2, 28)


def test_an_honour_without_item_waits_where_only_the_highest_of_an_item_counts():
    assert reasons(honour(1, Date(2026, 3, 1), item="")) == ["没有写项目，不知道与哪一条重复"]


def test_what_lies_before_the_period_does_not_count_but_a_look_back_reaches_beyond_it():
    entries = [honour(1, Date(2026, 11, 30)), event("负面", 1, Date(2026, 11, 30))]
    found = judge(STANDARD, entries, AS_OF, since=Date(2026, 12, 1))
    assert [verdict.reason for verdict in found] == ["在本期开始 2026-12-01 以前", ""]


def test_an_entry_sent_twice_counts_once():
    entry = event("负面", 1, Date(2026, 2, 1))._replace(id=7)
    assert reasons(entry, entry) == ["", "同一条登记已经计过"]


def test_an_entry_for_something_else_is_refused_with_words():
    assert reasons(event("c", 0, AS_OF), event("荣誉", 9, AS_OF)) == [
        "测评体系里“c”不是按登记计分的",
        "“荣誉”没有第 9 档",
    ]


def test_what_counts_becomes_answers_and_a_score():
    entries = [
        honour(1, Date(2026, 3, 1)),
        honour(2, Date(2026, 5, 1), item="文明家庭"),
        event("负面", 1, Date(2026, 2, 1)),
        event("否决", 0, Date(2025, 1, 1)),
    ]
    rows = [("甲", "c", 0, 1, 0, 0), *answers_of(STANDARD, judge(STANDARD, entries, AS_OF))]
    frame = Frame.of([("甲", "单位", "甲")])
    whole = score(STANDARD, reduce(STANDARD, frame, Answers.of(STANDARD, frame, rows))).whole
    assert (whole.total.shown_got, whole.barred) == ("93.00", "否决，取消申报资格")  # 90 + 4 + 2 − 3
    early = judge(STANDARD, [event("否决", 0, Date(2024, 12, 30))], AS_OF)
    assert answers_of(STANDARD, early) == []
