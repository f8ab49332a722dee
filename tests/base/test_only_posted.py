"""A button's address opened as a page says what to do instead of showing a blank 405."""

from django.test import Client
from django.urls import reverse

from tests.factories.organisations import county
from tests.factories.problems import handed_out


def test_a_reload_after_a_refused_step_leads_back_to_the_problem(db: None) -> None:
    world = county()
    client = Client()
    client.force_login(world.contact, backend="django.contrib.auth.backends.ModelBackend")
    page = reverse("problems:problem", args=[handed_out(world).uuid])
    answer = client.get(f"{page}sign/")
    assert answer.status_code == 405
    assert f'href="{page}"' in answer.content.decode()
