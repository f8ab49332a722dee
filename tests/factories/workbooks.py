"""Workbooks as people make them."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import openpyxl

from chuangwen.base.imports import actions
from chuangwen.base.models import ImportBatch


def workbook(*rows: Sequence[Any], sheet: str = "表1") -> bytes:
    """An .xlsx with these rows, the head row among them."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(list(row))
    for cell in (cell for line in page.iter_rows() for cell in line if cell.data_type == "f"):
        cell.data_type = "s"  # text that begins with =, as a person's quote prefix keeps it
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def naive(*parts: int) -> datetime:
    """A date and time as a workbook holds it: without a zone."""
    return datetime(*parts)  # noqa: DTZ001


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def receive(person: Any, kind: str, *rows: Sequence[Any], client_id: UUID | None = None, **given: Any) -> ImportBatch:
    """A batch of one file, waiting for confirm."""
    return actions.receive(
        actor=person, kind=kind, data=workbook(*rows), name="名册.xlsx", client_id=client_id or uuid4(), **given
    )
