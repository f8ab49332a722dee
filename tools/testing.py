"""`dev.py test`: unit tests and browser walk on SQLite and on PostgreSQL, and a plain summary."""

import dataclasses
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

from tools import browser, environment, postgres
from tools.environment import PYTHON, ROOT

# These know nothing of a database: a second run on PostgreSQL would prove nothing.
WITHOUT_DATABASE = ["tests/rulebook", "tests/tools", "tests/documents/word"]
ON_SQLITE = ["tests/demo"]  # the demo is served from SQLite and from nothing else; what it does is tested on both
BROWSER = "tests/e2e"


@dataclasses.dataclass(frozen=True)
class Stage:
    """One run of pytest: what it is called, its arguments, and the database (None = SQLite)."""

    name: str
    arguments: list[str]
    database: str | None


@dataclasses.dataclass(frozen=True)
class Outcome:
    stage: Stage
    counts: Counter[str]
    seconds: float

    @property
    def good(self) -> bool:
        return not self.counts["failed"] and self.counts["passed"] > 0

    def line(self) -> str:
        counts = ", ".join(f"{number} {word}" for word, number in self.counts.items() if number) or "no test ran"
        return f"{'ok    ' if self.good else 'FAILED'}  {self.stage.name:32} {counts} ({self.seconds:.0f} s)"


def stages(url: str) -> list[Stage]:
    both = ["-n", "2", "--dist", "worksteal"]  # two cores, neither idle while the other has tests left
    unit = ["tests", f"--ignore={BROWSER}", *both]
    left = [f"--ignore={path}" for path in WITHOUT_DATABASE + ON_SQLITE]
    return [
        Stage("unit tests on SQLite", unit, None),
        Stage("unit tests on PostgreSQL", unit + left, url),
        Stage("browser walk on SQLite", [BROWSER, *both], None),
        Stage("short browser walk on PostgreSQL", [BROWSER, "-m", "short_walk"], url),
    ]


def run() -> int:
    environment.ensure(environment.DEVELOP)
    browser.ensure()
    with postgres.server() as url:
        outcomes = [_run(stage) for stage in stages(url)]
    print("\n" + "\n".join(outcome.line() for outcome in outcomes))
    if not shutil.which("soffice"):
        print("left out: the tests that need LibreOffice (PDF). Debian: apt-get install libreoffice-writer")
    return 0 if all(outcome.good for outcome in outcomes) else 1


def _run(stage: Stage) -> Outcome:
    print(f"\n== {stage.name}", flush=True)
    settings = {"CHUANGWEN_DATABASE_URL": stage.database} if stage.database else {}
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [PYTHON, "-m", "pytest", "-q", f"--junitxml={report}", *stage.arguments]
        code = subprocess.run(command, cwd=ROOT, env=environment.clean(**settings)).returncode
        counts = _counts(report)
    if code not in (0, 5) and not counts["failed"]:
        counts["failed"] += 1
    return Outcome(stage, counts, time.monotonic() - begun)


def _counts(report: Path) -> Counter[str]:
    counts: Counter[str] = Counter(passed=0, failed=0, skipped=0)
    if not report.exists():
        return counts
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        tests, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        counts.update(passed=max(0, tests - failed - skipped), failed=failed, skipped=skipped)
    return counts
