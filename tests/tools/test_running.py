"""dev.py test and bench: what they run, what they count, and what they say when something is missing."""

from collections import Counter
from pathlib import Path

import pytest

from tools import bench, environment, postgres, testing
from tools.environment import ROOT, Missing

REPORT = '<testsuites><testsuite tests="7" failures="1" errors="1" skipped="2"/></testsuites>'


def test_unit_tests_and_browser_walk_run_on_both_databases() -> None:
    runs = [(stage.name, stage.database) for stage in testing.stages("postgres://…")]
    assert runs == [
        ("unit tests on SQLite", None),
        ("unit tests on PostgreSQL", "postgres://…"),
        ("browser walk on SQLite", None),
        ("short browser walk on PostgreSQL", "postgres://…"),
    ]


def test_what_is_left_out_on_postgresql_never_touches_a_database() -> None:
    modules = [path for folder in testing.WITHOUT_DATABASE for path in (ROOT / folder).rglob("*.py")]
    words = ("django", "pytest.mark." + "django_db", "(db", "factories")
    assert [
        path.name for path in modules if "tools" not in path.parts and any(w in path.read_text() for w in words)
    ] == []


def test_failures_and_errors_count_as_failed(tmp_path: Path) -> None:
    (tmp_path / "report.xml").write_text(REPORT)
    assert testing._counts(tmp_path / "report.xml") == Counter(passed=3, failed=2, skipped=2)


@pytest.mark.parametrize(
    ("counts", "good"),
    [({"passed": 3}, True), ({"passed": 3, "failed": 1}, False), ({"skipped": 3}, False), ({}, False)],
)
def test_a_stage_is_good_when_tests_ran_and_none_failed(counts: dict[str, int], good: bool) -> None:
    stage = testing.Stage("unit tests on SQLite", [], None)
    assert testing.Outcome(stage, Counter(counts), 1.0).good is good


def test_an_unknown_benchmark_is_refused_with_the_known_ones() -> None:
    known = ", ".join(sorted(path.stem for path in (ROOT / "bench").glob("[!_]*.py")))
    with pytest.raises(Missing) as refused:
        bench.scripts(["nosuch"])
    assert str(refused.value) == f"no benchmark nosuch. There are: {known}"


def test_the_newest_postgresql_is_taken_by_number_not_by_letter() -> None:
    paths = [Path(f"/usr/lib/postgresql/{version}/bin/initdb") for version in (9, 15, 10)]
    assert max(paths, key=postgres._version).parts[4] == "15"


def test_an_installation_s_settings_never_reach_a_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHUANGWEN_DATABASE_URL", "postgres://live")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "somewhere.else")
    env = environment.clean(CHUANGWEN_DATA="here")
    ours = {name: value for name, value in env.items() if name.startswith(("CHUANGWEN_", "DJANGO_"))}
    assert ours == {"CHUANGWEN_DATA": "here"}


def test_every_requirement_has_hashes_and_no_address() -> None:
    for name in (environment.USE, environment.DEVELOP):
        text = (ROOT / name).read_text(encoding="utf-8")
        pins = [block for block in text.replace("\\\n", " ").splitlines() if block.strip()]
        assert [pin for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []
        assert "http" not in text
