"""The page of what is not there: in the person's own shell, with a way on; after a press nothing was done."""

import pytest
from django.test import Client
from django.urls import reverse

from chuangwen.standards.models import StandardVersion
from tests.factories.asking import surely
from tests.factories.organisations import World, client_of, county
from tests.factories.standards import draft_standard

GONE = "3f2b8a52-6a0c-4b7e-9a35-0c1d2e3f4a5b"


@pytest.fixture
def world(db: None) -> World:
    return county()


def acts(answer) -> list[str]:
    """The links below the words, by what they say."""
    below = answer.content.decode().split('<div class="cw-acts">')[1].split("</div>")[0]
    return [piece.split("</a>")[0] for piece in below.split('">')[1:] if "</a>" in piece]


def test_a_draft_deleted_once_more_from_an_old_page_is_said_to_be_gone_and_leads_to_the_standards(world) -> None:
    office, draft = client_of(world.office), draft_standard(world.jurisdiction)
    surely(office, reverse("standards:discard", args=[draft.uuid]))
    answer = office.post(reverse("standards:discard", args=[draft.uuid]))
    said = answer.content.decode()
    assert (answer.status_code, said.count("<h1>已经不在了</h1>"), StandardVersion.objects.count()) == (404, 1, 0)
    assert said.count("刚才按的没有办，什么也没有改。") == 1
    assert acts(answer) == ["看测评体系", "回到待办"]


def test_an_address_that_leads_nowhere_keeps_the_shell_of_the_person(world) -> None:
    answer = client_of(world.office).get(reverse("inspections:round", args=[GONE]))
    said = answer.content.decode()
    assert (answer.status_code, said.count("<h1>没有这一页</h1>"), said.count('class="cw-nav"')) == (404, 1, 1)
    assert acts(answer) == ["看轮次", "回到待办"]


def test_an_inspector_is_led_back_to_todays_places_once(world) -> None:
    answer = client_of(world.inspector).get(reverse("mobile:visit", args=[GONE]))
    assert (answer.status_code, acts(answer)) == (404, ["回到今日点位"])


def test_a_stranger_is_led_to_sign_in(db) -> None:
    answer = Client().get("/nowhere/")
    assert (answer.status_code, answer.content.decode().count('class="cw-nav"'), acts(answer)) == (404, 0, ["去登录"])
