"""Tests that can fail, and contracts that hold every app."""

import ast
import re
import tomllib

from tools.checks.tree import Function, Tree, called

PROVES = re.compile(r"assert|expect|raises|^check$|^same_queries$|^fail$")


def tests(tree: Tree) -> list[str]:
    """Each test function asserts something: an assert, pytest.raises, expect(...), or a function named assert_…"""
    return [
        file.says(node.lineno, f"{node.name} asserts nothing, so it cannot fail")
        for file in tree.python("tests")
        for node in file.functions()
        if node.name.startswith("test") and not _proves(node)
    ]


def _proves(node: Function) -> bool:
    asserted = any(isinstance(inner, ast.Assert) for inner in ast.walk(node))
    return asserted or any(PROVES.search(name) for name in called(node))


def contracts(tree: Tree) -> list[str]:
    """Every app stands in the import contract on its inner order."""
    settings = next((file for file in tree.files if file.path == "pyproject.toml"), None)
    if settings is None:
        return []
    listed = tomllib.loads(settings.text)["tool"]["importlinter"]["contracts"]
    containers = next(contract["containers"] for contract in listed if contract["id"] == "modules")
    apps = sorted({file.path.split("/")[1] for file in tree.python("chuangwen") if file.path.endswith("/apps.py")})
    missing = [app for app in apps if f"chuangwen.{app}" not in containers]
    return [settings.says(1, f"chuangwen.{app} is missing in the containers of contract “modules”") for app in missing]
