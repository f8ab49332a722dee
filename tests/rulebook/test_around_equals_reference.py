"""Roles, assessors, precedence, districts and vetoes: the fast engine and the slow opinion agree (C5)."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rulebook.scoring import Answers, Frame, compile_standard, reduce, score
from tests.rulebook.reference_around import opinion_around
from tests.rulebook.strategies_around import answers, around, bases, places, proofs

MANY = settings(max_examples=90, deadline=None, suppress_health_check=list(HealthCheck))


def scored(spec, where, rows):
    """Score rows with the engine."""
    standard = compile_standard(spec)
    frame = Frame.of((key, *place) for key, place in where.items())
    return score(standard, reduce(standard, frame, Answers.of(standard, frame, rows)))


def exact(subject):
    """Return the lines of a subject as (state, got, possible, bonus), and the vetoes on it."""
    lines = {key: (line.state, line.got, line.possible, line.bonus) for key, line in subject.lines.items()}
    return lines, [veto.key for veto in subject.vetoes]


@MANY
@given(st.one_of(around(), around(), bases(), proofs()), places(), answers())
def test_the_whole_equals_the_reference(spec, where, rows):
    assert exact(scored(spec, where, rows).whole) == opinion_around(spec, where, rows)


@MANY
@given(st.one_of(around(), bases(), proofs()), places(), answers(), st.integers(0, 2))
def test_any_division_into_subjects_equals_a_reference_of_their_places_alone(spec, where, rows, by):
    result = scored(spec, where, rows)
    keys = {key: place[by] for key, place in where.items()}
    for key, subject in result.divided(keys).items():
        own = {place: found for place, found in where.items() if keys[place] == key}
        assert exact(subject) == opinion_around(spec, own, rows)
