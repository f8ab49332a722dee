"""Imports of tables, made by the functions the pages use."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from chuangwen.base.models import ImportBatch
from chuangwen.organisations.models import Person
from chuangwen.standards import actions
from chuangwen.standards.models import StandardVersion
from chuangwen.standards.tables import Mapping, keep_file, open_file, proposed
from tests.rulebook.office_tables import Picture, tables_docx, tables_xlsx
from tests.rulebook.shapes import BANDS


def kept_table(
    person: Person, version: StandardVersion, picture: Picture = BANDS[:-1], make: Callable[..., bytes] = tables_xlsx
) -> ImportBatch:
    """A batch whose columns are still to be pointed out."""
    name = "体系表.xlsx" if make is tables_xlsx else "体系表.docx"
    return keep_file(actor=person, version=version, data=make(picture), name=name, client_id=uuid4())


def offered(batch: ImportBatch) -> tuple[Any, Mapping]:
    """(the file, the mapping offered for it)."""
    version = StandardVersion.objects.select_related("standard__jurisdiction").get(pk=batch.context["version"])
    file = open_file(batch)
    return file, proposed(file, version.standard.jurisdiction)[0]


def mapped(person: Person, batch: ImportBatch) -> ImportBatch:
    """The batch read as it was offered, waiting for confirm."""
    file, mapping = offered(batch)
    actions.map_columns(actor=person, batch=batch, file=file, mapping=mapping)
    batch.refresh_from_db()
    return batch


__all__ = ["kept_table", "mapped", "offered", "tables_docx", "tables_xlsx"]
