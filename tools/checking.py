"""`dev.py check`: format, lint, types, import contracts, migrations and the house rules; all run, then a summary."""

import subprocess
import tempfile
from pathlib import Path

from tools import environment
from tools.checks import CHECKS
from tools.checks.tree import Tree
from tools.environment import BIN, PYTHON, ROOT

COMMANDS: dict[str, list[str | Path]] = {
    "format": [BIN / "ruff", "format", "--check", "--quiet", "."],
    "lint": [BIN / "ruff", "check", "--quiet", "."],
    "types of the rulebook": [BIN / "mypy", "--no-error-summary"],
    "import contracts": [BIN / "lint-imports", "--no-logo"],
    "migrations match the models": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
}


def house_rules(root: Path) -> list[str]:
    """Every line that a check of tools/checks has to say about the tree."""
    tree = Tree(root)
    return [line for check in CHECKS for line in check(tree)]


def run() -> int:
    environment.ensure(environment.DEVELOP)
    failed = [name for name, command in COMMANDS.items() if not _passes(name, command)]
    if lines := house_rules(ROOT):
        print("\n== house rules", *lines, sep="\n")
        failed.append("house rules")
    print(f"\nFAILED: {', '.join(failed)}" if failed else "all checks hold")
    return 1 if failed else 0


def _passes(name: str, command: list[str | Path]) -> bool:
    """Runs the command, and shows what it says only when it fails."""
    with tempfile.TemporaryDirectory() as data:
        env = environment.clean(CHUANGWEN_DATA=data, PYTHONPATH=ROOT)
        done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        print(f"\n== {name}\n{done.stdout.decode(errors='replace').rstrip()}", flush=True)
    return done.returncode == 0
