"""Reading batches: who sees them, what a page of the preview shows."""

from typing import Any

from django.db.models import Count, QuerySet

from chuangwen.base.lists import Slice, keyset
from chuangwen.base.models import ImportBatch, ImportRow

PAGE = 100
Outcome = ImportRow.Outcome
TABS = (Outcome.BAD, Outcome.NEW, Outcome.UPDATE, Outcome.SAME)


def visible_to(person: Any) -> QuerySet[ImportBatch]:
    """A person's own imports: their rows are seen before anybody has allowed them into the registers."""
    return ImportBatch.objects.filter(tenant_id=person.tenant_id, created_by=person).select_related("tenant", "file")


def counts_of(batch: ImportBatch) -> dict[str, int]:
    """Rows by outcome, every outcome present, and `all`."""
    found = dict(batch.rows.order_by().values_list("outcome").annotate(Count("id")))
    counts = {str(outcome): found.get(outcome, 0) for outcome in TABS}
    return {**counts, "all": sum(counts.values())}


def page_of(batch: ImportBatch, *, tab: str, cursor: str = "") -> Slice:
    """A page of rows of one outcome (`all`: of every outcome; `kept`: those undoing left)."""
    rows = batch.rows.all()
    if tab == "kept":
        rows = rows.exclude(kept_because="")
    elif tab != "all":
        rows = rows.filter(outcome=tab)
    return keyset(rows, order=("number",), cursor=cursor, size=PAGE)
