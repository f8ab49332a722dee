"""The page of what is not one's own leads back to the page the person has."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.organisations import World, county


@pytest.fixture
def world(db: None) -> World:
    return county()


@pytest.mark.parametrize(
    ("name", "home"),
    [("contact", "待办"), ("system", "我的账号"), ("supervisor", "我的账号"), ("inspector", "今日点位")],
)
def test_it_names_the_first_page_of_the_person(world, name, home) -> None:
    client = Client()
    client.force_login(getattr(world, name), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse("organisations:areas"))
    said = answer.content.decode()
    assert (answer.status_code, said.count(f"回到{home}</a>")) == (403, 1)
    assert "这一页不在您的职责内" in said
