"""Views of the ledger a person keeps 常用筛选."""

from uuid import UUID

from django.db import transaction

from chuangwen.base.errors import Refused
from chuangwen.base.events import record
from chuangwen.base.receipts import once
from chuangwen.organisations.models import Person
from chuangwen.problems.models import SavedView


def keep_view(*, actor: Person, name: str, query: str, client_id: UUID) -> SavedView:
    """Keep a filter under a name; the same name again takes the new filter."""
    name = name.strip()[:40]
    if not name:
        raise Refused("给这组筛选起个名字。", field="name")

    def do() -> dict:
        row, _ = SavedView.objects.update_or_create(
            person=actor, name=name, defaults={"query": query[:400], "tenant": actor.tenant}
        )
        record("problems.view_kept", actor=actor, targets=[row])
        return {"pk": row.pk}

    kept = once(tenant=actor.tenant, client_id=client_id, action="problems.keep_view", do=do)
    return SavedView.objects.get(pk=kept["pk"])


@transaction.atomic
def drop_view(*, actor: Person, view: SavedView) -> None:
    record("problems.view_dropped", actor=actor, targets=[view])
    view.delete()
