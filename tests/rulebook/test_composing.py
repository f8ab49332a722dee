"""Years, stages, linked systems and terms put together into one score (C5, C8)."""

from fractions import Fraction as F

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rulebook.scoring import Answers, Entry, Frame, SpecError, compile_standard, rank, reduce, score
from rulebook.scoring.composing import Score, compile_composite, compose, compose_all, rank_all, score_of

YEARS = [{"key": f"y{i}", "label": f"第 {i} 年", "weight": w} for i, w in ((1, "15"), (2, "25"), (3, "60"))]
CYCLE = {"key": "三年", "parts": YEARS}
MEAN = {"key": "三年", "term": "mean", "parts": [{"key": f"y{i}"} for i in (1, 2, 3)]}
LINKED = {
    "key": "总评",
    "parts": [
        {"key": "city", "label": "文明城市", "weight": "80"},
        {"key": "minors", "label": "未成年人", "weight": "20", "gate": "85"},
    ],
}


def of(**scores):
    """Return scores of 100, by part."""
    return {key: None if got is None else Score(F(got), F(100)) for key, got in scores.items()}


def composed(spec, **scores):
    return compose(compile_composite(spec), of(**scores))


def test_years_count_by_their_weights():
    assert composed(CYCLE, y1="80", y2="90", y3="95").shown_got == "91.50"  # 12 + 22.5 + 57


def test_other_weights_of_the_years_are_only_other_data():
    spec = {"key": "三年", "parts": [{"key": f"y{i}", "weight": w} for i, w in ((1, "10"), (2, "20"), (3, "70"))]}
    assert composed(spec, y1="80", y2="90", y3="95").shown_got == "92.50"


def test_a_year_without_result_is_said_and_never_0():
    found = composed(CYCLE, y1="80", y2="90", y3=None)
    assert found.shown_got == "86.25"  # (15 × 80 + 25 × 90) ÷ 40
    assert found.remarks == ("第 3 年还没有结果，不计 0 分，按其余折算",)


def test_where_the_composite_waits_for_all_parts_there_is_no_score_yet():
    found = composed({**CYCLE, "missing": "none"}, y1="80", y2="90", y3=None)
    assert (found.shown_got, found.rankable) == ("未出分", False)
    assert found.remarks == ("第 3 年还没有结果，先不出分",)


def test_terms_take_the_mean_the_latest_or_the_best():
    scores = {"y1": "80", "y2": "95", "y3": "86"}
    found = [composed({**MEAN, "term": term}, **scores).shown_got for term in ("mean", "latest", "best")]
    assert found == ["87.00", "86.00", "95.00"]
    assert composed({**MEAN, "term": "latest"}, y1="80", y2="95", y3=None).shown_got == "95.00"


def test_a_linked_system_counts_its_part_and_bars_below_its_line():
    found = composed(LINKED, city="90", minors="84.50")
    assert found.shown_got == "88.90"
    assert found.barred == ("未成年人 84.50，不到 85.00，取消资格",)
    assert not found.rankable
    assert composed(LINKED, city="90", minors="85").barred == ()


def test_a_line_that_is_not_reached_may_set_the_total_to_zero():
    spec = {"key": "总评", "parts": [LINKED["parts"][0], {**LINKED["parts"][1], "effect": "zero"}]}
    found = composed(spec, city="90", minors="84")
    assert (found.shown_got, found.barred) == ("0.00", ())


def test_a_linked_system_without_result_leaves_the_standing_open():
    found = composed(LINKED, city="90", minors=None)
    assert found.remarks[-1] == "未成年人有最低线，没有结果，资格未定"


def test_parts_have_parts_of_their_own():
    years = {"key": "city", "label": "三年平均", "weight": "80", "term": "mean", "parts": MEAN["parts"]}
    found = composed({"key": "总评", "parts": [years, LINKED["parts"][1]]}, y1="80", y2="90", y3="91", minors="95")
    assert found.shown_got == "88.60"  # 0.8 × 87 + 0.2 × 95
    assert [(line.key, line.level) for line in found.lines] == [
        ("总评", 0), ("city", 1), ("y1", 2), ("y2", 2), ("y3", 2), ("minors", 1),
    ]  # fmt: skip


def test_parts_count_as_published_unless_the_composite_says_exactly():
    scores = {"y1": F("80.005"), "y2": F("80.005"), "y3": F("80.005")}
    found = [compose(compile_composite({**MEAN, "take": take}), {k: Score(v, F(100)) for k, v in scores.items()}).got
             for take in ("published", "exact")]  # fmt: skip
    assert found == [F("80.01"), F("80.005")]


def test_bonus_deduction_and_vetoes_stand_on_top():
    composite = compile_composite({**MEAN, "bonus_cap": "5"})
    found = compose(composite, of(y1="80", y2="80", y3="80"), bonus=F(8), deduction=F(2), vetoes=["有重大事故"])
    assert (found.shown_got, found.barred) == ("83.00", ("有重大事故",))
    assert found.remarks == ("加分合计 8.00，最多计 5.00",)


def test_a_part_counts_as_it_was_published_with_its_own_digits():
    scores = {key: Score(F("80.04"), F(100), 1) for key in ("y1", "y2", "y3")}
    assert compose(compile_composite(MEAN), scores).shown_got == "80.00"


def test_a_veto_in_a_part_bars_the_whole_unless_the_part_keeps_it():
    scores = of(city="90", minors="95") | {"city": Score(F(90), F(100), barred=("有重大事故，取消申报资格",))}
    assert compose(compile_composite(LINKED), scores).barred == ("文明城市：有重大事故，取消申报资格",)
    parts = [{**LINKED["parts"][0], "bars": False}, LINKED["parts"][1]]
    found = compose(compile_composite({**LINKED, "parts": parts}), scores)
    assert (found.barred, found.remarks) == ((), ("文明城市：有重大事故，取消申报资格",))


def test_the_sum_is_written_part_by_part_and_adds_up_as_shown():
    thirds = compile_composite({**MEAN, "take": "exact"})
    found = compose(thirds, of(y1="80", y2="80", y3="81"), bonus=F(5), deduction=F(1))
    assert found.explained == (
        ("y1 80.00，占 约33.333333%", "26.67"),
        ("y2 80.00，占 约33.333333%", "26.66"),
        ("y3 81.00，占 约33.333333%", "27.00"),
        ("加分", "5.00"),
        ("扣分", "−1.00"),
        ("总分", "84.33"),
    )


def test_what_a_term_took_is_said():
    found = composed({**MEAN, "term": "best"}, y1="80", y2="95", y3="86")
    assert (found.remarks, found.explained) == (
        ("取最好一次：y2",),
        (("y2 95.00，占 100%", "95.00"), ("总分", "95.00")),
    )


def test_a_score_for_no_part_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="y9"):
        composed(CYCLE, y9="80")


def test_results_of_standards_and_of_composites_are_parts_of_others():
    veto = {"key": "v", "label": "重大事故", "rule": {"kind": "veto", "effect": "revoke"}}
    rows = [{"key": "c", "points": "100", "rule": {"kind": "pass_rate"}}, veto]
    standard, frame = compile_standard({"key": "s", "criteria": rows}), Frame.of([("p", "t", "甲")])
    answers = [("p", "c", 0, 1), ("p", "c", 0, 2), ("p", "v", 0, 2)]
    half = score_of(score(standard, reduce(standard, frame, Answers.of(standard, frame, answers))).whole)
    assert half == Score(F(50), F(100), 2, ("重大事故，撤销称号",))
    inner = compose(compile_composite(MEAN), {"y1": half, "y2": half, "y3": None})
    assert score_of(inner) == Score(F(50), F(100), 2, ("y1：重大事故，撤销称号", "y2：重大事故，撤销称号"))
    assert score_of(composed(CYCLE, y1=None)) is None


def test_all_subjects_are_composed_and_ranked_inside_their_groups():
    scores = {"city": {"甲": "90", "乙": "80", "丙": "95"}, "minors": {"甲": "90", "乙": "90", "丁": "84"}}
    given_scores = {part: {one: Score(F(got), F(100)) for one, got in row.items()} for part, row in scores.items()}
    found = compose_all(compile_composite(LINKED), given_scores, bonus={"乙": F(1)})
    assert {one: each.shown_got for one, each in found.items()} == {
        "甲": "90.00", "乙": "83.00", "丙": "95.00", "丁": "84.00",
    }  # fmt: skip
    places = rank_all(found, groups={"丙": "县级"}, competitors={"": [8500]})
    assert [(one.key, one.rank, one.above, one.reason) for one in places] == [
        ("甲", 1, None, ""),
        ("乙", 2, 200, ""),
        ("丁", None, None, "未成年人 84.00，不到 85.00，取消资格，不参加排名"),
        ("丙", 1, None, ""),
    ]


def test_composed_totals_are_ranked_with_ties_and_outside_competitors():
    totals = {one: composed(CYCLE, y1=y, y2="90", y3="95") for one, y in (("甲", "80"), ("乙", "80"), ("丙", "60"))}
    places = rank([Entry(one, found.published_got) for one, found in totals.items()], competitors={"": [9200]})
    assert [(place.key, place.rank, place.above) for place in places] == [("甲", 1, 50), ("乙", 1, 50), ("丙", 3, 300)]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"parts": []}, "三年：下面没有“parts”"),
        ({"parts": [*YEARS, YEARS[0]]}, "y1：编号用了两次"),
        ({"term": "median"}, "三年：“term”只能填 weighted、mean、latest、best，现在是“median”"),
        ({"term": "mean"}, "三年：取平均的，各部分不填权重"),
        ({"parts": [{"key": "a", "weight": "0"}]}, "三年：各部分的权重合计不能为 0"),
        ({"parts": [{"key": "a", "weight": "1"}, {"key": "b"}]}, "三年：各部分的权重要么都填，要么都不填"),
        ({"parts": [{"key": "a", "bars": "no"}]}, "a：“bars”只能填 true 或 false，现在是“no”"),
        ({"parts": [{"key": "a", "bars": False, "parts": [{"key": "b"}]}]}, "a：“bars”填在没有“parts”的部分"),
        ({"parts": [{"key": "a", "gate": "101"}]}, "a：“gate”要大于 0、不超过满分 100.00，现在是 101.00"),
        ({"parts": [{"key": "a", "colour": 1}]}, "a：不认识的参数：colour"),
        ({"parts": [{"key": "a", "term": "mean"}]}, "a：没有“parts”，“term”不起作用"),
    ],
)
def test_what_is_wrong_is_refused_naming_the_part(change, message):
    with pytest.raises(SpecError) as error:
        compile_composite({**CYCLE, **change})
    assert str(error.value) == message


marks = st.one_of(st.none(), st.decimals("0", "100", places=2).map(lambda value: str(value)))
terms = st.sampled_from(["weighted", "mean", "latest", "best"])


@settings(max_examples=150, deadline=None)
@given(terms, st.tuples(marks, marks, marks))
def test_a_composed_score_lies_between_its_parts_and_what_they_gave_adds_up(term, given_marks):
    parts = [part if term == "weighted" else {"key": part["key"]} for part in YEARS]
    scores = dict(zip(("y1", "y2", "y3"), given_marks, strict=True))
    found, known = composed({"key": "三年", "term": term, "parts": parts}, **scores), [F(m) for m in given_marks if m]
    assert (found.got is None) == (not known)
    if known:
        assert min(known) <= found.got <= max(known)
        assert sum(line.gave for line in found.lines if line.level) == found.got


@settings(max_examples=150, deadline=None)
@given(terms, st.tuples(*[st.integers(0, 90)] * 3), st.integers(0, 2), st.integers(1, 10))
def test_a_better_part_never_lowers_a_composed_score(term, given_marks, which, more):
    parts = [part if term == "weighted" else {"key": part["key"]} for part in YEARS]
    spec = {"key": "三年", "term": term, "parts": parts}
    better = [mark + more * (i == which) for i, mark in enumerate(given_marks)]
    before, after = (composed(spec, **dict(zip(("y1", "y2", "y3"), map(str, marks), strict=True)))
                     for marks in (given_marks, better))  # fmt: skip
    assert after.got >= before.got
