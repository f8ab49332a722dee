"""The laws of scoring: what must hold for every standard and every set of answers (C5)."""

from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rulebook.scoring import (
    Answer,
    Answers,
    Frame,
    compile_standard,
    delta,
    emit,
    empty,
    explain,
    fault,
    load,
    marginal_gain,
    place_losses,
    reason,
    reduce,
    rescore,
    score,
    shown,
    what_if,
)
from tests.rulebook.reference import opinion
from tests.rulebook.reference_kinds import clean, ordinals
from tests.rulebook.strategies import answers, places, standards

MANY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def prepare(spec, where, rows):
    """Return standard, frame, and sums of the rows."""
    standard = compile_standard(spec)
    frame = Frame.of((key, kind, unit) for key, (kind, unit) in where.items())
    return standard, frame, reduce(standard, frame, Answers.of(standard, frame, rows))


def usable(standard, where, rows):
    """Return the answers that are not rejected."""
    found = [Answer(*row) for row in rows if row[0] in where]
    return [answer for answer in found if not fault(standard, answer, where[answer.place][0])]


@MANY
@given(standards(), places, answers, st.randoms(use_true_random=False), st.integers(0, 40))
def test_any_order_and_any_batches_give_the_same_sums(spec, where, rows, random, cut):
    standard, frame, sums = prepare(spec, where, rows)
    mixed = random.sample(rows, len(rows))
    batches = [reduce(standard, frame, Answers.of(standard, frame, part)) for part in (mixed[:cut], mixed[cut:])]
    assert (batches[0].plus(batches[1]).data == sums.data).all()


@MANY
@given(standards(), places, answers)
def test_adding_answers_one_by_one_gives_the_sums_of_a_full_recomputation(spec, where, rows):
    standard, frame, sums = prepare(spec, where, rows)
    stored = [(a.place, a.criterion, a.ordinal, *delta(standard, a)) for a in usable(standard, where, rows)]
    assert (load(standard, frame, stored).data == sums.data).all()


@MANY
@given(standards(), places, answers)
def test_a_bad_row_is_returned_with_a_reason_and_the_rest_is_counted(spec, where, rows):
    sums = prepare(spec, where, rows)[2]
    kept = [row for i, row in enumerate(rows) if i not in {bad.row for bad in sums.rejected}]
    assert all(bad.reason for bad in sums.rejected)
    assert (prepare(spec, where, kept)[2].data == sums.data).all()


@MANY
@given(standards(), places, answers)
def test_a_score_lies_between_its_floor_and_its_points(spec, where, rows):
    standard, _, sums = prepare(spec, where, rows)
    result = score(standard, sums)
    for line in result.lines.values():
        assert line.got <= line.possible <= line.full
    assert result.total.got >= 0


@MANY
@given(standards(), places, answers)
def test_losses_of_places_add_up_to_the_loss_of_the_criterion(spec, where, rows):
    standard, _, sums = prepare(spec, where, rows)
    result = score(standard, sums)
    for subject in (result.whole, *result.units.values()):
        for criterion in standard.criteria:
            parts = place_losses(subject, criterion.key).values()
            assert sum(parts, Fraction(0)) == subject.lines[criterion.key].lost
            assert all(part >= 0 for part in parts)


@MANY
@given(standards(), places, answers)
def test_losses_of_records_add_up_exactly_and_as_shown(spec, where, rows):
    standard, _, sums = prepare(spec, where, rows)
    records = list(enumerate(usable(standard, where, rows)))
    subject = score(standard, sums).whole
    for criterion in standard.criteria:
        parts = explain(subject, criterion.key, records)
        line = subject.lines[criterion.key]
        assert sum((part.exact for part in parts), Fraction(0)) == line.lost
        assert sum(part.shown for part in parts) == (line.published_lost or 0)
        assert all(part.record is not None for part in parts)


@MANY
@given(standards(), places, answers)
def test_what_criteria_cost_the_total_adds_up_to_its_loss(spec, where, rows):
    standard, _, sums = prepare(spec, where, rows)
    whole = score(standard, sums).whole
    assert sum(whole.contributions.values(), Fraction(0)) == whole.total.lost


@MANY
@given(standards(), places, answers)
def test_the_lines_of_a_reason_add_up_to_the_score(spec, where, rows):
    standard, _, sums = prepare(spec, where, rows)
    whole = score(standard, sums).whole
    for criterion in standard.criteria:
        line, why = whole.lines[criterion.key], reason(whole, criterion.key)
        assert sum((part.points for part in why.lines[:-1]), Fraction(0)) == line.got
        assert bool(why.lines or why.sentences)


MORE_IS_WORSE, LESS_IS_WORSE = {"per_occurrence"}, {"capped_ratio", "shortfall", "density", "completion", "manual"}


def worse(standard, answer):
    """Return an examined answer with one finding more, where its rules know findings."""
    kinds = kinds_of(standard, answer)
    criterion = standard.criteria[standard.number[answer.criterion]]
    rule = criterion.rule_of(answer.ordinal)
    table = getattr(rule, "then", rule)
    if kinds <= MORE_IS_WORSE or (kinds <= {"rate"} and not table.higher):
        return answer._replace(mark=2, count=max(answer.count, answer.mark - 1) + 1)
    if kinds <= LESS_IS_WORSE or (
        kinds <= {"bands", "per_step", "scale", "metric"} and table.value.source != "pass_rate"
    ):
        step = 1 if not getattr(table, "higher", True) else -1
        return answer._replace(count=max(answer.count + step, 0))
    return answer._replace(mark=2) if kinds <= {"checklist", "gate", "pass_rate"} else answer


@MANY
@given(standards(), places, answers, st.integers(0, 40))
def test_one_finding_more_never_raises_a_score(spec, where, rows, at):
    standard, frame, sums = prepare(spec, where, rows)
    found = usable(standard, where, rows)
    seen = [i for i, answer in enumerate(found) if answer.mark in (1, 2)]
    if not seen:
        return
    chosen = seen[at % len(seen)]
    changed = [worse(standard, a) if i == chosen else a for i, a in enumerate(found)]
    after = score(standard, reduce(standard, frame, Answers.of(standard, frame, changed)))
    before = score(standard, sums)
    if {key: line.state for key, line in after.lines.items()} == {k: v.state for k, v in before.lines.items()}:
        assert after.total.got <= before.total.got


@MANY
@given(standards(), places, answers, st.sets(st.integers(0, 39)))
def test_what_if_is_the_score_as_if_the_findings_had_never_been_made(spec, where, rows, taken):
    standard, _, sums = prepare(spec, where, rows)
    gone, kept = [], []
    for i, answer in enumerate(usable(standard, where, rows)):
        forms = [clean(rule, tuple(answer)) for rule in rules_reading(spec, answer)]
        if i in taken and answer.mark in (1, 2) and len(forms) == 1 and forms[0] is not None:
            gone, kept = [*gone, answer], [*kept, *forms[0]]
        else:
            kept.append(answer)
    lines = what_if(standard, sums, gone).lines
    assert {k: (v.state, v.got, v.possible) for k, v in lines.items()} == opinion(spec, where, kept)


def rules_reading(spec, answer):
    """Return the rules of the spec that read an answer."""
    nodes = [*spec["nodes"], *(child for node in spec["nodes"] for child in node.get("children", []))]
    criterion = next(one for node in nodes for one in node["criteria"] if one["key"] == answer.criterion)
    return [rule for rule in criterion.get("rules") or [criterion["rule"]] if answer.ordinal in ordinals(rule)]


def kinds_of(standard, answer):
    """Return the kinds of rule that read an answer."""
    criterion = standard.criteria[standard.number[answer.criterion]]
    return {rule.name for rule in criterion.rules if answer.ordinal in rule.ordinals}


@MANY
@given(standards(), places, answers)
def test_a_marginal_gain_is_the_difference_of_two_full_scores(spec, where, rows):
    standard, _, sums = prepare(spec, where, rows)
    result = score(standard, sums)
    for record in [a for a in usable(standard, where, rows) if a.mark == 2][:3]:
        gain = marginal_gain(result, record)
        changed = what_if(standard, sums, [record])
        assert gain.total == changed.total.got - result.total.got
        assert shown(gain.shown_total, 2) == shown(
            (changed.total.published_got or 0) - (result.total.published_got or 0), 2
        )


@MANY
@given(standards(), places, answers)
def test_emitted_losses_name_every_criterion_once(spec, where, rows):
    standard, _, sums = prepare(spec, where, rows)
    whole = score(standard, sums).whole
    lost = {
        key: sum((sum(part.exact().values(), Fraction(0)) for part in parts), Fraction(0))
        for key, parts in emit(whole.passed).items()
    }
    assert lost == {c.key: whole.lines[c.key].lost for c in standard.criteria}


def test_no_answers_give_no_score_and_never_zero():
    spec = {
        "key": "s",
        "nodes": [{"key": "n", "criteria": [{"key": "c", "points": "4", "rule": {"kind": "pass_rate"}}]}],
    }
    standard = compile_standard(spec)
    total = score(standard, empty(standard, Frame.of([("p", "road", "u")]))).total
    assert (total.state, total.published_got, total.shown_got) == ("not_examined", None, "未测")


@MANY
@given(standards(), places, answers, answers)
def test_scoring_again_only_what_changed_gives_the_result_of_a_full_score(spec, where, rows, more):
    standard, frame, sums = prepare(spec, where, rows)
    later = sums.plus(reduce(standard, frame, Answers.of(standard, frame, more)))
    changed = {row[1] for row in more} & set(standard.number)
    assert rescore(score(standard, sums), later, changed).lines == score(standard, later).lines
