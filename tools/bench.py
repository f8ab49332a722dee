"""`dev.py bench`: each script of bench/ on SQLite and, where it uses the database, on PostgreSQL."""

import subprocess
import tempfile
from pathlib import Path

from tools import environment, postgres
from tools.environment import PYTHON, ROOT, Missing

FOLDER = ROOT / "bench"


def scripts(names: list[str]) -> list[Path]:
    """The scripts named, or all; names beginning with _ are shared parts, not benchmarks."""
    known = {path.stem: path for path in sorted(FOLDER.glob("[!_]*.py"))}
    if unknown := [name for name in names if name not in known]:
        raise Missing(f"no benchmark {', '.join(unknown)}. There are: {', '.join(known)}")
    return [known[name] for name in names] if names else list(known.values())


def uses_database(script: Path) -> bool:
    return "django" in script.read_text(encoding="utf-8")


def run(names: list[str]) -> int:
    chosen = scripts(names)
    environment.ensure(environment.DEVELOP)
    failed = []
    for script in chosen:
        if not _run(script, "SQLite" if uses_database(script) else "", {}):
            failed.append(f"{script.stem} on SQLite")
        if uses_database(script):
            with postgres.server() as url:  # an empty one for each script
                if not _run(script, "PostgreSQL", {"CHUANGWEN_DATABASE_URL": url}):
                    failed.append(f"{script.stem} on PostgreSQL")
    if failed:
        print(f"\nfailed: {', '.join(failed)}")
    return 1 if failed else 0


def _run(script: Path, database: str, settings: dict[str, str]) -> bool:
    print(f"\n== bench {script.stem}{' on ' + database if database else ''}", flush=True)
    with tempfile.TemporaryDirectory(prefix="chuangwen-bench-") as data:
        env = environment.clean(CHUANGWEN_DATA=data, PYTHONPATH=ROOT, DJANGO_SETTINGS_MODULE="chuangwen.settings")
        return subprocess.run([PYTHON, script], cwd=ROOT, env=env | settings).returncode == 0
