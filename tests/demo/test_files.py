"""The demo's Excel files in the repository are what `manage.py write_demo_files` writes."""

from pathlib import Path

import pytest

from chuangwen.demo.files import FOLDER, write_files
from tests.factories.workbooks import opened


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Name and rows of every sheet."""
    return {sheet.title: list(sheet.values) for sheet in opened(path.read_bytes())}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {path.name: path for path in write_files(tmp_path_factory.mktemp("files"))}


def test_no_file_is_written_by_hand(written: dict[str, Path]) -> None:
    assert sorted(written) == sorted(path.name for path in FOLDER.iterdir())


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.iterdir()))
def test_a_file_holds_what_is_written(written: dict[str, Path], name: str) -> None:
    assert content(FOLDER / name) == content(written[name])
