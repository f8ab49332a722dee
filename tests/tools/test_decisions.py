"""The index of decisions names every decision once."""

import re

from tools.environment import ROOT

FOLDER = ROOT / "docs" / "decisions"


def test_every_decision_has_its_line_in_the_index() -> None:
    listed = re.findall(r"^\| \[(\d{4})\]\((\1-[\w-]+\.md)\) \|", (FOLDER / "README.md").read_text("utf-8"), re.M)
    assert [name for _, name in listed] == sorted(path.name for path in FOLDER.glob("0*.md"))
