"""What other apps hold at a unit: registered in AppConfig.ready; the unit's page links to it, closing the unit asks it.

`register(Holding(label="点位", measure="处", url="places:places", parameter="owner", rows=…))`
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from chuangwen.organisations.models import Organisation, Person


@dataclass(frozen=True)
class Holding:
    """label and measure: 点位, 处. url?parameter=<unit key> opens the rows.

    rows(unit, person): the open rows at the unit that the person may see; all of them when person is None.
    """

    label: str
    measure: str
    url: str
    parameter: str
    rows: Callable[[Organisation, Person | None], QuerySet]


_holdings: list[Holding] = []


def register(holding: Holding) -> None:
    if holding not in _holdings:
        _holdings.append(holding)


def open_at(unit: Organisation, person: Person | None = None) -> list[tuple[Holding, int]]:
    """(holding, how many), without the empty ones when nobody looks."""
    counted = [(holding, holding.rows(unit, person).count()) for holding in _holdings]
    return [(holding, number) for holding, number in counted if number or person]
