"""A finding without a note reads as what was found (issue 2: 5)."""

import pytest

from chuangwen.inspections.wording import denied, phenomenon
from chuangwen.standards.checklists import Item
from chuangwen.standards.models import Criterion
from rulebook.scoring.kinds.base import OCCURRENCES, Ask


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
        ("无烟头、无纸屑", "没有做到“无烟头、无纸屑”"),
        ("秩序井然、无拥堵", "没有做到“秩序井然、无拥堵”"),
        ("标识完好、路面无破损", "没有做到“标识完好、路面无破损”"),
        ("有台账、有记录", "没有做到“有台账、有记录”"),
        ("摊位干净卫生、整齐", "没有做到“摊位干净卫生、整齐”"),
        ("无破损、不积水", "没有做到“无破损、不积水”"),
        ("人行横道线及交通标识无破损、路面平整", "没有做到“人行横道线及交通标识无破损、路面平整”"),
        ("公园、广场无烟头", "公园、广场有烟头"),
        ("物品有序", "物品无序"),
        ("手续齐全", "手续不全"),
        ("公共卫生间清洁无异味", "没有做到“公共卫生间清洁无异味”"),
        ("设无障碍通道并保持畅通", "没有做到“设无障碍通道并保持畅通”"),
        ("小区公约或村规民约上墙", "没有做到“小区公约或村规民约上墙”"),
    ],
)
def test_a_criterion_is_turned_into_what_was_found(text: str, said: str) -> None:
    assert denied(text) == said


@pytest.mark.parametrize(
    ("text", "head", "said"),
    [
        ("有整改", "窗口互查有记录、有整改。", "没有整改（窗口互查有记录、有整改）"),
        ("有整改", "窗口互查" * 8, "没有整改"),
        ("公示栏内容完整", "政务公开", "公示栏内容不完整"),
        ("物品有序", "", "物品无序"),
    ],
)
def test_a_part_said_in_a_few_words_is_followed_by_what_it_is_a_part_of(text: str, head: str, said: str) -> None:
    assert phenomenon(Item(Criterion(text=head or text), Ask(2, label=text), text, head, "", None), 0, 0) == said


def test_how_many_stands_with_what_it_is_a_part_of() -> None:
    item = Item(Criterion(text="内务"), Ask(2, OCCURRENCES, measure="处"), "有积水", "内务", "", None)
    assert phenomenon(item, 3, 0) == "没有积水（内务；3\u00a0处）"
