"""The rights matrix: one rule for every URL name, in one file per app, `rules_<app>.py` beside this one.

How to add your app's lines: make `tests/rights/rules_<app>.py` with

    from tests.rights.rules import Rule, at
    RULES = {
        "places:places": Rule("office", "contact", "leader"),                       # a list: no object
        "places:place": Rule("office", "contact", "leader", make=at(place_of, "pk")),  # a page of one object
        "places:archive": Rule("office", make=at(place_of, "pk"), method="POST"),    # a verb
    }

The file is collected by its name; nothing else is to be changed. A URL without a rule, a rule without a URL, and a
rule that differs from the view's `.access` fail the build and are named. For every rule test_matrix.py asks as nobody,
and as each of the eight roles, for four objects:

- `inside`   an object of `world.station`, below the contact's bureau and in the leader's area
- `sibling`  an object of `world.other_station`: the same jurisdiction, nobody's but the office's
- `outside`  an object of a neighbour county in the same installation
- `foreign`  an object of another installation

and expects: nobody → 302 to the sign-in page (200/302 where public); a role not named → 403; a role named → `answers`
if it may reach the object, else 404. Who reaches: by default every named role `inside`, only office and system
`sibling`, nobody `outside` and `foreign`; say `inside=`, `sibling=`, `outside=` where it differs (sets of roles). Where
the view is `@signed_in` and looks at the right by itself: `Rule("+", only={…})`, the others get 403.

`make(world, unit)` makes an object belonging to that unit (real factories or actions) and gives the URL's arguments.
A URL without an object is asked once (as `inside`). A POST is sent `data` (default: nothing), so a verb may well answer
200 with its form's errors; what counts is that it let the person in. The object is made once for all requests of
the URLs with the same `make`, and what each of them wrote is taken back.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from chuangwen.base.access import ANYONE, SIGNED_IN
from chuangwen.organisations.models import Organisation, Role
from tests.factories.organisations import World

Make = Callable[[World, Organisation], dict[str, Any]]
EVERY_ROLE = frozenset(role.value for role in Role)
SEES_ALL = frozenset({Role.OFFICE.value, Role.SYSTEM.value})
PLACES = ("inside", "sibling", "outside", "foreign")


@dataclass(frozen=True, init=False)
class Rule:
    """Who may ask for a URL. roles: role names; `Rule("+")` everybody signed in, `Rule("*")` everybody."""

    roles: frozenset[str]
    make: Make | None = None
    method: str = "GET"
    data: dict[str, Any] = field(default_factory=dict)
    answers: frozenset[int] = frozenset({200, 302})
    reach: dict[str, frozenset[str]] = field(default_factory=dict)
    only: frozenset[str] = EVERY_ROLE

    def __init__(
        self,
        *roles: str,
        make: Make | None = None,
        method: str = "GET",
        data: dict[str, Any] | None = None,
        answers: Iterable[int] = (200, 302),
        inside: Iterable[str] | None = None,
        sibling: Iterable[str] | None = None,
        outside: Iterable[str] = (),
        foreign: Iterable[str] = (),
        only: Iterable[str] = EVERY_ROLE,
    ) -> None:
        allowed = frozenset(roles)
        named = EVERY_ROLE if allowed & (ANYONE | SIGNED_IN) else allowed
        reach = {
            "inside": named if inside is None else frozenset(inside),
            "sibling": named & SEES_ALL if sibling is None else frozenset(sibling),
            "outside": frozenset(outside),
            "foreign": frozenset(foreign),
        }
        given = {"roles": allowed, "make": make, "method": method, "data": data or {}, "reach": reach}
        for name, value in {**given, "answers": frozenset(answers), "only": frozenset(only)}.items():
            object.__setattr__(self, name, value)

    def allows(self, role: str) -> bool:
        return role in self.only and (bool(self.roles & (ANYONE | SIGNED_IN)) or role in self.roles)


@cache
def at(make: Callable[[World, Organisation], Any], key: str, attribute: str = "pk") -> Make:
    """`make` gives an object; the URL's argument `key` is its `attribute`. The same three give the same function."""
    return lambda world, unit: {key: getattr(make(world, unit), attribute)}


def collected() -> dict[str, Rule]:
    """The rules of every rules_<app>.py."""
    found: dict[str, Rule] = {}
    for path in sorted(Path(__file__).parent.glob("rules_*.py")):
        rules = import_module(f"tests.rights.{path.stem}").RULES
        assert not found.keys() & rules.keys(), f"{path.name} names a URL again: {found.keys() & rules.keys()}"
        found |= rules
    return found
