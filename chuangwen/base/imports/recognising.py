"""Which import a workbook is meant for, told by its heads and the name of its sheet."""

from collections.abc import Iterable, Sequence
from typing import Any

from chuangwen.base.errors import Refused
from chuangwen.base.imports.spec import ImportSpec, registered
from chuangwen.base.workbooks import NoHead, Sheet, find, keys_in, rows_of


class Misplaced(Refused):
    """A workbook of another import; `spec` is the one it is for."""

    def __init__(self, spec: ImportSpec) -> None:
        super().__init__(f"这份表像是{spec.title}表，请到“导入{spec.title}”上传。这里一行也没有读。")
        self.spec = spec


def elsewhere(refused: Refused, person: Any) -> ImportSpec | None:
    """Where a refused workbook can be imported by this person."""
    spec = getattr(refused, "spec", None)
    return spec if spec and spec.permission(person) else None


def sheet_for(spec: ImportSpec, data: bytes) -> Sheet:
    """The rows of a workbook for this import; Misplaced where it is another's, refused where heads it needs lack."""
    try:
        found = find(data, spec.columns)
    except NoHead as refused:
        for name, heads in refused.rows:
            _is_for(spec, name, heads)
        raise
    _is_for(spec, found.name, found.heads)
    return rows_of(found, spec.columns)


def _is_for(spec: ImportSpec, name: str, heads: Sequence[str]) -> None:
    """Refuse a head that another import knows better; of two that know it alike, the name of the sheet decides."""

    def fit(other: ImportSpec) -> tuple[int, bool]:
        return len(keys_in(heads, other.columns)), other.title == name

    others = [other for other in _complete(heads) if other.columns is not spec.columns]
    best = max(others, key=fit, default=spec)
    if fit(best) > fit(spec):
        raise Misplaced(best)


def refuse_templates(sheets: Iterable[tuple[str, Sequence[str]]]) -> None:
    """Refuse, where any table may come, a workbook that was made for an import: (name of a sheet, a row of it)."""
    for name, heads in sheets:
        for spec in _complete(heads):
            if spec.title == name:
                raise Misplaced(spec)


def _complete(heads: Sequence[str]) -> list[ImportSpec]:
    """The imports all of whose needed columns stand in a head."""
    found = []
    for spec in registered():
        known = keys_in(heads, spec.columns)
        needed = {column.key for column in spec.columns if column.required}
        if not spec.page_url and len(known) > 1 and needed <= known:
            found.append(spec)
    return found
