"""Answers of a round written straight as rows, for tests and benches of scores; events as the apps above send them."""

from django.utils import timezone

from chuangwen.base.models import Event
from chuangwen.inspections.models import Answer, Round, Visit
from chuangwen.scores import keeping
from chuangwen.standards.models import Criterion


def make_visit(round: Round, place) -> Visit:
    return Visit.objects.create(
        tenant=round.tenant,
        round=round,
        place=place,
        place_type=place.type,
        unit=place.owner,
        region=place.region,
        state=Visit.State.SUBMITTED,
        submitted_at=timezone.now(),
    )


def answer(visit: Visit, key: str, mark: int, *, ordinal: int = 0, count: int = 0, base: int = 0) -> Answer:
    """One answer as submitting writes it; `tell` afterwards."""
    return Answer.objects.create(
        tenant=visit.tenant,
        round=visit.round,
        visit=visit,
        place=visit.place,
        criterion=Criterion.objects.get(version=visit.round.version, key=key),
        ordinal=ordinal,
        mark=mark,
        count=count,
        base=base,
        at=timezone.now(),
    )


def tell(visit: Visit, *, later: bool = False) -> None:
    """What chuangwen.jobs does when a visit's answers were given or changed."""
    event = Event(data={"round": visit.round_id, "visit": visit.pk})
    keeping.take_in_visit(event)
    if later:
        keeping.keep_totals(event)
