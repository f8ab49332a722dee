"""C1: a standard says which kind of subject it judges and how a round is divided into them."""

import pytest

from rulebook.scoring import SpecError, compile_standard
from rulebook.scoring.subjects import SUBJECTS, is_region_of


def says(**settings: str) -> tuple[str, str]:
    found = compile_standard({"key": "S", **settings, "nodes": [{"key": "n", "criteria": [LINE]}]})
    return found.subject_label, found.division


LINE = {"key": "c", "points": "1", "rule": {"kind": "pass_rate"}}


def test_a_standard_that_says_nothing_judges_units():
    assert says() == ("单位", "unit")


def test_a_kind_of_subject_has_its_usual_division():
    found = [says(subject=name) for name in ("window", "village", "office", "county")]
    assert found == [("窗口", "place"), ("村", "region"), ("科室", "unit"), ("县（市）", "whole")]


def test_a_standard_may_divide_its_subjects_otherwise():
    assert says(subject="village", divide_by="unit") == ("村", "unit")
    assert says(divide_by="region") == ("区域", "region")


@pytest.mark.parametrize("settings", [{"subject": "planet"}, {"divide_by": "colour"}])
def test_an_unknown_kind_or_division_is_refused(settings):
    with pytest.raises(SpecError, match="只能填"):
        says(**settings)


def test_a_region_is_a_subject_by_what_its_list_calls_it():
    found = [is_region_of(subject, kind) for subject, kind in (("village", "行政村"), ("village", "街道"), ("", "村"))]
    assert found == [True, False, False]


def test_no_two_kinds_of_subject_have_the_same_words():
    assert len({one.label for one in SUBJECTS.values()}) == len(SUBJECTS)
