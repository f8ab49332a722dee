"""Lead and assisting units out of a cell: 牵头单位：… 配合单位：…, or a plain list."""

import re

from rulebook.tables.plaintext import distinct, folded

_LEAD = r"(?:牵头|主办|主责|责任|承办|负责|主管)(?:责任)?(?:单位|部门)?"
_ASSIST = r"(?:配合|协办|协同|协助|参与|参加)(?:责任)?(?:单位|部门)?"
_TAG = re.compile(rf"(?:({_LEAD})|({_ASSIST}))\s*:")
_BETWEEN = re.compile(r"[、,;\n]+")
_UNIT = re.compile(
    r"(?:局|委|办|部|院|会|厅|处|所|站|队|社|馆|校|街道|镇|乡|区|县|公司|中心|集团|大队|单位|银行|政府|管委会)(?:\([^()]*\))?$"
)


def names(text: str) -> list[str]:
    """The names of a list, each once; what stands in brackets stays with its name."""
    found: list[str] = []
    for part in _BETWEEN.split(_guarded(text)):
        words = part.split()
        apart = len(words) > 1 and all(_UNIT.search(folded(word)) for word in words)
        found += words if apart else [" ".join(words)]
    return distinct([name.replace("\x00", "、").strip("。.") for name in found])


def _guarded(text: str) -> str:
    """Separators in brackets hidden: 各镇（街道、园区）is one name."""
    plain = re.sub(r"[，；]", lambda found: folded(found[0]), text)
    return re.sub(r"[（(][^（()）]*[)）]", lambda found: re.sub(r"[、,;\n]", "\x00", found[0]), plain)


def lead_and_assist(text: str) -> tuple[list[str], list[str]]:
    """(lead, assist) where the cell tags them; otherwise everybody is a lead unit."""
    plain, tags = folded(text), list(_TAG.finditer(folded(text)))
    if not tags:
        return names(text), []
    lead, assist = names(text[: tags[0].start()]), list[str]()
    for number, tag in enumerate(tags):
        end = tags[number + 1].start() if number + 1 < len(tags) else len(plain)
        (lead if tag[1] else assist).extend(names(text[tag.end() : end]))
    return distinct(lead), distinct(assist)


def looks_like_units(text: str) -> bool:
    """Are most of the names in a cell names of units?"""
    found = names(re.sub(_TAG, "", folded(text)))
    return bool(found) and sum(bool(_UNIT.search(folded(name))) for name in found) * 2 > len(found)
