"""Issue 2, 5: accounts, activation slips, sign-in with lockout; no default password anywhere."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from chuangwen.base.errors import Refused
from chuangwen.base.models import Event
from chuangwen.organisations import actions
from chuangwen.organisations.models import Membership, Person, Role
from chuangwen.organisations.queries import phone_for
from chuangwen.organisations.sessions import IDLE, SEEN, STARTED, client_address
from tests.factories.asking import surely
from tests.factories.organisations import World, client_of, county, hold, make_person

PASSWORD = "麦浪-翻过-三道山坡"


@pytest.fixture
def world(db: None) -> World:
    return county()


def with_password(person: Person) -> Person:
    person.set_password(PASSWORD)
    person.save()
    return person


def send_login(client: Client, username: str, password: str) -> int:
    return client.post("/login/", {"username": username, "password": password}).status_code


def send_activation(client: Client, username: str, code: str) -> int:
    form = {"username": username, "code": code, "password1": PASSWORD, "password2": PASSWORD}
    return client.post("/activate/", form).status_code


def create(actor: Person, world: World, **fields: object) -> Person:
    given = {"actor": actor, "client_id": uuid4(), "name": "赵新", "unit": world.bureau, "role": Role.CONTACT}
    return actions.create_person(**{**given, **fields})


def test_a_new_account_is_numbered_by_its_unit_and_has_no_password(world: World) -> None:
    person = create(world.office, world)
    assert person.username == f"{world.bureau.code.lower()}-01"
    assert not person.has_usable_password()
    assert create(world.office, world, name="钱新").username.endswith("-02")


def test_a_slip_is_used_once_and_the_code_is_nowhere_in_clear(world: World) -> None:
    person = create(world.office, world)
    [slip] = actions.issue_slips(actor=world.office, people=[person])
    stored = Person.objects.get(pk=person.pk)
    assert slip.code not in str(Person.objects.filter(pk=person.pk).values().get())
    assert stored.activation_expires - timezone.now() > timedelta(days=13, hours=23)
    client = Client()
    assert send_activation(client, person.username.upper(), slip.grouped.lower()) == 302
    assert send_activation(client, person.username, slip.code) == 200
    assert send_login(client, person.username, PASSWORD) == 302


def test_an_expired_slip_opens_nothing(world: World) -> None:
    [slip] = actions.issue_slips(actor=world.office, people=[world.contact])
    Person.objects.filter(pk=world.contact.pk).update(activation_expires=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Refused, match="激活单过期了"):
        actions.activate(username=world.contact.username, code=slip.code, password=PASSWORD)


def test_a_new_slip_makes_the_old_one_worthless(world: World) -> None:
    [old] = actions.issue_slips(actor=world.office, people=[world.contact])
    actions.issue_slips(actor=world.office, people=[world.contact])
    with pytest.raises(Refused, match="账号或激活码不对"):
        actions.activate(username=world.contact.username, code=old.code, password=PASSWORD)


def test_five_wrong_codes_lock_the_account_for_this_address(world: World) -> None:
    client = Client()
    assert [send_activation(client, "p0", "X" * 12) for _ in range(6)] == [200] * 4 + [429] * 2


def test_five_wrong_passwords_lock_and_a_reset_lifts_it(world: World) -> None:
    person, client = with_password(world.contact), Client()
    assert [send_login(client, person.username, "falsch-12345") for _ in range(5)][-1] == 429
    assert send_login(client, person.username, PASSWORD) == 429
    slip = actions.reset_password(actor=world.office, person=person)
    assert send_activation(client, person.username, slip.code) == 302
    assert send_login(client, person.username, PASSWORD) == 302


def wrong_from(person: Person, *hops: str) -> list[int]:
    """Answers to five wrong passwords, each with its X-Forwarded-For, and to the right one after them."""
    sent = [*(("falsch-12345", hop) for hop in hops), (PASSWORD, hops[-1])]
    return [send_login(Client(headers={"X-Forwarded-For": hop}), person.username, word) for word, hop in sent]


def test_behind_the_proxy_the_address_it_saw_is_counted_whatever_the_sender_claims(world: World, settings) -> None:
    settings.BEHIND_PROXY = True
    person = with_password(world.contact)
    claimed = [f"10.0.0.{number}, 198.51.100.7" for number in range(5)]
    assert wrong_from(person, *claimed) == [200, 200, 200, 200, 429, 429]
    assert wrong_from(person, "198.51.100.8") == [200, 302]


def test_without_a_proxy_the_header_is_the_senders_own_word(world: World) -> None:
    person = with_password(world.contact)
    assert wrong_from(person, *(f"198.51.100.{number}" for number in range(5))) == [200, 200, 200, 200, 429, 429]


@pytest.mark.parametrize("hop", ["", "unknown", "198.51.100.7, "])
def test_a_proxy_that_names_no_address_is_counted_itself(settings, hop: str) -> None:
    settings.BEHIND_PROXY = True
    request = RequestFactory(headers={"X-Forwarded-For": hop}, REMOTE_ADDR="192.0.2.1").get("/")
    assert client_address(request) == "192.0.2.1"


@pytest.mark.parametrize("verb", ["reset", "deactivate"])
def test_sessions_end_at_once(world: World, verb: str) -> None:
    client = client_of(with_password(world.contact))
    assert client.get("/units/").status_code == 200
    assert surely(client_of(world.office), f"/people/{world.contact.pk}/{verb}/").status_code in (200, 302)
    assert client.get("/units/").headers["Location"].startswith("/login/")


@pytest.mark.parametrize(("key", "age"), [(SEEN, IDLE), (STARTED, 12 * 3600)])
def test_a_session_ends_when_idle_or_old(world: World, key: str, age: int) -> None:
    client = client_of(world.contact)
    session = client.session
    session[key] = session[key] - age - 1
    session.save()
    assert client.get("/units/").headers["Location"].startswith("/login/")


def test_signing_in_changes_the_session_key_and_records_no_personal_data(world: World) -> None:
    client = Client()
    client.get("/login/")
    session = client.session
    session["before"] = 1
    session.save()
    client.cookies["sessionid"] = session.session_key
    assert send_login(client, with_password(world.contact).username, PASSWORD) == 302
    assert client.session.session_key != session.session_key
    client.post("/logout/")
    rows = Event.objects.filter(actor=world.contact).order_by("id").values_list("name", "data")
    assert list(rows) == [("organisations.signed_in", {}), ("organisations.signed_out", {})]


def test_the_office_gives_no_administrators_role_and_none_outside_its_ground(world: World) -> None:
    for role in (Role.SYSTEM, Role.SECURITY, Role.AUDIT):
        with pytest.raises(Refused, match="本账号不能设"):
            create(world.office, world, role=role)
    neighbour = county("邻县", tenant=world.tenant)
    with pytest.raises(Refused, match="不归本办管"):
        create(world.office, world, unit=neighbour.bureau)
    assert not Person.objects.filter(name="赵新").exists()


def test_the_office_cannot_take_over_an_administrators_or_a_higher_offices_account(world: World) -> None:
    below = county("下级县", above=world)
    dual = make_person(below.bureau, Role.CONTACT)
    hold(dual, world.office_unit, Role.OFFICE)
    for actor, person in ((world.office, world.system), (below.office, dual), (below.office, world.office)):
        with pytest.raises(Refused, match="不归本办管"):
            actions.reset_password(actor=actor, person=person)


def test_nobody_gives_themselves_a_role_and_administrators_stay_apart(world: World) -> None:
    post = {"client_id": uuid4(), "unit": world.bureau}
    with pytest.raises(Refused, match="不能给自己设角色"):
        actions.add_membership(actor=world.system, person=world.system, role=Role.SYSTEM, **post)
    with pytest.raises(Refused, match="各用各的账号"):
        actions.add_membership(actor=world.system, person=world.contact, role=Role.AUDIT, **post)


def test_the_last_system_administrator_stays(world: World) -> None:
    second = make_person(world.office_unit, Role.SYSTEM)
    actions.deactivate_person(actor=second, person=world.system)
    third = make_person(world.office_unit, Role.SYSTEM)
    actions.deactivate_person(actor=third, person=second)
    with pytest.raises(Refused, match="不能停用自己的账号"):
        actions.deactivate_person(actor=third, person=third)


def test_a_system_administrator_reads_phones_masked_the_office_in_full(world: World) -> None:
    Person.objects.filter(pk=world.contact.pk).update(phone="13800001234")
    contact = Person.objects.get(pk=world.contact.pk)
    assert (phone_for(world.system, contact), phone_for(world.office, contact)) == ("138****1234", "13800001234")
    assert "13800001234" not in client_of(world.system).get("/people/").content.decode()
    assert "13800001234" in client_of(world.office).get("/people/").content.decode()


def test_a_person_who_went_to_a_neighbour_is_no_longer_seen(world: World) -> None:
    neighbour = county("邻县", tenant=world.tenant)
    yesterday = timezone.localdate() - timedelta(1)
    actions.end_membership(actor=world.office, membership=world.contact.memberships.get(), last_day=yesterday)
    assert client_of(world.office).get(f"/people/{world.contact.pk}/").status_code == 200
    hold(world.contact, neighbour.bureau, Role.CONTACT)
    assert client_of(world.office).get(f"/people/{world.contact.pk}/").status_code == 404


def test_the_same_post_in_overlapping_terms_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="已是联络员"):
        actions.add_membership(
            actor=world.office, client_id=uuid4(), person=world.contact, unit=world.bureau, role=Role.CONTACT
        )
    assert Membership.objects.filter(person=world.contact).count() == 1


def test_the_list_of_people_asks_the_same_queries_for_one_and_three(world: World, same_queries) -> None:
    same_queries(lambda: make_person(world.bureau, Role.CONTACT), "/people/", client_of(world.office))


def test_slips_are_printed_eight_to_a_sheet_once(world: World) -> None:
    people = [make_person(world.bureau, Role.CONTACT) for _ in range(9)]
    answer = client_of(world.office).post("/people/slips/", {"person": [person.pk for person in people]})
    page = answer.content.decode()
    assert (page.count('class="org-slip"'), page.count('class="org-sheet"')) == (9, 2)
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_role_of_the_office_is_given_at_an_office_only(world: World) -> None:
    with pytest.raises(Refused, match="不是创建办，在那里设了也没有辖区可管"):
        create(world.office, world, role=Role.OFFICE)
    assert create(world.office, world, role=Role.OFFICE, unit=world.office_unit).roles == {Role.OFFICE}


def test_who_reads_numbers_masked_does_not_find_people_by_them(world: World) -> None:
    Person.objects.filter(pk=world.contact.pk).update(phone="13800001234")

    def found(viewer: Person) -> list[int]:
        page = client_of(viewer).get("/people/", {"q": "1380000"})
        return [row.pk for row, *_ in page.context["found"]]

    assert (found(world.office), found(world.system)) == ([world.contact.pk], [])


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("ab1", "密码太短，至少 10 个字。"),
        ("1234567890", "这个密码太常见，别人容易猜到。请换一个。"),
        ("{account}1", "密码和账号、姓名或电话太像了，别人容易猜到。请换一个。"),
    ],
)
def test_what_is_wrong_with_a_password_is_said_in_chinese(world: World, password: str, said: str) -> None:
    person = create(world.office, world)
    (slip,) = actions.issue_slips(actor=world.office, people=Person.objects.filter(pk=person.pk))
    chosen = password.format(account=person.username)
    form = {"username": person.username, "code": slip.code, "password1": chosen, "password2": chosen}
    errors = Client().post("/activate/", form).context["form"].errors
    assert said in errors["password1"] + errors.get("password2", [])
    assert all("\u4e00" <= error[0] <= "\u9fff" for found in errors.values() for error in found)


def test_after_activating_the_account_stands_in_the_sign_in(world: World) -> None:
    person = create(world.office, world)
    (slip,) = actions.issue_slips(actor=world.office, people=Person.objects.filter(pk=person.pk))
    form = {"username": person.username, "code": slip.code, "password1": PASSWORD, "password2": PASSWORD}
    page = Client().post("/activate/", form, follow=True)
    assert page.context["form"]["username"].value() == person.username
    assert "autofocus" in page.content.decode()


def test_people_are_listed_by_unit_and_then_by_name(world: World) -> None:
    """In whatever order they were made; somebody of two units stands with the first of them."""
    for unit, name in ((world.bureau, "乙"), (world.station, "甲"), (world.bureau, "丙"), (world.other_bureau, "丁")):
        make_person(unit, Role.CONTACT, name)
    hold(make_person(world.other_station, Role.CONTACT, "子"), world.bureau, Role.CONTACT)
    listed = [person.name for person, *_ in client_of(world.office).get("/people/").context["found"]]
    assert [name for name in listed if len(name) == 1] == ["丙", "乙", "子", "甲", "丁"]
