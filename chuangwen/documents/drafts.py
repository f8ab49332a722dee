"""Which draft a person asked for, and where to go when it is there."""

from collections.abc import Iterable
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse

from chuangwen.documents import actions, figures
from chuangwen.documents.forms import CIRCULAR, NOTICES
from chuangwen.inspections.models import Round
from chuangwen.organisations.models import Organisation, Person
from chuangwen.organisations.queries import governed_units
from chuangwen.places.queries import key_of
from chuangwen.problems.models import Problem


def draft(person: Person, client_id: UUID, *, kind: str, round: Round | None, unit: Organisation | None) -> str:
    """Draft a circular or the notices of a round and give their address; for one unit, the page to tick problems on."""
    if kind == CIRCULAR and round:
        paper = actions.draft_circular(actor=person, round=round, client_id=client_id)
        return reverse("documents:document", args=[paper.uuid])
    if kind == NOTICES and round:
        made = actions.draft_notices(actor=person, round=round, client_id=client_id)
        several = f"{reverse('documents:documents')}?state=draft&kind=notice"
        return several if len(made) > 1 else reverse("documents:document", args=[made[0].uuid])
    asked = {"unit": unit.pk if unit else "", **({"round": round.uuid} if round else {})}
    return f"{reverse('documents:notice-new')}?{urlencode(asked)}"


def problems_of(person: Person, query: QueryDict) -> tuple[Organisation, QuerySet[Problem]]:
    """The unit asked for and what it has to put right, in one round or in all."""
    unit = get_object_or_404(governed_units(person), pk=key_of(query.get("unit")))
    rows = figures.to_put_right(person).filter(unit=unit)
    rounds = picked([query.get("round", "")])
    return unit, rows.filter(batch_uuid__in=rounds) if rounds else rows


def picked(texts: Iterable[str]) -> list[UUID]:
    """The uuids among these texts."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
