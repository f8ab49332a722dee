"""A version's rows as the rulebook's spec (docs/formats/standard-yaml.md), and a spec as rows.

The spec is also the file people exchange: YAML as it is, Excel with one row per criterion.
"""

import json
from collections.abc import Iterable
from typing import Any

from chuangwen.places.models import PlaceType
from chuangwen.standards import settings
from chuangwen.standards.models import Criterion, Indicator, StandardVersion
from chuangwen.standards.rules import Unreadable, canonical, of_people, of_rulebook, role_of

Spec = dict[str, Any]
OPTIONS = tuple(settings.LABELS)
BESIDE = ("weight", "to", "precedence", "assessors")
EXTRAS = ("explanation", "evidence")
UNITS = ("lead", "assist")
DEEPEST = 4
LONGEST_KEY = 40
LONGEST = {"label": 20, "name": 200, "points": 12, "weight": 12, "method": 20, "evidence": 200, "role": 10, "to": 10}


def spec_of(version: StandardVersion) -> Spec:
    """The whole version as plain data, in reading order; three queries."""
    indicators = version.indicators.order_by("position", "id")
    criteria = version.criteria.order_by("position", "id")
    chosen = Criterion.place_types.through.objects.filter(criterion__version=version)
    pairs = list(chosen.values_list("criterion_id", "placetype__code", "placetype__name"))
    types = {code: name for _, code, name in pairs}
    codes: dict[int, list[str]] = {}
    for pk, code, _ in pairs:
        codes.setdefault(pk, []).append(code)
    options = {name: version.options[name] for name in OPTIONS if name in version.options}
    weights = version.options.get("type_weights", {})
    return {
        "key": version.standard.code,
        "title": version.standard.name,
        **options,
        "place_types": {code: _type(types[code], weights.get(code)) for code in sorted(types)},
        "nodes": _nodes(None, grouped(indicators, "parent_id"), grouped(criteria, "indicator_id"), codes),
    }


def _type(label: str, weight: str | None) -> dict[str, str]:
    return {"label": label} | ({"weight": weight} if weight else {})


def _nodes(
    parent: int | None,
    below: dict[int | None, list[Indicator]],
    own: dict[int, list[Criterion]],
    codes: dict[int, list[str]],
) -> list[Spec]:
    found = []
    for one in below.get(parent, ()):
        node: Spec = {"key": one.key, "label": one.label, "name": one.name}
        node |= {name: getattr(one, name) for name in ("weight", "points") if getattr(one, name)}
        if children := _nodes(one.pk, below, own, codes):
            node["children"] = children
        if criteria := [criterion_spec(row, codes.get(row.pk, ())) for row in own.get(one.pk, ())]:
            node["criteria"] = criteria
        found.append(node)
    return found


def in_order(version: StandardVersion) -> list[Indicator]:
    """All indicators in reading order; one query."""
    below, found = grouped(version.indicators.order_by("position", "id"), "parent_id"), []

    def walk(parent: int | None) -> None:
        for one in below.get(parent, ()):
            found.append(one)
            walk(one.pk)

    walk(None)
    return found


def in_tree_order(version: StandardVersion) -> list[Criterion]:
    """All criteria as the tree shows them: those of the indicators below before an indicator's own; two queries."""
    below = grouped(version.indicators.order_by("position", "id"), "parent_id")
    lines = version.criteria.select_related("indicator").order_by("position", "id")
    own, rows = grouped(lines, "indicator_id"), []

    def walk(parent: int | None) -> None:
        for one in below.get(parent, ()):
            walk(one.pk)
            rows.extend(own.get(one.pk, ()))

    walk(None)
    return rows


def number_in_order(version: StandardVersion) -> None:
    """Number a draft's criteria as the tree shows them: lists by position (the phone, print) have its order."""
    rows = in_tree_order(version)
    moved = [row for number, row in enumerate(rows) if row.position != number]
    for number, row in enumerate(rows):
        row.position = number
    Criterion.objects.bulk_update(moved, ["position"], batch_size=500)


def grouped(rows: Iterable[Any], by: str) -> dict[Any, list[Any]]:
    """Rows under the value of one of their attributes, in their order."""
    found: dict[Any, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, by), []).append(row)
    return found


def criterion_spec(row: Criterion, types: Iterable[str] | None = None) -> Spec:
    """One criterion as the rulebook reads it, with what only people read (section, phrases, units) under `note`.

    types: codes of its place types, when they are not to be read from the row.
    """
    codes = (kind.code for kind in row.place_types.all()) if types is None else types
    found: Spec = {
        "key": row.key,
        "label": row.label,
        "text": row.text,
        "method": row.method,
        "points": row.points,
        "place_types": sorted(codes),
    }
    if row.role:
        found = {name: value for name, value in found.items() if value or name not in ("method", "points")}
        found |= {"role": row.role} if row.role != role_of(row.rules) else {}
    found |= {name: value for name in BESIDE if (value := getattr(row, name))}
    rules = [of_rulebook(rule, row.role) for rule in row.rules]
    found |= {"rule": rules[0]} if len(rules) == 1 else {"rules": rules, "combine": row.combine}
    found |= {name: getattr(row, name) for name in EXTRAS if getattr(row, name)}
    if row.section or row.phrases or row.units:
        found["note"] = {"section": row.section, "phrases": row.phrases} | ({"units": row.units} if row.units else {})
    return found


def write_tree(version: StandardVersion, spec: Spec) -> None:
    """Replace the rows of a draft by a spec's; place types must exist (checked before). Bulk, whatever its size."""
    version.steps.all().delete()
    version.criteria.all().delete()
    version.indicators.all().delete()
    version.options = {name: spec[name] for name in OPTIONS if name in spec}
    weights = {code: kind["weight"] for code, kind in _types(spec).items() if kind.get("weight")}
    version.options |= {"type_weights": weights} if weights else {}
    version.save(update_fields=["options"])
    pairs: list[tuple[Spec, Indicator]] = []
    _write_nodes(version, None, spec.get("nodes", []), pairs)
    rows = [(line, owner) for node, owner in pairs for line in node.get("criteria") or ()]
    criteria = Criterion.objects.bulk_create(
        [_criterion(version, owner, line, number) for number, (line, owner) in enumerate(rows)], batch_size=500
    )
    kinds = {kind.code: kind.pk for kind in PlaceType.objects.filter(tenant_id=version.tenant_id)}
    through = Criterion.place_types.through
    through.objects.bulk_create(
        [
            through(criterion_id=criterion.pk, placetype_id=kinds[code])
            for criterion, (line, _) in zip(criteria, rows, strict=True)
            for code in line.get("place_types") or ()
        ],
        batch_size=1000,
    )


def _types(spec: Spec) -> dict[str, dict[str, Any]]:
    rows = spec.get("place_types") or {}
    return {code: kind if isinstance(kind, dict) else {"label": kind} for code, kind in rows.items()}


def _write_nodes(version: StandardVersion, parent: Indicator | None, nodes: Iterable[Spec], pairs: list) -> None:
    for node in nodes:
        row = Indicator.objects.create(
            version=version,
            parent=parent,
            key=node["key"],
            label=str(node.get("label") or ""),
            name=str(node.get("name") or node.get("label") or node["key"]),
            weight=str(node.get("weight") or ""),
            points=str(node.get("points") or ""),
            position=len(pairs),
        )
        pairs.append((node, row))
        _write_nodes(version, row, node.get("children") or (), pairs)


def _criterion(version: StandardVersion, owner: Indicator, line: Spec, position: int) -> Criterion:
    note = line.get("note") if isinstance(line.get("note"), dict) else {}
    rules = line.get("rules") or [line.get("rule") or {}]
    role = role_of(rules, str(line.get("role") or ""))
    return Criterion(
        version=version,
        indicator=owner,
        key=line["key"],
        label=str(line.get("label") or ""),
        section=str(note.get("section") or "")[:40],
        text=str(line.get("text") or ""),
        explanation=str(line.get("explanation") or ""),
        evidence=str(line.get("evidence") or "")[:200],
        phrases=list(note.get("phrases") or ()),
        units=dict(note.get("units") or {}),
        method=str(line.get("method") or ("" if role else "实地考察")),
        points=str(line.get("points") or ""),
        weight=str(line.get("weight") or ""),
        role=role,
        to="parent" if role and line.get("to") == "parent" else "",
        precedence=list(line.get("precedence") or ()),
        assessors=list(line.get("assessors") or ()),
        rules=[of_people(rule, role) for rule in rules],
        combine=line.get("combine") or "sum",
        position=position,
    )


def each_criterion(nodes: Iterable[Spec]) -> Iterable[Spec]:
    """Every criterion below these nodes, an indicator's own ones before those of its children."""
    for node in nodes:
        yield from node.get("criteria", ())
        yield from each_criterion(node.get("children", ()))


def types_in(spec: Spec) -> set[str]:
    """The codes of every place type the criteria of a spec name."""
    return {
        str(code)
        for _, node in _walk(spec)
        for row in node.get("criteria") or ()
        for code in row.get("place_types") or ()
    }


def shape_faults(spec: Any) -> list[str]:
    """What keeps a spec from being kept as rows; what it scores is another question."""
    if not isinstance(spec, dict) or not isinstance(spec.get("nodes"), list) or not spec["nodes"]:
        return ["没有“nodes”，不是一套测评体系"]
    if spec.get("criteria"):
        return ["测评标准要放在指标下面，不能直接放在总分下面"]
    if not isinstance(spec.get("place_types") or {}, dict):
        return ["place_types 要写成“编码: 名称”"]
    try:
        return _unkeepable(spec) or list(_shape(spec))
    except (TypeError, AttributeError, KeyError, ValueError):
        return ["指标或测评标准的写法不对，请对照格式说明"]


def _unkeepable(spec: Spec) -> list[str]:
    """Values no database keeps as data: unquoted dates, not-a-number, halves of signs, NUL."""
    try:
        text = json.dumps(spec, ensure_ascii=False, allow_nan=False)
        text.encode()
    except (TypeError, ValueError):
        return ["有的内容不是文字和数字（如没加引号的日期），请加上引号"]
    return ["有的文字里夹着看不见的控制符，请删掉"] if r"\u0000" in text else []


def _shape(spec: Spec) -> Iterable[str]:
    seen: set[str] = set()
    for depth, node in _walk(spec):
        if depth > DEEPEST:
            yield f"“{node['key']}”是第 {depth} 级，指标最多 {DEEPEST} 级"
        for row in (node, *(node.get("criteria") or ())):
            key = row.get("key")
            if not isinstance(key, str) or not 0 < len(key) <= LONGEST_KEY:
                yield f"“{row.get('label') or key}”的 key 没有填，或超过 {LONGEST_KEY} 个字"
            elif "/" in key:
                yield f"key“{key}”里不能有“/”"
            elif key in seen:
                yield f"key“{key}”用了两次"
            else:
                seen.add(key)
            yield from _fit(row)
        for line in node.get("criteria") or ():
            yield from _readable(line)


def _readable(line: Spec) -> Iterable[str]:
    """What keeps one criterion's lists and rules from being read."""
    codes, note = line.get("place_types") or [], line.get("note")
    if not _texts(codes) or len(set(codes)) < len(codes):
        yield f"“{line['key']}”的 place_types 要列出编码，每个一次"
    for name in ("precedence", "assessors"):
        if not _texts(line.get(name) or []):
            yield f"“{line['key']}”的 {name} 要逐个列出"
    if isinstance(note, dict) and not _texts(note.get("phrases") or []):
        yield f"“{line['key']}”的 phrases 要逐句列出"
    units = note.get("units") or {} if isinstance(note, dict) else {}
    if not isinstance(units, dict) or set(units) - set(UNITS) or not all(map(_texts, units.values())):
        yield f"“{line['key']}”的 units 要写成 lead、assist 两张单位的表"
    try:
        for rule in line.get("rules") or [line.get("rule") or {}]:
            canonical(rule)
    except Unreadable as wrong:
        yield f"“{line['key']}”的规则：{str(wrong).rstrip('。')}"


def _texts(found: Any) -> bool:
    return isinstance(found, list) and all(isinstance(one, str) for one in found)


def _fit(row: Spec) -> Iterable[str]:
    for name, most in LONGEST.items():
        if len(str(row.get(name) or "")) > most:
            yield f"“{row['key']}”的 {name} 超过 {most} 个字"
    rules = row.get("rules", [])
    if not isinstance(rules, list) or not all(isinstance(rule, dict) for rule in [*rules, row.get("rule") or {}]):
        yield f"“{row['key']}”的规则写法不对"


def _walk(spec: Spec, depth: int = 1) -> Iterable[tuple[int, Spec]]:
    """Every node with its level from 1, parents first."""
    for node in (spec.get("nodes") if depth == 1 else spec.get("children")) or ():
        yield depth, node
        yield from _walk(node, depth + 1)
