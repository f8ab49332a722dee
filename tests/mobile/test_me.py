"""Issue 2, 11: the phone's page 我 has the name, the password and the way out."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.organisations import county
from tests.mobile.test_checklist import BACKEND

pytestmark = pytest.mark.django_db


def test_it_names_the_person_and_leads_to_password_way_out_and_the_tabs() -> None:
    person, phone = county().inspector, Client()
    phone.force_login(person, backend=BACKEND)
    page = phone.get(reverse("mobile:me")).content.decode()
    assert f"<b>{person.name}</b>" in page
    wanted = ["organisations:own-password", "organisations:logout", "mobile:today", "mobile:done", "mobile:me"]
    assert [name for name in wanted if f'"{reverse(name)}"' not in page] == []
