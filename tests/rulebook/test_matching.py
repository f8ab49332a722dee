"""Lines of a strange table matched to ours: by code, by name, nearly; a serial number is no code of ours."""

import pytest

from rulebook.matching import Known, Match, Matcher

OURS = Matcher(
    [
        Known("env", "Ⅰ-1", "公共环境"),
        Known("litter", "Ⅱ-1", "主次干道、背街小巷无烟头、纸屑", ("公共环境",)),
        Known("signs", "Ⅱ-2", "标识标牌完好", ("公共环境",)),
        Known("ads1", "1", "公益广告", ("公共环境",)),
        Known("ads2", "1", "公益广告", ("窗口服务",)),
        Known("queue", "3.1.2", "排队有序", ("窗口服务",)),
    ]
)
CASES = {
    "code and name": ("Ⅱ-2", "标识标牌完好", (), Match("signs", "code")),
    "code in other letters": ("II-2", "标识标牌完好", (), Match("signs", "code")),
    "code alone": ("Ⅱ-1", "", (), Match("litter", "code")),
    "code with half the name": ("Ⅱ-1", "无烟头、纸屑", (), Match("litter", "code")),
    "name alone": ("", "排队有序", (), Match("queue", "name")),
    "name with its code before it": ("", "3.1.2 排队有序", (), Match("queue", "name")),
    "signs do not count": ("", "主次干道背街小巷，无烟头纸屑。", (), Match("litter", "name")),
    "the name with another's code": ("Ⅱ-2", "排队有序", (), Match("queue", "name")),
    "a code with a strange name": ("Ⅱ-2", "河道清洁", (), Match("", "near", "signs")),
    "a near name": ("", "标识标牌应当完好", (), Match("", "near", "signs")),
    "two of one name": ("1", "公益广告", (), Match("", "none")),
    "two of one name, one of them here": ("1", "公益广告", ("窗口服务",), Match("ads2", "code")),
    "nothing like it": ("9", "河道清洁", (), Match("", "none")),
    "nothing said": ("", "", (), Match("", "none")),
}


@pytest.mark.parametrize("case", CASES)
def test_a_line_is_matched_only_as_far_as_it_is_sure(case: str) -> None:
    code, name, above, match = CASES[case]
    assert OURS.find(code, name, above) == match
