"""The fast engine and the slow opinion agree in every exact and published number (C5)."""

from hypothesis import HealthCheck, given, settings

from rulebook.scoring import Answers, Frame, compile_standard, reduce, score
from tests.rulebook.reference import half_away, opinion
from tests.rulebook.strategies import answers, places, standards

MANY = settings(max_examples=90, deadline=None, suppress_health_check=list(HealthCheck))


def scored(spec, where, rows):
    """Score rows with the engine."""
    standard = compile_standard(spec)
    frame = Frame.of((key, kind, unit) for key, (kind, unit) in where.items())
    return score(standard, reduce(standard, frame, Answers.of(standard, frame, rows)))


def exact(subject):
    """Return the lines of a subject as (state, got, possible)."""
    return {key: (line.state, line.got, line.possible) for key, line in subject.lines.items()}


@MANY
@given(standards(), places, answers)
def test_the_whole_equals_the_reference(spec, where, rows):
    assert exact(scored(spec, where, rows).whole) == opinion(spec, where, rows)


@MANY
@given(standards(), places, answers)
def test_published_numbers_are_rounded_half_away_from_zero(spec, where, rows):
    lines = scored(spec, where, rows).lines
    known = {
        key: half_away(got, spec["digits"])
        for key, (state, got, _) in opinion(spec, where, rows).items()
        if state == "scored"
    }
    assert {key: line.published_got for key, line in lines.items() if line.state == "scored"} == known


@MANY
@given(standards(), places, answers)
def test_every_unit_and_place_type_equals_a_reference_of_its_places_alone(spec, where, rows):
    result = scored(spec, where, rows)
    for position, subjects in ((0, result.place_types), (1, result.units)):
        for key, subject in subjects.items():
            own = {place: pair for place, pair in where.items() if pair[position] == key}
            assert exact(subject) == opinion(spec, own, rows)
