"""The workbooks an import gives out: its template, and the rows to be mended."""

import io
from typing import Any

from chuangwen.base.imports.spec import ImportSpec
from chuangwen.base.models import ImportBatch, ImportRow
from chuangwen.base.workbooks import Column, template, write

HOW = (
    "红色表头是新增时必填的列。列的先后不限，用不着的列可以删掉；多出来的列不会导入。",
    "有一行不对，就一行也不导入；不对的地方上传以后可以在页面上直接改。",
)


def template_file(spec: ImportSpec, person: Any) -> bytes:
    """The empty workbook of a kind, with what may be chosen by this person."""
    out = io.BytesIO()
    template(
        spec.columns, spec.title, spec.examples, spec.lists(person), out=out, notes=(*HOW, spec.updates, *spec.notes)
    )
    return out.getvalue()


def errors_file(batch: ImportBatch, spec: ImportSpec) -> bytes:
    """The rows to be mended, with what is wrong; mended there, it can be imported as it is."""
    known = [column for column in spec.columns if column.key in batch.reading["keys"]]
    columns = [
        Column("number", "原行号"),
        *(Column(column.key, column.header, _cell(column.key), width=column.width) for column in known),
        Column("errors", "哪里不对，怎样改", lambda row: "\n".join(row.errors.values()), width=60),
    ]
    out = io.BytesIO()
    rows = batch.rows.filter(outcome=ImportRow.Outcome.BAD).order_by("number")
    write(columns, rows.iterator(chunk_size=2000), title=spec.title, out=out, notes=(f"来自：{batch.file_name}",))
    return out.getvalue()


def _cell(key: str) -> Any:
    return lambda row: row.cells.get(key, "")
