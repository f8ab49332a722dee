"""Exports 导出: a list asked for as Excel is made by a job, streamed, with the number of rows it holds.

An app declares an ExportSpec per kind and registers it in AppConfig.ready. Rows come through the app's own visible_to,
asked again when the job runs: rights lost meanwhile are lost in the file too.
"""

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.utils import timezone

from chuangwen.base import files
from chuangwen.base.events import record
from chuangwen.base.models import Event, ExportJob, StoredFile
from chuangwen.base.workbooks import Column, write

BLOCK = 2000
WILL_TRY_AGAIN = "做的时候出了错，过一会儿会自己再做。"
State = ExportJob.State


def _everything(person: Any, query: QueryDict) -> str:
    return ""


@dataclass(frozen=True)
class ExportSpec:
    """One kind of export.

    rows(person, query): a queryset (read with iterator(), so prefetches are allowed) or any iterable, filtered by the
    list page's own query string and limited to what the person may see. words(person, query): the filter in words;
    what the person may not see is not named. columns: fixed, or asked for like the rows where they depend on them.
    """

    kind: str
    title: str
    columns: tuple[Column, ...] | Callable[[Any, QueryDict], tuple[Column, ...]]
    rows: Callable[[Any, QueryDict], Iterable[Any]]
    permission: Callable[[Any], bool]
    words: Callable[[Any, QueryDict], str] = _everything


_specs: dict[str, ExportSpec] = {}


def register(spec: ExportSpec) -> None:
    """Called in AppConfig.ready."""
    _specs[spec.kind] = spec


def spec_of(kind: str) -> ExportSpec:
    """The export of this kind; 404 when there is none."""
    if kind not in _specs:
        raise Http404(kind)
    return _specs[kind]


def visible_to(person: Any) -> QuerySet[ExportJob]:
    """A person's own exports."""
    return ExportJob.objects.filter(tenant_id=person.tenant_id, created_by=person).select_related("file")


def ask(*, actor: Any, kind: str, query: QueryDict, client_id: UUID) -> ExportJob:
    """Put an export in the queue; its uuid is `client_id`. Sent twice: one job."""
    spec = spec_of(kind)
    kept = {key: query.getlist(key) for key in query if key not in ("cursor", "csrfmiddlewaretoken", "client_id")}
    try:
        with transaction.atomic():
            job = ExportJob.objects.create(
                uuid=client_id, tenant=actor.tenant, kind=kind, title=spec.title, query=kept, created_by=actor
            )
            record("base.export_asked", actor=actor, targets=[job], data={"kind": kind, "job": job.pk})
    except IntegrityError:
        return ExportJob.objects.get(uuid=client_id, tenant=actor.tenant, created_by=actor)
    return job


def make_export(event: Event) -> None:
    """Make the file of an export that was asked for. Holds no transaction while it reads; made again, the same row."""
    job = ExportJob.objects.select_related("created_by", "tenant").get(pk=event.data["job"])
    if job.state == State.DONE:
        return
    try:
        job.file, job.rows = _make(job)
    except Exception:  # shown on the page; the follow-up keeps the error itself and tries again
        ExportJob.objects.filter(pk=job.pk).update(state=State.FAILED, error=WILL_TRY_AGAIN)
        raise
    job.state, job.error = State.DONE, ""
    job.save(update_fields=["file", "rows", "state", "error"])


def _make(job: ExportJob) -> tuple[StoredFile, int]:
    spec, query = spec_of(job.kind), _query(job.query)
    with tempfile.TemporaryDirectory(prefix="export-") as folder:
        path, rows = Path(folder) / "export.xlsx", _rows(spec, job.created_by, query)
        columns = spec.columns(job.created_by, query) if callable(spec.columns) else spec.columns
        count = write(columns, rows, title=job.title, out=str(path), notes=_notes(spec, job, query))
        return files.store(path.read_bytes(), tenant=job.tenant, media_type=files.XLSX), count


make_export.own_transaction = True  # type: ignore[attr-defined]  minutes of reading must not hold the write lock


def _rows(spec: ExportSpec, person: Any, query: QueryDict) -> Iterable[Any]:
    if not spec.permission(person) or not person.is_active:
        return ()
    rows = spec.rows(person, query)
    return rows.iterator(chunk_size=BLOCK) if isinstance(rows, QuerySet) else rows


def _query(kept: dict[str, list[str]]) -> QueryDict:
    query = QueryDict(mutable=True)
    for key, values in kept.items():
        query.setlist(key, values)
    return query


def _notes(spec: ExportSpec, job: ExportJob, query: QueryDict) -> list[str]:
    moment = timezone.localtime(timezone.now())
    words = spec.words(job.created_by, query)
    return [f"范围：{words or '全部'}", f"{job.created_by.name} 于 {moment:%Y-%m-%d %H:%M} 导出，只含本人能看到的行。"]
