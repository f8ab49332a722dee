"""Rows of a sheet as the tree they describe: blank levels go on from the row above, keys are kept or made."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from chuangwen.base.imports import Checked, Directory, Row, RowCheck
from chuangwen.base.imports.spec import Outcome
from chuangwen.base.workbooks import Column
from chuangwen.standards.rules import Unreadable, canonical, of_rulebook, read, role_of
from chuangwen.standards.spec import DEEPEST, LONGEST_KEY, UNITS, Spec
from chuangwen.standards.workbooks.columns import BETWEEN, COLUMNS, KEYS, METHOD, ROLES, TO, Line, label_of, lines_of
from rulebook.scoring.exact import decimal
from rulebook.tables import names

Path = tuple[tuple[str, str], ...]  # (label, name) of each level
LENGTHS = {"label": 20, "method": 20, "section": 40, "evidence": 200, "explanation": 2000, "text": 2000}


@dataclass
class Tree:
    """What is known of a file while its rows are read in order."""

    types: Directory
    codes: dict[int, str]  # key of a place type → code
    known: dict[Path, str]  # keys of the draft's indicators
    known_lines: dict[tuple[Path, str], str]  # (path, label or text) → key of the draft's criteria
    columns: tuple[Column, ...] = COLUMNS
    called: str = "行"  # what a row is called in messages
    voices: dict[str, str] = field(default_factory=dict)  # words of an assessor → its key
    path: Path = ()
    nodes: dict[Path, Spec] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)  # key → row number

    @classmethod
    def over(cls, spec: Spec, types: list[tuple[int, str, str]], columns: tuple[Column, ...] = COLUMNS) -> "Tree":
        """spec: the draft as it is. types: (key, code, name) of the place types in use. columns: what must be there."""
        known, lines = {}, {}
        for line in lines_of(spec):
            path = path_of(line)
            known |= {path[: depth + 1]: node["key"] for depth, node in enumerate(line.path)}
            lines[path, line.row["label"] or line.row["text"]] = line.row["key"]
        directory = Directory([(pk, code, [name]) for pk, code, name in types], called="点位类型")
        called = "行" if columns is COLUMNS else "条"
        voices = {label_of(one, key): key for key, one in (spec.get("assessors") or {}).items()}
        return cls(directory, {pk: code for pk, code, _ in types}, known, lines, columns, called, voices)


def path_of(line: Line) -> Path:
    return tuple((str(node.get("label") or ""), str(node.get("name") or "")) for node in line.path)


def made_key(kind: str, *parts: object) -> str:
    """A key for something new: the same words give the same key, in whatever file they come."""
    return kind + hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


def check_row(row: Row, tree: Tree) -> Checked:
    """One row; its criterion goes into the tree when nothing is wrong with it. values: cells, line."""
    check = RowCheck(row, tree.columns, is_new=True)
    for name, longest in LENGTHS.items():
        check.text(name, longest=longest)
    _path(check, tree)
    line = _criterion(check, tree)
    keys = _keys(check, tree, line)
    found = Checked(row.number, errors=check.errors, suggestions=check.suggestions)
    if not check.errors:
        found.outcome = Outcome.NEW
        line["key"] = keys[-1]
        found.values = {"cells": row.cells, "line": line}
        tree.lines[keys[-1]] = row.number
        _grow(check, tree, keys, line)
    return found


def _path(check: RowCheck, tree: Tree) -> None:
    """The row's levels: before the first that is filled they go on from the row above, after it they are the row's."""
    given = [(check.cell(f"label{n}"), check.cell(f"name{n}")) for n in range(1, DEEPEST + 1)]
    for number, (label, name) in enumerate(given, 1):
        if label and not name:
            check.bad(f"name{number}", "有编号，没有指标名称。请填上名称。")
        if len(label) > LENGTHS["label"] or len(name) > 200:
            check.bad(f"name{number}", "编号最多 20 个字，名称最多 200 个字。请改短。")
    filled = [number for number, (_, name) in enumerate(given) if name]
    if not filled:
        if not tree.path:
            check.bad("name1", "一级指标没有填。")
        return
    first, last = filled[0], filled[-1]
    if first > len(tree.path) or any(not name for _, name in given[first : last + 1]):
        check.bad(f"name{first + 1}", "上面缺一级指标。请从一级填起，中间不空。")
        return
    tree.path = (*tree.path[:first], *given[first : last + 1])


def _criterion(check: RowCheck, tree: Tree) -> Spec:
    """The row's criterion as the rulebook reads it, without its key."""
    cell = check.cell
    line: Spec = {"label": cell("label"), "text": cell("text")}
    ruled, role = _rule(check)
    if not role or cell("method"):
        line["method"] = cell("method") or METHOD
    if not role or cell("points"):
        line["points"] = _number(check, "points")
    line["place_types"] = _types(check, tree)
    line |= {"role": role} if role != role_of(_rules(ruled)) else {}
    line |= {"weight": _number(check, "weight")} if cell("weight") else {}
    line |= {"to": "parent"} if cell("to") == TO else {}
    line |= {"precedence": names(cell("precedence"))} if cell("precedence") else {}
    line |= {"assessors": [tree.voices.get(one, one) for one in names(cell("assessors"))]} if cell("assessors") else {}
    line |= ruled
    line |= {name: cell(name) for name in ("explanation", "evidence") if cell(name)}
    if note := _note(check):
        line["note"] = note
    return line


def _note(check: RowCheck) -> Spec:
    """What only people read."""
    phrases = [one.strip() for one in check.cell("phrases").splitlines() if one.strip()]
    units = {name: names(check.cell(name)) for name in UNITS if check.cell(name)}
    if not (check.cell("section") or phrases or units):
        return {}
    return {"section": check.cell("section"), "phrases": phrases} | ({"units": units} if units else {})


def _number(check: RowCheck, key: str) -> str:
    text = check.cell(key)
    if not text:
        if key == "points" and check.requires(key):
            check.bad(key, "分值没有填。")
        return ""
    try:
        if decimal(text) < 0:
            raise ValueError(text)
    except ValueError:
        check.bad(key, f"“{text}”不是分值。请填 0 以上的数，小数不超过 6 位。")
    if len(text) > 12:
        check.bad(key, f"“{text}”太长，最多 12 位。")
    return text


def _types(check: RowCheck, tree: Tree) -> list[str]:
    codes = []
    for name in filter(None, (part.strip() for part in check.cell("types").replace("，", BETWEEN).split(BETWEEN))):
        found, why, near = tree.types.find(name)
        if why:
            check.bad("types", why, check.cell("types").replace(name, near) if near else "")
        else:
            codes.append(tree.codes[found])
    return sorted(set(codes))


def _rule(check: RowCheck) -> tuple[Spec, str]:
    """The rule or rules, and what the row is outside the points."""
    word = check.cell("role")
    said = next((role for role, words in ROLES.items() if words == word), "")
    if word and not said:
        check.bad("role", f"“{word}”看不懂。可填：{BETWEEN.join(ROLES.values())}，占分值的空着。")
    if check.cell("to") not in ("", TO, "总分"):
        check.bad("to", f"“{check.cell('to')}”看不懂。可填：{TO}；空着是总分。")
    if not check.cell("kind") and not check.requires("kind"):
        return {"rule": canonical({"items": check.cell("items").splitlines()})}, said
    try:
        rule = read(check.cell("kind"), check.cell("rule"), check.cell("items"))
    except Unreadable as wrong:
        unknown = str(wrong).startswith(("没有“", "规则没有填"))
        check.bad("kind" if unknown else "rule", str(wrong))
        return {"rule": {}}, said
    if "rules" in rule:
        return {"rules": rule["rules"], "combine": rule.get("combine", "sum")}, said
    role = role_of([rule], said)
    return {"rule": of_rulebook(rule, role)}, role


def _keys(check: RowCheck, tree: Tree, line: Spec) -> list[str]:
    """Keys of the levels and of the criterion: as the file says, else those of the draft, else made of the words."""
    given = [part.strip() for part in check.cell("key").split(KEYS)] if check.cell("key") else []
    if given and (len(given) != len(tree.path) + 1 or any(not 0 < len(part) <= LONGEST_KEY for part in given)):
        check.bad("key", "历年编号和这一行的级数对不上。新增的请空着；原有的照导出的文件填。")
        return []
    paths = [tree.path[: depth + 1] for depth in range(len(tree.path))]
    named = line["label"] or line["text"]
    keys = given or [
        *(
            tree.nodes[path]["key"] if path in tree.nodes else tree.known.get(path) or made_key("i", path)
            for path in paths
        ),
        tree.known_lines.get((tree.path, named)) or made_key("c", tree.path, line["label"], line["text"]),
    ]
    if keys[-1] in tree.lines:
        check.bad("text", f"与第 {tree.lines[keys[-1]]} {tree.called}是同一条。去掉一{tree.called}，或改编号。")
    return keys


def _grow(check: RowCheck, tree: Tree, keys: list[str], line: Spec) -> None:
    """Hang the criterion into the tree under its path."""
    for depth, (label, name) in enumerate(tree.path):
        path = tree.path[: depth + 1]
        if path not in tree.nodes:
            node: Spec = {"key": keys[depth], "label": label, "name": name}
            settings = {key: check.cell(f"{key}{depth + 1}") for key in ("weight", "points")}
            node |= {key: text for key, text in settings.items() if text}
            if depth:
                tree.nodes[path[:-1]].setdefault("children", []).append(node)
            tree.nodes[path] = node
    tree.nodes[tree.path].setdefault("criteria", []).append(line)


def roots(tree: Tree) -> list[Spec]:
    """The tree's first level, in the order of the file; gates that name a label name its key instead."""
    found = [node for path, node in tree.nodes.items() if len(path) == 1]
    labels: dict[str, list[str]] = {}
    for node in tree.nodes.values():
        labels.setdefault(node["label"], []).append(node["key"])
    for node in tree.nodes.values():
        for line in node.get("criteria", ()):
            for rule in _rules(line):
                if rule.get("target") and len(keys := labels.get(rule["target"], ())) == 1:
                    rule["target"] = keys[0]
    return [ordered(node) for node in found]


def _rules(line: Spec) -> list[dict[str, Any]]:
    return line["rules"] if "rules" in line else [line["rule"]]


def ordered(node: Spec) -> Spec:
    """A node with its settings in the order the spec has them: children before criteria."""
    plain = {name: value for name, value in node.items() if name not in ("children", "criteria")}
    if "children" in node:
        plain["children"] = [ordered(child) for child in node["children"]]
    return plain | ({"criteria": node["criteria"]} if "criteria" in node else {})
