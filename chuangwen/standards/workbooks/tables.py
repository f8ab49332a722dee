"""The import of tables as offices hold them: rows like those of the strict format, points and rules may stay open."""

from dataclasses import replace
from functools import partial

from django.urls import reverse

from chuangwen.base.models import ImportBatch
from chuangwen.base.workbooks import Column
from chuangwen.standards.models import StandardVersion
from chuangwen.standards.queries import KIND
from chuangwen.standards.workbooks import IMPORT, apply, check
from chuangwen.standards.workbooks.columns import COLUMNS

OPEN = ("points", "kind")  # what may be filled in later, in the draft
TABLE_COLUMNS = (
    Column("at", "原表", width=20),
    *(replace(column, required=False) if column.key in OPEN else column for column in COLUMNS),
)


def onward(batch: ImportBatch) -> tuple[str, str]:
    """The draft the rows went into."""
    version = StandardVersion.objects.filter(pk=batch.context.get("version")).first()
    if version is None:
        return "看测评体系", reverse("standards:standards")
    return "看这份草稿", reverse("standards:version", args=[version.uuid])


TABLES = replace(
    IMPORT,
    kind=KIND,
    title="测评体系（现有表格）",
    columns=TABLE_COLUMNS,
    check=partial(check, columns=TABLE_COLUMNS),
    apply=partial(apply, columns=TABLE_COLUMNS),
    page_url="standards:table",
    onward=onward,
)
