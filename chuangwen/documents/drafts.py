"""Which draft a person asked for, and where to go when it is there."""

from uuid import UUID

from django.urls import reverse

from chuangwen.documents import actions, figures
from chuangwen.documents.forms import CIRCULAR, NOTICES
from chuangwen.documents.models import Document
from chuangwen.inspections.models import Round
from chuangwen.organisations.models import Organisation, Person


def draft(
    person: Person, client_id: UUID, *, kind: str, round: Round | None, unit: Organisation | None
) -> list[Document]:
    """The drafts made: a circular, the notices of a round, or the notice of one unit."""
    if kind == CIRCULAR and round:
        return [actions.draft_circular(actor=person, round=round, client_id=client_id)]
    if kind == NOTICES and round:
        return actions.draft_notices(actor=person, round=round, client_id=client_id)
    rows = figures.to_put_right(person).filter(unit=unit)
    if round:
        rows = rows.filter(batch_uuid=round.uuid)
    return [actions.draft_notice(actor=person, problems=list(rows), client_id=client_id)]


def address_of(made: list[Document]) -> str:
    """The one draft, or the list of drafts."""
    if len(made) == 1:
        return reverse("documents:document", args=[made[0].uuid])
    return f"{reverse('documents:documents')}?state=draft&kind=notice"
