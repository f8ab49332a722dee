"""A finding without a note reads as what was found (issue 2: 5)."""

import pytest

from chuangwen.inspections.wording import denied


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("无烟头、纸屑", "有烟头、纸屑"),
        ("地面无烟头、纸屑、痰迹、果皮", "地面有烟头、纸屑、痰迹、果皮"),
        ("没有乱停乱放", "有乱停乱放"),
        ("有收费依据", "没有收费依据"),
        ("标识完好", "标识不完好"),
        ("监控、报警设备正常", "监控、报警设备不正常"),
        ("摊位整齐", "摊位不整齐"),
        ("消防器材完好有效", "没有做到“消防器材完好有效”"),
        ("着装统一，佩戴工号牌", "没有做到“着装统一，佩戴工号牌”"),
        ("无障碍设施完好", "无障碍设施不完好"),
        ("不得无证经营", "没有做到“不得无证经营”"),
        ("无烟单位挂牌", "没有做到“无烟单位挂牌”"),
        ("路面无破损、整洁", "没有做到“路面无破损、整洁”"),
        ("有专人管理、台账齐全", "没有做到“有专人管理、台账齐全”"),
        ("标识清晰、整洁", "没有做到“标识清晰、整洁”"),
        ("小区公约或村规民约上墙", "没有做到“小区公约或村规民约上墙”"),
    ],
)
def test_a_criterion_is_turned_into_what_was_found(text: str, said: str) -> None:
    assert denied(text) == said
