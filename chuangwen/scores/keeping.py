"""What follows from answers: sums kept as they come in, totals kept by a job (named in chuangwen.jobs)."""

from collections.abc import Iterator
from itertools import islice

import numpy as np
from django.db import transaction

from chuangwen.base.models import Event
from chuangwen.inspections.models import Answer, Round, Visit
from chuangwen.scores import divisions, live
from chuangwen.scores.inputs import answer_of, answers_of, compiled, frame_of, ids_of, visits_of
from chuangwen.scores.models import CriterionTotal, SubjectTotal, Sum
from rulebook import scoring
from rulebook.scoring.columns import FIELDS


def take_in_visit(event: Event) -> None:
    """Follow-up `now` of answers given, corrected or decided: the sums of that visit's place made anew.

    Runs inside the transaction of the answers; running it again changes nothing. Holds the round until the commit, as
    keep_totals does: a total worked out meanwhile would be stored as fresh without these answers.
    """
    visits = Visit.objects.select_related("round__version").defer("round__version__spec")
    _take_in(visits.select_for_update(of=("round",), no_key=True).get(pk=event.data["visit"]))


def take_in_visits(event: Event) -> None:
    """The same for several visits of one round: results entered for units, or taken back."""
    Round.objects.select_for_update(no_key=True).get(pk=event.data["round"])
    visits = Visit.objects.select_related("round__version").defer("round__version__spec")
    for visit in visits.filter(pk__in=event.data["visits"]).order_by("pk"):
        _take_in(visit)


def _take_in(visit: Visit) -> None:
    round, rows = visit.round, _changed_sums(visit)
    if not rows:
        return
    Sum.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["round", "place", "criterion", "ordinal"],
        update_fields=list(FIELDS),
        batch_size=500,
    )
    touched = {row.criterion_id for row in rows}
    CriterionTotal.objects.filter(round=round, criterion_id__in=touched, stale=False).update(stale=True)
    for kind, ids in divisions.touched_by(visit).items():
        SubjectTotal.objects.filter(round=round, kind=kind, subject_id__in=ids, stale=False).update(stale=True)


def _changed_sums(visit: Visit) -> list[Sum]:
    """The sums that are not stored as the visit's answers give them: of one corrected answer only its own."""
    standard, keys = compiled(visit.round), {pk: key for key, pk in ids_of(visit.round).items()}
    stored = Sum.objects.filter(round=visit.round, place_id=visit.place_id)
    kept = {row[:2]: row[2:] for row in stored.values_list("criterion_id", "ordinal", *FIELDS)}
    rows = []
    for answer in Answer.objects.filter(visit=visit):
        delta = scoring.delta(standard, answer_of(answer, keys[answer.criterion_id]))
        if kept.get((answer.criterion_id, answer.ordinal)) != delta:
            rows.append(_sum_row(answer, delta))
    return rows


def _sum_row(answer: Answer, delta: scoring.Delta) -> Sum:
    return Sum(
        tenant_id=answer.tenant_id,
        round_id=answer.round_id,
        place_id=answer.place_id,
        criterion_id=answer.criterion_id,
        ordinal=answer.ordinal,
        **dict(zip(FIELDS, delta, strict=True)),
    )


def forget_totals(event: Event) -> None:
    """Follow-up `now` of a draw changed (a place added, replaced): every kept total counts its places anew."""
    CriterionTotal.objects.filter(round_id=event.data["round"]).update(stale=True)
    SubjectTotal.objects.filter(round_id=event.data["round"]).update(stale=True)


def forget_regions(event: Event) -> None:
    """Follow-up `now` of a region moved or called otherwise: which regions are subjects may be another question now."""
    SubjectTotal.objects.filter(tenant_id=event.tenant_id, kind=divisions.REGION).update(stale=True)


def keep_totals(event: Event) -> None:
    """Follow-up `later`: work out what is stale or missing and store it."""
    rounds = Round.objects.select_related("version").defer("version__spec")
    with transaction.atomic():
        round = rounds.select_for_update(of=("self",), no_key=True).get(pk=event.data["round"])
        _keep_criteria(round)
        for kind in divisions.kinds_of(round):
            rows = [row for row in live.subject_rows(round, kind) if row.pk is None]
            _upsert(SubjectTotal, rows, ["round", "kind", "subject_id"])


def _keep_criteria(round: Round) -> None:
    """Store what criteria came to; of entangled ones nothing is kept, since nothing kept is used."""
    if compiled(round).entangled:
        return
    ids = ids_of(round)
    kept = set(
        CriterionTotal.objects.select_for_update()
        .filter(round=round, stale=False)
        .values_list("criterion_id", flat=True)
    )
    wanted = [key for key, pk in ids.items() if pk not in kept]
    found = live.outcomes_of(round, live.frame_for(round, wanted), wanted)[1]
    rows = []
    for key, outcome in found.items():
        rate = outcome.rates[0]
        rows.append(
            CriterionTotal(
                tenant_id=round.tenant_id,
                round=round,
                criterion_id=ids[key],
                numerator="" if rate is None else str(rate.numerator),
                denominator="" if rate is None else str(rate.denominator),
                absent=outcome.absent[0],
                examined=outcome.examined[0],
                expected=outcome.expected[0],
                tripped=list(outcome.tripped[0]),
            )
        )
    _upsert(CriterionTotal, rows, ["round", "criterion"])


def _upsert(model: type, rows: list, unique: list[str]) -> None:
    kept = {"id", "tenant", *unique}
    fields = [field.name for field in model._meta.concrete_fields if field.name not in kept]
    model.objects.bulk_create(rows, update_conflicts=True, unique_fields=unique, update_fields=fields, batch_size=500)


def rebuild(round: Round) -> int:
    """Make the sums of a round anew from its answers (command rebuild_sums); returns the rows written."""
    standard, frame, ids = compiled(round), frame_of(visits_of(round)), ids_of(round)
    with transaction.atomic():
        Sum.objects.filter(round=round).delete()
        data = scoring.reduce(standard, frame, answers_of(round, frame)).data
        rows = _sum_rows(round, [ids[standard.criteria[number].key] for number, _ in standard.slots], frame, data)
        while part := list(islice(rows, 5000)):
            Sum.objects.bulk_create(part, batch_size=500)
        forget_totals(Event(data={"round": round.pk}))
        return Sum.objects.filter(round=round).count()


def _sum_rows(round: Round, criterion_ids: list[int], frame: scoring.Frame, data: np.ndarray) -> Iterator[Sum]:
    """A row for every (slot, place) where there is something to add."""
    slots = compiled(round).slots
    for slot, place in np.argwhere(data.any(axis=0)).tolist():
        yield Sum(
            tenant_id=round.tenant_id,
            round_id=round.pk,
            place_id=frame.places[place].key,
            criterion_id=criterion_ids[slot],
            ordinal=slots[slot][1],
            **dict(zip(FIELDS, data[:, slot, place].tolist(), strict=True)),
        )
