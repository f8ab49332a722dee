"""A problem without a round: typed in by the office."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from chuangwen.organisations.models import Jurisdiction, Organisation, Person
from chuangwen.places.models import Place
from chuangwen.problems.actions.opening import Finding, open_problems
from chuangwen.problems.models import Problem
from chuangwen.problems.photos import Photo, stored


def type_in(
    *,
    actor: Person,
    jurisdiction: Jurisdiction,
    client_id: UUID,
    what: str,
    found_on: date,
    detail: str = "",
    place: Place | None = None,
    place_text: str = "",
    unit: Organisation | None = None,
    label: str = "",
    photos: Sequence[Photo] = (),
    hand_out: bool = False,
) -> Problem:
    """Open one problem; who answers for it is the place's owner unless said otherwise. Sent again: the same problem."""
    where = place.name if place else place_text.strip()
    finding = Finding(
        jurisdiction=jurisdiction,
        source_kind="typed",
        source_uuid=client_id,
        title=f"{where}：{what.strip()}" if where else what.strip(),
        found_on=found_on,
        detail=detail.strip(),
        batch_label=label.strip(),
        place=place,
        place_text=where,
        unit=unit or (place.owner if place else None),
        photos=[stored(photo, actor) for photo in photos],
        hand_out=hand_out,
    )
    return open_problems(actor=actor, findings=[finding])[0]
