"""Accounts as the office and the system administrator list them."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from chuangwen.base import lists
from chuangwen.base.errors import Refused
from chuangwen.base.ids import key_of
from chuangwen.organisations.models import Membership, Organisation, Person, Role
from chuangwen.organisations.queries.people import (
    LIST_ORDER,
    by_unit,
    grantable_roles,
    managed_people,
    phone_for,
    sees_phones,
    staffable_units,
    visible_people,
    with_posts,
)
from chuangwen.organisations.queries.scope import held_on, scope_of

STATES = {"waiting": "待发激活单", "printed": "待激活", "active": "在用", "stopped": "已停用"}
SHAPES = {"waiting": "st-none", "printed": "st-sign", "active": "st-closed", "stopped": "st-none"}
NO_PASSWORD = Q(password__startswith="!")
SALT = "chuangwen.organisations.activation"


def in_state(people: QuerySet[Person], state: str) -> QuerySet[Person]:
    """Accounts in one state; anything else: those not stopped."""
    fresh = Q(activation_expires__gte=timezone.now())
    conditions = {
        "waiting": Q(is_active=True) & NO_PASSWORD & ~fresh,
        "printed": Q(is_active=True) & NO_PASSWORD & fresh,
        "active": Q(is_active=True) & ~NO_PASSWORD,
        "stopped": Q(is_active=False),
    }
    return people.filter(conditions.get(state, Q(is_active=True)))


def state_of(person: Person) -> dict[str, str]:
    """The account's state as key, word and shape."""
    expires = person.activation_expires
    if not person.is_active:
        key = "stopped"
    elif person.has_usable_password():
        key = "active"
    else:
        key = "printed" if expires and expires >= timezone.now() else "waiting"
    return {"key": key, "word": STATES[key], "shape": SHAPES[key]}


def find_people(viewer: Person, *, text: str = "", role: str = "", unit: str = "", state: str = "") -> QuerySet[Person]:
    """Visible people by name or account, present role, present unit (with all below it), state of the account."""
    rows = in_state(visible_people(viewer), state)
    if text:
        named = Q(name__icontains=text) | Q(username__icontains=text)
        rows = rows.filter(named | Q(phone__startswith=text) if sees_phones(scope_of(viewer)) else named)
    posts = Membership.objects.filter(held_on(timezone.localdate()), person=OuterRef("pk"))
    if role in Role.values:
        rows = rows.filter(Exists(posts.filter(role=role)))
    if found := unit_named(viewer, unit):
        below = posts.filter(organisation__path__gte=found.path, organisation__path__lt=found.path_end)
        rows = rows.filter(Exists(below))
    return rows


def unit_named(viewer: Person, key: str) -> Organisation | None:
    return staffable_units(viewer).filter(pk=key_of(key)).first()


def asked_for(viewer: Person, asked: QueryDict) -> QuerySet[Person]:
    """The people a list's address asks for; the page and the export read the same."""
    wanted = {name: asked.get(name, "").strip() for name in ("role", "unit", "state")}
    return find_people(viewer, text=asked.get("q", "").strip(), **wanted)


def listed(viewer: Person, asked: QueryDict) -> dict[str, Any]:
    """One page of the list with everything its template shows."""
    wanted = {name: asked.get(name, "").strip() for name in ("role", "unit", "state")}
    text = asked.get("q", "").strip()
    rows = asked_for(viewer, asked)
    shown = by_unit(with_posts(rows, viewer), viewer)
    slice = lists.keyset(shown, order=LIST_ORDER, cursor=asked.get("cursor", ""))
    managed = set(managed_people(viewer).filter(pk__in=[row.pk for row in slice.rows]).values_list("pk", flat=True))
    found = [(row, phone_for(viewer, row), state_of(row), row.pk in managed) for row in slice.rows]
    everybody = visible_people(viewer)
    return {
        **wanted,
        "q": text,
        "unit_chosen": unit_named(viewer, wanted["unit"]),
        "slice": slice,
        "found": found,
        "total": rows.count(),
        "roles": grantable_roles(viewer),
        "tabs": [(key, word, in_state(everybody, key).count()) for key, word in STATES.items()],
        "in_use": in_state(everybody, "").count(),
        "can_print": any(manages and state["key"] in ("waiting", "printed") for *_, state, manages in found),
        "to_print": in_state(managed_people(viewer), "waiting").count(),
    }


def for_slips(viewer: Person, chosen: list[str], *, all_waiting: bool) -> QuerySet[Person]:
    """Accounts whose slips may be printed: those ticked, or all that wait for one; only accounts the viewer manages."""
    rows = by_unit(managed_people(viewer), viewer).order_by(*LIST_ORDER)
    if all_waiting:
        return in_state(rows, "waiting")
    return rows.filter(pk__in=[key for key in map(key_of, chosen) if key])


def suggested(viewer: Person, asked: QueryDict) -> dict[str, Any]:
    """What a new account starts with when opened from a unit's page."""
    unit = unit_named(viewer, asked.get("unit", ""))
    return {"unit": unit, "role": Role.CONTACT} if unit else {}


def next_username(unit: Organisation, taken: set[str] | None = None) -> str:
    """The unit's code and the first two-digit number nobody has; `taken` adds names not yet stored."""
    stem = f"{unit.code.lower()}-"
    used = set(Person.objects.filter(username__startswith=stem).values_list("username", flat=True)) | (taken or set())
    number = 1
    while f"{stem}{number:02d}" in used:
        number += 1
    return f"{stem}{number:02d}"


def hash_of(person: Person, code: str) -> str:
    """Keyed with the installation's secret and bound to the person, so a stolen table gives no codes."""
    return salted_hmac(SALT, f"{person.uuid}:{code}", algorithm="sha256").hexdigest()


def person_for_code(*, username: str, code: str, lock: bool = False) -> Person:
    """The person a slip belongs to; one message for every wrong pair, so that accounts cannot be guessed."""
    people = Person.objects.select_for_update() if lock else Person.objects.all()
    person = people.filter(username=username, is_active=True).first()
    clean = "".join(code.split()).upper().replace("-", "")
    if (
        not person
        or not person.activation_hash
        or not constant_time_compare(hash_of(person, clean), person.activation_hash)
    ):
        raise Refused("账号或激活码不对。请照激活单再填一次；激活码只能用一次，用过或重发过的旧单作废。", field="code")
    if person.activation_expires < timezone.now():
        raise Refused("激活单过期了。请找创建办再发一张。", field="code")
    return person
