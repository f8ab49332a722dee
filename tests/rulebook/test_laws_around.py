"""The laws hold with bonuses, deductions, vetoes, assessors, precedence and districts too (C5)."""

from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rulebook.scoring import (
    Answer,
    Answers,
    Frame,
    compile_standard,
    delta,
    explain,
    fault,
    gains,
    load,
    place_losses,
    reason,
    reduce,
    rescore,
    score,
    what_if,
)
from tests.rulebook.reference_around import opinion_around
from tests.rulebook.strategies_around import answers, around, bases, dice, places, proofs

MANY = settings(max_examples=48, deadline=None, suppress_health_check=list(HealthCheck))
standards = st.one_of(around(), around(), bases(), proofs())


def prepare(spec, where, rows):
    """Return standard, frame, and sums of the rows."""
    standard = compile_standard(spec)
    frame = Frame.of((key, *place) for key, place in where.items())
    return standard, frame, reduce(standard, frame, Answers.of(standard, frame, rows))


def usable(standard, where, rows):
    """Return the answers that are not rejected."""
    found = [Answer(*row) for row in rows if row[0] in where]
    return [answer for answer in found if not fault(standard, answer, where[answer.place][0])]


@MANY
@given(standards, places(), answers(), dice)
def test_any_order_any_batches_and_one_by_one_give_the_same_sums(spec, where, rows, dice):
    standard, frame, sums = prepare(spec, where, rows)
    mixed, cut = dice.sample(rows, len(rows)), dice.randrange(len(rows) + 1)
    batches = [reduce(standard, frame, Answers.of(standard, frame, part)) for part in (mixed[:cut], mixed[cut:])]
    assert (batches[0].plus(batches[1]).data == sums.data).all()
    stored = [(a.place, a.criterion, a.ordinal, *delta(standard, a)) for a in usable(standard, where, rows)]
    assert (load(standard, frame, stored).data == sums.data).all()


@MANY
@given(standards, places(), answers(), answers())
def test_scoring_again_only_what_changed_gives_the_result_of_a_full_score(spec, where, rows, more):
    standard, frame, sums = prepare(spec, where, rows)
    later = sums.plus(reduce(standard, frame, Answers.of(standard, frame, more)))
    changed = {row[1] for row in more} & set(standard.number)
    again, full = rescore(score(standard, sums), later, changed), score(standard, later)
    assert again.lines == full.lines
    assert again.whole.vetoes == full.whole.vetoes


@MANY
@given(standards, places(), answers())
def test_a_score_lies_between_its_floor_and_its_points_with_the_bonus_cap(spec, where, rows):
    standard, _, sums = prepare(spec, where, rows)
    result = score(standard, sums)
    for subject in (result.whole, *result.units.values()):
        total = subject.total
        assert total.got <= total.possible + total.bonus
        assert total.state != "scored" or total.got >= min(standard.floor, total.possible)
        assert standard.bonus_cap is None or total.bonus <= standard.bonus_cap
        for criterion in standard.criteria:
            got, frames = subject.lines[criterion.key].got, [rule.frame for rule in criterion.rules]
            least = criterion.points * min(0, *(frame.floor for frame in frames))
            lowest = -criterion.points if criterion.role else least
            assert not frames[0].capped or lowest <= got <= criterion.points


@MANY
@given(standards, places(), answers())
def test_on_every_line_possible_less_lost_plus_bonus_is_got_exactly_and_as_shown(spec, where, rows):
    standard, _, sums = prepare(spec, where, rows)
    for line in score(standard, sums).lines.values():
        assert line.possible - line.lost + line.bonus == line.got
        if line.published_got is not None:
            assert line.published_possible - line.published_lost + line.published_bonus == line.published_got
        assert line.lost >= 0 or line.got <= standard.floor


@MANY
@given(standards, places(), answers())
def test_what_criteria_cost_and_gave_adds_up_to_loss_and_bonus_of_the_total(spec, where, rows):
    standard, _, sums = prepare(spec, where, rows)
    result = score(standard, sums)
    for subject in (result.whole, *result.units.values()):
        scored = subject.total.state == "scored"
        assert sum(subject.contributions.values(), Fraction(0)) == (subject.total.lost if scored else 0)
        assert sum(subject.bonuses.values(), Fraction(0)) == subject.total.bonus
        assert all(value >= 0 for value in subject.bonuses.values())


@MANY
@given(standards, places(), answers())
def test_what_places_and_records_lost_or_gave_adds_up_to_the_line(spec, where, rows):
    standard, _, sums = prepare(spec, where, rows)
    records = list(enumerate(usable(standard, where, rows)))
    result = score(standard, sums)
    for subject in (result.whole, *result.units.values()):
        for criterion in standard.criteria:
            line = subject.lines[criterion.key]
            cost = -line.got if criterion.role else line.lost
            assert sum(place_losses(subject, criterion.key).values(), Fraction(0)) == cost
    for criterion in standard.criteria:
        parts, line = explain(result.whole, criterion.key, records), result.lines[criterion.key]
        assert sum((part.exact for part in parts), Fraction(0)) == (-line.got if criterion.role else line.lost)
        shown = line.published_got or 0
        assert sum(part.shown for part in parts) == (-shown if criterion.role else line.published_lost or 0)


@MANY
@given(standards, places(), answers())
def test_the_lines_of_a_reason_add_up_to_the_score(spec, where, rows):
    standard, _, sums = prepare(spec, where, rows)
    whole = score(standard, sums).whole
    for criterion in standard.criteria:
        line, why = whole.lines[criterion.key], reason(whole, criterion.key)
        assert sum((part.points for part in why.lines[:-1]), Fraction(0)) == line.got
        assert bool(why.lines or why.sentences)


FINDINGS = frozenset({"per_occurrence", "negative_list", "pass_rate", "checklist", "gate"})


def worse(answer):
    """Return an examined answer with one finding more."""
    return answer._replace(mark=2, count=max(answer.count, answer.mark - 1) + 1)


@MANY
@given(standards, places(), answers(), dice)
def test_one_finding_more_never_raises_a_score(spec, where, rows, dice):
    standard, frame, sums = prepare(spec, where, rows)
    found = usable(standard, where, rows)
    kinds = [{r.name for r in standard.criteria[standard.number[a.criterion]].readers(a.ordinal)} for a in found]
    seen = [i for i, a in enumerate(found) if a.mark in (1, 2) and kinds[i] <= FINDINGS and a.base == 0]
    if not seen:
        return
    chosen = dice.choice(seen)
    changed = [worse(a) if i == chosen else a for i, a in enumerate(found)]
    after = score(standard, reduce(standard, frame, Answers.of(standard, frame, changed)))
    before = score(standard, sums)
    if {key: line.state for key, line in after.lines.items()} == {k: v.state for k, v in before.lines.items()}:
        assert after.total.got <= before.total.got


@MANY
@given(standards, places(), answers(), dice)
def test_what_if_is_the_score_as_if_the_findings_had_never_been_made(spec, where, rows, dice):
    standard, _, sums = prepare(spec, where, rows)
    found = usable(standard, where, rows)
    own = [{rule.name for rule in standard.criteria[standard.number[a.criterion]].readers(a.ordinal)} for a in found]
    gone = {i for i, a in enumerate(found) if a.mark in (1, 2) and own[i] & EVENTS and dice.coin()}
    clean = [a._replace(mark=1, count=0) if i in gone else a for i, a in enumerate(found)]
    whole = what_if(standard, sums, [found[i] for i in gone]).whole
    lines = {key: (line.state, line.got, line.possible, line.bonus) for key, line in whole.lines.items()}
    assert (lines, [veto.key for veto in whole.vetoes]) == opinion_around(spec, where, clean)


@MANY
@given(standards, places(), answers(), dice)
def test_a_gain_is_the_difference_of_two_full_scores(spec, where, rows, dice):
    standard, _, sums = prepare(spec, where, rows)
    group = [answer for answer in usable(standard, where, rows) if dice.coin()]
    before = score(standard, sums).whole
    (gain,) = gains(before, [group])
    assert gain.total == what_if(standard, sums, group).total.got - before.total.got


EVENTS = frozenset({"per_occurrence", "negative_list", "bonus", "veto", "clean_places"})
