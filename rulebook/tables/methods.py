"""Methods of assessment as the papers name them; those that mean the same get one name."""

import re
from collections.abc import Mapping

from rulebook.tables.plaintext import distinct, folded

# The word the product uses → words that mean the same in offices' tables.
METHODS: Mapping[str, tuple[str, ...]] = {
    "实地考察": ("实地查看", "实地检查", "实地测评", "实地走访", "现场考察", "现场查看", "现场检查", "现场测评"),
    "材料审核": (
        "审核材料",
        "资料审核",
        "审核资料",
        "查阅资料",
        "查看资料",
        "查阅材料",
        "查看材料",
        "查阅台账",
        "查资料",
        "现场审核资料",
        "审核记录",
        "现场审核记录",
    ),
    "问卷调查": ("问卷测评", "满意度调查", "民意调查", "入户调查", "随机街访"),
    "网上申报": ("网上资料申报", "网上材料申报", "网络申报", "网上填报"),
    "网络检查": ("网络调查", "网上检查", "网络测评", "网上查看"),
    "整体观察": ("总体观察",),
    "听取汇报": ("听汇报",),
    "主管部门意见": ("主管部门提供意见", "部门意见", "省直主管部门意见"),
    "电话访问": ("电话调查", "电话测评"),
    "座谈走访": ("座谈了解", "座谈访谈", "个别访谈", "随机访谈", "座谈", "走访"),
}
_NAMES = {word: name for name, words in METHODS.items() for word in (name, *words)}
_WORD = re.compile("|".join(sorted(map(re.escape, _NAMES), key=len, reverse=True)))
_BRACKET = re.compile(r"\(([^()]{2,60})\)")
_BETWEEN = re.compile(r"[\s、,;/+和与及或]+|相?结合")


def methods_in(text: str) -> list[str]:
    """The methods a text names, each once, in its order."""
    return distinct([_NAMES[word] for word in _found(text)])


def _found(text: str) -> list[str]:
    """Words as written; a narrow cell may have broken them over lines."""
    return _WORD.findall("".join(text.split()))


def is_method(text: str) -> bool:
    """Does the text name methods, and hardly anything else?"""
    rest = _BETWEEN.sub("", _BRACKET.sub("", _WORD.sub("", "".join(folded(text).split()))))
    return bool(_found(text)) and len(re.sub(r"[\d().①-⑳\-:。]", "", rest)) <= 4


def places_in(text: str) -> str:
    """The places a method names in brackets: 实地考察（主次干道、公园）."""
    named = [found[1] for found in _BRACKET.finditer(folded(text)) if not found[1].isdigit()]
    return "、".join(distinct(named)) if _found(text) else ""


def written(text: str) -> tuple[str, list[str]]:
    """(the methods as one word, words of the file that were read as another name); a text without any is kept."""
    found = methods_in(text)
    if not found:
        return "、".join(text.split()), []
    return "、".join(found), [word for word in distinct(_found(text)) if word not in METHODS]
