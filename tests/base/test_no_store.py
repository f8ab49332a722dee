"""What a signed-in person was shown stays in no cache: on a shared computer nobody pages back to it."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.organisations import county

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def client(db: None) -> Client:
    client = Client()
    client.force_login(county().office, backend=BACKEND)
    return client


PAGES = {
    "home": ("/", 200),
    "list": ("/units/", 200),
    "workbook": ("/imports/new/places/template/", 200),
    "not there": ("/units/999999/", 404),
    "no such address": ("/nothing/", 404),
    "button as page": ("/people/slips/", 405),
    "public": ("/login/", 302),
}


@pytest.mark.parametrize("name", PAGES)
def test_no_answer_to_a_signed_in_person_is_kept(client, name):
    address, status = PAGES[name]
    answer = client.get(address)
    assert (answer.status_code, answer["Cache-Control"]) == (status, "no-store")


def test_an_answer_to_a_form_is_not_kept(client):
    assert client.post(reverse("organisations:slips"), {})["Cache-Control"] == "no-store"


def test_the_sign_in_page_of_a_stranger_says_nothing_of_it(db):
    assert "no-store" not in Client().get("/login/").get("Cache-Control", "")


def test_static_files_may_be_kept(client, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "look.css").write_text("")
    answer = client.get("/static/look.css")
    assert (answer.getvalue(), "no-store" in answer["Cache-Control"]) == (b"", False)
