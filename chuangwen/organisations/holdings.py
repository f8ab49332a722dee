"""What other apps hold at a unit: registered in AppConfig.ready; the unit's page links to it, closing the unit asks it.

`register(Holding(label="点位", measure="处", url="places:places", parameter="owner", rows=…))`
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

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


def what_is_left(unit: Organisation) -> list[str]:
    """What still hangs on a unit, in words with numbers: units below, people in office, what other apps hold there."""
    children = Organisation.objects.filter(parent=unit, archived_at__isnull=True).count()
    today = timezone.localdate()
    people = unit.memberships.exclude(valid_to__lt=today).count()
    found = [f"{children} 个下级单位"] if children else []
    found += [f"{people} 个在任人员"] if people else []
    return found + [f"{number} {held.measure}{held.label}" for held, number in open_at(unit)]
