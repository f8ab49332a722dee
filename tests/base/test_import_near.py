"""A suggestion is a slip of the keyboard put right, never another code or one of several."""

import pytest

from chuangwen.base.imports import Directory

UNITS = Directory(
    [
        (1, "2909", ["示例县城市管理局", "县城管局"]),
        (2, "0102", ["示例县住房和城乡建设局", "住建局"]),
        (3, "0103", ["城关街道", "城关"]),
        (4, "GL-01", ["公路", "一队"]),
        (5, "GL-02", ["道路", "二队"]),
        (6, "GL-03", ["城东社区", "同名"]),
        (7, "GL-04", ["城西社区", "同名"]),
    ],
    called="单位目录",
)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("9999", ""),
        ("2990", "2909"),
        ("290", "2909"),
        ("102", "0102"),
        ("0104", ""),
        ("gl-01", "GL-01"),
        ("GL-05", ""),
        ("示例县城市管里局", "示例县城市管理局"),
        ("示例县城管局", ""),
        ("城管局", "县城管局"),
        ("住房和城乡建设局", "示例县住房和城乡建设局"),
        ("社区", ""),
        ("铁路", ""),
        ("同名", ""),
    ],
)
def test_only_a_near_miss_is_offered(text, near) -> None:
    assert UNITS.find(text)[::2] == (None, near)


def test_an_unknown_code_says_what_to_do() -> None:
    assert UNITS.find("9999")[1] == "单位目录里没有“9999”。请核对写法，或先把它建好。"
