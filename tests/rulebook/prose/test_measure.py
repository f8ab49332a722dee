"""The measure: of the phrases in tests/cases/prose, none is shown as understood and wrong."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import yaml

from rulebook.prose import UNDERSTOOD, read

FOLDER = Path(__file__).parents[2] / "cases" / "prose"
USUAL = {
    "per_occurrence": {"measure": "处"},
    "bands": {"value": "measure", "suffix": "%", "better": "higher"},
    "capped_ratio": {"number": "count"},
    "per_step": {"value": "measure", "suffix": "%", "step": "1", "mode": "whole", "better": "higher"},
}
reading_of = cache(read)  # three tests ask for the same readings
OUTCOMES = ("understood", "unknown", "wrong", "rightly unknown")


def phrases():
    for path in sorted(FOLDER.glob("*.yaml")):
        data = yaml.safe_load(path.read_text("utf-8"))
        for case in data["cases"]:
            yield path.stem, {"points": data["points"], **case}


def expected(case):
    rule = case.get("rule")
    return None if rule is None else {**USUAL.get(rule["kind"], {}), **rule}


def outcome(case):
    found = reading_of(case["text"], case["points"]).rule
    if found is None:
        return "unknown" if expected(case) else "rightly unknown"
    return "understood" if found == expected(case) else "wrong"


PHRASES = list(phrases())
FILES = sorted({name for name, _ in PHRASES})


@pytest.mark.parametrize("file", FILES)
def test_no_phrase_is_shown_as_understood_and_wrong(file):
    readings = [(case, reading_of(case["text"], case["points"])) for name, case in PHRASES if name == file]
    assert [case["text"] for case, reading in readings if reading.rule not in (None, expected(case))] == []
    assert [case["text"] for case, reading in readings if (reading.status == UNDERSTOOD) != bool(reading.rule)] == []


def test_the_usual_ways_to_write_a_rule_are_understood(capsys):
    table = {name: Counter() for name, _ in PHRASES}
    for name, case in PHRASES:
        table[name][outcome(case)] += 1
    with capsys.disabled():
        print("\n" + "  ".join(["", *OUTCOMES]))
        for name, counts in table.items():
            print("  ".join([name, *(f"{word} {counts[word]}" for word in OUTCOMES)]))
    total = sum(table.values(), Counter())
    usual = total["understood"] + total["unknown"]
    assert total["wrong"] == 0
    assert total["understood"] >= 0.7 * usual
    assert total["rightly unknown"] >= 0.3 * total.total()
