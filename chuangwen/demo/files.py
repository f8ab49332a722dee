"""The demo's Excel files: written from the tables and samples by `manage.py write_demo_files`, read by every demo."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from chuangwen.base.imports import spec_of
from chuangwen.base.workbooks import Column, write
from chuangwen.demo import assessed, bureau, county, feedback
from chuangwen.demo.tables import Table
from chuangwen.standards.exchange import sample
from chuangwen.standards.workbooks import workbook

STANDARDS = {"城市文明测评体系.xlsx": "city", "窗口服务标准.xlsx": "window"}  # file → sample
FOLDER = Path(__file__).resolve().parent.parent / "demo_files"


def write_files(folder: Path = FOLDER) -> list[Path]:
    """Write every table, the result table of the level above, and every sample of a standard, as they are imported."""
    folder.mkdir(exist_ok=True)
    written = []
    for table in (*bureau.tables(), *county.tables(), feedback.table()):
        spec, path = spec_of(table.kind), folder / table.file_name
        with path.open("wb") as out:
            write(_columns(spec.columns, table), table.rows, title=spec.title, out=out)
        written.append(path)
    written.append(folder / assessed.FILE)
    written[-1].write_bytes(assessed.workbook({str(row[0]): str(row[1]) for row in county.places().rows}))
    for name, key in STANDARDS.items():
        written.append(folder / name)
        written[-1].write_bytes(workbook(sample(key)))
    return written


def _columns(columns: Sequence[Column], table: Table) -> list[Column]:
    """The import's own columns, as many as the table has, reading a row by position."""
    return [
        replace(column, get=lambda row, place=place: row[place])
        for place, column in enumerate(columns[: len(table.rows[0])])
    ]
