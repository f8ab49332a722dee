"""Addresses nobody could have clicked on are answered with a page, never with an error (every GET of the URL map)."""

import json
from base64 import urlsafe_b64encode

import pytest
from django.test import Client
from django.urls import reverse

from chuangwen.base.ids import key_of, uuid_of
from chuangwen.base.lists import keyset
from chuangwen.places.models import Place
from tests.factories.organisations import county
from tests.factories.places import make_place, make_type
from tests.rights.rules import Rule, collected

BACKEND = "django.contrib.auth.backends.ModelBackend"
PAGES = {name: rule for name, rule in collected().items() if rule.method == "GET" and name != "organisations:logout"}
NAMES = (
    "q tab kind state type unit region place owner round batch criterion team mark year month archived open only sort "
    "parent pick verb all node role i c mark-1 count base name query number page drawn origin next"
).split()
ODD = ("²", "٣", "9" * 30, "-1", "0000", "2026-99-99", "x" * 36, "a%b_'\"<", "💥", "\ufffd")
EMPTY_ANSWERS = {200, 302, 404, 405, 422}


def cursor(*key: object) -> str:
    return urlsafe_b64encode(json.dumps(key).encode()).decode()


CURSORS = (
    *(cursor("n", *["x"] * length) for length in (1, 2, 3)),
    cursor("n", "\0"),
    cursor("p", "\ud800", "\ud800"),
    cursor("n", {}, None),
    urlsafe_b64encode(b"5").decode(),
    "é",
)


@pytest.mark.parametrize("name", sorted(PAGES))
@pytest.mark.django_db
def test_no_odd_value_breaks_a_page(name: str) -> None:
    rule: Rule = PAGES[name]
    world = county()
    address = reverse(name, kwargs=rule.make(world, world.station) if rule.make else {})
    role = next((role for role in world.people if rule.allows(role) and role in rule.reach["inside"]), None)
    client = Client()
    if role and "*" not in rule.roles:
        client.force_login(world.people[role], backend=BACKEND)
    asked = [{name: ODD[(at + turn) % len(ODD)] for at, name in enumerate(NAMES)} for turn in (0, 3, 6)]
    asked += [dict.fromkeys(NAMES, value) for value in ODD[:3]] + [{"cursor": value} for value in CURSORS]
    found = [client.get(address, query) for query in asked]
    for answer in found:
        if answer.streaming:
            answer.getvalue()
    assert {answer.status_code for answer in found} - EMPTY_ANSWERS == set()


@pytest.mark.parametrize("ask", ["/login/?next=%00", "/m/places/%00/", "/places/?q=%00", "/search/?%00=1"])
def test_a_nul_in_the_address_is_a_bad_request(ask: str, db: None) -> None:
    client = Client()
    client.force_login(county().office, backend=BACKEND)
    assert client.get(ask).status_code == 400


def test_a_nul_in_a_form_is_a_bad_request(db: None) -> None:
    sent = Client().post("/activate/", {"username": "a\0b", "code": "x"})
    assert sent.status_code == 400


def test_a_cursor_of_other_types_opens_the_first_page(db: None) -> None:
    world = county()
    kind = make_type(world.tenant, "公园")
    rows = [make_place(world.station, kind, name) for name in ("甲园", "乙园")]
    expected = [row.pk for row in rows]
    for odd in CURSORS:
        page = keyset(Place.objects.all(), order=("-id",), cursor=odd)
        assert ([row.pk for row in page.rows], page.is_first) == (expected[::-1], True)


def test_keys_in_an_address_are_numbers_and_uuids_or_nothing() -> None:
    assert [key_of(text) for text in ("12", "²", "9" * 30, "", None)] == [12, None, None, None, None]
    assert [uuid_of(text) for text in ("x" * 36, "", None)] == [None, None, None]
