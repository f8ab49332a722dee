"""Points and weights that stand in a text."""

from fractions import Fraction

import pytest

from rulebook.prose import read_weights


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("（3.4分）", "points", "17/5"),
        ("【2分】制度健全", "points", "2"),
        ("分值：5", "points", "5"),
        ("分值５分，每处扣0.5分", "points", "5"),
        ("本項滿分十分。", "points", "10"),
        ("权数3.40", "points", "17/5"),
        ("权重10%", "weight", "1/10"),
        ("权重：0.15", "weight", "3/20"),
        ("占总分的百分之二十", "weight", "1/5"),
    ],
)
def test_points_and_weights_are_read(text, kind, value):
    assert [(one.kind, one.value) for one in read_weights(text)] == [(kind, Fraction(value))]


@pytest.mark.parametrize(
    "text",
    [
        "（扣3分）",
        "加分值2",
        "第（3）项",
        "满分约10分",
        "约占总分的10%",
        "女性占30%",
        "分值5分钟",
        "每处扣0.5分",
        "得2分",
    ],
)
def test_what_is_given_taken_or_vague_is_no_weight(text):
    assert read_weights(text) == []


def test_each_is_found_where_it_stands():
    text = "环境整洁（2分）；秩序良好（３分）"
    assert [text[one.start : one.end] for one in read_weights(text)] == ["（2分）", "（３分）"]
