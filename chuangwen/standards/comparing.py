"""Two versions side by side: rows are the same when their keys are, whatever else changed.

What was added, removed, moved (to another indicator, or among its neighbours) and changed, field by field.
"""

import difflib
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from chuangwen.standards.rules import of_people, role_of, shown_items, write
from chuangwen.standards.rules.param import Choice, Param
from chuangwen.standards.settings import PARAMS
from chuangwen.standards.spec import Spec
from rulebook.scoring.criteria import ROLE_WORDS

ADDED, REMOVED, MOVED, CHANGED = "added", "removed", "moved", "changed"
WORDS = {ADDED: "新增", REMOVED: "去掉", MOVED: "移动", CHANGED: "修改"}
NAMES = {
    "label": "编号", "text": "内容", "name": "名称", "points": "分值", "weight": "权重", "method": "测评方法",
    "place_types": "点位类型", "rule": "规则", "evidence": "佐证要求", "explanation": "说明", "section": "分段",
    "role": "分值以外", "to": "加到、扣到哪里", "precedence": "方法先后", "assessors": "由谁测评",
    "phrases": "常用语", "lead": "牵头单位", "assist": "配合单位",
}  # fmt: skip
FACTS = ("points", "method", "place_types", "rule")
_TOKENS = re.compile(r"[0-9A-Za-z.]+|\s+|.", re.DOTALL)
Marked = tuple[tuple[bool, str], ...]  # pieces of a text, and whether each is in this one only


@dataclass(frozen=True)
class Line:
    """A row of one version: what is compared of it, and where it stands."""

    key: str
    is_indicator: bool
    parent: str
    path: str
    title: str
    fields: dict[str, str]


@dataclass(frozen=True)
class FieldChange:
    name: str
    old: Marked
    new: Marked

    @property
    def texts(self) -> tuple[str, str]:
        return "".join(text for _, text in self.old), "".join(text for _, text in self.new)


@dataclass
class Change:
    """A row that is not the same in both; `kinds` may be moved and changed at once."""

    kinds: list[str]
    old: Line | None
    new: Line | None
    fields: list[FieldChange] = field(default_factory=list)

    @property
    def line(self) -> Line:
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def is_retitled(self) -> bool:
        """Its words are among the fields that differ: no need to say them twice."""
        return any(one.name in (NAMES["text"], NAMES["name"]) for one in self.fields)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """The most telling fields, for a row that only one version has."""
        return [(NAMES[name], text) for name in FACTS if (text := self.line.fields.get(name, ""))]

    @property
    def words(self) -> str:
        return "、".join(WORDS[kind] for kind in self.kinds)


def compare(old: Spec, new: Spec) -> list[Change]:
    """All differences in the order of the new version; removed rows where they stood in the old one."""
    before, after = {one.key: one for one in _lines(old)}, {one.key: one for one in _lines(new)}
    moved = _moved(before, after)
    found = []
    for key in _merged(list(before), list(after)):
        one, other = before.get(key), after.get(key)
        if one is None or other is None:
            found.append(Change([ADDED if one is None else REMOVED], one, other))
            continue
        fields = [_field(name, one.fields, other.fields) for name in NAMES if _differ(name, one, other)]
        kinds = [MOVED] * (key in moved) + [CHANGED] * bool(fields)
        if kinds:
            found.append(Change(kinds, one, other, fields))
    return found


def settings(old: Spec, new: Spec) -> list[tuple[str, str, str]]:
    """Settings of the whole version that differ: name, before, now."""
    pairs = [("名称", old.get("title", ""), new.get("title", ""))]
    pairs += [(param.label, _said(param, old), _said(param, new)) for param in PARAMS]
    return [pair for pair in pairs if pair[1] != pair[2]]


def _said(param: Param, spec: Spec) -> str:
    value = spec.get(param.name)
    if value in (None, ""):
        return "照默认"
    words = param.options.get(value, (value,))[0] if isinstance(param, Choice) else param.text(value)
    return "、".join(words.splitlines())


def _differ(name: str, one: Line, other: Line) -> bool:
    return one.fields.get(name, "") != other.fields.get(name, "")


def _field(name: str, old: dict[str, str], new: dict[str, str]) -> FieldChange:
    return FieldChange(NAMES[name], *marked(old.get(name, ""), new.get(name, "")))


def marked(old: str, new: str) -> tuple[Marked, Marked]:
    """Both texts in pieces, with what only one of them has marked; figures and words are never cut in two."""
    left, right = _TOKENS.findall(old), _TOKENS.findall(new)
    mine: list[tuple[bool, str]] = []
    theirs: list[tuple[bool, str]] = []
    for what, a, b, c, d in difflib.SequenceMatcher(a=left, b=right, autojunk=False).get_opcodes():
        if b > a:
            mine.append((what != "equal", "".join(left[a:b])))
        if d > c:
            theirs.append((what != "equal", "".join(right[c:d])))
    return tuple(mine), tuple(theirs)


def _lines(spec: Spec) -> Iterator[Line]:
    types = {code: kind["label"] for code, kind in spec.get("place_types", {}).items()}
    for node in spec["nodes"]:
        yield from _branch(node, "", "", types)


def _branch(node: Spec, parent: str, path: str, types: dict[str, str]) -> Iterator[Line]:
    title = f"{node.get('label') or ''} {node['name']}".strip()
    own = {name: node[name] for name in ("label", "name", "points", "weight") if node.get(name)}
    yield Line(node["key"], True, parent, path, title, own)
    below = f"{path} › {title}" if path else title
    for child in node.get("children", ()):
        yield from _branch(child, node["key"], below, types)
    for row in node.get("criteria", ()):
        named = f"{row.get('label') or ''} {row['text']}".strip()
        yield Line(row["key"], False, node["key"], below, named, _fields(row, types))


def _fields(row: Spec, types: dict[str, str]) -> dict[str, str]:
    note = row.get("note", {})
    plain = ("label", "text", "points", "weight", "method", "evidence", "explanation")
    return {name: str(row.get(name) or "") for name in plain} | {
        "place_types": "、".join(types.get(code, code) for code in row.get("place_types", ())) or "各类",
        "rule": _rule(row),
        "section": note.get("section", ""),
        "phrases": "、".join(note.get("phrases", ())),
        "role": ROLE_WORDS.get(row.get("role", ""), ""),
        "to": "上级指标" if row.get("to") == "parent" else "",
        "precedence": "、".join(row.get("precedence", ())),
        "assessors": "、".join(row.get("assessors", ())),
        **{name: "、".join(units) for name, units in note.get("units", {}).items()},
    }


def _rule(row: Spec) -> str:
    rules = row.get("rules") or [row.get("rule") or {}]
    role = role_of(rules, row.get("role", ""))
    said = []
    for rule in rules:
        kind, settings = write(of_people(rule, role))
        items = [f"{number}. {item}" for number, item in enumerate(shown_items(rule), start=1)]
        said.append("\n".join([f"{kind}：{settings}".strip("："), *items]))
    combine = {"min": "取最低", "product": "得分率相乘"}.get(row.get("combine", ""), "")
    return "\n".join([*said, *([combine] if combine else [])])


def _moved(before: dict[str, Line], after: dict[str, Line]) -> set[str]:
    """Keys with another parent, and the fewest that explain another order below the same one."""
    both = [key for key in after if key in before]
    found = {key for key in both if before[key].parent != after[key].parent}
    place = {key: at for at, key in enumerate(before)}
    beside: dict[tuple[str, bool], list[str]] = {}
    for key in both:
        if key not in found:
            beside.setdefault((after[key].parent, after[key].is_indicator), []).append(key)
    for keys in beside.values():
        kept = {keys[at] for at in _rising([place[key] for key in keys])}
        found |= {key for key in keys if key not in kept}
    return found


def _rising(numbers: list[int]) -> list[int]:
    """Places of a longest rising run of the numbers."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, number in enumerate(numbers):
        length = bisect_left(tails, number)
        tails[length:] = [number] if length == len(tails) else [number, *tails[length + 1 :]]
        before.append(ends[length - 1] if length else -1)
        ends[length : length + 1] = [at]
    found, at = [], ends[-1] if ends else -1
    while at >= 0:
        found.append(at)
        at = before[at]
    return found


def _merged(before: list[str], after: list[str]) -> Iterable[str]:
    """Keys of the new order, each lost one after the one it followed."""
    known, following, last = set(after), {}, ""
    for key in before:
        if key in known:
            last = key
        else:
            following.setdefault(last, []).append(key)
    yield from following.get("", ())
    for key in after:
        yield key
        yield from following.get(key, ())
