"""Rows of the tree written in their place: number, words and points, nothing else asked."""

from typing import Any
from uuid import UUID

from chuangwen.base.errors import Refused
from chuangwen.organisations.models import Person
from chuangwen.standards.actions.editing import add_criterion, add_indicator, change_criterion, change_indicator
from chuangwen.standards.drafts import BESIDE, Row, makes
from chuangwen.standards.models import Criterion, Indicator, StandardVersion

TAKEN = ("method", "section", "units")  # a new criterion takes these from the one before it


def add_line(
    *, actor: Person, client_id: UUID, version: StandardVersion, row: Row | None, new: str, fields: dict[str, str]
) -> str:
    """Enter a row right after `row` (beside), or below it; without one, at the top. Returns its name: i12, c7.

    fields: label, text, points.
    """
    if makes(row, new) is Indicator:
        own = _named(Indicator, fields)
        below = row.indicator if isinstance(row, Criterion) else row
        parent, after = (below.parent, below) if below and new == BESIDE else (below, None)
        made = add_indicator(actor=actor, client_id=client_id, version=version, parent=parent, fields=own, after=after)
        return f"i{made}"
    if row is None:
        raise Refused("先添一个指标，测评标准放在它下面。")
    after = row if isinstance(row, Criterion) else None
    indicator = row.indicator if isinstance(row, Criterion) else row
    own = _named(Criterion, fields) | _like(after or indicator.criteria.order_by("position", "id").last())
    made = add_criterion(actor=actor, client_id=client_id, indicator=indicator, fields=own, after=after)
    return f"c{made}"


def change_line(*, actor: Person, row: Row, fields: dict[str, str], seen: str) -> None:
    """Write number, words and points of a row that still is as the form saw it."""
    own = _named(type(row), fields)
    if isinstance(row, Indicator):
        change_indicator(actor=actor, indicator=row, fields=own, seen=seen)
    else:
        change_criterion(actor=actor, criterion=row, fields=own, seen=seen)


def _named(kind: type[Row], fields: dict[str, str]) -> dict[str, Any]:
    return {"name" if (kind, name) == (Indicator, "text") else name: value for name, value in fields.items()}


def _like(former: Criterion | None) -> dict[str, Any]:
    """What a new criterion has in common with the one before; how it is scored is left open."""
    if former is None:
        return {"rules": [{}]}
    taken = {name: value for name in TAKEN if (value := getattr(former, name))}
    return {"rules": [{}], "place_types": list(former.place_types.all()), **taken}
