"""The import contracts of pyproject.toml bite: a forbidden import planted in a small tree breaks the contract."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = "imports point down from app to app; apps on one line never import each other"
INNER = "inside an app: urls, views, forms, workbooks, actions, figures, queries, models"
PURE = "the rulebook is pure: no Django, no application, no database"
PLANTED = {
    "an app imports one above it": ("chuangwen/base/models.py", "import chuangwen.scores.models", APPS),
    "also inside a function": (
        "chuangwen/base/models.py",
        "def one():\n    from chuangwen.scores import models\n",
        APPS,
    ),
    "neighbours import each other": ("chuangwen/mobile/views.py", "import chuangwen.dashboards.views", APPS),
    "an app without a place in the order": ("chuangwen/newcomer/__init__.py", "", APPS),
    "queries import actions": ("chuangwen/places/queries.py", "import chuangwen.places.actions", INNER),
    "actions import views": ("chuangwen/places/actions.py", "import chuangwen.places.views", INNER),
    "the rulebook imports Django": ("rulebook/workdays.py", "import django.utils.timezone", PURE),
    "the rulebook imports the application": ("rulebook/workdays.py", "import chuangwen.base.models", PURE),
}


def broken(root: Path) -> set[str]:
    """Names of the contracts that the tree below `root` breaks."""
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache"]
    done = subprocess.run(command, cwd=root, env={"PYTHONPATH": str(root)}, capture_output=True, text=True)
    assert "Contracts: " in done.stdout, done.stdout + done.stderr
    return {line.partition(" BROKEN")[0] for line in done.stdout.splitlines() if " BROKEN" in line}


@pytest.fixture
def small_tree(tmp_path: Path) -> Path:
    """Packages of the same names as ours, nearly empty, under our own pyproject.toml."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    modules = next(contract for contract in contracts if contract["id"] == "modules")
    apps = modules["containers"]
    for package in ["chuangwen", "rulebook", *apps]:
        folder = tmp_path / package.replace(".", "/")
        folder.mkdir()
        for module in ("__init__", "models", "queries", "actions", "views", "urls"):
            if folder.parent != tmp_path or module == "__init__":
                (folder / f"{module}.py").touch()
    (tmp_path / "chuangwen/base/actions.py").write_text("import chuangwen.base.queries, rulebook\n")
    for importer, imported in (line.split(" -> ") for line in modules["ignore_imports"]):  # each must be there
        (tmp_path / f"{importer.replace('.', '/')}.py").write_text(f"import {imported}\n")
    return tmp_path


def test_a_tree_that_keeps_the_order_passes(small_tree: Path) -> None:
    assert broken(small_tree) == set()


@pytest.mark.parametrize(("path", "text", "contract"), PLANTED.values(), ids=PLANTED)
def test_a_planted_import_breaks_its_contract(small_tree: Path, path: str, text: str, contract: str) -> None:
    (small_tree / path).parent.mkdir(exist_ok=True)
    (small_tree / path).write_text(text, encoding="utf-8")
    assert broken(small_tree) == {contract}
