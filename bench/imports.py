"""Import of 5,000 places from one Excel file, preview to confirm, and undo; floor: read the cells, one bulk_create.

python bench/imports.py [places]
"""

import io
import sys
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import django
import xlsxwriter
from django.core.management import call_command
from django.db import connection, transaction
from python_calamine import CalamineWorkbook

django.setup()

from chuangwen.base.imports import actions  # noqa: E402  models can be imported only now
from chuangwen.places.models import Place  # noqa: E402
from tests.factories.organisations import World, county  # noqa: E402
from tests.factories.places import make_type  # noqa: E402

HEAD = ("编码", "名称", "类型", "区域", "责任单位", "地址", "经度", "纬度")


def workbook(size: int) -> bytes:
    """A file of places as an office would send it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("点位")
        sheet.write_row(0, 0, HEAD)
        for number in range(size):
            place = (
                f"D{number:06d}",
                f"人民路{number}段",
                "主次干道",
                "示例县",
                "示例县城管局",
                "东起和平路",
                114.1,
                30.5,
            )
            sheet.write_row(number + 1, 0, place)
    return out.getvalue()


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def floor(data: bytes, world: World, kind: int) -> None:
    """Read the cells and insert the places, knowing beforehand that every one is right."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()[1:]
    with transaction.atomic():
        Place.objects.bulk_create(
            [
                Place(
                    tenant=world.tenant,
                    code=f"F{row[0]}",
                    name=row[1],
                    type_id=kind,
                    owner=world.bureau,
                    region=world.region,
                    address=row[5],
                    longitude_e6=int(row[6] * 1_000_000),
                    latitude_e6=int(row[7] * 1_000_000),
                )
                for row in rows
            ]
        )


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    migrated, _ = timed(lambda: call_command("migrate", verbosity=0))
    world = county()
    kind = make_type(world.tenant, "主次干道").pk
    data = workbook(size)
    least, _ = timed(lambda: floor(data, world, kind))
    preview, batch = timed(
        lambda: actions.receive(actor=world.office, kind="places", data=data, name="点位.xlsx", client_id=uuid4())
    )
    mended, _ = timed(lambda: actions.mend(actor=world.office, batch=batch, number=2, cells={"name": "人民路"}))
    confirmed, done = timed(lambda: actions.confirm(actor=world.office, batch=batch))
    assert done.applied, done.message
    undone, stay = timed(lambda: actions.undo(actor=world.office, batch=batch))
    assert not stay, stay
    ours = preview + confirmed
    print(f"{size} places on {connection.vendor} (empty database migrated in {migrated:.1f} s)")
    print(f"  floor   {least:6.2f} s  read the cells, one bulk_create")
    print(f"  ours    {ours:6.2f} s  preview {preview:.2f} s + confirm {confirmed:.2f} s; ratio {ours / least:.1f}")
    print(f"  one cell mended and all checked again {mended:.2f} s; undone {undone:.2f} s")


main()
