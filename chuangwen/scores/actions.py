"""Freezing a run, so that its result is kept for ever; asking for a forecast."""

import hashlib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from chuangwen.base.errors import Refused
from chuangwen.base.events import record
from chuangwen.base.receipts import once
from chuangwen.inspections.models import Round
from chuangwen.inspections.queries import governs
from chuangwen.organisations.models import Organisation, Person, Region
from chuangwen.places.models import Place, PlaceType
from chuangwen.scores import divisions, forecasting, freezing
from chuangwen.scores.inputs import answers_of, compiled, frame_of, sums_of, visits_of
from chuangwen.scores.models import Forecast, Line, Run
from rulebook import scoring
from rulebook.forecast import TooLong

ENGINE = "rulebook-1"


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
    freezing.may_freeze(actor, round, reason)
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
        names=_names(round, frame),
        inputs_hash=digest,
        frozen_by=actor,
        reason=reason,
    )
    Line.objects.bulk_create(freezing.lines_of(run, result), batch_size=500)
    record("scores.frozen", actor=actor, targets=[run, round], data={"round": round.pk, "run": run.pk})
    return run


def _names(round: Round, frame: scoring.Frame) -> dict[str, dict[str, str]]:
    """What units, places, types and regions are called today, by key."""

    def named(model: type, field: str, keys: Iterable[object]) -> dict[str, str]:
        return {
            str(key): name
            for key, name in model.objects.filter(**{f"{field}__in": set(keys)}).values_list(field, "name")
        }

    return {
        "unit": named(Organisation, "pk", frame.units),
        "place": named(Place, "pk", (place.key for place in frame.places)),
        "type": named(PlaceType, "code", frame.types),
        "region": named(Region, "pk", divisions.by_place(round, divisions.REGION).values()),
    }


def ask_forecast(
    *, actor: Person, round: Round, plan: Mapping[str, tuple[int, int]], line: Decimal | None, client_id: UUID
) -> Forecast:
    """Forecast the formal assessment: at once where that takes a moment, else by a job. Sent twice: one forecast.

    plan: by type code, how many there are and how many are drawn. line: a score to be reached.
    """
    if not governs(actor, round):
        raise Refused("这一轮不归本办管，由办这一轮的创建办预估。")
    asked = {"round": round, "plan": dict(plan), "line": "" if line is None else str(line), "seed": str(client_id)}
    wanted = None if line is None else Fraction(line)
    given: dict[str, object] = {}
    try:
        outcome = forecasting.outcome_of(round, plan, wanted, asked["seed"], patience=forecasting.PATIENCE)
        given = {"outcome": outcome, "state": Forecast.State.DONE, "share": 1, "as_of": timezone.now()}
    except TooLong:
        pass  # the row waits for the job
    except ValueError as error:
        raise Refused(f"{error}。") from error
    try:
        with transaction.atomic():
            row = Forecast.objects.create(uuid=client_id, tenant=actor.tenant, asked_by=actor, **asked, **given)
            name = "scores.forecast_made" if given else "scores.forecast_asked"
            record(name, actor=actor, targets=[row, round], data={"forecast": row.pk})
    except IntegrityError:
        return Forecast.objects.get(uuid=client_id, tenant=actor.tenant, asked_by=actor)
    return row
