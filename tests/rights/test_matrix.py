"""Issue 2, 6: every URL × every role × inside, sibling, outside, other installation. The table is in rules.py."""

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, TestCase
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from chuangwen.base.access import ANYONE, SIGNED_IN
from chuangwen.organisations.models import Organisation, Person
from tests.factories.organisations import World, county
from tests.rights.rules import PLACES, Make, Rule, collected

RULES = collected()
BACKEND = "django.contrib.auth.backends.ModelBackend"


def views(resolver: Any = None, namespace: str = "") -> Iterator[tuple[str, Any]]:
    """(name with its namespace, view) of every URL of the product."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from views(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name or pattern.pattern}", pattern.callback


VIEWS = dict(views())


def test_every_url_has_a_rule() -> None:
    lost = sorted(VIEWS.keys() - RULES.keys())
    assert lost == [], f"no rule in tests/rights/rules_<app>.py for {', '.join(lost)}"


def test_every_rule_has_a_url() -> None:
    assert sorted(RULES.keys() - VIEWS.keys()) == []


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_a_view_says_who_may_open_it_as_its_rule_does(name: str) -> None:
    access = getattr(VIEWS[name], "access", None)
    assert access is not None, f"the view of {name} carries no @allow, @signed_in or @public"
    if name in RULES:
        assert access == RULES[name].roles, f"{name}: the view lets in {set(access)}, the rule {set(RULES[name].roles)}"


class TestMatrix(TestCase):
    """One test per kind of object: the worlds are made once, an object once for all URLs that need one like it."""

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = county()
        cls.neighbour = county("邻县", tenant=cls.world.tenant)
        cls.elsewhere = county("别县")
        cls.cookies = {role: cls.signed_in(person) for role, person in cls.world.people.items()}

    @staticmethod
    def signed_in(person: Person) -> str:
        """The session of a person who signed in before: signing in for each request took longer than most of them."""
        client = Client()
        client.force_login(person, backend=BACKEND)
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    def spot(self, where: str) -> tuple[World, Organisation]:
        world = {"outside": self.neighbour, "foreign": self.elsewhere}.get(where, self.world)
        return world, world.other_station if where == "sibling" else world.station

    def status(self, name: str, rule: Rule, kwargs: dict[str, Any], role: str) -> tuple[int, str]:
        """Status and redirect target; whatever the request wrote is taken back."""
        client = Client()
        if role in self.cookies:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.cookies[role]
        with transaction.atomic():
            address = reverse(name, kwargs=kwargs)
            answer = client.post(address, rule.data) if rule.method == "POST" else client.get(address, rule.data)
            if answer.streaming:
                answer.getvalue()  # reads to the end, which closes the file
            transaction.set_rollback(True)
        return answer.status_code, answer.headers.get("Location", "")

    def differences(self, make: Make | None, names: list[str]) -> Iterator[str]:
        for where in PLACES if make else PLACES[:1]:
            with transaction.atomic():
                kwargs = make(*self.spot(where)) if make else {}
                for name, role in product(names, ("nobody", *self.world.people)):
                    rule = RULES[name]
                    status, to = self.status(name, rule, kwargs, role)
                    if not self.fits(rule, role, where, status, to):
                        yield f"{name} as {role}, {where}: {status} {to}"
                transaction.set_rollback(True)

    @staticmethod
    def fits(rule: Rule, role: str, where: str, status: int, to: str) -> bool:
        if role == "nobody":
            if rule.roles == ANYONE:
                return status in (rule.answers if where == "inside" else {404})
            return status == 302 and to.startswith("/login/")
        if not rule.allows(role):
            return status == 403
        if role not in rule.reach[where]:
            return status == 404
        return status in rule.answers and not (to.startswith("/login/") and rule.roles not in (ANYONE, SIGNED_IN))


def _groups() -> dict[Make | None, list[str]]:
    """The names of the URLs by what makes their object."""
    groups: dict[Make | None, list[str]] = {}
    for name in sorted(RULES.keys() & VIEWS.keys()):
        groups.setdefault(RULES[name].make, []).append(name)
    return groups


def _test_of(make: Make | None, names: list[str]) -> Any:
    def test(self: TestMatrix) -> None:
        found = list(self.differences(make, names))
        assert found == [], "\n".join(found)

    return test


for _make, _names in _groups().items():
    _like = re.sub(r"\W", "_", _names[0])
    setattr(TestMatrix, f"test_{_like}_and_{len(_names) - 1}_more_like_it", _test_of(_make, _names))
