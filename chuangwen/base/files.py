"""Files by content hash: the bytes delivered are kept untouched, synced to disk before anything refers to them.

Who may read a file is decided by the row it is attached to: each app registers, for its kind of target, a function
(person, target_id) -> bool with `rule`.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction

from chuangwen.base import images
from chuangwen.base.errors import Refused
from chuangwen.base.events import kind_of
from chuangwen.base.models import Attachment, StoredFile, Tenant

MAX_BYTES = 50 * 2**20
THUMBNAIL_EDGE = 480
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_rules: dict[str, Callable[[Any, int], bool]] = {}


def rule(model: type[models.Model], may_read: Callable[[Any, int], bool]) -> None:
    """Say who may read the attachments of a model; called in AppConfig.ready."""
    _rules[kind_of(model)] = may_read


def may_read(person: Any, attachment: Attachment) -> bool:
    if person.tenant_id != attachment.tenant_id:
        return False
    check = _rules.get(attachment.target_kind)
    return bool(check and check(person, attachment.target_id))


def path_of(stored: StoredFile) -> Path:
    return Path(settings.FILES_ROOT) / str(stored.tenant_id) / stored.sha256[:2] / stored.sha256


def store(data: bytes, *, tenant: Tenant, media_type: str) -> StoredFile:
    """Keep these bytes (once per tenant) and return their row; on disk and synced before this returns."""
    if len(data) > MAX_BYTES:
        raise Refused(f"文件有 {len(data) // 2**20} MB，最多 {MAX_BYTES // 2**20} MB。压缩后再传。")
    digest = hashlib.sha256(data).hexdigest()
    size = images.size_of(data) if media_type.startswith("image/") else (None, None)
    stored = StoredFile(
        tenant=tenant, sha256=digest, size=len(data), media_type=media_type, width=size[0], height=size[1]
    )
    _write(path_of(stored), data)
    try:
        with transaction.atomic():
            stored.save()
    except IntegrityError:
        return StoredFile.objects.get(tenant=tenant, sha256=digest)
    return stored


def _write(path: Path, data: bytes) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(file.name, path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def read(stored: StoredFile) -> bytes:
    return path_of(stored).read_bytes()


def is_picture(stored: StoredFile) -> bool:
    return stored.media_type in images.FORMATS.values()


def thumbnail_path(stored: StoredFile, *, edge: int = THUMBNAIL_EDGE) -> Path:
    """The page copy of a picture, made when first asked for and kept beside the original."""
    path = path_of(stored)
    copy = path.with_name(f"{path.name}.{edge}.jpg")
    if not copy.exists():
        _write(copy, images.page_copy(path.read_bytes(), edge=edge))
    return copy


def attach(
    data: bytes, *, target: models.Model, role: str, actor: Any, name: str = "", media_type: str = "", **fields: Any
) -> Attachment:
    """Keep a file and attach it to an object; the same bytes at the same object and role are attached once."""
    media_type = media_type or images.media_type_of(data)
    stored = store(data, tenant=actor.tenant, media_type=media_type)
    row, _ = Attachment.objects.get_or_create(
        tenant=actor.tenant,
        file=stored,
        target_kind=kind_of(target),
        target_id=target.pk,
        role=role,
        defaults={"name": name[:200], "created_by": actor, **fields},
    )
    return row


def attachments_of(targets: list[models.Model], *, role: str = "") -> dict[int, list[Attachment]]:
    """Attachments by target id for objects of one model, oldest first, in one query."""
    found: dict[int, list[Attachment]] = {target.pk: [] for target in targets}
    if not targets:
        return found
    rows = Attachment.objects.filter(target_kind=kind_of(targets[0]), target_id__in=list(found))
    if role:
        rows = rows.filter(role=role)
    for row in rows.select_related("file").order_by("id"):
        found[row.target_id].append(row)
    return found
