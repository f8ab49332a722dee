"""A table of an office on its way into a draft: its columns are pointed out, its rows read for the preview."""

from django.db import transaction

from chuangwen.base.errors import Refused
from chuangwen.base.events import record
from chuangwen.base.imports import actions as imports
from chuangwen.base.models import ImportBatch
from chuangwen.organisations.models import Jurisdiction, Person
from chuangwen.standards import queries
from chuangwen.standards.models import StandardVersion, TableHead
from chuangwen.standards.tables import File, Mapping, read_rows
from chuangwen.standards.tables.mapping import options_json

NO_DRAFT = "选的草稿已经发布或删掉了。请从要写的草稿再选一次文件。"
STALE = "页面上的列和文件对不上了，请再看一遍各列。"


@transaction.atomic
def map_columns(*, actor: Person, batch: ImportBatch, file: File, mapping: Mapping) -> int:
    """Read the file as a person says and keep that for the next table with this head; returns how many rows there are.

    Said again before the batch is confirmed, the rows are read anew; cells mended by hand meanwhile are lost.
    """
    version = queries.drafts_of(actor).filter(pk=batch.context["version"]).first()
    if version is None:
        raise Refused(NO_DRAFT)
    if not mapping.fits(file):
        raise Refused(STALE)
    found = read_rows(file, mapping, actor.tenant)
    if not found.rows:
        raise Refused("这样读，一条测评标准也没有。请看看表头和各列认得对不对。")
    reading = {"left_out": found.left_out, "checks": found.checks, "notes": found.notes}
    context = {"version": version.pk, "mapping": mapping.as_json()}
    imports.fill(actor=actor, batch=batch, rows=found.rows, context=context, reading=reading)
    _remember(version, file, mapping)
    record("standards.columns_mapped", actor=actor, targets=[batch], data={"rows": len(found.rows)})
    return len(found.rows)


def _remember(version: StandardVersion, file: File, mapping: Mapping) -> None:
    jurisdiction: Jurisdiction = version.standard.jurisdiction
    for section, part in zip(file.sections, mapping.parts, strict=True):
        if part.read and (fingerprint := section.fingerprint()):
            TableHead.objects.update_or_create(
                jurisdiction=jurisdiction,
                fingerprint=fingerprint,
                defaults={
                    "tenant_id": version.tenant_id,
                    "roles": part.roles,
                    "options": options_json(mapping.options),
                },
            )
