"""The picture of a forecast: bars in the measure of the most frequent, the likely middle, the score to be reached."""

import pytest

from chuangwen.scores.forecast_page import percent
from chuangwen.scores.histogram import Mark, Picture, picture

DRAWS = [(0, 1, 1), (1, 2, 500), (2, 3, 499)]  # (low, high, how often); the first is too rare to be drawn


def drawn(line: float | None) -> Picture:
    return picture(DRAWS, 2.0, (1, 2), line)


def test_bars_are_as_tall_as_often_they_came_and_rare_ends_are_left_out() -> None:
    bars = drawn(None).bars
    assert [(bar.x, bar.y, bar.width, bar.height) for bar in bars] == [
        ("8.5", "36.0", "211.0", "144.0"),
        ("220.5", "36.3", "211.0", "143.7"),
    ]
    assert [bar.said for bar in bars] == ["1 至 2 分：50.0%", "2 至 3 分：49.9%"]


def test_bars_are_likely_by_their_middle() -> None:
    assert [bar.is_likely for bar in drawn(None).bars] == [True, False]
    assert [bar.is_likely for bar in picture(DRAWS, 2.0, (1.5, 2.5), None).bars] == [True, True]


def test_the_mean_and_the_axis_stand_where_their_scores_are() -> None:
    found = drawn(None)
    assert found.mean == Mark("220.0", "平均 2.00", "middle")
    assert found.ticks == [Mark("8.0", "1", "start"), Mark("220.0", "2", "middle")]


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        (2.5, Mark("326.0", "2.5 分", "end")),
        (1.25, Mark("61.0", "1.25 分", "start")),
        (9, None),
        (0.5, None),
        (None, None),
    ],
)
def test_the_score_to_be_reached_is_drawn_where_it_lies_in_the_picture(line, mark) -> None:
    assert drawn(line).line == mark


@pytest.mark.parametrize(
    ("share", "words"),
    [(0, "0%"), (0.004, "不到 1%"), (0.01, "1%"), (0.505, "50%"), (0.99, "99%"), (0.996, "99% 以上"), (1, "100%")],
)
def test_a_share_never_quite_reaches_the_ends(share, words) -> None:
    assert percent(share) == words
