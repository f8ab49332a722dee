"""Two at once: one installation, one post, and never an installation without its administrator."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from chuangwen.base.errors import Refused
from chuangwen.base.models import Tenant
from chuangwen.organisations import actions
from chuangwen.organisations.models import Membership, Person, Role
from tests.factories.organisations import county, make_person

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls: Callable[[], object]) -> list[str]:
    """What each call was refused with; empty where it was done."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], object]) -> str:
        try:
            barrier.wait()
            call()
        except Refused as refused:
            return refused.message
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(calls)) as pool:
        return sorted(pool.map(run, calls))


def test_two_first_runs_set_up_one_installation() -> None:
    def first_run(name: str) -> Callable[[], object]:
        given = {"installation": name, "office": "创建办", "ground": name, "administrator": "林一"}
        return lambda: actions.first_run(**given, account=f"admin-{name}")

    said = at_once(*[first_run(name) for name in ("甲县", "乙县", "丙县", "丁县")])
    assert (said.count(""), Tenant.objects.count()) == (1, 1)


def test_two_administrators_who_stop_each_other_leave_one() -> None:
    world = county()
    second = make_person(world.office_unit, Role.SYSTEM)
    pairs = [(world.system, second), (second, world.system)]

    def stop(actor: Person, person: Person) -> Callable[[], object]:
        fresh = [Person.objects.get(pk=one.pk) for one in (actor, person)]
        return lambda: actions.deactivate_person(actor=fresh[0], person=fresh[1])

    said = at_once(*[stop(*pair) for pair in pairs])
    assert said == ["", "系统管理员只剩这一位。请先另设一位，再来停用。"]
    assert Person.objects.filter(memberships__role=Role.SYSTEM, is_active=True).count() == 1


def test_the_same_post_given_twice_at_once_is_one_post() -> None:
    world = county()

    def give() -> Callable[[], object]:
        actor, person = (Person.objects.get(pk=one.pk) for one in (world.office, world.inspector))
        given = {"unit": world.bureau, "role": Role.CONTACT, "client_id": uuid4()}
        return lambda: actions.add_membership(actor=actor, person=person, **given)

    said = at_once(*[give() for _ in range(3)])
    assert said.count("") == 1
    assert Membership.objects.filter(person=world.inspector, role=Role.CONTACT).count() == 1
