"""Keeping sums as answers come in, keeping totals, freezing a run."""

import hashlib
import json
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from chuangwen.base.errors import Refused
from chuangwen.base.events import record
from chuangwen.base.models import Event
from chuangwen.base.receipts import once
from chuangwen.inspections.models import Answer, NotApplicable, Round, Visit
from chuangwen.organisations.models import Organisation, Person
from chuangwen.places.models import Place, PlaceType
from chuangwen.scores import freezing, live
from chuangwen.scores.inputs import answer_of, answers_of, compiled, frame_of, ids_of, sums_of, visits_of
from chuangwen.scores.models import CriterionTotal, Line, Run, SubjectTotal, Sum
from rulebook import scoring
from rulebook.scoring.columns import FIELDS

ENGINE = "rulebook-1"


def take_in_visit(event: Event) -> None:
    """Follow-up `now` of answers given, corrected or decided: the sums of that visit's place made anew.

    Runs inside the transaction of the answers; running it again changes nothing.
    """
    visit = Visit.objects.select_related("round__version").get(pk=event.data["visit"])
    round, standard = visit.round, compiled(visit.round)
    keys = {pk: key for key, pk in ids_of(round).items()}
    rows = []
    for answer in Answer.objects.filter(visit=visit):
        delta = scoring.delta(standard, answer_of(answer, keys[answer.criterion_id]))
        rows.append(_sum_row(answer, delta))
    Sum.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["round", "place", "criterion", "ordinal"],
        update_fields=list(FIELDS),
        batch_size=500,
    )
    touched = {answer.criterion_id for answer in rows}
    CriterionTotal.objects.filter(round=round, criterion_id__in=touched, stale=False).update(stale=True)
    SubjectTotal.objects.filter(round=round, kind="unit", subject_id=visit.unit_id, stale=False).update(stale=True)
    SubjectTotal.objects.filter(round=round, kind="type", subject_id=visit.place_type_id, stale=False).update(
        stale=True
    )


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


def keep_totals(event: Event) -> None:
    """Follow-up `later`: work out what is stale or missing and store it."""
    round = Round.objects.select_related("version").get(pk=event.data["round"])
    with transaction.atomic():
        _keep_criteria(round)
        for kind in ("unit", "type"):
            rows = [row for row in live.subject_rows(round, kind) if row.pk is None]
            _upsert(SubjectTotal, rows, ["round", "kind", "subject_id"])


def _keep_criteria(round: Round) -> None:
    ids = ids_of(round)
    kept = set(
        CriterionTotal.objects.select_for_update()
        .filter(round=round, stale=False)
        .values_list("criterion_id", flat=True)
    )
    wanted = [key for key, pk in ids.items() if pk not in kept]
    found = live.outcomes_of(round, frame_of(visits_of(round)), wanted)[1]
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


def freeze_run(*, actor: Person, round: Round, client_id: UUID, reason: str = "") -> Run:
    """Keep the result of a closed round for ever: lines, standard, names of today; recomputed from the answers.

    Refused while the round is open, while 缺项 wait for a decision, or when the kept sums do not equal the answers.
    """
    result = once(
        tenant=actor.tenant,
        client_id=client_id,
        action="scores.freeze",
        do=lambda: {"run": _freeze(actor, round, reason).pk},
    )
    return Run.objects.get(pk=result["run"])


def _freeze(actor: Person, round: Round, reason: str) -> Run:
    round = Round.objects.select_for_update().select_related("version").get(pk=round.pk)
    _may_freeze(round, reason)
    standard, frame = compiled(round), frame_of(visits_of(round))
    answers = answers_of(round, frame)
    sums = scoring.reduce(standard, frame, answers)
    if (sums.data != sums_of(round, frame).data).any():
        raise Refused("已存的合计与记录对不上，没有定分。请告诉系统管理员重算本轮合计。")
    result = scoring.score(standard, sums)
    last = Run.objects.filter(round=round).aggregate(last=Max("number"))["last"] or 0
    digest = hashlib.sha256(b"".join(column.tobytes() for column in answers)).hexdigest()
    run = Run.objects.create(
        tenant_id=round.tenant_id,
        round=round,
        number=last + 1,
        as_of=timezone.now(),
        engine=ENGINE,
        spec_hash=round.version.spec_hash,
        digits=standard.digits,
        got=result.total.published_got,
        possible=result.total.published_possible,
        names=_names(frame),
        inputs_hash=digest,
        frozen_by=actor,
        reason=reason,
    )
    Line.objects.bulk_create(freezing.lines_of(run, result), batch_size=500)
    record("scores.frozen", actor=actor, targets=[run, round], data={"round": round.pk, "run": run.pk})
    return run


def _may_freeze(round: Round, reason: str) -> None:
    if round.state not in (Round.State.CLOSED, Round.State.RELEASED):
        raise Refused(f"本轮现在是“{round.get_state_display()}”。先结束本轮，再定分。")
    waiting = NotApplicable.objects.filter(answer__round=round, state=NotApplicable.State.ASKED).count()
    if waiting:
        raise Refused(f"还有 {waiting} 项缺项没有裁定。先在轮次页裁定，再定分。")
    if not reason and Run.objects.filter(round=round).exists():
        raise Refused("本轮已定过分。再定一次要写明原因。", field="reason")


def _names(frame: scoring.Frame) -> dict[str, dict[str, str]]:
    """What units, places and types are called today, by key."""

    def named(model: type, field: str, keys: Iterable[object]) -> dict[str, str]:
        return {
            str(key): name
            for key, name in model.objects.filter(**{f"{field}__in": set(keys)}).values_list(field, "name")
        }

    return {
        "unit": named(Organisation, "pk", frame.units),
        "place": named(Place, "pk", (place.key for place in frame.places)),
        "type": named(PlaceType, "code", frame.types),
    }


def rebuild(event_round: Round) -> int:
    """Make the sums of a round anew from its answers (management command); returns the rows written."""
    with transaction.atomic():
        Sum.objects.filter(round=event_round).delete()
        for visit in visits_of(event_round).filter(state=Visit.State.SUBMITTED):
            take_in_visit(json_event(event_round, visit))
        return Sum.objects.filter(round=event_round).count()


def json_event(round: Round, visit: Visit) -> Event:
    """An unsaved event that names a visit."""
    return Event(data=json.loads(json.dumps({"round": round.pk, "visit": visit.pk})))
