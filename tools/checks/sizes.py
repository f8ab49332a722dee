"""Ceilings: no function, file or template grows past what one can read at once."""

from tools.checks.tree import File, Function, Tree, module_of

FUNCTION, SOURCE, TEST_FUNCTION, TEST_FILE, TEMPLATE, SCRIPT, VIEW = 50, 400, 40, 600, 180, 250, 25
FORBIDDEN = {"utils", "common", "core", "helpers"}


def _too_long(file: File, ceiling: int) -> list[str]:
    return [file.says(1, f"{file.lines} lines; the ceiling is {ceiling}")] if file.lines > ceiling else []


def _ceiling(file: File, node: Function) -> int:
    if file.path.startswith("tests/") and node.name.startswith("test"):
        return TEST_FUNCTION
    return VIEW if module_of(file) == "views" else FUNCTION


def files(tree: Tree) -> list[str]:
    """Source file 400 lines, test file 600, template 180, script 250."""
    found = []
    for file in tree.python():
        found += _too_long(file, TEST_FILE if file.path.startswith("tests/") else SOURCE)
    for suffix, ceiling in ((".html", TEMPLATE), (".js", SCRIPT)):
        for file in tree.written(suffix, "chuangwen"):
            found += _too_long(file, ceiling)
    return found


def functions(tree: Tree) -> list[str]:
    """Function 50 lines, test function 40, anything in a views module 25."""
    lengths = (
        (file, node, (node.end_lineno or node.lineno) - node.lineno + 1)
        for file in tree.python()
        for node in file.functions()
    )
    return [
        file.says(node.lineno, f"{node.name} has {length} lines; the ceiling is {_ceiling(file, node)}")
        for file, node, length in lengths
        if length > _ceiling(file, node)
    ]


def names(tree: Tree) -> list[str]:
    """A module is called after what it knows; utils, common, core and helpers do not exist."""
    return [
        file.says(1, f"no module is called {', '.join(sorted(bad))}: name it after what it knows")
        for file in tree.python()
        if (bad := FORBIDDEN & set(file.path.removesuffix(".py").split("/")))
    ]
