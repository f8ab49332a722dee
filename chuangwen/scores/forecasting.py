"""The forecast of a formal assessment 正式测评预估: what may be drawn, working it out, keeping what came of it.

Everything comes from rulebook.forecast; what is kept is its numbers as they were that day, so that a forecast can be
looked at again whatever happens to the records. How it is done: docs/decisions/0042-forecast.md.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Count
from django.utils import timezone

from chuangwen.base.models import Event
from chuangwen.inspections.models import Round, Visit
from chuangwen.inspections.queries import sizes_of_frame
from chuangwen.scores.inputs import compiled, frame_of, sums_of, visits_of
from chuangwen.scores.models import Forecast
from rulebook import forecast, sampling, scoring
from rulebook.scoring.subjects import ITSELF

PATIENCE = 2.0  # seconds somebody waits for the page; what takes longer is a job
WILL_TRY_AGAIN = "算的时候出了错，过一会儿会自己再算。"
Told = Callable[[float], None]


@dataclass(frozen=True)
class TypeRow:
    """A type of place: how many there are, how many we have seen, how many the assessors are taken to draw."""

    code: str
    name: str
    population: int
    seen: int
    drawn: int


def type_rows(round: Round, drawn_in_all: int = 0) -> list[TypeRow]:
    """The types of the standard with places: as many drawn as we looked at, or so many in all by the types' sizes."""
    visits = visits_of(round).filter(state=Visit.State.SUBMITTED)
    seen = dict(visits.values_list("place_type__code").annotate(Count("pk")).order_by())
    frame = [(kind, max(size, seen.get(kind.code, 0))) for kind, size in sizes_of_frame(round)]
    given = sampling.allocate({kind.code: size for kind, size in frame}, drawn_in_all) if drawn_in_all else {}
    return [
        TypeRow(kind.code, kind.name, size, own, given.get(kind.code, own))
        for kind, size in frame
        for own in (seen.get(kind.code, 0),)
    ]


def outcome_of(
    round: Round,
    plan: Mapping[str, tuple[int, int]],
    line: Fraction | None,
    seed: str,
    *,
    patience: float = float("inf"),
    told: Told = lambda share: None,
) -> dict[str, Any]:
    """Work a forecast out from the records as they stand. plan: by type code, how many there are and are drawn.

    ValueError in the person's words where there is nothing to reckon with; forecast.TooLong as rulebook.forecast.
    """
    standard, frame = compiled(round), frame_of(visits_of(round))
    sums = sums_of(round, frame)
    strata = {code: forecast.Stratum(*numbers) for code, numbers in plan.items()}
    if units := sum(place.place_type == ITSELF for place in frame.places):
        strata[ITSELF] = forecast.Stratum(units, units)  # what was entered for them stands, whatever is drawn
    lines = [] if line is None else [line]
    found = forecast.forecast(standard, sums, strata, seed=seed, lines=lines, patience=patience, told=told)
    return {**_numbers(found), "left_out": _left_out(standard, sums, strata)}


def _numbers(found: forecast.Forecast) -> dict[str, Any]:
    """A forecast as what a database keeps."""
    return {
        "draws": found.draws,
        "possible": None if found.possible is None else str(found.possible),
        "mean": found.mean,
        "deviation": found.deviation,
        "is_exact": found.exact is not None,
        "quantiles": {str(each): value for each, value in found.quantiles.items()},
        "reach": [[str(one.line), one.chance] for one in found.reach],
        "bars": [[str(bar.low), str(bar.high), bar.draws] for bar in found.bars],
        "unscored": found.unscored,
        "kinds": [
            [one.key, one.seen, one.population, one.drawn, one.variance, one.loss, one.gain] for one in found.kinds
        ],
        "criteria": [[one.key, one.rate, one.loss, one.variance] for one in found.criteria],
        "across": [found.across.variance, found.across.loss],
        "hows": [[one.key, one.said] for one in found.hows if not one.exact],
        "assumed": [[one.code, one.kind, one.seen, one.population] for one in found.assumptions],
    }


def _left_out(
    standard: scoring.Standard, sums: scoring.Sums, strata: Mapping[str, forecast.Stratum]
) -> list[tuple[str, str]]:
    """The criteria no draw can say anything of, each with the reason."""
    drawn = {code for code in sums.frame.types if code not in strata or strata[code].drawn}
    counted = [place.place_type in drawn for place in sums.frame.places]
    examined = (sums.data[[0, 2]] > 0).any(axis=0)
    found = []
    for number, criterion in enumerate(standard.criteria):
        slots = [standard.slot_of[number, ordinal] for ordinal in criterion.ordinals]
        places = examined[slots].any(axis=0)
        if places.any() and not places[counted].any():
            found.append((criterion.key, "只在不抽的类型里测过"))
        elif not places.any() and criterion.role != "veto":
            found.append((criterion.key, "本轮没有测过"))
    return found


def make_forecast(event: Event) -> None:
    """Follow-up `later`: work out a forecast that takes long, telling how far it is; done again, the same row."""
    row = Forecast.objects.select_related("round__version").get(pk=event.data["forecast"])
    if row.state == Forecast.State.DONE:
        return

    def told(share: float) -> None:
        Forecast.objects.filter(pk=row.pk).update(share=share)

    row.as_of = timezone.now()
    try:
        row.outcome = outcome_of(row.round, row.plan, row.wanted, row.seed, told=told)
        row.state, row.error = Forecast.State.DONE, ""
    except ValueError as error:
        row.state, row.error = Forecast.State.FAILED, str(error)
    except Exception:  # shown on the page; the follow-up keeps the error itself and tries again
        Forecast.objects.filter(pk=row.pk).update(state=Forecast.State.FAILED, error=WILL_TRY_AGAIN)
        raise
    row.save(update_fields=["outcome", "state", "error", "as_of"])


make_forecast.own_transaction = True  # type: ignore[attr-defined]  minutes of reckoning must not hold the write lock
