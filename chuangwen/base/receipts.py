"""Sent twice, done once: the first sending does the work, every later one gets the same answer."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from chuangwen.base.models import Receipt, Tenant


def once(*, tenant: Tenant, client_id: UUID, action: str, do: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Run `do` unless this client id was already served for this action; return its (JSON) result either way.

    The unique constraint decides, never a look beforehand: a second sending waits for the first one's commit.
    """
    try:
        with transaction.atomic():
            receipt = Receipt.objects.create(tenant=tenant, client_id=client_id, action=action)
            receipt.result = do()
            receipt.save(update_fields=["result"])
            return receipt.result
    except IntegrityError:
        served = Receipt.objects.filter(tenant=tenant, client_id=client_id, action=action).first()
        if served is None:  # another constraint failed inside `do`
            raise
        return served.result
