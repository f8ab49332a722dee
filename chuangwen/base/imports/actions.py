"""Verbs of an import: receive a file, mend or drop a row, confirm, give up, undo. Nothing is written before confirm."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from chuangwen.base import files
from chuangwen.base.errors import Refused
from chuangwen.base.events import record
from chuangwen.base.imports.queries import counts_of
from chuangwen.base.imports.recognising import sheet_for
from chuangwen.base.imports.spec import Applied, Checked, ImportSpec, Outcome, Row, Undoing, spec_of
from chuangwen.base.models import ImportBatch, ImportRow
from chuangwen.base.workbooks import tidy

State = ImportBatch.State
KEPT_DAYS = 7
FINDINGS = ("cells", "outcome", "errors", "suggestions", "changes", "object_id")
DONE_WITH = {
    State.APPLIED: "这份文件已经导入。",
    State.UNDONE: "这次导入已经撤回。要再导入，请重选文件。",
    State.DROPPED: "这次导入已经放弃。要再导入，请重选文件。",
}


def receive(
    *, actor: Any, kind: str, data: bytes, name: str, client_id: UUID, context: dict[str, Any] | None = None
) -> ImportBatch:
    """Read a file and check every row; the batch (its uuid is `client_id`) waits for confirm. Sent twice: one batch."""
    spec = _allowed(actor, kind)
    sheet = sheet_for(spec, data)
    _key_columns(spec, sheet.missing_headers)
    stored = files.store(data, tenant=actor.tenant, media_type=files.XLSX)
    batch = ImportBatch(
        uuid=client_id,
        tenant=actor.tenant,
        kind=kind,
        file=stored,
        file_name=name[:200],
        sheet=sheet.name[:100],
        header_row=sheet.header_row,
        reading={
            "position": sheet.position,
            "keys": sheet.keys,
            "filled": [key for key in sheet.keys if any(cells[key] for _, cells in sheet.rows)],
            "unknown": sheet.unknown_headers,
            "missing": sheet.missing_headers,
        },
        context=context or {},
        created_by=actor,
    )
    try:
        with transaction.atomic():
            batch.save()
            checked, _ = _check(batch, spec, [Row(number, cells) for number, cells in sheet.rows], actor, known={})
            _columns_of_new_rows(spec, sheet.missing_headers, checked)
            record("base.import_received", actor=actor, targets=[batch], data={"kind": kind})
    except IntegrityError:
        return ImportBatch.objects.get(uuid=client_id, tenant=actor.tenant, created_by=actor)
    return batch


def begin(
    *, actor: Any, kind: str, data: bytes, name: str, media_type: str, client_id: UUID, context: dict[str, Any]
) -> ImportBatch:
    """Keep a file whose columns are still to be pointed out: a batch without rows. Sent twice: one batch."""
    _allowed(actor, kind)
    stored = files.store(data, tenant=actor.tenant, media_type=media_type)
    batch = ImportBatch(
        uuid=client_id,
        tenant=actor.tenant,
        kind=kind,
        file=stored,
        file_name=name[:200],
        reading={"keys": [], "filled": []},
        context=context,
        created_by=actor,
    )
    try:
        with transaction.atomic():
            batch.save()
            record("base.import_received", actor=actor, targets=[batch], data={"kind": kind})
    except IntegrityError:
        return ImportBatch.objects.get(uuid=client_id, tenant=actor.tenant, created_by=actor)
    return batch


@transaction.atomic
def fill(*, actor: Any, batch: ImportBatch, rows: list[Row], context: dict[str, Any], reading: dict[str, Any]) -> None:
    """Put the rows of a file begun with `begin` in place of those it had, and check them.

    reading: what the kind's page says of the file, besides the columns in which something stands.
    No event: the app's action that pointed out the columns records one.
    """
    spec = _open_preview(actor, batch)
    batch.rows.all().delete()
    filled = [column.key for column in spec.columns if any(row.cells.get(column.key) for row in rows)]
    batch.context, batch.reading = context, {**reading, "keys": filled, "filled": filled}
    batch.save(update_fields=["context", "reading"])
    _check(batch, spec, rows, actor, known={})


def _allowed(actor: Any, kind: str) -> ImportSpec:
    spec = spec_of(kind)
    if not spec.permission(actor):
        raise Refused(f"导入{spec.title}由创建办来做。请把表交给创建办。")
    return spec


def _key_columns(spec: ImportSpec, missing: tuple[str, ...]) -> None:
    lost = [column.header for column in spec.columns if column.unique and column.required and column.header in missing]
    if lost:
        raise Refused(f"表里没有“{'”“'.join(lost)}”这一列，认不出每行是哪一个。请加上这一列，或下载模板对照。")


def _columns_of_new_rows(spec: ImportSpec, missing: tuple[str, ...], checked: list[Checked]) -> None:
    """Where no row can be imported because a whole column lacks, that is said once and not row by row."""
    lost = [column for column in spec.columns if column.required and column.header in missing]
    lost = [column for column in lost if all(column.key in row.errors for row in checked)]
    if lost:
        names = "”“".join(column.header for column in lost)
        raise Refused(f"表里没有“{names}”这一列，新增{spec.title}要有。请加上这一列，或下载模板对照。")


def mend(*, actor: Any, batch: ImportBatch, number: int, cells: dict[str, str]) -> None:
    """Put other text into cells of one row and check the whole file again."""
    with transaction.atomic():
        spec = _open_preview(actor, batch)
        row = _row(batch, number)
        known = {column.key for column in spec.columns}
        row.cells = {**row.cells, **{key: tidy(text)[:2000] for key, text in cells.items() if key in known}}
        row.save(update_fields=["cells"])
        _recheck(batch, spec, actor)
        record("base.import_row_mended", actor=actor, targets=[batch], data={"row": number})


def drop(*, actor: Any, batch: ImportBatch, number: int) -> None:
    """Leave one row out of the import."""
    with transaction.atomic():
        spec = _open_preview(actor, batch)
        batch.rows.filter(number=number).delete()
        _recheck(batch, spec, actor)
        record("base.import_row_dropped", actor=actor, targets=[batch], data={"row": number})


def abandon(*, actor: Any, batch: ImportBatch) -> None:
    """Give the file up; its rows are forgotten."""
    with transaction.atomic():
        if ImportBatch.objects.filter(pk=batch.pk, state=State.PREVIEW).update(state=State.DROPPED):
            batch.rows.all().delete()
            record("base.import_abandoned", actor=actor, targets=[batch])


@dataclass(frozen=True)
class Confirmed:
    """applied: the rows are in. Otherwise `message` says why the preview is shown again."""

    applied: bool
    message: str = ""


MOVED = "检查以后，有人改过原有的内容，已重新核对。请看过下面的行，再导入。"


def confirm(*, actor: Any, batch: ImportBatch) -> Confirmed:
    """Write every row, if all are good and nothing has moved since the preview; sent again it answers the same."""
    try:
        with transaction.atomic():
            return _confirm(actor, batch)
    except IntegrityError:  # somebody wrote one of the codes between our check and our insert
        with transaction.atomic():
            _recheck(batch, _open_preview(actor, batch), actor)
        return Confirmed(False, MOVED)


def _confirm(actor: Any, batch: ImportBatch) -> Confirmed:
    spec = _allowed(actor, batch.kind)
    if not ImportBatch.objects.filter(pk=batch.pk, state=State.PREVIEW).update(state=State.APPLYING):
        batch.refresh_from_db()
        if batch.state == State.APPLIED:
            return Confirmed(True)
        raise Refused(DONE_WITH[batch.state])
    checked, moved = _recheck(batch, spec, actor)
    counts = counts_of(batch)
    if moved or counts["bad"]:
        ImportBatch.objects.filter(pk=batch.pk).update(state=State.PREVIEW)
        return Confirmed(False, MOVED if moved else f"还有 {counts['bad']} 行要改，一行也没有导入。")
    todo = [row for row in checked if row.outcome in (Outcome.NEW, Outcome.UPDATE)]
    if not todo:
        raise Refused("没有要导入的行。")
    applied = spec.apply(todo, batch.context, actor)
    _keep_applied(batch, applied)
    ImportBatch.objects.filter(pk=batch.pk).update(state=State.APPLIED, applied_at=timezone.now(), counts=counts)
    touched = {row.object_id: spec.model(pk=row.object_id) for row in applied}
    data = {"batch": str(batch.uuid), "new": counts["new"], "update": counts["update"]}
    targets = [batch, *spec.beside(batch.context), *touched.values()]
    record(spec.event, actor=actor, targets=targets, data=data)
    return Confirmed(True)


def undo(*, actor: Any, batch: ImportBatch) -> dict[int, str]:
    """Take an import back as far as its rows are unused; returns row number → why it stays. Sent again: the same."""
    with transaction.atomic():
        spec = _allowed(actor, batch.kind)
        if not ImportBatch.objects.filter(pk=batch.pk, state=State.APPLIED).update(state=State.UNDONE):
            batch.refresh_from_db()
            if batch.state == State.UNDONE:
                return dict(batch.rows.exclude(kept_because="").values_list("number", "kept_because"))
            raise Refused("这份文件还没有导入，没有可撤回的。")
        rows = list(batch.rows.filter(before__isnull=False).order_by("number"))
        asked = [Undoing(row.number, row.object_id, row.outcome == Outcome.NEW, row.before) for row in rows]
        stay = spec.undo(asked, actor)
        for row in rows:
            row.undone, row.kept_because = row.number not in stay, stay.get(row.number, "")[:200]
        _save_rows(rows, ("undone", "kept_because"))
        touched = {row.object_id: spec.model(pk=row.object_id) for row in rows if row.undone}
        data = {"undone": sum(row.undone for row in rows), "kept": len(stay)}
        ImportBatch.objects.filter(pk=batch.pk).update(counts={**batch.counts, **data})
        targets = [batch, *spec.beside(batch.context), *touched.values()]
        record("base.import_undone", actor=actor, targets=targets, data=data)
        return stay


def forget_previews(now: datetime | None = None) -> int:
    """Drop the rows of previews nobody confirmed within a week (daily job); returns how many batches."""
    before = (now or timezone.now()) - timedelta(days=KEPT_DAYS)
    waiting = ImportBatch.objects.filter(state=State.PREVIEW, created_at__lt=before)
    old = list(waiting.select_related("created_by__tenant"))
    for batch in old:
        abandon(actor=batch.created_by, batch=batch)
    return len(old)


def _open_preview(actor: Any, batch: ImportBatch) -> ImportSpec:
    """The spec, with the batch locked until the transaction ends; refused when it is no longer a preview."""
    spec = _allowed(actor, batch.kind)
    if not ImportBatch.objects.filter(pk=batch.pk, state=State.PREVIEW).update(state=State.PREVIEW):
        batch.refresh_from_db()
        raise Refused(DONE_WITH[batch.state])
    return spec


def _row(batch: ImportBatch, number: int) -> ImportRow:
    row = batch.rows.filter(number=number).first()
    if row is None:
        raise Refused(f"第 {number} 行已经去掉了。")
    return row


def _recheck(batch: ImportBatch, spec: ImportSpec, actor: Any) -> tuple[list[Checked], bool]:
    """Check every kept row again, keep what changed; (what was found, whether anything differs from what was kept)."""
    known = {row.number: row for row in batch.rows.all()}
    rows = [Row(row.number, row.cells) for row in sorted(known.values(), key=lambda row: row.number)]
    return _check(batch, spec, rows, actor, known=known)


def _check(
    batch: ImportBatch, spec: ImportSpec, rows: list[Row], actor: Any, *, known: dict[int, ImportRow]
) -> tuple[list[Checked], bool]:
    checked = spec.check(rows, batch.context, actor)
    _name_duplicates(spec, rows, checked)
    cells = {row.number: row.cells for row in rows}
    differing = []
    for found in checked:
        fresh = _as_row(batch, found, cells[found.number])
        kept = known.get(found.number)
        if kept is None or any(getattr(kept, name) != getattr(fresh, name) for name in FINDINGS):
            differing.append(fresh)
    _save_rows(differing, FINDINGS)
    ImportBatch.objects.filter(pk=batch.pk).update(counts=counts_of(batch))
    return checked, bool(differing)


def _as_row(batch: ImportBatch, found: Checked, cells: dict[str, str]) -> ImportRow:
    if found.errors:
        found.outcome, found.changes = Outcome.BAD, {}
    return ImportRow(
        batch=batch,
        number=found.number,
        cells=cells,
        outcome=str(found.outcome),
        errors=found.errors,
        suggestions=found.suggestions,
        changes=found.changes,
        object_id=found.object_id,
    )


def _name_duplicates(spec: ImportSpec, rows: list[Row], checked: list[Checked]) -> None:
    """Rows of one file that say the same code: each names the other's row number."""
    by_number = {found.number: found for found in checked}
    for column in spec.columns:
        groups: dict[str, list[int]] = {}
        for row in rows if column.unique else ():
            if text := row.cells.get(column.key):
                groups.setdefault(text, []).append(row.number)
        for numbers in groups.values():
            for number in numbers if len(numbers) > 1 else ():
                others = "、".join(str(other) for other in numbers if other != number)
                why = f"与第 {others[:40]} 行{column.header}相同。同一个就去掉这行，不同就改{column.header}。"
                by_number[number].errors.setdefault(column.key, why)


def _keep_applied(batch: ImportBatch, applied: list[Applied]) -> None:
    rows = {row.number: row for row in batch.rows.filter(outcome__in=(Outcome.NEW, Outcome.UPDATE))}
    for done in applied:
        rows[done.number].object_id, rows[done.number].before = done.object_id, done.before or {}
    _save_rows(list(rows.values()), ("object_id", "before"))


def _save_rows(rows: list[ImportRow], fields: tuple[str, ...]) -> None:
    """Insert rows, or write `fields` of those that exist."""
    ImportRow.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["batch", "number"], update_fields=list(fields)
    )
