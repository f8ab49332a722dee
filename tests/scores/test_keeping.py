"""Sums are kept as answers come in; kept totals equal a full recomputation at any moment (C5)."""

from fractions import Fraction

import pytest

from chuangwen.inspections.models import Answer
from chuangwen.scores import keeping, live
from chuangwen.scores.inputs import answers_of, compiled, frame_of, sums_of, visits_of
from chuangwen.scores.models import CriterionTotal, SubjectTotal, Sum
from rulebook import scoring
from tests.factories.organisations import county
from tests.factories.places import make_place, make_type
from tests.factories.published import make_round, publish_spec, small_spec
from tests.factories.scoring import answer, make_visit, tell

OK, BAD, ABSENT = Answer.Mark.QUALIFIED, Answer.Mark.NOT_QUALIFIED, Answer.Mark.NOT_APPLICABLE


def from_answers(round) -> scoring.Result:
    """The whole round worked out anew from its answers."""
    standard, frame = compiled(round), frame_of(visits_of(round))
    return scoring.score(standard, scoring.reduce(standard, frame, answers_of(round, frame)))


def published(subject) -> dict[str, int | None]:
    return {key: line.published_got for key, line in subject.lines.items()}


def test_one_visit_gives_its_sums_and_an_unexamined_criterion_stays_untested(scored) -> None:
    answer(scored.first, "litter", BAD, count=3)
    tell(scored.first)
    row = Sum.objects.get()
    assert (row.examined, row.qualified, row.count) == (1, 0, 3)
    whole = live.whole_of(scored.round)
    assert whole.lines["litter"].got == Fraction(7, 2)
    assert whole.lines["queue"].state == scoring.UNTESTED
    assert whole.total.shown_got == "7.00"  # 3.50 of 5 examined points, scaled to 10: 未测 is not 0


def test_kept_totals_equal_a_full_recomputation_after_every_step(scored) -> None:
    answer(scored.first, "litter", BAD, count=3)
    answer(scored.first, "queue", OK)
    tell(scored.first, later=True)
    answer(scored.second, "litter", OK)
    answer(scored.second, "signs", BAD)
    tell(scored.second)
    assert published(live.whole_of(scored.round)) == published(from_answers(scored.round).whole)
    tell(scored.second, later=True)
    assert not CriterionTotal.objects.filter(stale=True).exists()
    assert published(live.whole_of(scored.round)) == published(from_answers(scored.round).whole)


@pytest.mark.django_db
def test_a_closed_gate_is_still_closed_in_the_kept_totals() -> None:
    world = county()
    kind = make_type(world.tenant)
    spec = small_spec(kind.code)
    rule = {"kind": "gate", "target": "service"}
    spec["nodes"][0]["criteria"].append({"key": "plan", "text": "有工作计划", "points": "0", "rule": rule})
    visit = make_visit(make_round(publish_spec(world.jurisdiction, spec)), make_place(world.bureau, kind))
    answer(visit, "plan", BAD)
    answer(visit, "queue", OK)
    tell(visit, later=True)
    line = live.whole_of(visit.round).lines["service"]
    assert (line.got, line.zeroed_by) == (0, ("plan",))


def test_a_corrected_answer_replaces_its_sum(scored) -> None:
    given = answer(scored.first, "litter", BAD, count=9)
    tell(scored.first, later=True)
    Answer.objects.filter(pk=given.pk).update(mark=OK, count=0)
    tell(scored.first)
    assert (Sum.objects.get().count, Sum.objects.get().qualified) == (0, 1)
    assert live.whole_of(scored.round).lines["litter"].got == 5


def test_not_applicable_counts_for_nothing(scored) -> None:
    answer(scored.first, "queue", ABSENT)
    tell(scored.first)
    assert live.whole_of(scored.round).lines["queue"].state == scoring.ABSENT


def test_units_are_scored_from_their_own_places(scored) -> None:
    answer(scored.first, "signs", OK)
    answer(scored.second, "signs", BAD)
    tell(scored.first)
    tell(scored.second)
    rows = {row.subject_id: row.got for row in live.subject_rows(scored.round, "unit")}
    assert rows == {scored.first.unit_id: 1000, scored.second.unit_id: 0}
    alone = live.subject_of(scored.round, "unit", scored.second.unit_id)
    assert alone.total.published_got == 0


def test_only_stale_subjects_are_worked_out_again(scored) -> None:
    answer(scored.first, "signs", OK)
    tell(scored.first, later=True)
    assert SubjectTotal.objects.filter(kind="unit", stale=False).count() == 2
    answer(scored.second, "signs", BAD)
    tell(scored.second)
    stale = SubjectTotal.objects.filter(kind="unit", stale=True)
    assert [row.subject_id for row in stale] == [scored.second.unit_id]


def test_total_after_an_answer_asks_the_same_queries_however_many_answers(scored, django_assert_num_queries) -> None:
    answer(scored.first, "signs", OK)
    tell(scored.first, later=True)
    live.whole_of(scored.round)
    with django_assert_num_queries(1):
        live.whole_of(scored.round)


def test_rebuild_makes_the_same_sums(scored) -> None:
    answer(scored.first, "litter", BAD, count=3)
    answer(scored.second, "litter", OK)
    tell(scored.first)
    tell(scored.second)
    frame = frame_of(visits_of(scored.round))
    before = sums_of(scored.round, frame).data.copy()
    assert keeping.rebuild(scored.round) == 2
    assert (sums_of(scored.round, frame).data == before).all()


@pytest.mark.parametrize("count", [1, 12])
def test_twelve_findings_cost_no_more_than_the_points(scored, count: int) -> None:
    answer(scored.first, "litter", BAD, count=count)
    tell(scored.first)
    assert live.whole_of(scored.round).lines["litter"].got == max(Fraction(5) - Fraction(count, 2), Fraction(0))
