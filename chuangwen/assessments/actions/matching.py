"""What a result table says, matched to what is ours: its columns, its indicators, its place types."""

from collections.abc import Mapping as Chosen

from django.db import transaction

from chuangwen.assessments import queries
from chuangwen.assessments.models import Assessment, Result
from chuangwen.assessments.tables import print_of, read_rows
from chuangwen.base.errors import Refused
from chuangwen.base.events import record
from chuangwen.base.imports import actions as imports
from chuangwen.base.models import ImportBatch
from chuangwen.organisations.models import Person
from chuangwen.places.models import PlaceType
from chuangwen.standards.models import TableHead
from chuangwen.standards.tables import File, Mapping

NOT_OURS = "这次上级测评不归本办管。"


@transaction.atomic
def map_columns(*, actor: Person, batch: ImportBatch, file: File, mapping: Mapping) -> int:
    """Read the file as a person says and keep that for the next table with this head; returns how many rows there are.

    Said again before the batch is confirmed, the rows are read anew; cells mended by hand meanwhile are lost.
    """
    assessment = queries.visible_to(actor).filter(pk=batch.context["assessment"]).first()
    if assessment is None:
        raise Refused(NOT_OURS)
    if not mapping.fits(file):
        raise Refused("表头改过了，各列要重新认。请再看一遍。")
    found = read_rows(file, mapping)
    if not found.rows:
        raise Refused("这样读，一行结果也没有。请看看表头和各列认得对不对。")
    context = {"assessment": assessment.pk, "mapping": mapping.as_json()}
    reading = {"left_out": found.left_out, "notes": found.notes}
    imports.fill(actor=actor, batch=batch, rows=found.rows, context=context, reading=reading)
    for section, part in zip(file.sections, mapping.parts, strict=True):
        if part.read and (known := print_of(section)):
            kept = {"tenant_id": assessment.tenant_id, "roles": part.roles}
            where = {"jurisdiction": assessment.jurisdiction, "fingerprint": known}
            TableHead.objects.update_or_create(**where, defaults=kept)
    record("assessments.columns_mapped", actor=actor, targets=[batch], data={"rows": len(found.rows)})
    return len(found.rows)


@transaction.atomic
def point(*, actor: Person, assessment: Assessment, chosen: Chosen[str, str]) -> int:
    """Say which line of our standard each thing of their table is: term → key ('' = none of ours).

    Holds for every row that says it. Returns how many things are matched otherwise now than before; the same again: 0.
    """
    _is_theirs(actor, assessment)
    known = queries.Tree(assessment.version_id).nodes
    if strange := [key for key in chosen.values() if key and key not in known]:
        raise Refused(f"测评体系里没有“{strange[0]}”。请从列出的里面选。")
    now = {one.term: one for one in queries.terms_of(assessment)}
    changed = {
        term: key
        for term, key in chosen.items()
        if term in now and (now[term].key != key or (not key and now[term].proposed))
    }
    for term, key in changed.items():
        how = Result.How.HAND if key else Result.How.NONE
        assessment.results.filter(term=term).update(node_key=key, how=how, proposed_key="")
    if changed:
        record("assessments.pointed", actor=actor, targets=[assessment], data={"terms": len(changed)})
    return len(changed)


@transaction.atomic
def point_types(*, actor: Person, assessment: Assessment, chosen: Chosen[str, PlaceType]) -> int:
    """Say which of our place types each of theirs is; returns how many rows that holds for."""
    _is_theirs(actor, assessment)
    rows = 0
    for text, kind in chosen.items():
        if kind.tenant_id == assessment.tenant_id:
            rows += assessment.results.filter(type_text=text, place_type__isnull=True).update(place_type=kind)
    if rows:
        record("assessments.types_pointed", actor=actor, targets=[assessment], data={"rows": rows})
    return rows


def _is_theirs(actor: Person, assessment: Assessment) -> None:
    if not queries.governs(actor, assessment):
        raise Refused(NOT_OURS)
