"""What the product's code may not use, and the shape of its views and actions."""

import ast
from collections import Counter

from tools.checks.tree import File, Function, Tree, called, module_of

CLASSES, METHODS = {"RunSQL", "RawSQL"}, {"raw", "cursor", "executescript"}
EXTRA = {"select", "where", "params", "tables", "order_by", "select_params"}
FORBIDDEN_MODULES = {
    "django.contrib.postgres": "only portable fields: every test runs on SQLite and PostgreSQL",
    "django.db.models.signals": "no signals between our apps: name the follow-up in jobs.py",
    "django.dispatch": "no signals between our apps: name the follow-up in jobs.py",
}


def sql(tree: Tree) -> list[str]:
    """Only the portable ORM: no raw SQL, in migrations neither."""
    found = []
    for file in tree.written(".py", "chuangwen"):
        for node in ast.walk(file.tree):
            if isinstance(node, ast.Call) and (name := _not_portable(node)):
                found.append(file.says(node.lineno, f"no raw SQL ({name}): the portable ORM only"))
    return found


def _not_portable(call: ast.Call) -> str:
    """The name of the door to raw SQL that is called here; `extra` counts with the arguments of QuerySet.extra only."""
    if isinstance(call.func, ast.Name):
        return call.func.id if call.func.id in CLASSES else ""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if name == "extra":
        return name if {keyword.arg for keyword in call.keywords} & EXTRA else ""
    return name if name in CLASSES | METHODS else ""


def imports(tree: Tree) -> list[str]:
    """No PostgreSQL-only field, no signal."""
    found = []
    for file in tree.written(".py", "chuangwen"):
        for node in ast.walk(file.tree):
            for module in _imported(node):
                for forbidden, why in FORBIDDEN_MODULES.items():
                    if module == forbidden or module.startswith(f"{forbidden}."):
                        found.append(file.says(node.lineno, f"{module}: {why}"))
    return found


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        whole = [f"{node.module}.{alias.name}" for alias in node.names]
        return [node.module] if node.module in FORBIDDEN_MODULES else whole
    return []


def views(tree: Tree) -> list[str]:
    """A view loads through the queries of its app: no `.objects.` in a views module."""
    return [
        file.says(node.lineno, "a view loads through visible_to and queries, not .objects")
        for file in tree.python("chuangwen")
        if module_of(file) == "views"
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Attribute) and node.attr == "objects"
    ]


def actions(tree: Tree) -> list[str]:
    """An action takes keywords only, and one `record(...)` tells of it: its own, or that of a function it calls.

    The actions of an app are the public functions of its actions.py; where that is a folder, those its __init__ names.
    """
    found = []
    for app in sorted({file.path.split("/")[1] for file in tree.python("chuangwen") if module_of(file) == "actions"}):
        files = [file for file in tree.python(f"chuangwen/{app}") if module_of(file) == "actions"]
        known = {node.name: node for file in files for node in _top(file)}
        verbs = _named(files) if len(files) > 1 else {name for name in known if not name.startswith("_")}
        for file in files:
            for node in _top(file):
                if node.name in verbs:
                    found += [file.says(node.lineno, f"{node.name} {fault}") for fault in _faults(node, known)]
    return found


def doors(tree: Tree) -> list[str]:
    """A folder of actions has one door, its __init__: nobody outside imports a step from a file within."""
    return [
        file.says(node.lineno, f"import from {'.'.join(parts[:3])}: its __init__ names the actions")
        for file in tree.python("chuangwen")
        for node in ast.walk(file.tree)
        if isinstance(node, ast.ImportFrom) and (parts := (node.module or "").split("."))[2:3] == ["actions"]
        if len(parts) > 3 and not file.path.startswith("/".join(parts[:3]) + "/")
    ]


def _named(files: list[File]) -> set[str]:
    """What the __init__ of a folder of actions defines or takes from its files."""
    face = next((file for file in files if file.path.endswith("/__init__.py")), None)
    if face is None:
        return set()
    taken = {alias.name for node in face.tree.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    return taken | {node.name for node in _top(face)}


def _top(file: File) -> list[Function]:
    return [node for node in file.tree.body if isinstance(node, Function)]


def _faults(node: Function, known: dict[str, Function]) -> list[str]:
    faults = []
    if node.args.posonlyargs or node.args.args or node.args.vararg:
        faults.append("takes positional arguments; an action takes keywords only: def verb(*, actor, …)")
    own = Counter(called(node))["record"]
    if own > 1:
        faults.append(f"calls record {own} times; one action is one event")
    if not own and not _records(node, known, set()):
        faults.append("records no event: call record(...) once, here or in a function it calls")
    return faults


def _records(node: Function, known: dict[str, Function], seen: set[str]) -> bool:
    """Whether the function, or one of the same app's actions that it calls, records."""
    names = set(called(node)) - seen
    return "record" in names or any(_records(known[name], known, seen | names) for name in names & known.keys())
