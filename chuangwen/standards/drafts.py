"""Drafts: the lock every change takes first, and rows as steps and forms remember them.

A row's image is the data of its columns and the keys of its place types.
"""

from collections.abc import Iterable
from typing import Any

from chuangwen.base.errors import Refused
from chuangwen.standards.models import Criterion, Indicator, StandardVersion
from rulebook.scoring import content_hash

PUBLISHED = "这一版已经发布，不再改动。要改，请另起新版本。"
GONE = "这份草稿已经删掉了。"
TYPES = "place_types"
BESIDE, INDICATOR, CRITERION = "beside", "indicator", "criterion"
Row = Indicator | Criterion
Images = dict[str, dict[str, Any] | None]


def lock_draft(version: StandardVersion) -> None:
    """Hold the draft until the transaction ends; refused when it has been published or given up meanwhile."""
    if StandardVersion.objects.filter(pk=version.pk, state=StandardVersion.State.DRAFT).update(state="draft"):
        return
    raise Refused(PUBLISHED if StandardVersion.objects.filter(pk=version.pk).exists() else GONE)


def name_of(row: Row) -> str:
    """i12 for an indicator, c7 for a criterion: how steps and pages call a row."""
    return f"{'i' if isinstance(row, Indicator) else 'c'}{row.pk}"


def words_of(row: Row) -> str:
    """A row as a message names it."""
    text = row.name if isinstance(row, Indicator) else row.text
    short = text if len(text) <= 16 else f"{text[:16]}…"
    return f"“{row.label} {short}”".replace("“ ", "“").replace(" ”", "”")


def digest(row: Row) -> str:
    """Changes when anything in the row does: what a form saw when it was opened."""
    return content_hash(images([row])[name_of(row)])[:16]


def images(rows: Iterable[Row]) -> Images:
    """What these rows say now; two queries for any number."""
    found = list(rows)
    criteria = [row.pk for row in found if isinstance(row, Criterion)]
    types: dict[int, list[int]] = {}
    pairs = Criterion.place_types.through.objects.filter(criterion_id__in=criteria).order_by("placetype_id")
    for pk, kind in pairs.values_list("criterion_id", "placetype_id"):
        types.setdefault(pk, []).append(kind)
    return {
        name_of(row): {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        | ({TYPES: types.get(row.pk, [])} if isinstance(row, Criterion) else {})
        for row in found
    }


def makes(row: Row | None, new: str) -> type[Row]:
    """What a new row will be: the kind asked for, or the same as the one it comes after."""
    if new == CRITERION or (new == BESIDE and isinstance(row, Criterion)):
        return Criterion
    return Indicator
