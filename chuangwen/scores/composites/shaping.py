"""The usual patterns of a composite, and its rows added, removed and moved: rows in reading order, by parent key."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chuangwen.scores.models import Composite, CompositePart

DEEPEST, MOST = 3, 40
PATTERNS = {"cycle": "周期三年", "linked": "关联体系", "stages": "阶段考核", "free": "自己定"}
HINTS = {
    "cycle": "一个测评周期三年，各年按 15、25、60 计；权重可以改。",
    "linked": "本体系占 80%，关联的另一套占 20%，并有最低线；不到的取消资格。",
    "stages": "一年分几个阶段考核，各阶段同样计，或各填权重。",
    "free": "几部分、怎样合，都自己定。",
}


@dataclass(frozen=True)
class Shape:
    """One part as it was typed."""

    key: str
    label: str = ""
    parent_key: str = ""
    weight: str = ""
    points: str = ""
    gate: str = ""
    effect: str = CompositePart.Effect.INELIGIBLE
    term: str = Composite.Term.WEIGHTED
    round_id: int | None = None


def pattern(name: str, last_year: int) -> list[Shape]:
    """The parts a pattern begins with."""
    if name == "cycle":
        years = range(last_year - 2, last_year + 1)
        rows = [(f"{year} 年", weight, "") for year, weight in zip(years, ("15", "25", "60"), strict=True)]
    elif name == "linked":
        rows = [("文明城市", "80", ""), ("未成年人思想道德建设", "20", "85")]
    elif name == "stages":
        rows = [(f"第{number}季度", "", "") for number in "一二三四"]
    else:
        rows = [("第一部分", "", ""), ("第二部分", "", "")]
    return [Shape(f"p{i}", label, weight=weight, gate=gate) for i, (label, weight, gate) in enumerate(rows, 1)]


def level_of(shapes: Sequence[Shape], shape: Shape) -> int:
    """1 for a part of the whole."""
    parents = {one.key: one.parent_key for one in shapes}
    level, key = 1, shape.parent_key
    while key:
        level, key = level + 1, parents[key]
    return level


def added(shapes: Sequence[Shape], parent_key: str = "") -> list[Shape]:
    """With one part more, the last below its parent. No more than MOST, no deeper than DEEPEST: as it was."""
    parent = next((one for one in shapes if one.key == parent_key), None)
    too_deep = parent is not None and level_of(shapes, parent) >= DEEPEST
    if len(shapes) >= MOST or too_deep or (parent_key and parent is None):
        return list(shapes)
    number = max((int(one.key[1:]) for one in shapes), default=0) + 1
    return ordered([*shapes, Shape(f"p{number}", parent_key=parent_key)])


def removed(shapes: Sequence[Shape], key: str) -> list[Shape]:
    """Without a part and all below it."""
    gone = {key}
    for one in ordered(shapes):
        gone |= {one.key} if one.parent_key in gone else set()
    return [one for one in shapes if one.key not in gone]


def moved(shapes: Sequence[Shape], key: str, step: int) -> list[Shape]:
    """With a part before (−1) or after (1) its neighbour below the same parent."""
    rows = list(shapes)
    own = next((one for one in rows if one.key == key), None)
    beside = [one for one in rows if own and one.parent_key == own.parent_key]
    at = beside.index(own) + step if own else -1
    if own and 0 <= at < len(beside):
        i, j = rows.index(own), rows.index(beside[at])
        rows[i], rows[j] = rows[j], rows[i]
    return ordered(rows)


def ordered(shapes: Sequence[Shape], parent_key: str = "") -> list[Shape]:
    """In reading order; a part with parts of its own has no round."""
    found: list[Shape] = []
    for one in (one for one in shapes if one.parent_key == parent_key):
        below = ordered(shapes, one.key)
        found += [replace(one, round_id=None) if below else one, *below]
    return found
