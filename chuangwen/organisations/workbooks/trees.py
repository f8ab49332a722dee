"""Importing nodes of a tree: parents may stand in the same file, in any order; a circle is named.

Shared by units and regions. A blank parent of a new row means the top of the importer's ground.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from chuangwen.base import imports
from chuangwen.base.imports import Applied, Checked, Directory, Row, RowCheck, Undoing
from chuangwen.base.imports.spec import Outcome
from chuangwen.base.workbooks import Column
from chuangwen.organisations.models import Person, TreeNode
from chuangwen.organisations.trees import hold_tree, move_subtree

NOT_YOURS = "编码 {code} 是别的辖区的{what}，不归本办管。请换一个编码。"
ARCHIVED = "编码 {code} 的{what}已{closed}。编码不重复使用，请换一个；或先在页面上恢复。"


@dataclass(frozen=True)
class TreeKind:
    """What differs between units and regions.

    fields: attributes read and written besides the parent. restate(nodes): keeps dated states after names or parents
    changed (None: the kind has none). owned: related models whose rows belong to the node and go with it.
    """

    model: type[TreeNode]
    columns: tuple[Column, ...]
    fields: tuple[str, ...]
    governs: Callable[[Person, TreeNode], bool]
    top: Callable[[Person], TreeNode | None]
    read: Callable[[RowCheck, Any], None]
    extra: Callable[[Person], Any]
    restate: Callable[[list[Any]], None] | None = None
    owned: tuple[str, ...] = ()


@dataclass
class _Register:
    """Everything of the tree in memory: one query, and what the kind reads besides."""

    nodes: dict[str, Any]
    by_pk: dict[int, Any]
    directory: Directory
    file_codes: set[str]
    top: Any
    extra: Any
    parents: dict[str, str | None] = field(default_factory=dict)  # code → parent's code, after the import


def check(kind: TreeKind, rows: list[Row], context: dict[str, Any], person: Person) -> list[Checked]:
    register = _register(kind, rows, person)
    checks = [(row, _read(kind, row, register, person)) for row in rows]
    for _row, reading in checks:
        _name_circle(reading, register)
    return [_finish(kind, row, reading, register) for row, reading in checks]


def _register(kind: TreeKind, rows: list[Row], person: Person) -> _Register:
    nodes = list(kind.model.objects.filter(tenant_id=person.tenant_id))  # type: ignore[attr-defined]
    by_pk = {node.pk: node for node in nodes}
    open_ = [node for node in nodes if node.archived_at is None]
    names = [(node.pk, node.code, {node.name, getattr(node, "short_name", "")}) for node in open_]
    register = _Register(
        nodes={node.code: node for node in nodes},
        by_pk=by_pk,
        directory=Directory(names, called=f"{kind.model.what}目录"),
        file_codes={row.cells.get("code", "") for row in rows},
        top=kind.top(person),
        extra=kind.extra(person),
    )
    register.parents = {node.code: by_pk[node.parent_id].code if node.parent_id else None for node in nodes}
    return register


def _read(kind: TreeKind, row: Row, register: _Register, person: Person) -> RowCheck:
    code = row.cells.get("code", "")
    node = register.nodes.get(code)
    reading = RowCheck(row, kind.columns, is_new=node is None)
    reading.text("code", longest=40)
    if node and not kind.governs(person, node):
        reading.bad("code", NOT_YOURS.format(code=code, what=kind.model.what))
    elif node and node.archived_at:
        reading.bad("code", ARCHIVED.format(code=code, what=kind.model.what, closed=kind.model.closed))
    reading.text("name", longest=100)
    kind.read(reading, register.extra)
    _read_parent(kind, reading, register, person)
    if "parent" in reading.values:
        register.parents[code] = reading.values["parent"]
    return reading


def _read_parent(kind: TreeKind, reading: RowCheck, register: _Register, person: Person) -> None:
    """The parent's code goes into values; a new row without one stands under the top of the ground."""
    text = reading.cell("parent")
    if not text:
        if reading.is_new:
            reading.values["parent"] = register.top.code if register.top else None
    elif text == imports.CLEAR:
        reading.bad("parent", f"上级不能清空。最上一级的{kind.model.what}只有一个，请填上级的编码。")
    elif text in register.file_codes and text not in register.nodes:
        reading.values["parent"] = text
    else:
        found, why, near = register.directory.find(text)
        if why:
            reading.bad("parent", why, near)
        elif not kind.governs(person, register.by_pk[found]):
            reading.bad("parent", f"“{text}”不归本办管。请填本辖区的上级。")
        else:
            reading.values["parent"] = register.by_pk[found].code


def _name_circle(reading: RowCheck, register: _Register) -> None:
    start = reading.cell("code")
    trail, code = [start], register.parents.get(start)
    while code is not None and code not in trail:
        trail.append(code)
        code = register.parents.get(code)
    if code == start:
        circle = " → ".join([*trail, start])
        reading.bad("parent", f"上级绕成了圈：{circle}。请改其中一行的上级。")


def _finish(kind: TreeKind, row: Row, reading: RowCheck, register: _Register) -> Checked:
    node = register.nodes.get(row.cells.get("code", ""))
    if node is None:
        return reading.finish()
    today = {name: getattr(node, name) for name in ("code", *kind.fields)}
    today["parent"] = register.by_pk[node.parent_id].code if node.parent_id else None

    def shown(name: str, value: Any) -> tuple[str, str]:
        if name == "region_id":
            return "region", register.extra.names.get(value, "")
        return name, str(value or "")

    return reading.finish(today, object_id=node.pk, shown=shown)


def apply(kind: TreeKind, checked: list[Checked], context: dict[str, Any], person: Person) -> list[Applied]:
    """New nodes in bulk, then changes; moves from the top of the new tree down, each in one statement."""
    hold_tree(person.tenant_id)
    new = [row for row in checked if row.outcome == Outcome.NEW]
    changed = [row for row in checked if row.outcome == Outcome.UPDATE]
    made = [
        kind.model(tenant_id=person.tenant_id, **{k: v for k, v in row.values.items() if k != "parent"}) for row in new
    ]
    made = kind.model.objects.bulk_create(made)  # type: ignore[attr-defined]
    nodes = {node.code: node for node in kind.model.objects.filter(tenant_id=person.tenant_id)}  # type: ignore[attr-defined]
    codes = {node.pk: code for code, node in nodes.items()}
    _hang(kind, [(nodes[row.values["code"]], row.values["parent"]) for row in new], nodes)
    applied = [Applied(row.number, nodes[row.values["code"]].pk, {"old": None, "new": row.values}) for row in new]
    return applied + _change(kind, changed, nodes, codes)


def _hang(kind: TreeKind, made: list[tuple[Any, str | None]], nodes: dict[str, Any]) -> None:
    """Parents and paths of new nodes, whatever the order of the file."""
    waiting = {node.code: parent for node, parent in made}

    def path_of(code: str | None) -> str:
        if code is None:
            return ""
        if code in waiting:
            node, parent = nodes[code], waiting.pop(code)
            node.path = path_of(parent) + f"{node.pk:08d}"
            node.parent = nodes[parent] if parent else None
        return nodes[code].path

    for node, _parent in made:
        path_of(node.code)
    write([node for node, _ in made], ["parent", "path"])
    if kind.restate:
        kind.restate([node for node, _ in made])


def _change(kind: TreeKind, rows: list[Checked], nodes: dict[str, Any], codes: dict[int, str]) -> list[Applied]:
    applied, moves, renamed = [], [], []
    for row in rows:
        node = nodes[codes[row.object_id]]
        old = {name: getattr(node, name) for name in row.values if name != "parent"}
        for name in old:
            setattr(node, name, row.values[name])
        if "parent" in row.values:
            old["parent"] = codes.get(node.parent_id)
            moves.append((node, nodes[row.values["parent"]]))
        if "name" in row.values:
            renamed.append(node)
        applied.append(Applied(row.number, node.pk, {"old": old, "new": row.values}))
    write([nodes[codes[row.object_id]] for row in rows], list(kind.fields))
    move_all(kind, moves, renamed)
    return applied


def move_all(kind: TreeKind, moves: list[tuple[Any, Any]], renamed: list[Any]) -> None:
    """Move nodes so that the higher place is settled before the lower one, then keep the states of all touched."""
    target = {node.pk: parent for node, parent in moves}

    def depth(node: Any, seen: int = 0) -> int:
        above = target.get(node.pk, node.parent)
        return 0 if above is None or seen > 60 else 1 + depth(above, seen + 1)

    for node, parent in sorted(moves, key=lambda pair: depth(pair[0])):
        node.refresh_from_db()
        parent.refresh_from_db()
        move_subtree(node, parent)
    if kind.restate and (moves or renamed):
        touched = {row.pk: row for node in renamed for row in [kind.model.objects.get(pk=node.pk)]}  # type: ignore[attr-defined]
        for node, _ in moves:
            node.refresh_from_db()
            below = kind.model.objects.filter(  # type: ignore[attr-defined]
                tenant_id=node.tenant_id, path__gte=node.path, path__lt=node.path_end
            )
            touched |= {row.pk: row for row in below}
        kind.restate(list(touched.values()))


def undo(kind: TreeKind, rows: list[Undoing], person: Person) -> dict[int, str]:
    """New nodes nobody uses go (their children in the import first); changed ones get their former values back."""
    hold_tree(person.tenant_id)
    nodes = {node.pk: node for node in kind.model.objects.filter(tenant_id=person.tenant_id)}  # type: ignore[attr-defined]
    codes = {node.pk: node.code for node in nodes.values()}
    stay: dict[int, str] = {}
    for row in rows:
        node = nodes.get(row.object_id)
        if node and (_now(node, row.before["new"], codes) != row.before["new"] or node.archived_at):  # type: ignore[index]
            stay[row.number] = "导入以后又改过，留着不动。"
    _give_back(kind, [row for row in rows if not row.is_new and row.number not in stay], nodes, codes)
    new = {row.object_id: row.number for row in rows if row.is_new and row.number not in stay}
    return stay | _delete(kind, new)


def _now(node: Any, new: dict[str, Any], codes: dict[int, str]) -> dict[str, Any]:
    return {name: codes.get(node.parent_id) if name == "parent" else getattr(node, name) for name in new}


def _give_back(kind: TreeKind, rows: list[Undoing], nodes: dict[int, Any], codes: dict[int, str]) -> None:
    by_code = {code: nodes[pk] for pk, code in codes.items()}
    items, moves, renamed = [], [], []
    for row in rows:
        node, old = nodes[row.object_id], row.before["old"]  # type: ignore[index]
        for name in old.keys() - {"parent"}:
            setattr(node, name, old[name])
        items.append(node)
        if "parent" in old:
            moves.append((node, by_code[old["parent"]]))
        if "name" in old:
            renamed.append(node)
    write(items, list(kind.fields))
    move_all(kind, moves, renamed)


def _delete(kind: TreeKind, new: dict[int, int]) -> dict[int, str]:
    """new: object key → row number. Deepest first, so that a node goes once its children have gone."""
    nodes = list(kind.model.objects.filter(pk__in=list(new)).order_by("-path"))  # type: ignore[attr-defined]
    used = imports.uses_of(kind.model, list(new), without=(kind.model._meta.label_lower, *kind.owned))
    stay: dict[int, str] = {}
    for node in nodes:
        if node.pk in used:
            stay[new[node.pk]] = used[node.pk]
        elif kind.model.objects.filter(parent=node).exists():  # type: ignore[attr-defined]
            stay[new[node.pk]] = "还有下级，要留着。"
        else:
            node.delete()
    return stay


def write(items: list[Any], fields: list[str]) -> None:
    """Write some fields of rows that exist: one insert-or-update per block."""
    if items:
        type(items[0])._default_manager.bulk_create(
            items, update_conflicts=True, unique_fields=["id"], update_fields=fields
        )


def today() -> Any:
    return timezone.localdate()
